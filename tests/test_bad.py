"""A table of bad input: each is told in exactly these words, and leaves everything as it was.

The inputs stand in `bad/*.toml`, for anybody to add to; `python tests/test_bad.py` writes what is
said of each to `bad/told.csv`, whose diff is to be read.
"""

import shlex
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TOLD = HERE / "bad" / "told.csv"
HEAD = (
    "".join(
        f"@prefix {prefix}: <https://w3id.org/legation/id/{prefix}/> .\n"
        for prefix in "agent anon article body claim event office person place report state".split()
    )
    + """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
)
AT_ONCE = 20


@dataclass(frozen=True)
class Bad:
    """A bad input: its name, what is done to which file, and the command that meets it."""

    name: str
    how: str = ""
    file: str = ""
    what: object = ""
    words: tuple[str, ...] = ("check",)

    @property
    def is_fault(self) -> bool:
        """Whether it is a fault in data, found beside others."""
        return self.how in ("put", "change")

    def done(self, root: Path) -> int:
        """Do it to a workspace; the line at which what was put there begins."""
        path = root / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if path.exists() and self.how in ("put", "change") else ""
        if self.how == "bytes":
            path.write_bytes(bytes.fromhex(str(self.what)))
        elif self.how == "write":
            path.write_text(str(self.what).replace("\\n", "\n"), "utf-8")
        elif self.how == "change":
            old, new = (str(words).replace("\\n", "\n") for words in self.what)
            assert text.count(old) == 1, f"{self.name}: {old!r} stands {text.count(old)} times"
            path.write_text(text.replace(old, new + "\n" * (old.count("\n") - new.count("\n"))))
        elif self.how == "put":
            text = text or HEAD
            lines = str(self.what).replace("\\n", "\n")
            path.write_text(f"{text}\n{lines}\n", "utf-8")
        return text.count("\n") + 2


def cases() -> Iterator[Bad]:
    """Every bad input of the files."""
    for path in sorted((HERE / "bad").glob("*.toml")):
        for how, files in tomllib.loads(path.read_text("utf-8")).items():
            if how == "run":
                yield from (
                    Bad(n, words=tuple(shlex.split(w.replace("\\n", "\n"))))
                    for n, w in files.items()
                )
                continue
            for file, some in files.items():
                yield from (Bad(name, how, file, what) for name, what in some.items())


BAD = list(cases())
FAULTS = [bad for bad in BAD if bad.is_fault]
REFUSED = [bad for bad in BAD if not bad.is_fault]


def _tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def found(root: Path, some: Sequence[Bad]) -> dict[str, list[tuple[str, ...]]]:
    """What a check finds with some faults at once: of each, its findings; the rest under ``""``.

    A finding in lines that were put there stands under their fault, the line counted from theirs.
    """
    from legation.checks import judging
    from legation.graph import workspace

    begins = [(bad, bad.done(root)) for bad in some]
    report = judging.check(workspace.find(root))
    told: dict[str, list[tuple[str, ...]]] = {}
    for finding in report.findings:
        owners = [
            (b, at)
            for b, at in begins
            if b.how == "put" and b.file == finding.file and at <= finding.line
        ]
        bad, at = owners[-1] if owners else (None, 0)
        line = str(finding.line) if bad is None else f"+{finding.line - at}"
        row = (finding.severity, finding.rule, finding.file, line, finding.message)
        told.setdefault("" if bad is None else bad.name, []).append(row)
    return told


def refused(root: Path, bad: Bad, run) -> tuple[int, str]:
    """The exit code of a command that meets a bad input, and all that it says."""
    if bad.how:
        bad.done(root)
    before = _tree(root)
    code, out, err = run(root, *bad.words)
    assert _tree(root) == before, bad.name
    said = (out + err).replace(f"{root.resolve()}/", "").replace(str(root.resolve()), "WORLD")
    return code, said.strip()

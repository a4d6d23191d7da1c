"""Write what is generated from ontology/legation.ttl; with --check, only say what differs.

Generated are the names the code may use (src/legation/rdf/grammar.py), the values the shapes allow
(ontology/shapes/values.ttl) and the lists of terms in queries whose header asks for one.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

ROOT = Path(__file__).resolve().parents[1]
ONTOLOGY = ROOT / "ontology" / "legation.ttl"
GRAMMAR = ROOT / "src" / "legation" / "rdf" / "grammar.py"
BORROWED = ("dcterms", "prov", "schema", "skos")
DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def grammar() -> str:
    """The Python module of names, without the package, which a wrong one would break."""
    reader = pyoxigraph.parse(path=str(ONTOLOGY), format=pyoxigraph.RdfFormat.TURTLE)
    triples = [quad.triple for quad in reader]
    names: defaultdict[str, set[str]] = defaultdict(set)
    retired = {t.subject for t in triples if t.predicate.value == DEPRECATED}
    kinds = set()
    for triple in triples:
        if not isinstance(triple.subject, pyoxigraph.NamedNode) or triple.subject in retired:
            continue
        for prefix, base in reader.prefixes.items():
            local = triple.subject.value.removeprefix(base)
            if triple.predicate.value == TYPE and local.isidentifier():
                names[prefix].add(local)
        if triple.predicate.value == reader.prefixes["leg"] + "iriKind":
            kinds.add(triple.object.value)
    constants = {
        "KINDS": kinds,
        **{prefix.upper(): names[prefix] for prefix in sorted(["leg", *BORROWED])},
    }
    lines = [
        '"""The names that the ontology has and borrows.',
        "",
        "Invariant: generated from ontology/legation.ttl by ``make vocabulary``, never edited.",
        '"""',
    ]
    for constant, words in constants.items():
        lines += ["", f'{constant} = """', *_filled(sorted(words)), '"""']
    return "\n".join(lines) + "\n"


def _filled(words: list[str], width: int = 96) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    yield line


def generated() -> Iterator[tuple[Path, str]]:
    """Each other generated file with its text; needs the package, whose names are right by now."""
    from legation.checks.allowed import value_shapes
    from legation.graph.workspace import bundled
    from legation.rdf.layout import layout
    from legation.rdf.roster import fitted

    ontology = bundled().ontology
    yield ROOT / "ontology" / "shapes" / "values.ttl", layout(value_shapes(ontology))
    for path in sorted((ROOT / "queries").rglob("*.rq")):
        yield path, fitted(path.read_text("utf-8"), ontology, path)


def main() -> int:
    """Write the files, or say which differ."""
    is_check = "--check" in sys.argv[1:]
    stale = []
    for path, text in _every(is_check):
        if not path.is_file() or path.read_text("utf-8") != text:
            stale.append(path)
            if not is_check:
                path.write_text(text, "utf-8")
    told = "differs from the ontology: run make vocabulary" if is_check else "written"
    sys.stdout.writelines(f"{path.relative_to(ROOT)} {told}\n" for path in stale)
    return 1 if is_check and stale else 0


def _every(is_check: bool) -> Iterator[tuple[Path, str]]:
    yield GRAMMAR, grammar()
    if is_check and GRAMMAR.read_text("utf-8") != grammar():
        return
    yield from generated()


if __name__ == "__main__":
    raise SystemExit(main())

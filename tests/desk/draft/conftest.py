"""A colleague who proposes claims, as any program may that keeps the contract of suggesters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from legation.desk.draft.proposal import Proposal, Suggested, Suggester
from legation.desk.draft.reading import Reading, Sentence
from legation.graph.workspace import Workspace
from legation.rdf import trig


@dataclass(frozen=True)
class Colleague:
    """Proposes what a table says of a sentence, by its number, and remembers what was asked."""

    table: Mapping[int, tuple[Proposal, ...]]
    asked: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return "a colleague"

    def suggest(self, reading: Reading, sentences: Sequence[Sentence]) -> dict[int, Suggested]:
        self.asked.extend(sentence.number for sentence in sentences)
        return {
            sentence.number: Suggested(self.table[sentence.number])
            for sentence in sentences
            if sentence.number in self.table
        }


Says = Callable[..., Suggester]


@pytest.fixture
def colleague() -> Says:
    """``colleague({1: [proposal, …]})``."""

    def says(table: Mapping[int, Sequence[Proposal]]) -> Suggester:
        return Colleague({number: tuple(made) for number, made in table.items()})

    return says


@pytest.fixture
def proposal() -> Callable[..., Proposal]:
    """``proposal(workspace, "the quote", "event:x a leg:Visit .", modality)``, all in Turtle."""

    def made(home: Workspace, quote: str, turtle: str, modality: str = "asserted") -> Proposal:
        prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in home.prefixes.items())
        parsed = trig.parse((prefixes + turtle).encode("utf-8"), Path("proposal.ttl"))
        return Proposal(quote, tuple(q.quad.triple for q in parsed.quads), modality)

    return made

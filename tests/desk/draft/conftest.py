"""A colleague who proposes claims, as any program may that keeps the contract of suggesters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import Triple

from legation.desk.draft.proposal import (
    Assignment,
    Objection,
    Proposal,
    Suggested,
    Suggester,
)
from legation.graph.workspace import Workspace
from legation.rdf import trig


@dataclass(frozen=True)
class Colleague:
    """Proposes what a list says, and remembers what was asked and what was turned down."""

    says: tuple[Proposal, ...]
    mends: tuple[Proposal, ...] = ()
    names: tuple[Triple, ...] = ()
    asked: list[int] = field(default_factory=list)
    refused: list[Objection] = field(default_factory=list)

    @property
    def name(self) -> str:
        return "a colleague"

    def suggest(self, given: Assignment) -> Suggested:
        self.asked.extend(sentence.number for sentence in given.wanted)
        return Suggested(self.says, self.names)

    def mend(self, given: Assignment, refused: Sequence[Objection]) -> Suggested:
        self.refused.extend(refused)
        return Suggested(self.mends)


Says = Callable[..., Suggester]


@pytest.fixture(scope="session")
def colleague() -> Says:
    """``colleague([proposal, …])``, who may also mend and bring names."""

    def says(
        table: Sequence[Proposal], mends: Sequence[Proposal] = (), names: Sequence[Triple] = ()
    ) -> Suggester:
        return Colleague(tuple(table), tuple(mends), tuple(names))

    return says


@pytest.fixture(scope="session")
def proposal() -> Callable[..., Proposal]:
    """``proposal(workspace, "the quote", "event:x a leg:Visit .", modality)``, all in Turtle."""

    def made(home: Workspace, quote: str, turtle: str, modality: str = "asserted") -> Proposal:
        prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in home.prefixes.items())
        parsed = trig.parse((prefixes + turtle).encode("utf-8"), Path("proposal.ttl"))
        return Proposal(quote, tuple(q.quad.triple for q in parsed.quads), modality)

    return made

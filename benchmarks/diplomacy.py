"""A synthetic corpus of diplomatic events, as a built dataset would hold it.

Everything is drawn from one seed, so that two runs measure the same graph. The proportions
follow the reference graph: a claim holds a few triples, one event in five is told by two
origins, a quarter of the events is dated to a month only.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.rdf.vocabulary import DCTERMS, EDTF, ID, LEG, NS, PROV, RDF, RDFS, XSD

STATES = 40
ORIGINS = 60
ARTICLES = 20_000
DEFAULT = DefaultGraph()

CLASSES = {
    "Reception": ("Gathering", "Event"),
    "Banquet": ("Reception", "Gathering", "Event"),
    "Commemoration": ("Gathering", "Event"),
    "Meeting": ("Gathering", "Event"),
    "Talks": ("Meeting", "Gathering", "Event"),
    "Correspondence": ("Communication", "Event"),
    "RelationsAct": ("DiplomaticAct", "Event"),
    "InstrumentAct": ("DiplomaticAct", "Event"),
    "Opinion": ("Statement", "Event"),
}
MIX = (
    ["Reception"] * 24
    + ["Banquet"] * 10
    + ["Commemoration"] * 6
    + ["Meeting"] * 14
    + ["Talks"] * 6
    + ["Correspondence"] * 18
    + ["RelationsAct"] * 5
    + ["InstrumentAct"] * 5
    + ["Opinion"] * 12
)


def node(kind: str, name: object) -> NamedNode:
    """A thing of the synthetic world."""
    return NamedNode(f"{ID}{kind}/synthetic-{name}")


def term(name: str) -> NamedNode:
    """A term of the ontology."""
    return NamedNode(NS + name)


@dataclass
class World:
    """The actors that events draw from."""

    chance: random.Random
    persons: int

    def agent(self) -> NamedNode:
        """A person; a few take part in much, most in little."""
        return node("person", int(self.persons * self.chance.random() ** 2))

    def state(self) -> NamedNode:
        """A state."""
        return node("state", self.chance.randrange(STATES))


def corpus(events: int, *, seed: int = 1, persons: int = 8_000) -> Iterator[Quad]:
    """The quads of a corpus: registry, events, claims, and what a build derives from them."""
    world = World(random.Random(seed), persons)
    yield from _registry(world)
    for number in range(events):
        yield from _event(world, number)


def _typed(thing: NamedNode, *classes: str) -> Iterator[Quad]:
    for name in classes:
        yield Quad(thing, RDF.type, term(name), DEFAULT)


def _registry(world: World) -> Iterator[Quad]:
    for number in range(STATES):
        state = node("state", number)
        yield from _typed(state, "State", "Polity", "Agent")
        yield Quad(state, RDFS.label, Literal(f"State {number}", language="en"), DEFAULT)
        office = node("office", number)
        yield from _typed(office, "Office")
        yield Quad(
            office, RDFS.label, Literal(f"Minister of State {number}", language="en"), DEFAULT
        )
        yield Quad(office, term("officeOf"), state, DEFAULT)
        tenure = node("tenure", number)
        yield from _typed(tenure, "Tenure")
        claim = node("claim", f"tenure-{number}")
        yield Quad(claim, LEG.modality, LEG.asserted, DEFAULT)
        for predicate, value in ((LEG.holder, node("person", number)), (LEG.office, office)):
            yield Quad(tenure, predicate, value, DEFAULT)
            yield Quad(tenure, predicate, value, claim)
    for number in range(ARTICLES):
        publisher = node("body", number % ORIGINS)
        yield Quad(node("article", number), DCTERMS.publisher, publisher, DEFAULT)
    for number in range(world.persons):
        person = node("person", number)
        yield from _typed(person, "Person", "Agent")
        yield Quad(person, RDFS.label, Literal(f"Person {number}", language="en"), DEFAULT)


def _roles(world: World, kind: str) -> list[tuple[str, NamedNode]]:
    """Who takes which part in an event of a class."""
    if kind == "Correspondence":
        return [("sender", world.agent()), ("recipient", world.agent())]
    if kind in ("RelationsAct", "InstrumentAct"):
        return [("party", world.state()), ("party", world.state())]
    if kind == "Opinion":
        return [("speaker", world.agent())]
    if kind in ("Meeting", "Talks"):
        return [("participant", world.agent()) for _ in range(world.chance.choice((2, 2, 2, 3, 4)))]
    guests = [("attendee", world.agent()) for _ in range(world.chance.choice((2, 3, 4, 5, 6)))]
    return [("host", world.state()), *guests]


def _event(world: World, number: int) -> Iterator[Quad]:
    chance = world.chance
    kind = chance.choice(MIX)
    event = node("statement" if kind == "Opinion" else "event", number)
    day = f"{chance.randrange(1950, 2025)}-{chance.randrange(1, 13):02d}"
    date = day if chance.random() < 0.25 else f"{day}-{chance.randrange(1, 29):02d}"
    said = [(RDF.type, term(kind)), *((term(role), agent) for role, agent in _roles(world, kind))]
    if kind == "Opinion":
        said += [(LEG.topic, world.state()), (LEG.text, Literal(f"Words {number}"))]
    else:
        said.append((LEG.date, Literal(date, datatype=EDTF)))
    for predicate, value in said:
        yield Quad(event, predicate, value, DEFAULT)
        if predicate.value.startswith(NS) and value.value.startswith((f"{ID}person", f"{ID}state")):
            yield Quad(event, LEG.participant, value, DEFAULT)
    yield from _typed(event, *CLASSES[kind])
    if kind != "Opinion":
        first, last = (date, date) if len(date) == 10 else (f"{date}-01", f"{date}-28")
        yield Quad(event, LEG.earliest, Literal(first, datatype=XSD.date), DEFAULT)
        yield Quad(event, LEG.latest, Literal(last, datatype=XSD.date), DEFAULT)
    yield Quad(event, RDFS.label, Literal(f"{kind} {number} of {day}", language="en"), DEFAULT)
    modality = LEG.opinion if kind == "Opinion" else LEG.asserted
    for witness in range(2 if chance.random() < 0.2 else 1):
        yield from _claim(chance, f"{number}-{witness}", event, said, modality)


def _claim(
    chance: random.Random,
    name: str,
    event: NamedNode,
    said: list[tuple[NamedNode, NamedNode | Literal]],
    modality: NamedNode,
) -> Iterator[Quad]:
    """One claim: its graph, and its metadata in the default graph."""
    claim = node("claim", name)
    for predicate, value in said:
        yield Quad(event, predicate, value, claim)
    for predicate, value in (
        (RDF.type, LEG.Claim),
        (PROV.wasQuotedFrom, node("article", chance.randrange(ARTICLES))),
        (LEG.quote, Literal(f"The words that prove claim {name}, as the article has them.")),
        (LEG.modality, modality),
        (LEG.describes, event),
        (LEG.origin, node("body", chance.randrange(ORIGINS))),
    ):
        yield Quad(claim, predicate, value, DEFAULT)

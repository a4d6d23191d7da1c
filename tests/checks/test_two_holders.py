"""The rule on offices with one seat finds what its plain statement finds, whatever is wrong.

`two-holders.rq` beside this file compares every tenure of an office with every other one. The
rule itself looks only where an office can have two holders; two faster forms of it agreed with
the plain one on graphs without a fault, and lost findings on others.
"""

import random
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.rdf.vocabulary import EDTF, ID, LEG, NS, RDF, RDFS, XSD
from legation.store import LocalStore

PLAIN = Path(__file__).with_name("two-holders.rq").read_text("utf-8")


def _node(name: str) -> NamedNode:
    return NamedNode(ID + name)


def _quad(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
    return Quad(subject, predicate, value, DefaultGraph())


def _graph(chance: random.Random) -> Iterator[Quad]:
    """A few offices and tenures, with every fault that the terms allow."""
    days = ["2011-13-45"]
    days += [f"201{chance.randrange(3)}-0{chance.randint(1, 3)}-1{n}" for n in range(5)]
    days = chance.sample(days, chance.randint(2, 6))
    offices = [_node(f"office/{n}") for n in range(chance.randint(1, 3))]
    people = [_node(f"person/{n}") for n in range(chance.randint(1, 4))]
    tenures = [_node(f"tenure/{n}") for n in range(chance.randint(2, 9))]
    for office in offices:
        for seats in chance.choice(("1", "1", "1", "2", "", "12")):
            yield _quad(office, NamedNode(NS + "seats"), Literal(seats, datatype=XSD.integer))
        for language in chance.choice(([], ["en"], ["en", "ru"])):
            yield _quad(office, RDFS.label, Literal(f"Office of {office.value}", language=language))
    for tenure in tenures:
        yield from _tenure(tenure, chance, offices, people, days)
    for number in range(chance.choice((0, 0, 1, 3))):
        one, other = _node(f"triple/{number}"), _node(f"triple/{number}-other")
        yield _quad(one, LEG.contradicts, other)
        yield _quad(one, RDF.subject, chance.choice(tenures))
        yield _quad(other, RDF.subject, chance.choice(tenures))


def _tenure(
    tenure: NamedNode,
    chance: random.Random,
    offices: list[NamedNode],
    people: list[NamedNode],
    days: list[str],
) -> Iterator[Quad]:
    for _ in range(chance.choice((1, 1, 1, 2))):
        yield _quad(tenure, LEG.office, chance.choice(offices))
    for _ in range(chance.choice((0, 1, 1, 1, 2))):
        yield _quad(tenure, LEG.holder, chance.choice(people))
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        yield _quad(tenure, LEG.attested, _date(chance, days))
    if chance.random() < 0.5:
        yield _quad(tenure, NamedNode(NS + "begin"), _date(chance, days))
        yield _quad(tenure, NamedNode(NS + "end"), _date(chance, days))
    for bound in (LEG.earliest, LEG.latest):
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            yield _quad(tenure, bound, Literal(chance.choice(days), datatype=XSD.date))


def _date(chance: random.Random, days: list[str]) -> Literal:
    day = chance.choice(days)
    if chance.random() < 0.1:
        return Literal(day[:7] if chance.random() < 0.5 else f"{day}?", datatype=EDTF)
    return Literal(day, datatype=chance.choice((EDTF, EDTF, EDTF, XSD.date, XSD.string)))


def _rows(store: LocalStore, query: str) -> list[str]:
    return sorted(str(row) for row in store.select(query))


def test_the_rule_finds_what_its_plain_statement_finds(checkout: Path, thorough: bool) -> None:
    rule = (checkout / "queries/checks/two-holders.rq").read_text("utf-8")
    found = 0
    for seed in range(5_000 if thorough else 400):
        store = LocalStore(_graph(random.Random(seed)))
        plain = _rows(store, PLAIN)
        assert _rows(store, rule) == plain, seed
        found += len(plain)
    assert found > 100

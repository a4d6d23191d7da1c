"""Events and what was said as rows of an event data set, in the types of the PLOVER manual.

Invariant: one row a line for each pair of who did something and whom it was done to; a row without
a type that the ontology names is not written, and two of whom only one can have taken part are no
pair. Source: PLOVER codebook, the sixteen event types.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode

from legation.graph import contradictions
from legation.graph.exports.edition import Edition
from legation.rdf.vocabulary import LEG, RDF, compact, local_name


def plover(edition: Edition) -> str:
    """The rows as JSON Lines, by date."""
    things = (*edition.instances(LEG.Event), *edition.instances(LEG.Statement))
    rivals = {
        (side.thing, frozenset((side.value, other.value)))
        for found in contradictions.read(edition.dataset.default)
        for side, other in found.sides
    }
    rows = [row for thing in things for row in _rows(edition, thing, rivals)]
    rows.sort(key=lambda row: (row["date_from"] or "9999", row["id"]))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _rows(
    edition: Edition, thing: NamedNode, rivals: Collection[object]
) -> Iterator[dict[str, Any]]:
    kind = _code(edition, thing)
    if kind is None:
        return
    sources = _in_roles(edition, thing, edition.ontology.giving)
    targets = _in_roles(edition, thing, edition.ontology.taking)
    rest = _in_roles(edition, thing, {LEG.participant})
    if not sources:
        sources = [agent for agent in rest if agent not in targets]
    targets = targets or [agent for agent in rest if agent not in sources] or sources
    pairs = [
        (one, other)
        for one in sources
        for other in targets
        if one != other and (thing, frozenset((one, other))) not in rivals
    ]
    for number, (one, other) in enumerate(pairs or [(one, None) for one in sources], 1):
        yield {
            "id": f"{compact(thing, edition.prefixes)}#{number}",
            "event": thing.value,
            "event_type": kind,
            "class": edition.kind(thing),
            "date": edition.text(thing, LEG.date) or None,
            "date_from": edition.text(thing, LEG.earliest) or None,
            "date_to": edition.text(thing, LEG.latest) or None,
            "actor": _agent(edition, one),
            "recipient": None if other is None else _agent(edition, other),
            "location": next(map(edition.label, edition.links(thing, LEG.place)), None),
            "negated": edition.text(thing, LEG.negated) == "true",
            "reported_only": (thing, RDF.type, edition.lowest(thing)) in edition.hearsay,
            "claims": [local_name(claim) for claim in edition.describing.get(thing, ())],
        }


def _code(edition: Edition, thing: NamedNode) -> str | None:
    """The PLOVER type of an act, which is the more precise one, else of the lowest class."""
    for term in (*edition.links(thing, LEG.act), edition.lowest(thing)):
        marks = edition.ontology.marks(term, LEG.ploverCode) if term is not None else ()
        codes = sorted(mark.value for mark in marks if isinstance(mark, Literal))
        if codes:
            return codes[0]
    return None


def _in_roles(
    edition: Edition, thing: NamedNode, roles: set[NamedNode] | frozenset[NamedNode]
) -> list[NamedNode]:
    found = {agent for role in roles for agent in edition.links(thing, role)}
    return sorted(found, key=lambda agent: agent.value)


def _agent(edition: Edition, agent: NamedNode) -> dict[str, str]:
    return {"id": agent.value, "name": edition.label(agent), "class": edition.kind(agent)}

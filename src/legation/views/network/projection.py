"""From the rows of a view to the edges of a network.

Invariant: a projection joins what rows say and adds nothing. Two people of one event are joined
only where some account of the one does not contradict every account of the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias, cast

import networkx as nx
from pyoxigraph import NamedNode

from legation.answer import Entity
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import LEG, NS
from legation.views.network.actors import Actors
from legation.views.network.ledger import Against, Columns, Ledger
from legation.views.network.proof import EdgeEvidence, Proof, Sighting

Network: TypeAlias = "nx.Graph[str]"
"""What a projection makes: a Graph, DiGraph, MultiGraph or MultiDiGraph."""

Seen = list[Sighting]
Part = tuple[str, Seen]
"""Who takes part, and the sightings that say so."""

Triple = tuple[str, str, str]
"""Source, relation and target of a link."""

Parts = Mapping[str, Mapping[str, Seen]]
"""For each event, for each who takes part, the sightings."""


Kinds = Mapping[tuple[bool, bool], Callable[[], Network]]
"""What makes a network whose links have a direction or not, and are several or not."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a projection works on: the rows of the view, their ledger, and who is who."""

    table: Columns
    ledger: Ledger
    actors: Actors
    kinds: Kinds

    def blank(self, *, directed: bool = False, several: bool = False) -> Any:
        """A network without nodes, for links that have a direction, or that are several."""
        return self.kinds[directed, several]()

    def rows(self, *names: str) -> Iterator[tuple[str, ...]]:
        """The cells of some variables, row by row; empty for one that the view does not select."""
        empty = [""] * len(next(iter(self.table.values())))
        return zip(*(self.table.get(name, empty) for name in names), strict=True)

    def parts(self) -> Parts:
        """The rows of participations, by event and agent."""
        found: defaultdict[str, defaultdict[str, Seen]] = defaultdict(lambda: defaultdict(list))
        sightings = cast(Iterator[Sighting], self.rows("role", "claim", "also"))
        for (event, agent), seen in zip(self.rows("event", "agent"), sightings, strict=True):
            found[event][agent].append(seen)
        return found

    def having(self, agents: Mapping[str, Seen], role: NamedNode) -> list[str]:
        """Those of some agents that are seen in a role, or in one below it."""
        roles = {below.value for below in self.actors.source.ontology.subproperties(role)}
        return [agent for agent, seen in agents.items() if _has(seen, roles)]

    def edge(
        self, label: str, proofs: Sequence[Proof], shown: tuple[str, ...], **more: object
    ) -> dict[str, Any]:
        """The attributes of an edge that links and says what is shown; its weight counts proofs."""
        evidence = EdgeEvidence(proofs, self.ledger, shown=shown)
        return {"label": label, "weight": len(proofs), "evidence": evidence, **more}


Projection = Callable[[Material], Network]


def attendance(reading: Material) -> Network:
    """People and gatherings: an edge for each who was there, labelled by the part taken.

    The graph is bipartite; node attribute ``bipartite`` is 0 for people, 1 for gatherings.
    """
    graph: Network = reading.blank()
    names: dict[str | frozenset[str], str] = {}
    edges = []
    parts = reading.parts()
    for event, agents in parts.items():
        for agent, seen in agents.items():
            roles = frozenset(role for role, _, _ in seen) if len(seen) > 1 else seen[0][0]
            label = names.get(roles)
            if label is None:
                listed = [roles] if isinstance(roles, str) else sorted(roles)
                label = names[roles] = "; ".join(map(reading.actors.label, listed))
            edges.append((agent, event, reading.edge(label, [(event, seen)], (agent, event))))
    graph.add_nodes_from(sorted({agent for agent, _, _ in edges}), bipartite=0)
    graph.add_nodes_from(sorted(parts), bipartite=1)
    graph.add_edges_from(edges)
    return graph


def co_attendance(reading: Material) -> Network:
    """Those who were at the same gatherings, weighted by them; that they met is not said."""
    return _paired(reading, "at the same gathering")


def meetings(reading: Material) -> Network:
    """Those who met, from rows of only those; an edge's weight counts the meetings."""
    return _paired(reading, "met")


def _paired(reading: Material, label: str) -> Network:
    graph: Network = reading.blank()
    edges = gathered(
        ((one, other), (event, seen, also_seen))
        for event, agents in reading.parts().items()
        for (one, seen), (other, also_seen) in _compatible(event, agents, reading.ledger)
    )
    graph.add_nodes_from(sorted({agent for pair in edges for agent in pair}))
    graph.add_edges_from((*p, reading.edge(label, proofs, p)) for p, proofs in edges.items())
    return graph


def _compatible(
    event: str, agents: Mapping[str, Seen], ledger: Ledger
) -> Iterator[tuple[Part, Part]]:
    """The pairs of those who take part in one event, each in the order of their IRIs."""
    pairs = combinations(sorted(agents.items()), 2)
    rivals = ledger.rivals.get(event, ())
    return (pair for pair in pairs if not _is_apart(*pair, rivals)) if rivals else pairs


def _is_apart(part: Part, also: Part, rivals: Sequence[Against]) -> bool:
    """Whether every account of the one contradicts every account of the other."""
    (one, seen), (other, also_seen) = part, also
    return any(
        against.value == one
        and isinstance(against.rival.other, Entity)
        and against.rival.other.iri == other
        and {claim for _, claim, _ in seen} <= against.claims
        and {claim for _, claim, _ in also_seen} <= set(against.rival.claims)
        for against in rivals
    )


def correspondence(reading: Material) -> Network:
    """Who sent word to whom, and who carried it."""
    edges: defaultdict[tuple[str, str], dict[str, list[Proof]]] = defaultdict(dict)
    for event, agents in reading.parts().items():
        for source, target, label in _sent(event, agents, reading):
            proof = (event, agents[source], agents[target])
            edges[source, target].setdefault(label, []).append(proof)
    graph: Network = reading.blank(directed=True)
    graph.add_nodes_from(sorted({agent for pair in edges for agent in pair}))
    for pair, labels in edges.items():
        proofs = [proof for found in labels.values() for proof in found]
        graph.add_edge(*pair, **reading.edge("; ".join(sorted(labels)), proofs, pair))
    return graph


def _sent(
    event: str, agents: Mapping[str, Seen], reading: Material
) -> Iterator[tuple[str, str, str]]:
    takers = reading.having(agents, LEG.recipient)
    givers = [(a, "sent word to") for a in reading.having(agents, LEG.sender)]
    givers += [(a, "carried word to") for a in reading.having(agents, LEG.bearer)]
    if givers or takers:
        yield from ((g, t, label) for g, label in givers for t in takers if g != t)
        return
    for (one, _), (other, _) in _compatible(event, agents, reading.ledger):
        yield one, other, "exchanged word with"
        yield other, one, "exchanged word with"


def bilateral(reading: Material) -> Network:
    """What happened between polities: an edge for each event and pair."""
    acts: defaultdict[str, set[str]] = defaultdict(set)
    for event, act in reading.rows("event", "act"):
        if act:
            acts[event].add(act)
    terms = reading.actors.source.ontology
    giving, taking = ({role.value for role in roles} for roles in (terms.giving, terms.taking))
    graph: Any = reading.blank(several=True)
    for event, agents in sorted(reading.parts().items()):
        words = sorted(map(reading.actors.label, acts.get(event, ())))
        relation = ": ".join([reading.actors.kind(event), *([", ".join(words)] if words else [])])
        for (one, seen), (other, also_seen) in _compatible(event, agents, reading.ledger):
            shown = (one, other, *acts.get(event, ()))
            edge = reading.edge(relation, [(event, seen, also_seen)], shown, relation=relation)
            for actor, target in ((other, one), (one, other)):  # where both fit, the first acts
                if _has(agents[actor], giving) and _has(agents[target], taking):
                    edge |= {"actor": actor, "counterpart": target}
            edge["dates"] = tuple(sorted(reading.ledger.dates[event]))
            graph.add_edge(one, other, key=event, **edge)
    return cast(Network, graph)


def _has(seen: Seen, roles: Set[str]) -> bool:
    return any(role in roles for role, _, _ in seen)


def links(reading: Material) -> Network:
    """Things and how each is related to another, as the rows say."""
    found: defaultdict[Triple, dict[str, list[Sighting]]] = defaultdict(dict)
    rows = reading.rows("source", "relation", "target", "event", "claim", "also")
    for source, relation, target, event, claim, also in rows:
        word = relation or reading.actors.kind(event)
        by_event = found[source, word, target]
        seen = by_event.get(event)
        if seen is None:
            by_event[event] = [(word, claim, also)] if claim else []
        elif claim:
            seen.append((word, claim, also))
    words = {word for _, word, _ in found}
    said = {word: reading.actors.label(word) for word in words}
    graph: Any = reading.blank(directed=True, several=True)
    graph.add_nodes_from(sorted({end for one, _, other in found for end in (one, other)}))
    for triple, by_event in found.items():  # one by one is half the cost of add_edges_from
        label = said[triple[1]]
        graph.add_edge(triple[0], triple[2], label, **_link(reading, label, triple, by_event))
    return cast(Network, graph)


def _link(
    reading: Material, label: str, triple: Triple, by_event: Mapping[str, list[Sighting]]
) -> dict[str, Any]:
    """The attributes of one link; only a triple that no claim graph holds has a line."""
    proofs = [proof for proof in by_event.items() if proof[1]]
    written = ":" in triple[1] and not (proofs and triple[1].startswith(NS))
    where = reading.ledger.place(*triple) if written else None
    evidence = EdgeEvidence(proofs, reading.ledger, where, (triple[0], triple[2]))
    return {"label": label, "weight": len(proofs) or 1, "evidence": evidence}


def projection_of(name: str, columns: Sequence[str]) -> Projection:
    """The projection of a view; that of one which a workspace adds follows from its columns."""
    return PROJECTIONS.get(name, co_attendance if "agent" in columns else links)


PROJECTIONS: Mapping[str, Projection] = {
    "attendance": attendance,
    "bilateral": bilateral,
    "co_attendance": co_attendance,
    "correspondence": correspondence,
    "meetings": meetings,
}

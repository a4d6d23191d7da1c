"""How long views take on 100,000 events, against reading their triples from the store.

    python benchmarks/views.py [EVENTS [TIMES]]

Each view is built three times (or TIMES) and the best time counts. It is held against reading,
straight from the store's index into lists of Python text, the triples that the view rests on: the
roles or relations with their claims, and the classes and labels of its things. Origins, dates and
quotes are read when an edge is first asked for them, so they count on neither side.
"""

import gc
import sys
import time
from collections.abc import Callable

from diplomacy import corpus
from pyoxigraph import NamedNode

from legation.answer import Source
from legation.graph import workspace
from legation.rdf.ontology import Ontology
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import LEG, NS, RDF, RDFS, expand
from legation.store import LocalStore
from legation.views.network import network
from legation.views.network.actors import Cast
from legation.views.network.view import SCOPES

REPEATS = int(sys.argv[2]) if len(sys.argv) > 2 else 3

RELATIONS = {
    "attendance": "leg:participant leg:attendee leg:host leg:speaker leg:madeAt",
    "co_attendance": "leg:participant leg:attendee leg:host leg:speaker leg:madeAt",
    "meetings": "leg:participant leg:host",
    "correspondence": "leg:sender leg:recipient leg:bearer leg:participant leg:party",
    "bilateral": "leg:actor leg:target leg:party leg:participant leg:host leg:date",
    "offices": "leg:holder leg:office leg:officeOf leg:ofPolity",
    "statements": "leg:speaker leg:topic",
    "attribution": "prov:wasQuotedFrom leg:accordingTo prov:wasDerivedFrom dcterms:publisher",
    "everything": "leg:participant leg:attendee leg:host leg:sender leg:recipient leg:party "
    "leg:speaker leg:topic leg:holder leg:office leg:officeOf leg:ofPolity leg:modality",
}
"""The relations that each view reads, as far as the corpus has them."""

WIDEST = Cast(("Agent", "Event", "Office", "Tenure"))
LABELLED = {"Event", "Gathering"}
"""Classes of nodes that are most of what has a label."""


Row = tuple[str, ...]


def terms(store: LocalStore, predicate: NamedNode, value: NamedNode | None = None) -> list[Row]:
    """Read the quads of a pattern into Python text."""
    return [
        (quad.subject.value, quad.object.value, getattr(quad.graph_name, "value", ""))
        for quad in store.quads(None, predicate, value)
    ]


def reading(store: LocalStore, view: str, ontology: Ontology) -> list[list[Row]]:
    """Read what a view rests on: its relations, the classes and the labels of its things."""
    scope = SCOPES.get(view, WIDEST)
    roots = [NamedNode(NS + name) for name in (*scope.nodes, *scope.kinds)]
    kinds = sorted({kind for root in roots for kind in ontology.subclasses(root)}, key=str)
    with unswept():
        found = [terms(store, expand(name) or LEG.date) for name in RELATIONS[view].split()]
        found += [terms(store, RDF.type, kind) for kind in kinds]
        if not LABELLED.isdisjoint(scope.nodes):
            return [*found, terms(store, RDFS.label)]
        agents = [quad.subject for quad in store.quads(None, RDF.type, LEG.Agent)]
        labels = (quad for agent in agents for quad in store.quads(agent, RDFS.label))
        return [*found, [(quad.subject.value, quad.object.value) for quad in labels]]


def best(job: Callable[[], object]) -> float:
    """The shortest of some runs, in CPU seconds."""
    times = []
    for _ in range(REPEATS):
        gc.collect()
        start = time.process_time()
        made = job()
        times.append(time.process_time() - start)
        del made
    return min(times)


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    space = workspace.bundled()
    store = LocalStore(corpus(events), space.prefixes)
    source = Source(store, space.ontology, space.prefixes)
    print(f"{events:,} events, {sum(1 for _ in store.quads()):,} quads")
    print("view            triples read s build s ratio    nodes    edges")
    for path in space.view_files:
        view = path.stem
        triples = sum(map(len, reading(store, view, space.ontology)))
        floor = best(lambda view=view: reading(store, view, space.ontology))
        built = best(lambda view=view: network(source, view, files=space.view_files))
        graph = network(source, view, files=space.view_files)
        size = f"{graph.number_of_nodes():>9,}{graph.number_of_edges():>9,}"
        print(f"{view:14}{triples:>9,}{floor:>7.2f}{built:>8.2f}{built / floor:>6.2f}{size}")
        del graph


if __name__ == "__main__":
    main()

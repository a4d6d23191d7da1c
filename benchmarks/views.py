"""How long views take on 100,000 events, against reading their triples from the store.

    python benchmarks/views.py [EVENTS]

Each view is built three times and the best time counts. It is held against reading, straight
from the store's index and into Python text, the triples that the view rests on: the roles or
relations with their claims, the classes and labels of the nodes, dates and origins.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterable

from diplomacy import corpus
from pyoxigraph import DefaultGraph, NamedNode

from legation import workspace
from legation.answer import Source
from legation.network import network
from legation.network.view import ROOTS
from legation.store import LocalStore
from legation.vocabulary import LEG, NS, RDF, RDFS

REPEATS = 3

RELATIONS = {
    "attendance": "participant attendee host guestOfHonour visitor",
    "co_attendance": "participant attendee host guestOfHonour visitor",
    "meetings": "participant host guestOfHonour visitor",
    "correspondence": "sender recipient bearer participant party",
    "bilateral": "actor target beneficiary party participant signatory sender recipient host",
    "offices": "holder office officeOf ofPolity",
    "statements": "speaker topic",
    "attribution": "accordingTo",
    "everything": "",
}


def read(store: LocalStore, predicate: NamedNode | None, value: NamedNode | None = None) -> int:
    """Read the quads of a pattern into Python text."""
    count = 0
    for quad in store.quads(None, predicate, value):
        (quad.subject.value, quad.object.value)
        if not isinstance(quad.graph_name, DefaultGraph):
            quad.graph_name.value
        count += 1
    return count


def reading(store: LocalStore, view: str, kinds: Iterable[NamedNode]) -> int:
    """Read what a view rests on; its number of triples."""
    names = RELATIONS[view].split()
    patterns: list[tuple[NamedNode | None, NamedNode | None]] = [
        (NamedNode(NS + name), None) for name in names
    ]
    if view == "everything":
        patterns = [(NamedNode(NS + name), None) for name in all_relations()]
    if view == "attribution":
        prov = "http://www.w3.org/ns/prov#"
        patterns += [(NamedNode(prov + n), None) for n in ("wasQuotedFrom", "wasDerivedFrom")]
    patterns += [(RDF.type, kind) for kind in kinds]
    patterns += [(predicate, None) for predicate in (RDFS.label, LEG.date, LEG.origin)]
    return sum(read(store, predicate, value) for predicate, value in patterns)


def all_relations() -> list[str]:
    """Every relation between things that the corpus has."""
    return ["participant", "attendee", "host", "sender", "recipient", "party", "speaker", "officeOf"]


def best(job: Callable[[], object]) -> float:
    """The shortest of some runs, in CPU seconds."""
    times = []
    for _ in range(REPEATS):
        gc.collect()
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    space = workspace.bundled()
    store = LocalStore(corpus(events), space.prefixes)
    source = Source(store, space.ontology, space.prefixes)
    print(f"{events:,} events, {sum(1 for _ in store.quads()):,} quads")
    print(f"{'view':16}{'triples':>10}{'read s':>9}{'build s':>9}{'ratio':>7}{'nodes':>10}{'edges':>10}")
    for path in space.view_files:
        view = path.stem
        roots = ROOTS.get(view, ("Agent", "Event", "Office"))
        kinds = {c for root in roots for c in space.ontology.subclasses(NamedNode(NS + root))}
        triples = reading(store, view, kinds)
        floor = best(lambda view=view, kinds=kinds: reading(store, view, kinds))
        built = best(lambda view=view: network(source, view, files=space.view_files))
        graph = network(source, view, files=space.view_files)
        print(
            f"{view:16}{triples:>10,}{floor:>9.2f}{built:>9.2f}{built / floor:>7.2f}"
            f"{graph.number_of_nodes():>10,}{graph.number_of_edges():>10,}"
        )
        del graph


if __name__ == "__main__":
    main()

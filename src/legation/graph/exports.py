"""The built graph as files that others load.

Invariant: the same dataset gives the same bytes on every machine; what is published is one build
whole, never two mixed (`legation.files.folder`). Article texts are never part of an export.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from legation.files.document import contents
from legation.files.folder import MANIFEST, publish
from legation.graph.dataset import Dataset
from legation.graph.reification import reified, stating
from legation.rdf import trig

_LEGATION = "legation.ttl"


def nquads(dataset: Dataset, prefixes: Mapping[str, str]) -> str:
    """The dataset as canonical N-Quads."""
    del prefixes
    return trig.write_nquads(dataset.quads)


def trig_text(dataset: Dataset, prefixes: Mapping[str, str]) -> str:
    """The dataset as TriG: the materialised default graph, then each claim's graph."""
    return trig.write(dataset.quads, prefixes)


def turtle(dataset: Dataset, prefixes: Mapping[str, str]) -> str:
    """The dataset as one Turtle graph in which provenance is not lost.

    The default graph, and for each distinct triple of the claims one ``rdf:Statement`` that was
    derived from each claim that says it. `claim_graphs_of` in `legation.graph.reification` rebuilds
    the claim graphs from it.
    """
    return trig.write_turtle([*dataset.default, *_statements(dataset)], prefixes)


FORMATS: dict[str, Callable[[Dataset, Mapping[str, str]], str]] = {
    "nq": nquads,
    "trig": trig_text,
    "ttl": turtle,
}
"""Each format's file suffix and the function that writes it."""


def _statements(dataset: Dataset) -> Iterable[Triple]:
    for triple, graphs in stating(dataset.quads).items():
        yield from reified(triple, graphs)


def write_all(
    dataset: Dataset,
    out: Path,
    *,
    prefixes: Mapping[str, str],
    copies: Iterable[Path] = (),
) -> dict[str, int]:
    """Publish every export as one folder, with copies beside them; the bytes of each, by name.

    Raises InputError where the folder holds something no build wrote, or cannot be written.
    """
    files = {
        f"legation.{suffix}": write(dataset, prefixes).encode() for suffix, write in FORMATS.items()
    }
    for path in copies:
        files[_published_name(path)] = contents(path)
        if path.name == _LEGATION:  # as RDF/XML too, since OWL tools read no Turtle
            triples = [located.quad.triple for located in trig.read(path).quads]
            files["ontology.owl"] = trig.write_xml(triples, prefixes)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    files[MANIFEST] = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    publish(files, out)
    return {name: len(data) for name, data in files.items()}


def _published_name(path: Path) -> str:
    return "ontology.ttl" if path.name == _LEGATION else path.name

"""The built graph as files that others load.

Invariant: the same dataset gives the same bytes on every machine; what is published is one build
whole, never two mixed (`legation.files.folder`). Article texts are never part of an export.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from legation.files.document import contents
from legation.files.folder import MANIFEST, publish
from legation.graph.exports.annotations import annotations
from legation.graph.exports.description import citation, counts, dataset_jsonld, dataset_ttl
from legation.graph.exports.edition import Edition, edition_of
from legation.graph.exports.jsonld import context, jsonld
from legation.graph.exports.nanopubs import nanopubs
from legation.graph.exports.plover import plover
from legation.graph.exports.tables.database import database
from legation.graph.exports.tables.rolls import rolls
from legation.graph.exports.tables.spreadsheets import metadata, parquet, spreadsheet
from legation.graph.exports.turtle import reifying, trig_text, turtle
from legation.graph.workspace import Workspace
from legation.rdf import trig

__all__ = ["FORMATS", "MANIFEST", "ON_REQUEST", "Edition", "edition_of", "nquads", "write_all"]

_LEGATION = "legation.ttl"


def nquads(edition: Edition) -> str:
    """The graph as canonical N-Quads."""
    return trig.write_nquads(edition.dataset.quads)


FORMATS: dict[str, Callable[[Edition], str]] = {
    "legation.nq": nquads,
    "legation.trig": trig_text,
    "legation.ttl": turtle,
    "legation-rdf12.ttl": reifying,
    "legation.jsonld": jsonld,
    "context.jsonld": context,
    "annotations.jsonld": annotations,
    "events.jsonl": plover,
    "CITATION.cff": citation,
}
"""Each file that one function writes, and that function."""


ON_REQUEST: dict[str, Callable[[Edition], dict[str, bytes]]] = {
    "nanopubs": lambda edition: {"nanopubs.trig": nanopubs(edition).encode()},
    "parquet": lambda edition: {
        f"tables/{roll.name}.parquet": parquet(roll) for roll in rolls(edition)
    },
}
"""What is written only for whoever asks for it, and the function that writes it."""


def write_all(
    edition: Edition,
    out: Path,
    *,
    workspace: Workspace | None = None,
    more: Mapping[str, bytes] | None = None,
    asked: Collection[str] = (),
) -> dict[str, int]:
    """Publish every export as one folder; the bytes of each file, by name.

    A workspace gives its ontology, shapes and alignments; ``more`` are files of other rooms; what
    is ``asked`` for stands in `ON_REQUEST`.
    Raises InputError where the folder holds something no build wrote, or cannot be written.
    """
    files = {name: write(edition).encode() for name, write in FORMATS.items()}
    files |= _tables(edition) | dict(more or {})
    for name in asked:
        files |= ON_REQUEST[name](edition)
    if workspace is not None:
        files |= _grammar(edition, workspace)
    files |= {path.name: contents(path) for path in edition.release.licences}
    described = dict(files)
    files["dataset.ttl"] = dataset_ttl(edition, described).encode()
    files["dataset.jsonld"] = dataset_jsonld(edition, described).encode()
    files["manifest.json"] = _listed(edition, files)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    files[MANIFEST] = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    publish(files, out)
    return {name: len(data) for name, data in files.items()}


def _tables(edition: Edition) -> dict[str, bytes]:
    """The tables: one SQLite file, and a CSV file each with one description of all."""
    found = rolls(edition)
    sheets = {f"tables/{roll.name}.csv": spreadsheet(roll) for roll in found}
    described = metadata(found, edition.release)
    return {"legation.sqlite": database(found), "tables/csv-metadata.json": described, **sheets}


def _grammar(edition: Edition, workspace: Workspace) -> dict[str, bytes]:
    """The ontology (as RDF/XML too, since OWL tools read no Turtle), its alignments and shapes."""
    files: dict[str, bytes] = {}
    for path in workspace.ontology_files:
        files["ontology.ttl" if path.name == _LEGATION else path.name] = contents(path)
        if path.name == _LEGATION:
            triples = [located.quad.triple for located in trig.read(path).quads]
            files["ontology.owl"] = trig.write_xml(triples, edition.prefixes)
    files["alignments.ttl"] = contents(workspace.home / "ontology" / "alignments.ttl")
    parts = (b"# --- %s ---\n\n%s" % (p.name.encode(), contents(p)) for p in workspace.shape_files)
    files["shapes.ttl"] = b"\n".join(parts)
    return files


def _listed(edition: Edition, files: Mapping[str, bytes]) -> bytes:
    """The manifest for programs: what there is, how much of it, and the sum of each file."""
    release = edition.release
    listed = {
        "title": release.title,
        "version": release.version,
        "issued": release.issued,
        "licence": release.licence,
        "counts": counts(edition),
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        },
    }
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()

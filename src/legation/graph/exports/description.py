"""The release described: VoID, DCAT 3, schema.org and PROV in one Turtle file, and how to cite it.

Invariant: every figure is counted from the files that are published with it.
Source: Citation File Format 1.2.0, schema guide.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from legation.graph.exports.edition import PUBLISHING, Edition
from legation.rdf import trig
from legation.rdf.vocabulary import DCTERMS, ID, LEG, NS, PREFIXES, PROV, RDF, XSD

MEDIA = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".gexf": "application/gexf+xml",
    ".graphml": "application/graphml+xml",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".nq": "application/n-quads",
    ".owl": "application/rdf+xml",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
}
"""The media type of each kind of file."""

_MADE_BY = NamedNode(f"{ID}software/legation")


def dataset_ttl(edition: Edition, files: Mapping[str, bytes]) -> str:
    """The description as Turtle, with each file as a distribution."""
    said = [*edition.release.triples, *_counted(edition), *_history(edition)]
    for name, data in sorted(files.items()):
        said += _distribution(edition, name, data)
    return trig.write_turtle(said, edition.prefixes)


def dataset_jsonld(edition: Edition, files: Mapping[str, bytes]) -> str:
    """The description for search engines: a schema.org Dataset."""
    release = edition.release
    said: dict[str, Any] = {
        "@context": {"@vocab": PREFIXES["schema"]},
        "@type": "Dataset",
        "@id": release.iri.value,
        "name": release.title,
        "description": release.description,
        "license": release.licence,
        "version": release.version,
        "datePublished": release.issued,
        "creator": {"@type": "Organization", "name": release.creator} if release.creator else "",
        "temporalCoverage": "/".join(_days(edition)),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": _media(name),
                "contentSize": f"{len(data)} B",
                "sha256": hashlib.sha256(data).hexdigest(),
                **({"contentUrl": release.address + name} if release.address else {}),
            }
            for name, data in sorted(files.items())
        ],
    }
    given = {key: value for key, value in said.items() if value}
    return json.dumps(given, ensure_ascii=False, indent=1) + "\n"


def counts(edition: Edition) -> dict[str, int]:
    """How much there is: quads, and things of each kind that IRIs name."""
    found = Counter(
        kind
        for kind, cls in sorted(edition.ontology.kinds.items())
        for thing in edition.instances(cls)
        if thing.value.startswith(edition.prefixes.get(kind, "?"))
    )
    total = {"quads": len(edition.dataset.quads), "triples": len(edition.dataset.default)}
    return {**total, **dict(sorted(found.items()))}


def _counted(edition: Edition) -> Iterator[Triple]:
    whole, default = edition.release.iri, edition.dataset.default
    yield Triple(whole, RDF.type, _in("dcat", "Dataset"))
    yield Triple(whole, RDF.type, _in("schema", "Dataset"))
    yield Triple(whole, _in("void", "uriSpace"), Literal(edition.release.base))
    for name in ("leg", "dcterms", "prov", "rdfs", "skos"):
        vocabulary = NamedNode(edition.prefixes[name])
        yield Triple(whole, _in("void", "vocabulary"), vocabulary)
    figures = {
        "triples": len(default),
        "entities": len(edition.about),
        "distinctSubjects": len({t.subject for t in default}),
        "distinctObjects": len({t.object for t in default}),
        "properties": len({t.predicate for t in default}),
        "classes": len({t.object for t in default if t.predicate == RDF.type}),
    }
    for name, figure in figures.items():
        yield Triple(whole, _in("void", name), _number(figure))
    classes = Counter(t.object for t in default if t.predicate == RDF.type)
    yield from _parts(whole, "class", "entities", classes)
    yield from _parts(whole, "property", "triples", Counter(t.predicate for t in default))
    if days := _days(edition):
        period = NamedNode(f"{whole.value}#period")
        yield Triple(whole, _in("dcterms", "temporal"), period)
        yield Triple(period, RDF.type, _in("dcterms", "PeriodOfTime"))
        for name, day in zip(("startDate", "endDate"), days, strict=True):
            yield Triple(period, _in("dcat", name), Literal(day, datatype=XSD.date))


def _parts(whole: NamedNode, word: str, counted: str, found: Mapping[Any, int]) -> Iterator[Triple]:
    for term in sorted(found, key=str):
        digest = hashlib.sha256(term.value.encode()).hexdigest()[:12]
        part = NamedNode(f"{whole.value}#{word}-{digest}")
        yield Triple(whole, _in("void", f"{word}Partition"), part)
        yield Triple(part, _in("void", word), term)
        yield Triple(part, _in("void", counted), _number(found[term]))


def _history(edition: Edition) -> Iterator[Triple]:
    """How the release came about: built by Legation from the articles, in terms of the ontology."""
    whole = edition.release.iri
    build = NamedNode(f"{whole.value}#build")
    yield Triple(whole, PROV.wasGeneratedBy, build)
    yield Triple(build, RDF.type, PROV.Activity)
    yield Triple(build, _in("prov", "used"), NamedNode(NS.rstrip("#")))
    yield Triple(build, _in("prov", "wasAssociatedWith"), _MADE_BY)
    yield Triple(_MADE_BY, RDF.type, _in("prov", "SoftwareAgent"))
    yield Triple(_MADE_BY, _in("foaf", "name"), Literal("Legation"))
    for article in edition.instances(LEG.Article):
        yield Triple(whole, _in("prov", "hadPrimarySource"), article)
        yield Triple(build, _in("prov", "used"), article)
        for kind in (DCTERMS.title, LEG.textSha256):
            for value in edition.values(article, kind):
                yield Triple(article, kind, value)


def _distribution(edition: Edition, name: str, data: bytes) -> Iterator[Triple]:
    whole, release = edition.release.iri, edition.release
    file = NamedNode(f"{whole.value}/{name}")
    yield Triple(whole, _in("dcat", "distribution"), file)
    yield Triple(file, RDF.type, _in("dcat", "Distribution"))
    yield Triple(file, DCTERMS.title, Literal(name))
    yield Triple(file, _in("dcat", "byteSize"), _number(len(data)))
    if media := _media(name):
        yield Triple(file, _in("dcat", "mediaType"), NamedNode(f"{_IANA}{media}"))
    if release.licence and not name.startswith("LICENSE"):
        yield Triple(file, DCTERMS.license, NamedNode(release.licence))
    if release.address:
        yield Triple(file, _in("dcat", "downloadURL"), NamedNode(release.address + name))
    digest = NamedNode(f"{file.value}#sha256")
    yield Triple(file, _in("spdx", "checksum"), digest)
    yield Triple(digest, _in("spdx", "algorithm"), _in("spdx", "checksumAlgorithm_sha256"))
    value = Literal(hashlib.sha256(data).hexdigest(), datatype=_HEX)
    yield Triple(digest, _in("spdx", "checksumValue"), value)


_IANA = "https://www.iana.org/assignments/media-types/"
_HEX = NamedNode(PREFIXES["xsd"] + "hexBinary")


def _media(name: str) -> str:
    return MEDIA.get(PurePosixPath(name).suffix, "")


def _days(edition: Edition) -> tuple[str, str] | tuple[()]:
    """The first and the last day on which an event may have been."""
    events = edition.instances(LEG.Event)
    first = min((d for e in events if (d := edition.text(e, LEG.earliest))), default="")
    last = max((d for e in events if (d := edition.text(e, LEG.latest))), default="")
    return (first, last) if first and last else ()


def _number(figure: int) -> Literal:
    return Literal(str(figure), datatype=XSD.integer)


def _in(prefix: str, name: str) -> NamedNode:
    return NamedNode({**PUBLISHING, **PREFIXES}[prefix] + name)


def citation(edition: Edition) -> str:
    """A ``CITATION.cff`` for the dataset."""
    release = edition.release
    said = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": release.title,
        "abstract": release.description,
        "version": release.version,
        "date-released": release.issued,
        "license-url": release.licence,
    }
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in said.items() if text]
    name = json.dumps(release.creator or "anonymous", ensure_ascii=False)
    return "\n".join([*lines, "authors:", f"  - name: {name}"]) + "\n"

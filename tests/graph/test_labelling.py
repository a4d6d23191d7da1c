"""What nobody names is called by what is said of it, and by nothing else."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from legation.errors import UnknownName
from legation.graph import labelling, workspace
from legation.graph.dataset import Dataset, build
from legation.graph.registry import Names
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import DCTERMS, LEG, RDF, RDFS, expand


def _built(root: Path) -> tuple[Dataset, Ontology]:
    home = workspace.find(root)
    return build(workspace.read(home), home.rules), home.ontology


@pytest.fixture(scope="module")
def reference(checkout: Path) -> tuple[Dataset, Ontology]:
    return _built(checkout)


def _labels(dataset: Dataset) -> dict[object, str]:
    return {
        t.subject: t.object.value
        for t in dataset.default
        if t.predicate == RDFS.label and isinstance(t.object, Literal)
    }


@pytest.mark.parametrize(
    ("thing", "label"),
    [
        ("statement:varn-invitation", "Ilse Varn to Tomas Keld: “invited Keld to Lindal”"),
        (
            "statement:treaty-a-turning-point",
            "Tomas Keld, banquet in honour of Ilse Varn: “The treaty is a turning point”",
        ),
        (
            "statement:merovian-protest",
            "protest note of Merovia to Orvany: “sent Orvany a protest note”",
        ),
        (
            "tenure:tomas-keld-president-of-orvany",
            "Tomas Keld as President of Orvany (attested 2031-05-05)",
        ),
        (
            "tenure:rena-sol-foreign-minister-of-merovia",
            "Rena Sol as Foreign Minister of Merovia (until 2031-03)",
        ),
        (
            "participation:treaty-of-sestry-signing-keld",
            "Tomas Keld for Republic of Orvany as signatory: signing of the Treaty of Sestry",
        ),
        (
            "report:merovian-news-agency-on-the-brack-drone",
            "report of Merovian News Agency, relayed in “Orvany expels Merovian consul”",
        ),
        (
            "claim:halm-gazette-2031-05-07-03",
            "halm-gazette-2031-05-07-03: “Consul Karl Bron of Merovia”",
        ),
    ],
)
def test_a_thing_is_called_by_what_is_said_of_it(world: Path, thing: str, label: str) -> None:
    dataset, _ = _built(world)
    called = Literal(label, language="en")
    assert [
        t.object
        for t in dataset.default
        if t.subject == expand(thing) and t.predicate == RDFS.label
    ] == [called]


def test_everything_in_a_graph_has_words(reference: tuple[Dataset, Ontology]) -> None:
    dataset, ontology = reference
    named = {t.subject for t in dataset.default if t.predicate in (RDFS.label, DCTERMS.title)}
    of_ours = {s for q in dataset.quads for s in (q.subject, q.object) if isinstance(s, NamedNode)}
    kinds = tuple(f"https://w3id.org/legation/id/{kind}/" for kind in ontology.kinds)
    assert [thing for thing in of_ours - named if thing.value.startswith(kinds)] == []


def test_no_two_things_are_called_the_same(reference: tuple[Dataset, Ontology]) -> None:
    labels = Counter(_labels(reference[0]).values())
    assert [label for label, times in labels.items() if times > 1] == []


def test_a_label_that_somebody_wrote_stands_alone(world: Path) -> None:
    thing = expand("statement:varn-invitation")
    registry = world / "graph/registry/events.ttl"
    text = registry.read_text("utf-8")
    prefix = "@prefix statement: <https://w3id.org/legation/id/statement/> .\n"
    label = 'statement:varn-invitation rdfs:label "the Lindal invitation"@en .\n'
    registry.write_text(f"{prefix}{text}\n{label}", "utf-8")
    dataset, ontology = _built(world)
    found = [t for t in dataset.default if t.subject == thing and t.predicate == RDFS.label]
    assert [t.object for t in found] == [Literal("the Lindal invitation", language="en")]
    assert not labelling.made(dataset.quads, ontology) & {*found}


def test_the_labels_made_here_are_told_from_those_that_somebody_wrote(
    reference: tuple[Dataset, Ontology],
) -> None:
    dataset, ontology = reference
    derived = {t for t in dataset.derived if t.predicate == RDFS.label}
    assert len(derived) > 400
    assert labelling.made(dataset.quads, ontology) == derived


def test_statements_that_tell_of_each_other_are_called_something() -> None:
    one, other, this, that = (NamedNode(f"urn:{name}") for name in ("one", "other", "this", "that"))
    triples = [
        Triple(one, LEG.content, this),
        Triple(other, LEG.content, that),
        *(Triple(thing, RDF.type, LEG.Denial) for thing in (one, other)),
    ]
    quads = [Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples]
    quads += [Quad(one, RDF.type, LEG.Denial, that), Quad(other, RDF.type, LEG.Denial, this)]
    ontology = workspace.bundled().ontology
    called = list(labelling.derived(quads, ontology))
    assert [triple.subject for triple in called] == [one, other]
    assert called == list(labelling.derived(reversed(quads), ontology))


def test_what_is_said_of_a_thing_is_no_name_by_which_to_search(
    reference: tuple[Dataset, Ontology],
) -> None:
    dataset, ontology = reference
    names = Names(dataset.default, ontology)
    kinds = {kind for found in names.find("Torshin", most=99) for kind in names.types(found.iri)}
    assert kinds.isdisjoint(labelling.UNNAMED)
    with pytest.raises(UnknownName):
        names.resolve("Head of the World Institute attested", LEG.Tenure)


def test_the_whole_of_what_a_thing_is_called_leads_to_it(
    reference: tuple[Dataset, Ontology],
) -> None:
    dataset, ontology = reference
    thing = expand("statement:ahn-chan-il-north-korea-can-get-a-lot")
    label = _labels(dataset)[thing]
    assert label == "Ahn Chan-il: “Practically, however, North Korea can get a lot of things…”"
    assert Names(dataset.default, ontology).resolve(label) == thing

"""What every claim gets on its way in, whoever made it: a row, a form or a model."""

from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.draft.proposal import Proposal, admitted
from legation.graph import workspace
from legation.graph.article import Article
from legation.rdf.vocabulary import EDTF, LEG, RDF

WORLD = workspace.find(Path(__file__).resolve().parents[2] / "world")
ARTICLE = Article(NamedNode("urn:a"), "a", Path(), 1, Path(), published="2031-05-05")
TENURE = NamedNode("urn:tenure")
HELD = Triple(TENURE, RDF.type, LEG.Tenure)


def entering(quote: str, *triples: Triple, article: Article = ARTICLE) -> set[Triple]:
    made = admitted(Proposal(quote, triples), article, WORLD.ontology)
    return set(made.triples) - set(triples)


def test_a_passing_title_is_attested_on_the_day_of_its_article() -> None:
    day = Literal("2031-05-05", datatype=EDTF)
    assert entering("President Varn", HELD) == {Triple(TENURE, LEG.attested, day)}
    begun = Triple(TENURE, LEG.begin, Literal("2030", datatype=EDTF))
    assert entering("President Varn since 2030", HELD, begun) == set()
    assert entering("former President Varn", HELD) == set()
    assert entering("President Varn", HELD, article=replace(ARTICLE, published="")) == set()


def test_what_is_written_has_the_marks_and_line_breaks_of_the_quote() -> None:
    said = Triple(NamedNode("urn:s"), LEG.text, Literal('the "door" is open'))
    assert entering("He said the “door”\nis open", said) == {
        Triple(said.subject, LEG.text, Literal("the “door”\nis open"))
    }
    assert entering("He said the gate is open", said) == set()


def test_whose_word_it_is_must_be_declared_like_what_it_speaks_of() -> None:
    gazette = NamedNode("urn:gazette")
    assert Proposal("q", (HELD,), according_to=gazette).needs == {TENURE, LEG.Tenure, gazette}
    assert Proposal("q", (HELD,)).needs == {TENURE, LEG.Tenure}

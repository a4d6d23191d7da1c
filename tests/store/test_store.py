"""A store answers SPARQL, and a local one never reaches the network."""

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.errors import UsageError
from legation.rdf.vocabulary import LEG, RDF
from legation.store import LocalStore, RemoteStore, Rows, with_prefixes

_EVENT = NamedNode("https://w3id.org/legation/id/event/e")


@pytest.fixture
def store() -> LocalStore:
    return LocalStore([Quad(_EVENT, RDF.type, LEG.Event, DefaultGraph())])


def test_known_prefixes_need_not_be_declared(store: LocalStore) -> None:
    assert store.select("SELECT ?x WHERE { ?x a leg:Event }").rows == ((_EVENT,),)


def test_each_form_of_query_has_its_result(store: LocalStore) -> None:
    assert store.query("ASK { ?x a leg:Event }") is True
    assert store.query("ASK { ?x a leg:Plan }") is False
    triples = store.query("CONSTRUCT WHERE { ?x a leg:Event }")
    assert isinstance(triples, tuple) and len(triples) == 1


def test_an_unbound_cell_is_none_and_empty_answers_keep_their_columns(store: LocalStore) -> None:
    rows = store.select("SELECT ?x ?y WHERE { ?x a leg:Event OPTIONAL { ?x leg:date ?y } }")
    assert rows == Rows(("x", "y"), ((_EVENT, None),))
    assert store.select("SELECT ?x ?y WHERE { ?x a leg:Plan }") == Rows(("x", "y"), ())


def test_a_syntax_error_shows_its_place_in_the_text_as_written(store: LocalStore) -> None:
    with pytest.raises(UsageError) as caught:
        store.query("SELECT *\nWHERE { ?x a leg:Event . ]")
    first, line, caret = str(caught.value).splitlines()
    assert first.startswith("the query is not SPARQL near line 2, column ")
    assert line.strip() == "WHERE { ?x a leg:Event . ]"
    assert abs(caret.index("^") - line.index("]")) <= 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { service#c\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }",
    ],
)
def test_federation_is_refused(store: LocalStore, query: str) -> None:
    with pytest.raises(UsageError, match="SERVICE is not answered here"):
        store.query(query)


@pytest.mark.parametrize(
    "query",
    [
        'ASK { FILTER("service" != "x") }',
        "ASK { ?service ?p ?o }",
        "ASK { <http://e/service> ?p ?o }",
        "ASK { ?s ?p ?o } # SERVICE <http://e/>",
    ],
)
def test_the_word_service_elsewhere_is_no_federation(store: LocalStore, query: str) -> None:
    assert store.query(query) in (True, False)


def test_an_update_is_not_a_query(store: LocalStore) -> None:
    with pytest.raises(UsageError):
        store.query("INSERT DATA { <http://e/a> <http://e/b> <http://e/c> }")


def test_a_select_is_asked_for_where_rows_are_needed(store: LocalStore) -> None:
    with pytest.raises(UsageError, match="needs a SELECT"):
        store.select("ASK {}")


def test_an_endpoint_is_an_http_address() -> None:
    with pytest.raises(UsageError, match="begins with http"):
        RemoteStore("file:///etc/passwd")


def test_declared_prefixes_are_not_declared_again() -> None:
    query = "PREFIX leg: <https://w3id.org/legation/ns#> ASK { ?x a leg:Event }"
    assert with_prefixes(query) == query


def test_source_text_survives_the_store() -> None:
    literal = Literal("2014-10-09~", datatype=NamedNode("http://id.loc.gov/datatypes/edtf/EDTF"))
    store = LocalStore([Quad(_EVENT, LEG.date, literal, DefaultGraph())])
    assert store.select("SELECT ?d WHERE { ?e leg:date ?d }").rows == ((literal,),)

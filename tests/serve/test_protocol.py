"""The endpoint keeps to the SPARQL 1.1 Protocol, and says what is wrong with what does not."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results
from SPARQLWrapper import SPARQLWrapper

Get = Callable[..., Any]

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
PEOPLE = "SELECT ?who ?name WHERE { ?who a leg:Person ; rdfs:label ?name } ORDER BY ?who ?name"
FACTS = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s a leg:Person ; rdfs:label ?o }"
CLAIM = "https://w3id.org/legation/id/claim/strait-observer-2031-05-05-05"


def at(query: str, *more: tuple[str, str]) -> str:
    return f"/sparql?{urlencode([('query', query), *more])}"


def test_a_query_may_come_in_each_of_three_ways(get: Get) -> None:
    got = get(at(PEOPLE))
    assert got.status == 200 and len(json.loads(got.body)["results"]["bindings"]) > 5
    form = get("/sparql", "POST", urlencode({"query": PEOPLE}), Content_Type=FORM)
    direct = get("/sparql", "POST", PEOPLE, Content_Type=f"{QUERY}; charset=utf-8")
    assert form.body == direct.body == got.body


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
        ("application/json", QueryResultsFormat.JSON),
    ],
)
def test_a_table_comes_in_each_form_with_the_same_rows(
    get: Get, kind: str, form: QueryResultsFormat
) -> None:
    usual: Any = parse_query_results(get(at(PEOPLE)).body, format=QueryResultsFormat.JSON)
    got = get(at(PEOPLE), Accept=kind)
    there: Any = parse_query_results(got.body, format=form)
    assert (got.kind, [list(row) for row in there]) == (kind, [list(row) for row in usual])


def test_a_table_comes_as_csv(get: Get) -> None:
    got = get(at(PEOPLE), Accept="text/csv")
    rows = list(csv.DictReader(io.StringIO(got.text)))
    assert got.headers["content-type"] == "text/csv; charset=utf-8"
    assert {"who": "https://w3id.org/legation/id/person/ilse-varn", "name": "Ilse Varn"} in rows


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_triples_come_in_each_form(get: Get, kind: str, form: RdfFormat) -> None:
    usual = {str(q.triple) for q in parse(get(at(FACTS)).body, format=RdfFormat.TURTLE)}
    got = get(at(FACTS), Accept=kind)
    assert got.kind == kind
    assert {str(quad.triple) for quad in parse(got.body, format=form)} == usual != set()


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (PEOPLE, "text/csv;q=0.2, application/sparql-results+xml;q=0.9", "xml"),
        (PEOPLE, "application/*;q=0.1, text/csv", "csv"),
        (PEOPLE, "*/*;q=0.1, application/sparql-results+json;q=0", "xml"),
        ("ASK {}", "application/sparql-results+xml", "xml"),
        (FACTS, "text/csv, application/ld+json;q=0.1", "ld+json"),
        (PEOPLE, "text/html", "html"),
    ],
)
def test_the_form_wanted_most_is_chosen(get: Get, query: str, accept: str, kind: str) -> None:
    got = get(at(query), Accept=accept)
    assert got.status == 200 and got.kind.endswith(kind)
    assert "Accept" in got.headers["vary"]


@pytest.mark.parametrize("query", [PEOPLE, "ASK {}", FACTS, ""])
def test_what_is_wanted_in_no_form_is_not_acceptable(get: Get, query: str) -> None:
    got = get(at(query) if query else "/sparql", Accept="image/png")
    assert got.status == 406 and "/" in got.text


def test_the_graphs_of_a_request_are_those_that_are_asked(get: Get) -> None:
    all_of_it = "SELECT * WHERE { ?s ?p ?o }"
    named = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }"

    def rows(query: str, *graphs: str) -> int:
        got = get(at(query, *((name, CLAIM) for name in graphs)))
        return len(json.loads(got.body)["results"]["bindings"])

    claimed = rows(f"SELECT * WHERE {{ GRAPH <{CLAIM}> {{ ?s ?p ?o }} }}")
    assert 0 < claimed < 20
    assert rows(all_of_it, "default-graph-uri") == claimed
    assert rows(named, "default-graph-uri") == 0
    assert rows(named, "named-graph-uri") == claimed
    assert rows(all_of_it, "named-graph-uri") == 0
    # The request decides, whatever the query says. Source: SPARQL 1.1 Protocol 2.1.4.
    assert rows(f"SELECT * FROM NAMED <{CLAIM}> WHERE {{ ?s ?p ?o }}", "default-graph-uri") > 0


UPDATE = "DELETE WHERE { ?s ?p ?o }"
BAD = {
    "nothing posted": ("POST", "", "", FORM, 400, "no query"),
    "no media type": ("POST", "", PEOPLE, "", 415, QUERY),
    "another media type": ("POST", "", PEOPLE, "text/plain", 415, QUERY),
    "an update as such": ("POST", "", UPDATE, "application/sparql-update", 400, "changes nothing"),
    "an update in a form": ("POST", "", f"update={quote(UPDATE)}", FORM, 400, "changes nothing"),
    "an update as a query": ("POST", "", UPDATE, QUERY, 400, "changes nothing"),
    "an update behind a prefix": ("POST", "", "PREFIX a: <urn:a> CLEAR ALL", QUERY, 400, "changes"),
    "a file loaded": ("POST", "", "LOAD <file:///etc/passwd>", QUERY, 400, "changes nothing"),
    "graphs of an update": ("GET", f"{at('ASK {}')}&using-graph-uri=urn:a", "", "", 400, "changes"),
    "two queries": ("GET", f"{at('ASK {}')}&query=ASK%7B%7D", "", "", 400, "2 times"),
    "a query and another": ("POST", at("ASK {}"), "ASK {}", QUERY, 400, "given twice"),
    "no SPARQL": ("POST", "", "SELECT nothing", QUERY, 400, "not SPARQL near line 1"),
    "a prefix of nobody": ("POST", "", "ASK { ?s nobody:is ?o }", QUERY, 400, "nobody:"),
    "no UTF-8": ("POST", "", b"ASK { ?s ?p '\xff' }", QUERY, 400, "not UTF-8"),
    "no UTF-8 in the address": ("GET", "/sparql?query=%ff", "", "", 400, "UTF-8"),
    "a service": ("POST", "", "ASK { SERVICE <http://127.0.0.1:9/> {} }", QUERY, 400, "SERVICE"),
    "no such graph": ("GET", at("ASK {}", ("default-graph-uri", "urn:no")), "", "", 400, "urn:no"),
    "no IRI of a graph": ("GET", at("ASK {}", ("named-graph-uri", "a b")), "", "", 400, "<a b>"),
    "a thousand fields": ("POST", "", "a=b&" * 1_001, FORM, 400, "form"),
    "a big body": ("POST", "", "#" * 1_048_577, QUERY, 413, "1,048,576"),
    "another method": ("PUT", "", PEOPLE, QUERY, 405, "Not Allowed"),
    "another method of a thing": ("DELETE", "/id/person/rena-sol.ttl", "", "", 405, "Not Allowed"),
}


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status", "words"), BAD.values(), ids=BAD
)
def test_what_is_no_request_is_refused_in_words(
    get: Get, method: str, path: str, body: str | bytes, kind: str, status: int, words: str
) -> None:
    headers = {"Content_Type": kind} if kind else {}
    got = get(path or "/sparql", method, body or None, **headers)
    assert got.status == status and words in got.text


def test_whoever_asks_nothing_is_told_what_this_is(get: Get, server: Any) -> None:
    address = f"{server.address}/sparql"
    for accept in ("text/turtle, application/rdf+xml;q=0.9", "*/*"):
        got = get("/sparql", Accept=accept)
        graph = rdflib.Graph().parse(data=got.body, format="turtle", publicID=address)
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
        assert str(service) == str(graph.value(service, sd.endpoint)) == address
        forms = set(graph.objects(service, sd.resultFormat))
        assert rdflib.URIRef("http://www.w3.org/ns/formats/SPARQL_Results_JSON") in forms


def test_people_get_a_form_and_their_answer_below_it(get: Get) -> None:
    assert "<textarea" in get("/sparql", Accept="text/html").text
    page = get(at(PEOPLE), Accept="text/html,*/*;q=0.8").text
    assert "<textarea" in page and "SELECT ?who" in page
    assert '<a href="./id/person/ilse-varn.html"><bdi>person:ilse-varn</bdi></a>' in page
    assert "yes" in get(at("ASK {}"), Accept="text/html").text
    assert get(at(PEOPLE, ("format", "csv")), Accept="text/html").kind == "text/csv"


def test_a_fault_is_shown_beside_the_query(get: Get) -> None:
    got = get(at("SELECT <script>"), Accept="text/html")
    assert got.status == 400 and 'role="alert"' in got.text
    assert "<script" not in got.text and "&lt;script&gt;" in got.text


def test_any_site_may_ask(get: Get) -> None:
    for got in (get(at("ASK {}")), get(at("no query")), get("/nowhere")):
        assert got.headers["access-control-allow-origin"] == "*"
    asked = {"Origin": "https://elsewhere.example", "Access_Control_Request_Method": "POST"}
    before = get("/sparql", "OPTIONS", **asked)
    assert before.status == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "Content-Type" in before.headers["access-control-allow-headers"]


def test_a_head_has_no_body_and_the_same_length(get: Get) -> None:
    whole, head = get(at("ASK {}")), get(at("ASK {}"), "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))


def test_others_clients_are_answered(server: Any) -> None:
    client = SPARQLWrapper(f"{server.address}/sparql", returnFormat="json")
    client.setQuery(f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n{PEOPLE}")
    table: Any = client.queryAndConvert()
    assert {"type": "literal", "xml:lang": "en", "value": "Ilse Varn"} in [
        row["name"] for row in table["results"]["bindings"]
    ]
    graph = rdflib.Graph(store="SPARQLStore")
    graph.open(f"{server.address}/sparql")
    assert (
        len(list(graph.query("SELECT ?s WHERE { ?s a <https://w3id.org/legation/ns#Person> }"))) > 5
    )


@pytest.mark.parametrize(
    "path",
    ["/", "/sparql", at("ASK {}"), at("bad"), "/find?q=sol", "/ns.html", "/nowhere", "/health"],
)
def test_no_answer_can_act(get: Get, path: str) -> None:
    headers = get(path, Accept="text/html, */*;q=0.1").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_each_request_is_one_line_and_says_no_secret(get: Get, server: Any) -> None:
    get(at("ASK {} # one\n# two \x1b[2J" + "x" * 500), Authorization="Basic c2VjcmV0")
    found: list[str] = []
    for _ in range(50):  # the line is written once the answer has left
        get(at("ASK {}"))
        found = [one for one in server.log.read_text("utf-8").splitlines() if "# one" in one]
        if found:
            break
    (line,) = found
    assert " 127.0.0.1 GET /sparql 200 " in line and "# one # two" in line and line.endswith("x…")
    assert len(line) < 400 and "\x1b" not in line and "c2VjcmV0" not in line

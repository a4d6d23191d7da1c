"""Every IRI leads to a document about it, in the form that is wanted."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urldefrag, urlencode, urljoin

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

Get = Callable[..., Any]

BASE = "https://w3id.org/legation/id/"
UNSHOWN = ("omission/", "triple/")
"""What has no page: words left out, and triples as nodes."""

FORMS = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
}


@pytest.fixture(scope="module")
def things(get: Get) -> list[str]:
    """One thing of each kind, by what follows the base of its IRI."""
    query = f"""SELECT (MIN(STR(?s)) AS ?one) WHERE {{ ?s a ?class
      FILTER(STRSTARTS(STR(?s), "{BASE}"))
      BIND(STRBEFORE(STRAFTER(STR(?s), "{BASE}"), "/") AS ?kind) }} GROUP BY ?kind ORDER BY ?one"""
    rows = json.loads(get(f"/sparql?{urlencode({'query': query})}").body)["results"]["bindings"]
    return [row["one"]["value"].removeprefix(BASE) for row in rows]


def test_a_thing_of_each_kind_has_a_page_and_triples(get: Get, things: list[str]) -> None:
    assert len(things) > 15
    for path in things:
        page = get(f"/id/{path}.html")
        if page.status == 303:  # a claim is shown on its article's page
            where, _, mark = page.headers["location"].partition("#")
            page = get(urljoin(f"/id/{path}.html", where))
            assert not mark or f'id="{mark}"' in page.text, path
        assert page.status == 200 or path.startswith(UNSHOWN), path
        triples = get(f"/id/{path}.nt")
        quads = list(parse(triples.body, format=RdfFormat.N_TRIPLES))
        assert any(quad.subject.value == BASE + path for quad in quads), path  # type: ignore[union-attr]


@pytest.mark.parametrize(("accept", "suffix"), FORMS.items())
@pytest.mark.parametrize("path", ["id/person/ilse-varn", "ns"])
def test_a_thing_leads_to_the_document_that_is_wanted(
    get: Get, path: str, accept: str, suffix: str
) -> None:
    led = get(f"/{path}", Accept=f"{accept}, */*;q=0.1")
    assert (led.status, led.body) == (303, b"")
    address = urljoin(f"/{path}", led.headers["location"])
    assert address == f"/{path}{suffix}"
    assert "Accept" in led.headers["vary"]
    there = get(address)
    assert (there.status, there.kind) == (200, accept)
    assert len(there.body) > 200


def test_all_forms_say_the_same(get: Get) -> None:
    ends = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML}
    ends[".jsonld"] = RdfFormat.JSON_LD
    told = [
        {str(quad.triple) for quad in parse(get(f"/id/person/ilse-varn{end}").body, format=form)}
        for end, form in ends.items()
    ]
    assert told[0] and all(one == told[0] for one in told)


def test_what_nobody_wants_or_knows_is_not_there(get: Get) -> None:
    for path in ("/id/person/ilse-varn", "/ns"):
        assert get(path, Accept="image/png").status == 406
    for path in ("person/nobody", "person/a b", "person/../claim", "", "person/%00"):
        for suffix in (".html", ".ttl"):
            assert get(f"/id/{quote(path)}{suffix}").status == 404, path
    for path in ("nowhere", "ns.exe", "assets/nothing.js", "networks/nothing.html", "%00"):
        assert get(f"/{quote(path)}").status == 404, path


def test_a_head_of_a_document_is_answered(get: Get) -> None:
    for path, status in (("/id/person/ilse-varn", 303), ("/id/person/ilse-varn.ttl", 200)):
        got = get(path, "HEAD")
        assert (got.status, got.body) == (status, b"")


def test_a_page_shows_the_words_that_prove_each_fact(get: Get) -> None:
    page = get("/id/event/sestry-summit.html").text
    assert "held their summit in Sestry" in re.sub("<[^>]*>", "", page)
    assert '"../../id/person/ilse-varn.html"' in page and "≠" in page


def test_every_link_of_the_first_pages_leads_somewhere(get: Get) -> None:
    seen: set[str] = set()
    for path in ("/", "/questions/index.html", "/id/event/sestry-summit.html", "/ns.html"):
        for link in re.findall(r' (?:href|src)="([^"]*)"', get(path).text):
            where = urldefrag(urljoin(path, link)).url
            if not where.startswith("https://") and where not in seen:
                seen.add(where)
                assert get(where).status == 200, (path, link)
    assert len(seen) > 60


def test_all_leads_on_below_a_path_of_a_proxy(get: Get, things: list[str]) -> None:
    form = f"/sparql?{urlencode({'query': 'SELECT * { ?s a leg:Summit }'})}"
    pages = ("/", "/ns.html", "/find?q=ilse", form, *(f"/id/{path}.html" for path in things))
    for page in pages:
        got = get(page, Accept="text/html")
        leading = re.findall(r' (?:href|src|action)="([^"]*)"', got.text)
        leading += [got.headers["location"]] if got.status == 303 else []
        assert leading or got.status == 404, page
        assert not [link for link in leading if link.startswith("/")], page
        for link in leading:
            inside = urljoin(f"https://own.example/graph{page}", link)
            assert not link.startswith(".") or inside.startswith("https://own.example/graph/"), page


def test_what_is_only_said_is_never_told_as_a_fact(get: Get) -> None:
    query = """SELECT ?s ?p ?o WHERE { ?content a leg:Content . GRAPH ?content { ?s ?p ?o }
      FILTER(ISIRI(?o) && !EXISTS { ?s ?p ?o }) } ORDER BY ?s ?p ?o LIMIT 5"""
    rows = json.loads(get(f"/sparql?{urlencode({'query': query})}").body)["results"]["bindings"]
    assert rows
    for row in rows:
        s, p, o = (row[name]["value"] for name in "spo")
        told = get(f"/id/{s.removeprefix(BASE)}.nt").text
        assert f"<{s}> <{p}> <{o}>" not in told


def test_the_words_left_out_of_an_article_stay_home(get: Get) -> None:
    query = "ASK { ?omission a leg:Omission ; leg:quote ?words }"
    assert json.loads(get(f"/sparql?{urlencode({'query': query})}").body)["boolean"] is False


def test_a_name_in_any_spelling_is_found(get: Get) -> None:
    found = json.loads(get("/find?q=ilse%20varn").body)
    assert found["results"][0]["iri"] == f"{BASE}person/ilse-varn"
    assert get(urljoin("/find", found["results"][0]["page"])).status == 200
    page = get("/find?q=%3Cscript%3E", Accept="text/html").text
    assert "&lt;script&gt;" in page and "<script" not in page
    assert json.loads(get("/find").body) == {"q": "", "count": 0, "results": []}


def test_the_terms_have_one_page(get: Get) -> None:
    assert 'id="attendee"' in get("/ns.html").text
    terms = rdflib.Graph().parse(data=get("/ns.ttl").body, format="turtle")
    assert (rdflib.URIRef("https://w3id.org/legation/ns#attendee"), None, None) in terms


def test_the_page_of_questions_names_each(get: Get) -> None:
    page = get("/questions/index.html").text
    names = [one["name"] for one in json.loads(get("/api/questions").body)["questions"]]
    assert len(names) > 30 and all(f"{name}.html" in page for name in names)

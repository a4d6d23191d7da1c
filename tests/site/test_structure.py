"""What holds of every page, whatever it shows."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Dataset

from legation.graph.exports import edition_of
from legation.rdf.vocabulary import LEG
from legation.site import Holdings, addresses, page, sheets
from legation.site.publication import NOT_LISTED

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Leaf(HTMLParser):
    """What a parser finds on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.ids: set[str] = set()
        self.words: list[str] = []
        self.quotes: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "an element was never closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag != "title" or "svg" not in self._open:
            self.elements.append((tag, given))
        self.ids |= {given["id"]} if "id" in given else set()
        if tag == "blockquote":
            self.quotes.append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "code", "pre"} & set(self._open):
            self.words.append(data)
        if "blockquote" in self._open:
            self.quotes[-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [given for name, given in self.elements if name == tag]


@pytest.fixture(scope="module")
def leaves(made: dict[str, bytes]) -> dict[str, Leaf]:
    return {name: Leaf(d.decode()) for name, d in made.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def own(leaves: dict[str, Leaf]) -> dict[str, Leaf]:
    """The pages but those of networks, which carry their style and script inside."""
    drawn = {name for name in leaves if name.startswith("networks/")} - {addresses.NETWORKS}
    return {name: leaf for name, leaf in leaves.items() if name not in drawn}


def test_every_page_has_a_language_a_title_and_one_heading(leaves: dict[str, Leaf]) -> None:
    for name, leaf in leaves.items():
        assert leaf.all("html") == [{"lang": "en"}], name
        assert len(leaf.all("title")) == len(leaf.all("h1")) == 1, name
        assert len(leaf.all("main")) == 1, name


def test_every_policy_is_strict(leaves: dict[str, Leaf]) -> None:
    for name, leaf in leaves.items():
        metas = leaf.all("meta")
        (policy,) = (m["content"] for m in metas if "http-equiv" in m)
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe-inline" not in policy, name
        assert ("unsafe-eval" in policy) <= (name == addresses.CONSOLE), name


def test_nothing_inside_a_page_needs_more_than_the_policy_gives(own: dict[str, Leaf]) -> None:
    for name, leaf in own.items():
        assert leaf.all("style") == [], name
        assert not [g for _, g in leaf.elements if "style" in g or any(a[:2] == "on" for a in g)]
        scripts = [given for given in leaf.all("script") if "src" not in given]
        assert all(given["type"] == "application/ld+json" for given in scripts), name


def _links(leaf: Leaf) -> list[str]:
    return [given[a] for _, given in leaf.elements for a in ("href", "src") if a in given]


def test_no_link_is_dead_and_each_works_under_any_path(
    leaves: dict[str, Leaf], made: dict[str, bytes]
) -> None:
    for name, leaf in leaves.items():
        for link in _links(leaf):
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme == "https", (name, link)
                continue
            assert not link.startswith("/"), (name, link)
            path = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
            assert path in made, (name, link)
            if parts.fragment:
                assert unquote(parts.fragment) in leaves[path].ids, (name, link)


def test_no_id_stands_twice(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        if name.endswith(".html"):
            found = re.findall(r'\sid="([^"]*)"', data.decode())
            assert sorted(set(found)) == sorted(found), name


def test_every_thing_has_a_page_that_stands_by_itself(
    held: Holdings, made: dict[str, bytes], read: Callable[[str], str]
) -> None:
    kinds = set(map(held.addresses.kind, held.pages))
    assert kinds >= {"person", "state", "body", "place", "office", "event", "instrument"}
    assert kinds >= {"statement", "plan", "article", "tenure"}
    for thing in [*held.pages][::9]:
        assert page(held, thing) == read(held.path(thing))


def test_every_quote_is_whole_and_stands_on_its_articles_page(
    held: Holdings, own: dict[str, Leaf]
) -> None:
    known = {passage.quote for told in held.quoting.values() for passage in told}
    for article, told in held.quoting.items():
        leaf = own[held.path(article)]
        assert [p.quote for p in told] == leaf.quotes[: len(told)]
    for name, leaf in own.items():
        assert set(leaf.quotes) <= known, name


def test_every_fact_a_claim_states_stands_beside_its_quote(
    held: Holdings, own: dict[str, Leaf]
) -> None:
    for triple, claims in held.stated.items():
        path = held.path(triple.subject)
        for passage in (p for claim in claims for p in held.quoted(claim)):
            assert passage.quote in own[path].quotes, (path, str(triple))


def test_no_words_of_an_omission_are_published(held: Holdings, made: dict[str, bytes]) -> None:
    whole = edition_of(held.edition.dataset, held.workspace)
    assert not [o for o in whole.instances(LEG.Omission) if whole.values(o, LEG.quote)]
    everything = b"\n".join(made.values()).decode(errors="ignore")
    claimed = " ".join(p.quote for told in held.quoting.values() for p in told)
    for path in sorted((held.workspace.root / "graph/articles").glob("*.trig")):
        text = path.read_text("utf-8")
        for words in re.findall(r'^omission:\S+ leg:quote "((?:[^"\\]|\\.)*)"', text, re.MULTILINE):
            titled = any(words in held.label(thing) for thing in held.pages)
            if words not in claimed and not titled and len(words) > 12:
                assert words not in everything, words


def test_words_stand_where_they_can_instead_of_iris(held: Holdings, own: dict[str, Leaf]) -> None:
    kinds = "|".join(sorted(held.addresses.kinds))
    for name, leaf in own.items():
        if name == addresses.TERMS:
            continue  # its examples speak of names as they are written
        shown = " ".join(leaf.words)
        assert "https://" not in shown, name
        assert not re.search(rf"\b(?:{kinds}|leg):[a-z][\w-]+", shown), name


def test_the_forms_beside_a_page_parse_and_say_the_same(
    held: Holdings, made: dict[str, bytes], own: dict[str, Leaf]
) -> None:
    for thing in held.pages:
        name = held.path(thing)
        told = {
            link["type"]: normpath(join(dirname(name), link["href"]))
            for link in own[name].all("link")
            if link.get("rel") == "alternate"
        }
        turtle, lines = (
            {q.triple for q in parse(made[told[media]], format=form)}
            for media, form in [
                ("text/turtle", RdfFormat.TURTLE),
                ("application/n-triples", RdfFormat.N_TRIPLES),
            ]
        )
        assert turtle == lines
        assert any(triple.subject == thing for triple in lines)
        linked = parse(made[told["application/ld+json"]], format=RdfFormat.JSON_LD)
        assert {q.triple for q in linked} == lines


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_rdflib_reads_the_json_of_a_page(held: Holdings, made: dict[str, bytes]) -> None:
    name = held.path(next(iter(held.pages)))
    lines = Dataset().parse(data=made[addresses.alternate(name, "nt")], format="nt")
    linked = made[addresses.alternate(name, "jsonld")].decode()
    assert len(Dataset().parse(data=linked, format="json-ld")) == len(lines) > 0


def test_a_crawler_is_told_what_each_thing_is(held: Holdings, read: Callable[[str], str]) -> None:
    for thing in held.pages:
        (found,) = re.findall(r'ld\+json">(.*?)</script>', read(held.path(thing)))
        told = json.loads(found)
        assert told["@context"] == "https://schema.org"
        assert told["@id"] == thing.value
        assert told["name"] == held.label(thing)


def test_the_site_map_lists_every_page(made: dict[str, bytes], read: Callable[[str], str]) -> None:
    listed = re.findall(r"<loc>https://w3id.org/legation/(.*?)</loc>", read("sitemap.xml"))
    pages = {name for name in made if name.endswith(".html")}
    assert set(listed) == pages - NOT_LISTED


def test_the_first_page_is_light(made: dict[str, bytes], leaves: dict[str, Leaf]) -> None:
    links = {normpath(link) for link in _links(leaves["index.html"]) if "assets/" in link}
    assert sum(len(made[name]) for name in {"index.html", *links}) < 100_000


def test_the_same_graph_gives_the_same_bytes(held: Holdings, made: dict[str, bytes]) -> None:
    again = Holdings(held.edition, held.source, held.questions, held.workspace)
    for thing in [*held.pages][::11]:
        alone = page(again, thing)
        assert alone is not None
        assert alone.encode() == made[held.path(thing)]


def test_what_is_only_told_of_has_a_page_that_says_so(
    held: Holdings, own: dict[str, Leaf], read: Callable[[str], str]
) -> None:
    told = [thing for thing in held.pages if held.is_only_told(thing)]
    assert {held.addresses.kind(thing) for thing in told} == {"anon", "event"}
    for thing in told:
        leaf = own[held.path(thing)]
        assert "only told of, not as fact" in " ".join(leaf.words)
        assert leaf.quotes, thing
        assert '"@type":"Thing"' in read(held.path(thing))
    named = {node for triples in held.contents.values() for triple in triples for node in triple}
    nodes = [node for node in named if isinstance(node, NamedNode) and held.addresses.kind(node)]
    assert [node for node in nodes if not held.path(node)] == []


def test_a_network_too_large_to_be_drawn_has_a_page_that_says_so(
    held: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legation.site.publication._MOST_NODES", 2)
    told = sheets(held, None)[addresses.network("meetings")]().decode()
    assert "not drawn" in told
    assert "<svg" not in told

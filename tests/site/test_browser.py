"""The site in a real browser: real clicks, real keys, a real query, and what axe finds."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from legation.site import Holdings, addresses, engine

SHOWN = [
    "index.html",
    "browse/event.html",
    "questions/who_attended.html",
    "questions/index.html",
    "timeline/index.html",
    "networks/index.html",
    "networks/meetings.html",
    "contradictions.html",
    "ns.html",
    "sparql.html",
]


@pytest.fixture
def tab(tab: Any) -> Iterator[Any]:
    """The tab as people mostly have it; whatever a test changes is put back."""
    yield tab
    tab.call("Emulation.clearDeviceMetricsOverride")
    tab.call("Emulation.setEmulatedMedia", features=[])
    tab.call("Emulation.setScriptExecutionDisabled", value=False)


def _light(tab: Any) -> None:
    """As it is."""


def _narrow(tab: Any) -> None:
    size = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    tab.call("Emulation.setDeviceMetricsOverride", **size)


def _dark(tab: Any) -> None:
    dark = {"name": "prefers-color-scheme", "value": "dark"}
    tab.call("Emulation.setEmulatedMedia", features=[dark])


def _find(tab: Any, text: str) -> list[str]:
    tab.click("#find")
    tab.run("document.getElementById('find').select()")
    tab.type(text)
    tab.wait("/found$/.test(document.getElementById('found').textContent)")
    found: list[str] = tab.run(
        "[...document.querySelectorAll('#hits bdi')].map(e => e.textContent)"
    )
    return found


def test_a_name_is_found_in_any_spelling_and_script(tab: Any, host: str) -> None:
    tab.go(host)
    assert _find(tab, "хана рейс")[:1] == ["Hana Reiss"]
    assert _find(tab, "RÉISS, Hana")[:1] == ["Hana Reiss"]
    assert _find(tab, "zzz") == []


def test_the_first_name_found_is_opened_by_keyboard(tab: Any, host: str) -> None:
    tab.go(host + "questions/index.html")
    tab.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))")
    assert tab.run("document.activeElement.id") == "find"
    tab.type("hana")
    tab.wait("!document.getElementById('hits').hidden")
    tab.press("ArrowDown")
    tab.loaded = False
    tab.press("Enter")
    assert tab.wait("document.readyState === 'complete' && document.title").startswith("Hana Reiss")


def test_the_browser_folds_names_as_questions_do(tab: Any, host: str) -> None:
    tab.go(host)
    names = tab.run("fetch('./assets/names.json').then(a => a.json())")
    labels = [row[0] for row in names]
    for label in sorted(labels, key=len)[:12]:
        assert label in _find(tab, label.upper()), label


def test_a_link_leads_from_a_fact_to_its_quote(tab: Any, host: str, held: Holdings) -> None:
    tab.go(host)
    tab.click(".answer figcaption a[href*='#']")
    shown = "document.querySelector(':target blockquote')?.textContent"
    quotes = {passage.quote for told in held.quoting.values() for passage in told}
    assert tab.wait(shown) in quotes


def test_the_console_answers_and_saves_a_query(tab: Any, host: str) -> None:
    if engine() is None:
        pytest.skip("the console needs what 'make site' fetches with Node.js")
    tab.go(f"{host}{addresses.CONSOLE}?question=receptions")
    tab.wait("!document.getElementById('console').hidden")
    assert "leg:Reception" in tab.run("document.getElementById('query').value")
    tab.run(
        "document.getElementById('query').value = "
        "'SELECT ?who ?label { ?who a leg:Person ; rdfs:label ?label } ORDER BY ?who'"
    )
    tab.click("#run")
    assert "row" in tab.wait(
        "/rows? in/.test(document.getElementById('state').textContent)"
        " && document.getElementById('state').textContent"
    )
    assert "person:hana-reiss" in tab.run("document.getElementById('result').textContent")
    assert not tab.run("document.getElementById('csv').disabled")
    tab.run("document.getElementById('query').value = 'SELECT nonsense'")
    tab.click("#run")
    assert "expected" in tab.wait(
        "/expected/i.test(document.getElementById('state').textContent)"
        " && document.getElementById('state').textContent"
    )


def test_a_query_without_end_can_be_stopped(tab: Any, host: str) -> None:
    if engine() is None:
        pytest.skip("the console needs what 'make site' fetches with Node.js")
    tab.go(host + addresses.CONSOLE)
    tab.wait("!document.getElementById('console').hidden")
    tab.run(
        "document.getElementById('query').value = "
        "'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }'"
    )
    tab.click("#run")
    tab.wait("document.getElementById('state').textContent === 'asking …'")
    tab.click("#stop")
    assert tab.wait("document.getElementById('state').textContent === 'stopped'")
    assert not tab.run("document.getElementById('run').disabled")


def test_a_network_leads_to_the_pages_of_the_site(tab: Any, host: str) -> None:
    tab.go(host + "networks/meetings.html")
    tab.run("document.querySelector('.node').focus()")
    tab.press("Enter")
    tab.loaded = False
    tab.click("#proof .about a")
    assert tab.wait("document.querySelector('.forms') && document.querySelector('h1').textContent")


def test_every_page_reads_without_scripts(tab: Any, host: str, held: Holdings) -> None:
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    (event, *_) = (t for t in held.pages if held.addresses.kind(t) == "event" and t in held.said_of)
    tab.go(host + held.path(event))
    root = tab.call("DOM.getDocument")["root"]["nodeId"]
    quote = tab.call("DOM.querySelector", nodeId=root, selector="blockquote")["nodeId"]
    assert "<p" in tab.call("DOM.getOuterHTML", nodeId=quote)["outerHTML"]


def _pages(held: Holdings) -> list[str]:
    kinds = {held.addresses.kind(thing): held.path(thing) for thing in held.pages}
    return [*SHOWN, *kinds.values()]


def test_nothing_is_wider_than_a_phone(tab: Any, host: str, held: Holdings) -> None:
    _narrow(tab)
    for name in _pages(held):
        tab.go(host + name)
        assert tab.run("document.documentElement.scrollWidth") <= 400, name


@pytest.mark.parametrize("dressed", [_light, _dark, _narrow])
def test_axe_finds_nothing(
    tab: Any, host: str, held: Holdings, checkout: Path, dressed: Callable[[Any], None]
) -> None:
    axe = checkout / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not here: npm ci fetches it")
    script = axe.read_text("utf-8")
    dressed(tab)
    found = {}
    # Colours and width change what few pages show as they change it everywhere.
    for name in _pages(held) if dressed is _light else SHOWN[:4]:
        tab.go(host + name)
        tab.run(script + "; 0")
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        told = tab.run(
            f"axe.run({{runOnly: {json.dumps(tags)}}}).then(r => JSON.stringify(r.violations.map("
            "v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + n.failureSummary)])))"
        )
        found[name] = json.loads(told)
    assert {name: told for name, told in found.items() if told} == {}

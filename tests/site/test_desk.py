"""The desk in a real browser: from an empty workspace to an article that passes its check."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TEXT = (Path(__file__).parents[1] / "serve" / "desk" / "article.txt").read_text("utf-8")
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def address(own: Path) -> Iterator[str]:
    """Where the desk over a workspace of its own is, as `legation desk` serves it."""
    uvicorn = pytest.importorskip("uvicorn", reason="the desk needs legation[serve]")
    from legation.desk.writing.bench import Bench
    from legation.graph import workspace
    from legation.serve.chancery import chancery, new_token
    from legation.serve.listening import bound

    token = new_token()
    with bound("127.0.0.1", 0) as listener:
        application = chancery(Bench(workspace.find(own)), token)
        server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/{token}/"
        server.should_exit = True
        thread.join(30)


@pytest.fixture
def axe(checkout: Path, tab: Any) -> Callable[[], Any]:
    """What axe finds on the page as it is, in light and in dark; nothing where it is not here."""
    file = checkout / "node_modules" / "axe-core" / "axe.min.js"

    def found() -> Any:
        if not file.is_file():
            return []
        told = []
        for scheme in ("light", "dark"):
            media = {"name": "prefers-color-scheme", "value": scheme}
            tab.call("Emulation.setEmulatedMedia", features=[media])
            tab.run(file.read_text("utf-8") + "; 0")
            told += json.loads(
                tab.run(
                    f"axe.run({{runOnly: {json.dumps(AXE)}}}).then(r => JSON.stringify("
                    "r.violations.map(v => [v.id, v.nodes.slice(0, 3).map("
                    "n => n.html.slice(0, 160) + n.failureSummary)])))"
                )
            )
        tab.call("Emulation.setEmulatedMedia", features=[])
        return told

    return found


def _add(tab: Any, address: str) -> None:
    tab.go(address)
    tab.click("summary")
    for name, words in {"text": TEXT, "published": "2031-05-06", "language": "en"}.items():
        tab.click(f"[name={name}]")
        tab.type(words)
    tab.loaded = False
    tab.click("#add .main")
    tab.arrive()
    tab.wait("document.querySelector('[data-state=open] .text')")


def _say(tab: Any, what: str) -> None:
    """Have the form ask for one thing more."""
    tab.click("[aria-label='say more'][role=combobox]")
    _pick(tab, what, what)


def _choose(tab: Any, select: str, words: str) -> None:
    """Choose in a list as people do without a mouse: by its first letters."""
    tab.wait(f"document.querySelector({json.dumps(select)})")
    tab.run(f"document.querySelector({json.dumps(select)}).focus()")
    for letter in words:
        tab.press(letter)


def _pick(tab: Any, typed: str, wanted: str) -> None:
    """Type into the field that has the focus, and take what is offered first."""
    tab.type(typed)
    offered = "document.querySelector('.pick ul:not([hidden]) [aria-selected=true]')?.textContent"
    tab.wait(f"{offered}?.includes({json.dumps(wanted)})")
    tab.press("Enter")


def _new(tab: Any, typed: str, name: str) -> None:
    """Make somebody new, under the name that was found in the words, by a part of it or none."""
    _pick(tab, typed, f"new: “{name}”")
    tab.wait("document.activeElement.closest('.new')")
    tab.press("Enter")
    tab.wait("!document.querySelector('.new')")


def _write(tab: Any) -> None:
    tab.press("Enter", ctrl=True)
    tab.wait("!document.querySelector('.pen') || document.querySelector('.pen .wrong').textContent")
    assert tab.run("document.querySelector('.pen .wrong')?.textContent ?? ''") == ""


def _claim_the_meeting(tab: Any) -> None:
    """Select words with the mouse, and say what they say."""
    ends = tab.run(
        "(() => { const words = document.querySelector('[data-line=\"2\"] .text span').firstChild;"
        " const range = document.createRange(); const at = words.data.indexOf('Jo Marek');"
        " range.setStart(words, at); range.setEnd(words, words.data.indexOf('.', at));"
        " const [first, ...rest] = range.getClientRects(); const last = rest.at(-1) ?? first;"
        " return [[first.left + 1, first.top + 9], [last.right + 1, last.top + 9]]; })()"
    )
    for kind, (x, y) in (
        ("mousePressed", ends[0]),
        ("mouseMoved", ends[1]),
        ("mouseReleased", ends[1]),
    ):
        told = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
        tab.call("Input.dispatchMouseEvent", **told)
    tab.click("[data-do=claim]")
    quoted = "document.querySelector('.pen .quote')?.value"
    assert tab.wait(quoted) == "Jo Marek met Ana Vell on Monday"
    _choose(tab, ".thing-of select", "meeting")
    for _ in range(2):
        tab.press("Tab")
    for typed, name in (("", "Jo Marek"), ("vel", "Ana Vell")):
        _pick(tab, "partic", "participant")
        _new(tab, typed, name)
        tab.wait("document.activeElement.ariaLabel === 'say more'")
    _pick(tab, "dat", "date")
    tab.click(".chips button")  # the reckoning of "on Monday"
    assert "Monday 5 May 2031" in tab.wait(
        "/2031/.test(document.querySelector('.chips + .help').textContent)"
        " && document.querySelector('.chips + .help').textContent"
    )


def _claim_what_was_said(tab: Any) -> None:
    """By keys alone: the next open sentence, its speaker, and what it leans on."""
    tab.press("n")
    tab.press("c")
    _choose(tab, ".thing-of select", "statement")
    tab.run("document.querySelector('.facts [role=combobox]').focus()")
    _pick(tab, "marek", "Jo Marek")
    assert tab.run("document.querySelector('.facts textarea').value") == "The door is open"
    tab.click(".pen summary")
    _choose(tab, ".pen details select", "resolved")
    tab.click(".leaning input")
    legends = "[...document.querySelectorAll('.leaning legend')].map(e => e.textContent).join()"
    assert tab.run(legends) == "leans on,conflicts with"


def test_a_text_becomes_claims_that_pass_the_check(
    tab: Any, address: str, own: Path, axe: Callable[[], Any]
) -> None:
    from legation.checks.judging import judge, open_case
    from legation.graph import workspace

    _add(tab, address)
    _claim_the_meeting(tab)
    assert axe() == []
    _write(tab)
    assert tab.run("document.querySelector('.tally').textContent").startswith("1 claimed")
    _claim_what_was_said(tab)
    _write(tab)
    for _ in range(2):
        tab.press("n")
        tab.press("o")
        _choose(tab, ".pen select", "no checkable")
        _write(tab)
    tab.press("u")
    tab.wait("/1 open/.test(document.querySelector('.tally').textContent)")
    tab.press("n")
    tab.click("[data-do=omit]")
    tab.wait("document.querySelector('.pen')")
    _write(tab)
    tab.press("f")
    tab.wait("/complete/.test(document.querySelector('.tally').textContent)")
    assert axe() == []
    narrow = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    tab.call("Emulation.setDeviceMetricsOverride", **narrow)
    assert tab.run("document.documentElement.scrollWidth") <= 400
    tab.call("Emulation.clearDeviceMetricsOverride")
    settings = own / "legation.toml"
    settings.write_text(settings.read_text("utf-8") + 'today = "2031-06-01"\n', "utf-8")
    report = judge(open_case(workspace.find(own)))
    assert [str(finding) for finding in report.at_least("warning")] == []


def test_what_was_typed_stays_where_the_file_was_written_by_somebody_else(
    tab: Any, address: str, own: Path
) -> None:
    _add(tab, address)
    tab.press("n")
    tab.press("c")
    tab.wait("document.querySelector('.pen')")
    _choose(tab, ".thing-of select", "meeting")
    file = next(p for p in (own / "graph" / "articles").iterdir() if "ministers" in p.name)
    file.write_text(file.read_text("utf-8") + "\n## an editor was here\n", "utf-8")
    tab.press("Enter", ctrl=True)
    told = tab.wait("document.querySelector('.pen .wrong')?.textContent")
    assert "meanwhile" in told and "still here" in told
    assert tab.run("document.querySelector('.thing-of select').value") == "leg:Meeting"
    tab.faults.clear()  # the browser tells of the refusal, too
    _write(tab)
    assert "## an editor was here" in file.read_text("utf-8")


def test_a_form_goes_on_from_choice_to_choice_by_keys(tab: Any, address: str, own: Path) -> None:
    _add(tab, address)
    tab.press("n")
    assert tab.run("document.activeElement.closest('[data-line]').dataset.line") == "1"
    assert tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    _claim_the_meeting(tab)
    _write(tab)
    tab.press("n")
    tab.press("c")
    tab.wait("document.querySelector('.pen')")
    tab.run("document.querySelector('[aria-label=\"which one\"]').focus()")
    _pick(tab, "meeting", "meeting of Jo Marek and Ana Vell")
    tab.wait("document.activeElement.ariaLabel === 'say more'")
    tab.type("partic")
    tab.wait(
        "document.querySelector('.pick ul:not([hidden]) li')?.textContent.startsWith('participa')"
    )
    offered = tab.run(
        "[...document.querySelectorAll('.pick ul:not([hidden]) li')].map(e => e.textContent).join()"
    )
    assert offered.startswith("participant") and "agent" not in offered
    tab.run("document.querySelector('.pick ul:not([hidden])').style.maxHeight = '2rem'")
    tab.press("Tab")  # out of a list that scrolls, to what comes next and not into the list
    assert tab.run("document.activeElement.closest('.pen') && document.activeElement.tagName") in (
        "BUTTON",
        "SUMMARY",
    )
    tab.run("document.querySelector('.pen .check input').focus()")
    for key in ("Enter", "u"):
        tab.press(key)
    tab.run("document.activeElement.blur()")
    tab.press("u")
    assert tab.run("document.querySelector('.tally').textContent").startswith("1 claimed")
    assert tab.run("document.querySelector('.pen .wrong').hidden")
    tab.press("Escape")
    assert not tab.run("document.querySelector('.pen')")
    _claim_an_office(tab)
    tab.press("Enter", ctrl=True)
    tab.wait("!document.querySelector('.pen')")
    offices = (own / "graph" / "registry" / "offices.ttl").read_text("utf-8")
    assert "leg:officeOf state:arvenia" in offices.partition("office:spokesman-of-arvenia a")[2]


def _claim_an_office(tab: Any) -> None:
    """Say that somebody holds an office that nobody has named before, and whose it is."""
    tab.press("c")
    _choose(tab, ".thing-of select", "tenure")
    tab.run("document.querySelector('.facts [aria-label=\"holder\"]').focus()")
    _pick(tab, "marrow", "Ilse Marrow")
    tab.wait("document.activeElement.ariaLabel === 'say more'")
    _pick(tab, "office", "office")
    _pick(tab, "Spokesman", "new: “Spokesman”")
    tab.wait("document.activeElement.closest('.new')")
    tab.press("Enter")
    assert tab.wait("document.activeElement.ariaLabel") == "office of"
    assert "choose it" in tab.run("document.querySelector('.new .wrong').textContent")
    _pick(tab, "arven", "Arvenia")
    tab.press("Enter")
    tab.wait("!document.querySelector('.new')")

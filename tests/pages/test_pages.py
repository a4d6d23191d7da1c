"""One engine writes every page: what comes in is text, and no template can forget it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from legation.pages import render, web_address
from legation.text.safe import visible

WORDS = {"title": "", "height": 1, "sandbox": "", "page": ""}


def _templates(checkout: Path, *suffixes: str) -> Iterator[tuple[str, str]]:
    for path in sorted((checkout / "src/legation/pages/templates").iterdir()):
        if path.suffix in suffixes:
            yield path.name, path.read_text("utf-8")


def test_what_stands_in_an_attribute_stays_there(hostile: str) -> None:
    frame = render("frame.html", **{**WORDS, "title": hostile})
    assert frame.count("<") == frame.count(">") == 2
    assert frame.count('"') == 8
    assert not set(frame) & set("\x00\x07\x1b\x9b\u202e\u2028\ud800\uffff")


def test_what_stands_in_an_element_stays_text(hostile: str) -> None:
    quotes = render("quotes.html", passages=[{"quote": hostile, "place": hostile}])
    assert set(re.findall(r"<(\w+)", quotes)) == {"div", "ul", "li", "bdi", "br", "small"}
    assert "javascript:" not in "".join(re.findall("<[^>]*>", quotes))


def test_a_name_that_nobody_gave_is_refused() -> None:
    with pytest.raises(UndefinedError, match="page"):
        render("frame.html", title="", height=1, sandbox="")


def test_a_page_leads_to_places_on_it_and_on_the_web_alone(checkout: Path) -> None:
    for name, text in _templates(checkout, ".html", ".svg"):
        for address in re.findall(r'(?:href|src|action|formaction|data)="([^"]*)"', text):
            is_fixed = address.startswith(("/", "./")) and "{" not in address
            assert address[:1] == "#" or is_fixed or address.endswith("|address }}"), name


@pytest.mark.parametrize("word", [r"\|\s*safe\b", "autoescape", r"\bon\w+=", "javascript:"])
def test_no_template_lets_anything_through(checkout: Path, word: str) -> None:
    names = [name for name, text in _templates(checkout, ".html", ".svg") if re.search(word, text)]
    assert names == []


def test_every_attribute_stands_in_quotes(checkout: Path) -> None:
    for name, text in _templates(checkout, ".html", ".svg"):
        assert not re.findall(r"=\{\{", text), name


def test_nothing_ends_a_style_or_script_early_or_writes_html(checkout: Path) -> None:
    for name, text in _templates(checkout, ".css", ".js"):
        assert not re.search(r"</|<!--|@import|innerHTML|outerHTML|insertAdj|\beval\b", text), name
        assert visible(text) == text, name


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://example.org", True),
        ("#claim-a", True),
        ("/doc/person/a", True),
        ("/\\example.org", False),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https:///nowhere", False),
        ("004_2962f9de25672c96.txt", False),
        ("", False),
    ],
)
def test_only_an_address_on_the_web_or_the_page_is_a_link(address: str, leads: bool) -> None:
    assert web_address(address) == (address if leads else "")


@pytest.mark.parametrize(
    "words", ["import legation.cli", "import legation.knowledge, legation.desk.review"]
)
def test_what_shows_nothing_does_not_load_the_engine(words: str) -> None:
    told = f"import sys; {words}; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

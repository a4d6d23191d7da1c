"""A timeline as one HTML file that needs nothing else.

Invariant: beneath each event stand the words that date it; the page has no script and fetches
nothing.
"""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from legation.answer import Evidence
from legation.rdf.vocabulary import compact
from legation.views.timeline.chronicle import Entry
from legation.views.timeline.drawing import to_svg


def to_html(title: str, entries: Sequence[Entry], undated: Sequence[Entry]) -> str:
    """Write a timeline as a page.

    Args:
        title: The heading.
        entries: Events with a place in time, in order.
        undated: Events without one.

    Returns:
        The document.
    """
    style = files("legation.pages").joinpath("templates", "timeline.css").read_text("utf-8")
    count = f"{len(entries)} dated events, {len(undated)} without a date"
    if not entries and not undated:
        count = "No event: widen or drop the parameters."
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)} · Legation</title>\n<style>\n{style}</style>\n</head>\n<body>",
        f"<header><h1>{escape(title)}</h1><p>{count}</p></header>\n<main>",
    ]
    if entries:
        parts.append(f'<div class="drawing">\n{to_svg(title, entries, ())}</div>')
        parts += ["<h2>What happened, and the words that date it</h2>", _list(entries)]
    if undated:
        parts += ["<h2>Date not stated</h2>", _list(undated)]
    return "\n".join([*parts, "</main>\n</body>\n</html>"]) + "\n"


def _list(entries: Sequence[Entry]) -> str:
    return "<ol>\n" + "\n".join(map(_item, entries)) + "\n</ol>"


def _item(entry: Entry) -> str:
    mark = ' <span class="disputed">sources disagree</span>' if entry.is_disputed else ""
    where = f" · {escape(', '.join(entry.places))}" if entry.places else ""
    when = escape(entry.date_text if entry.dates else "not stated")
    quotes = "".join(map(_quote, _once(entry.evidence)))
    return (
        f'<li><span class="when">{when}</span><div><details><summary><strong>{escape(entry.label)}'
        f'</strong>{mark}<br><span class="about">{escape(entry.kind)}{where}</span></summary>'
        f"{quotes}</details></div></li>"
    )


def _once(passages: Sequence[Evidence]) -> list[Evidence]:
    """Passages without those that repeat words of the same article."""
    return list({(p.article, p.start, p.end, p.modality): p for p in passages}.values())


def _quote(passage: Evidence) -> str:
    origin = compact(passage.origin) if passage.origin else "not known"
    source = f"{compact(passage.article)} · {passage.modality}, origin {origin}"
    quote, footer = escape(f"“{passage.quote}”"), escape(source)
    return f"<blockquote><p>{quote}</p><footer>{footer}</footer></blockquote>"

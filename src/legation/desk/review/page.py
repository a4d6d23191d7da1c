"""The whole page: the verdict and the counts, then what changed, then the articles."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Report
from legation.checks.forms.lines import counted, plural
from legation.desk.review.beside import Reading
from legation.desk.review.card import Cards, problems
from legation.desk.review.change import Change, taken_away
from legation.desk.review.dossier import Sheet, sheets
from legation.desk.review.markup import EMPTY, Content, Markup, inline, join, tag
from legation.desk.review.placing import Placed, placed
from legation.desk.review.wording import Words
from legation.graph.article import Article
from legation.graph.claim import Claim
from legation.rdf.vocabulary import local_name

_OFF = {"type": "button", "aria_pressed": "false"}
_VOICES = ("asserted", "reported", "opinion", "predicted", "planned", "denied")


def page(case: Case, report: Report, change: Change | None = None) -> str:
    """The review page of a graph, or of a change to it.

    Args:
        case: The case.
        report: What the judges found in it.
        change: What happened since a revision; without it all articles are shown.

    Returns:
        An HTML document with a line end after its last line.
    """
    where = placed(case, report)
    shown = _sheets(case, where, change)
    cards = _cards(case, where, change, shown)
    title = case.workspace.settings.get("title") or "Legation"
    main = tag(
        "main",
        _head(title, report, change),
        _index(shown, cards, len(case.record.articles)),
        problems((*where.elsewhere, *_homeless(where, shown))),
        _legend(shown),
        EMPTY if change is None else _changes(change, shown, cards),
        [Reading(sheet, cards).written() for sheet in shown],
    )
    return _document(f"{title}: review", main)


def _sheets(case: Case, where: Placed, change: Change | None) -> tuple[Sheet, ...]:
    faulty = {
        f.file for found in (*where.passages.values(), *where.articles.values()) for f in found
    }
    articles = [
        article
        for article in case.record.articles
        if case.file(article.path) in faulty or _is_shown(case, article, change)
    ]
    return sheets(articles, case.record.claims, case.record.omissions, where.articles)


def _homeless(where: Placed, shown: Sequence[Sheet]) -> list[Finding]:
    """Findings about passages that no sheet on the page can show."""
    at_home = {iri for sheet in shown for iri in sheet.shown}
    return [f for iri, found in where.passages.items() if iri not in at_home for f in found]


def _is_shown(case: Case, article: Article, change: Change | None) -> bool:
    if change is not None:
        return bool({article.path, article.source} & change.files)
    return case.scope is None or article.path in case.scope.files


def _cards(case: Case, where: Placed, change: Change | None, shown: Sequence[Sheet]) -> Cards:
    anchors: dict[NamedNode, str] = {}
    taken: set[str] = set()
    for claim in (claim for sheet in shown for claim in sheet.claims):
        name = "claim-" + re.sub(r"[^A-Za-z0-9-]+", "-", local_name(claim.iri))
        anchors[claim.iri] = f"{name}-{len(taken)}" if name in taken else name
        taken.add(anchors[claim.iri])
    return Cards(
        words=Words(case, () if change is None else taken_away(change)),
        anchors=anchors,
        findings=where.passages,
        changed={} if change is None else {pair.after.iri: pair for pair in change.changed},
        new=frozenset() if change is None else frozenset(claim.iri for claim in change.new),
    )


def _head(title: str, report: Report, change: Change | None) -> Markup:
    since = f"What changed since {change.revision}" if change else "Every claim beside its words"
    verdict = "bad" if report.count("error") else "fair" if report.findings else "good"
    return tag(
        "header",
        tag("p", tag("bdi", title), class_="over"),
        tag("h1", since),
        tag("p", counted(report), class_=f"verdict {verdict}"),
        class_="top",
    )


def _index(shown: Sequence[Sheet], cards: Cards, articles: int) -> Markup:
    """The articles on the page with their counts."""
    columns = ["passages", "claims", "left out", "open", "errors", "warnings"]
    if cards.new or cards.changed:
        columns[2:2] = ["new", "changed"]
    head = [tag("th", "article", scope="col"), [tag("th", name, scope="col") for name in columns]]
    body = [_index_row(sheet, cards, columns) for sheet in shown]
    rest = articles - len(shown)
    unchanged = tag("p", f"{plural(rest, 'other article')} not shown", class_="empty")
    table = tag("table", tag("thead", tag("tr", head)), tag("tbody", body))
    label = "Articles on this page"
    return join(tag("nav", table if shown else None, aria_label=label), unchanged if rest else None)


def _index_row(sheet: Sheet, cards: Cards, columns: Sequence[str]) -> Markup:
    found: list[Finding] = [*sheet.findings]
    for iri in (*(c.iri for c in sheet.claims), *(o.iri for o in sheet.omissions)):
        found += cards.findings.get(iri, ())
    severities = Counter(finding.severity for finding in found)
    counts = {
        "passages": len(sheet.passages),
        "claims": len(sheet.claims),
        "new": sum(claim.iri in cards.new for claim in sheet.claims),
        "changed": sum(claim.iri in cards.changed for claim in sheet.claims),
        "left out": len(sheet.omissions),
        "open": len(sheet.open),
        "errors": severities["error"],
        "warnings": severities["warning"],
    }
    link = tag("a", tag("bdi", sheet.article.title or sheet.article.slug), href=f"#{sheet.anchor}")
    cells = [
        tag(
            "td",
            str(counts[name]),
            class_="zero" if not counts[name] else f"count {name.replace(' ', '-')}",
            data_name=name,
        )
        for name in columns
    ]
    return tag("tr", tag("th", link, scope="row"), cells)


def _legend(shown: Sequence[Sheet]) -> Markup:
    counts = Counter(claim.modality for sheet in shown for claim in sheet.claims)
    voices = [
        tag("button", voice, " ", tag("i", str(counts[voice])), data_voice=voice, **_OFF)
        for voice in _VOICES
        if counts[voice]
    ]
    keys = [tag("kbd", "j"), " ", tag("kbd", "k"), " next and previous passage"]
    return tag(
        "div",
        tag("span", voices, class_="voices"),
        tag("button", "only with findings", data_findings=True, **_OFF),
        tag("span", keys, class_="keys"),
        class_="legend",
    )


def _changes(change: Change, shown: Sequence[Sheet], cards: Cards) -> Markup:
    groups: list[Content] = [
        _group("New articles", [_new(s) for s in shown if s.article.path in change.articles]),
        _group(
            "New",
            [
                _quoted(claim, cards.claim(claim, anchored=False))
                for claim in change.new
                if claim.path not in change.articles
            ],
        ),
        _group(
            "Changed",
            [
                _quoted(pair.after, cards.claim(pair.after, anchored=False), pair.before)
                for pair in change.changed
            ],
        ),
        _group(
            "Removed",
            [_quoted(c, cards.claim(c, anchored=False, gone=True)) for c in change.removed],
        ),
        _group("Names", _names(change, cards)),
    ]
    if not any(groups):
        return tag("p", "No claim and no name is other than it was.", class_="empty changes")
    return tag("section", groups, class_="changes", id="changes")


def _new(sheet: Sheet) -> Markup:
    """An article that was not there: its claims stand beside its text, not here."""
    title = tag("bdi", sheet.article.title or sheet.article.slug)
    link = tag("a", title, href=f"#{sheet.anchor}")
    return tag("p", link, f": {plural(len(sheet.claims), 'claim')}, each beside its words below")


def _names(change: Change, cards: Cards) -> list[Markup]:
    triples = sorted((*change.named, *change.unnamed), key=lambda t: str(t.subject))
    if not triples:
        return []
    return [cards.facts(triples, added=frozenset(change.named), removed=frozenset(change.unnamed))]


def _group(name: str, items: Sequence[Content]) -> Markup:
    if not items:
        return EMPTY
    count = tag("span", str(len(items)), class_="count") if name != "Names" else None
    return tag(
        "section",
        tag("h3", name, " ", count),
        items,
        class_=f"group {name.lower().replace(' ', '-')}",
    )


def _quoted(claim: Claim, card: Markup, before: Claim | None = None) -> Markup:
    """A claim among the changes: its quote, and how that was."""
    quote: Content = tag("q", tag("bdi", claim.quote))
    if before is not None and before.quote != claim.quote:
        quote = [tag("del", tag("bdi", before.quote)), " ", tag("ins", tag("bdi", claim.quote))]
    return tag("article", tag("blockquote", quote), card, class_="passage", tabindex="0")


def _document(title: str, main: Markup) -> str:
    style, script = (_asset("review.css"), _asset("review.js"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="color-scheme", content="light dark"),
        tag("meta", name_="referrer", content="no-referrer"),
        tag("title", title),
        inline("style", style),
    )
    body = tag("body", main, inline("script", script))
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _asset(name: str) -> str:
    return files("legation.pages").joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"

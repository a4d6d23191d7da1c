"""The whole page: the verdict and the counts, then what changed, then the articles."""

import re
from collections import Counter
from collections.abc import Sequence

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Report
from legation.checks.forms.lines import counted, plural
from legation.desk.review.beside import Leaf, Quoted
from legation.desk.review.card import Cards, graded
from legation.desk.review.change import Change, taken_away
from legation.desk.review.dossier import Sheet, sheets
from legation.desk.review.placing import Placed, placed
from legation.desk.review.wording import Words
from legation.graph.article import Article
from legation.graph.claim import Claim
from legation.pages import render
from legation.rdf.vocabulary import local_name

_VOICES = ("asserted", "reported", "opinion", "predicted", "planned", "denied")


def page(case: Case, report: Report, change: Change | None = None) -> str:
    """The review page of a graph, or of what happened to it since a revision, as HTML."""
    where = placed(case, report)
    shown = _sheets(case, where, change)
    cards = _cards(case, where, change, shown)
    title = case.workspace.settings.get("title") or "Legation"
    modalities = Counter(claim.modality for sheet in shown for claim in sheet.claims)
    hidden = len(case.record.articles) - len(shown)
    return render(
        "review.html",
        title=f"{title}: review",
        over=title,
        revision=change.revision if change else "",
        verdict="bad" if report.count("error") else "fair" if report.findings else "good",
        counted=counted(report),
        index=[(sheet, _counts(sheet, cards)) for sheet in shown],
        hidden=plural(hidden, "other article") if hidden else "",
        homeless=graded((*where.elsewhere, *_homeless(where, shown))),
        voices=[(voice, modalities[voice]) for voice in _VOICES if modalities[voice]],
        changes=None if change is None else _changes(change, shown, cards),
        leaves=[Leaf(sheet, cards) for sheet in shown],
    )


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


def _counts(sheet: Sheet, cards: Cards) -> dict[str, int]:
    """The line of an article in the index; what a change did, only where it did something."""
    found: list[Finding] = [*sheet.findings]
    for iri in (*(c.iri for c in sheet.claims), *(o.iri for o in sheet.omissions)):
        found += cards.findings.get(iri, ())
    severities = Counter(finding.severity for finding in found)
    since = {
        "new": sum(claim.iri in cards.new for claim in sheet.claims),
        "changed": sum(claim.iri in cards.changed for claim in sheet.claims),
    }
    return {
        "passages": len(sheet.passages),
        "claims": len(sheet.claims),
        **(since if cards.new or cards.changed else {}),
        "left out": len(sheet.omissions),
        "open": len(sheet.open),
        "errors": severities["error"],
        "warnings": severities["warning"],
    }


def _changes(change: Change, shown: Sequence[Sheet], cards: Cards) -> dict[str, object]:
    """What a change did, by kind; the claims of a new article stand beside its text alone."""

    def quoted(claim: Claim, *, before: str = "", gone: bool = False) -> Quoted:
        card = cards.card(claim, anchored=False, gone=gone)
        return Quoted(claim.quote, cards=(card,), before=before)

    names = sorted((*change.named, *change.unnamed), key=lambda t: str(t.subject))
    added, removed = frozenset(change.named), frozenset(change.unnamed)
    return {
        "articles": [
            (sheet, plural(len(sheet.claims), "claim"))
            for sheet in shown
            if sheet.article.path in change.articles
        ],
        "new": [quoted(claim) for claim in change.new if claim.path not in change.articles],
        "changed": [quoted(pair.after, before=pair.before.quote) for pair in change.changed],
        "removed": [quoted(claim, gone=True) for claim in change.removed],
        "names": cards.told(names, added=added, removed=removed),
    }

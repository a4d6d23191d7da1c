"""The whole page: the verdict and the counts, then what changed, then the articles."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import SEVERITIES, Finding, Report
from legation.checks.forms.lines import counted, plural
from legation.desk.review.beside import Leaf, Quotation, alone
from legation.desk.review.card import Card, Cards, Words, graded
from legation.desk.review.change import Changes, taken_away
from legation.desk.review.dossier import Beside, Dossier, dossiers, placed
from legation.graph.article import Article
from legation.graph.claim import Claim
from legation.pages import render
from legation.rdf.vocabulary import local_name

_STATES = ("new", "changed", "removed")
_VOICES = ("asserted", "reported", "opinion", "predicted", "planned", "denied")


def page(case: Case, report: Report, change: Changes | None = None) -> str:
    """The review page of a graph, or of what happened to it since a revision, as HTML."""
    where = placed(case, report)
    shown = _dossiers(case, where, change)
    cards = cards_of(case, where, shown, change)
    title = case.workspace.settings.get("title") or "Legation"
    groups = {} if change is None else _quotations(change, shown, cards)
    leaves = [Leaf(dossier, cards) for dossier in shown]
    touched = [quoted for group in groups.values() for quoted in group]
    listed = touched or [quoted for leaf in leaves for quoted in leaf.passages]
    hidden = len(case.record.articles) - len(shown)
    return render(
        "review.html",
        title=f"{title}: review",
        over=title,
        revision=change.revision if change else "",
        verdict="bad" if report.count("error") else "fair" if report.findings else "good",
        counted=counted(report),
        index=[(dossier, _counts(dossier, cards)) for dossier in shown],
        hidden=plural(hidden, "other article") if hidden else "",
        homeless=graded(_homeless(where, shown)),
        choices=_choices([card for quoted in listed for card in quoted.cards]),
        changes=None if change is None else {**groups, **_told(change, shown, cards)},
        leaves=leaves,
    )


def _choices(cards: Sequence[Card]) -> dict[str, list[tuple[str, int]]]:
    """What the page can be narrowed to, each with how many claims that leaves."""
    states = Counter(card.state for card in cards)
    voices = Counter(card.claim.modality for card in cards)
    bases = Counter(card.claim.basis for card in cards)
    kinds = Counter(kind for card in cards for kind in card.kinds)
    return {
        "state": [(state, states[state]) for state in _STATES if states[state]],
        "voice": [(voice, voices[voice]) for voice in _VOICES if voices[voice]],
        "basis": [(basis, bases[basis]) for basis in sorted(bases) if basis],
        "kind": sorted(kinds.items()),
    }


def _dossiers(case: Case, where: Beside, change: Changes | None) -> tuple[Dossier, ...]:
    faulty = {f.file for thing, found in where.items() if thing is not None for f in found}
    articles = [
        article
        for article in case.record.articles
        if case.file(article.path) in faulty or _is_shown(case, article, change)
    ]
    return dossiers(case, articles, where)


def _homeless(where: Beside, shown: Sequence[Dossier]) -> list[Finding]:
    """Findings about nothing that a dossier on the page can show."""
    at_home = {iri for dossier in shown for iri in dossier.shown}
    lost = [f for iri, found in where.items() if iri and iri not in at_home for f in found]
    return [*where.get(None, ()), *lost]


def _is_shown(case: Case, article: Article, change: Changes | None) -> bool:
    if change is not None:
        return bool({article.path, article.source} & change.files)
    return case.scope is None or article.path in case.scope.files


def cards_of(
    case: Case, where: Beside, shown: Sequence[Dossier], change: Changes | None = None
) -> Cards:
    """What the cards of a page need that shows some dossiers."""
    anchors: dict[NamedNode, str] = {}
    taken: set[str] = set()
    for claim in (claim for dossier in shown for claim in dossier.claims):
        # "claim:a_1" and "claim:a-1" become one name; the second of them gets a number.
        name = "claim-" + re.sub(r"[^A-Za-z0-9-]+", "-", local_name(claim.iri))
        anchors[claim.iri] = f"{name}-{len(taken)}" if name in taken else name
        taken.add(anchors[claim.iri])
    return Cards(
        words=Words(case, () if change is None else taken_away(change)),
        anchors=anchors,
        findings=where,
        changed={} if change is None else {pair.after.iri: pair for pair in change.changed},
        new=frozenset() if change is None else frozenset(claim.iri for claim in change.new),
    )


def _counts(dossier: Dossier, cards: Cards) -> dict[str, int]:
    """The line of an article in the index; what a change did, only where it did something."""
    found: list[Finding] = [*dossier.findings]
    for iri in (*(c.iri for c in dossier.claims), *(o.iri for o in dossier.omissions)):
        found += cards.findings.get(iri, ())
    severities = Counter(finding.severity for finding in found)
    since = {
        "new": sum(claim.iri in cards.new for claim in dossier.claims),
        "changed": sum(claim.iri in cards.changed for claim in dossier.claims),
    }
    return {
        "passages": len(dossier.passages),
        "claims": len(dossier.claims),
        **(since if cards.new or cards.changed else {}),
        "left out": len(dossier.omissions),
        "open": len(dossier.open),
        "errors": severities["error"],
        "warnings": severities["warning"],
    }


def _quotations(
    change: Changes, shown: Sequence[Dossier], cards: Cards
) -> dict[str, list[Quotation]]:
    """The claims that a change touched, by what it did, each with its sentence."""
    articles = {dossier.article.path: dossier.article for dossier in shown}

    def quoted(claim: Claim, *, before: str = "", gone: bool = False) -> Quotation:
        card = cards.card(claim, anchored=False, gone=gone)
        return alone(card, articles.get(claim.path), before=before)

    return {
        "new": _clean_first(quoted(claim) for claim in change.new),
        "changed": _clean_first(
            quoted(pair.after, before=pair.before.quote) for pair in change.changed
        ),
        "removed": [quoted(claim, gone=True) for claim in change.removed],
    }


def _told(change: Changes, shown: Sequence[Dossier], cards: Cards) -> dict[str, object]:
    """The articles and names that a change brought or took away."""
    names = sorted((*change.named, *change.unnamed), key=lambda t: str(t.subject))
    added, removed = frozenset(change.named), frozenset(change.unnamed)
    return {
        "articles": [
            (dossier, plural(len(dossier.claims), "claim"))
            for dossier in shown
            if dossier.article.path in change.articles
        ],
        "names": cards.told(names, added=added, removed=removed),
    }


def _clean_first(found: Iterable[Quotation]) -> list[Quotation]:
    """What no machine found fault with first, for that is what only a person can judge."""
    order = ("", *SEVERITIES)
    return sorted(found, key=lambda quoted: order.index(quoted.worst))

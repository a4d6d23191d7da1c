"""The pages of the site, each by itself: a thing's, a list's, a question's, the front.

Invariant: `page` is a function of the graph and an IRI, and needs no other page to be there. A
page runs only scripts of the site and says so in its policy; without them it is whole.
"""

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from legation.pages import render
from legation.rdf.vocabulary import LEG, SCHEMA
from legation.site import addresses
from legation.site.attestation import Reference
from legation.site.fan import events_of, fan
from legation.site.glossary import glossary
from legation.site.holdings import Holdings
from legation.site.inquest import Inquest
from legation.site.portrait import Portrait, antithesis, plural, portrait
from legation.site.welcome import welcome
from legation.views.timeline.chronicle import Entry
from legation.views.timeline.drawing import NARROW, drawn

_MOST_LANES = 40

_SCHEMA = {
    "article": "NewsArticle",
    "body": "Organization",
    "event": "Event",
    "instrument": "CreativeWork",
    "person": "Person",
    "place": "Place",
    "report": "Report",
    "state": "AdministrativeArea",
    "statement": "Statement",
}


def page(held: Holdings, iri: NamedNode) -> str | None:
    """The page of a thing; None where it has none."""
    path = held.path(iri)
    if not path or "#" in path:
        return None
    shown = portrait(held, iri)
    named = (held.entries.get(event.value) for event in events_of(held, iri))
    placed = {entry.event: entry for entry in named if entry is not None and entry.is_placed}
    lanes = [placed[event] for event in held.entries if event in placed] if placed else []
    return _rendered(
        held,
        "thing.html",
        path,
        shown.label,
        shown=shown,
        description=_described(shown),
        linked=_linked(held, shown),
        alternates={
            media: addresses.alternate(path, suffix).rpartition("/")[2]
            for suffix, media in addresses.ALTERNATES.items()
        },
        wide=drawn(lanes[:_MOST_LANES], ()) if len(lanes) > 1 else None,
        narrow=drawn(lanes[:_MOST_LANES], (), NARROW) if len(lanes) > 1 else None,
        not_drawn=max(0, len(lanes) - _MOST_LANES),
        fan=fan(held, iri),
    )


def _rendered(held: Holdings, template: str, path: str, title: str, **values: object) -> str:
    release = held.edition.release
    return render(
        template,
        site=release.title,
        release=release,
        root=addresses.root(path),
        at=addresses,
        title=title,
        **{"alternates": {}, "linked": None, "description": release.description, **values},
    )


def _described(shown: Portrait) -> str:
    kinds = ", ".join(kind.text for kind in shown.kinds)
    quotes = sum(len(p.attestations) for c in shown.chapters for p in c.paragraphs)
    quotes = len(shown.depositions) or quotes
    return f"{shown.label} ({kinds}): what sources say, each fact with its quote; {quotes} quotes."


def _linked(held: Holdings, shown: Portrait) -> dict[str, object]:
    """What a thing is, in the words of schema.org."""
    word = "" if held.is_only_told(shown.thing) else held.addresses.kind(shown.thing)
    kind = _SCHEMA.get(word, "Thing")
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": shown.thing.value,
        "name": shown.label,
        "alternateName": [name.text for name in shown.names],
        "sameAs": [same.value for same in held.edition.links(shown.thing, SCHEMA.sameAs)],
    }
    days = [v.value for v in held.edition.values(shown.thing, LEG.date) if isinstance(v, Literal)]
    if kind == "Event" and len(days) == 1 and days[0].replace("-", "").isdigit():
        said["startDate"] = days[0]
    return {key: value for key, value in said.items() if value}


def front(held: Holdings) -> str:
    """The front page."""
    release = held.edition.release
    linked = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": release.iri.value,
        "name": release.title,
        "description": release.description or release.title,
        "license": release.licence,
        "version": release.version,
        "creator": {"@type": "Organization", "name": release.creator} if release.creator else None,
    }
    return _rendered(
        held,
        "front.html",
        addresses.FRONT,
        release.title,
        greeting=welcome(held),
        counts=held.source.counts(),
        linked={key: value for key, value in linked.items() if value},
        rolls=rolls(held),
        clashes=len(held.contradictions),
    )


def rolls(held: Holdings) -> list[tuple[str, str, list[NamedNode]]]:
    """The kinds of things that have pages: word, heading and things, those to begin with first."""
    found: dict[str, list[NamedNode]] = {kind: [] for kind in _FIRST}
    for thing in held.pages:
        kind = _TOLD if held.is_only_told(thing) else held.addresses.kind(thing)
        found.setdefault(kind, []).append(thing)
    return [(kind, plural(held, kind), things) for kind, things in found.items() if things]


_TOLD = "only-told"
_FIRST = "person state body event statement instrument plan office place article".split()


def roll(held: Holdings, kind: str, things: Sequence[NamedNode]) -> str:
    """The list of the things of a kind."""
    is_dated = any(held.when(thing) for thing in things)
    by_name = sorted(things, key=lambda thing: (held.label(thing).casefold(), thing.value))
    ranked = sorted(things, key=held.order) if is_dated else by_name
    rows = [(held.reference(t), held.when(t), kinds(held, t)) for t in ranked]
    heading = plural(held, kind)
    return _rendered(held, "roll.html", addresses.roll(kind), heading, rows=rows, heading=heading)


def kinds(held: Holdings, thing: NamedNode) -> str:
    """The classes of a thing, in words; of one that is only told of, that it is."""
    told = ", ".join(held.edition.ontology.label(kind) for kind in held.kinds(thing))
    return f"{told}, only told of" if held.is_only_told(thing) else told


def questions(held: Holdings) -> str:
    """The list of questions."""
    rows = [
        (Reference(q.summary, addresses.question(name)), name, ", ".join(p.name for p in q.params))
        for name, q in held.questions.items()
    ]
    return _rendered(held, "questions.html", addresses.QUESTIONS, "Questions", rows=rows)


def question(held: Holdings, told: Inquest) -> str:
    """A question with its answer."""
    path = addresses.question(told.question.name)
    return _rendered(held, "question.html", path, told.question.summary, told=told)


def terms(held: Holdings) -> str:
    """The terms of the ontology."""
    sorts = glossary(held)
    forms = {"text/turtle": addresses.alternate(addresses.TERMS, "ttl")}
    return _rendered(held, "terms.html", addresses.TERMS, "Terms", sorts=sorts, alternates=forms)


def conflicts(held: Holdings) -> str:
    """Every contradiction, side by side."""
    found = [antithesis(held, one) for one in held.contradictions]
    return _rendered(
        held, "conflicts.html", addresses.CONFLICTS, "Contradictions", antitheses=found
    )


def timeline(
    held: Holdings, path: str, entries: Sequence[Entry], others: Sequence[Reference]
) -> str:
    """Events in order of time, drawn and listed; ``others`` are the pages of other years."""
    placed = [entry for entry in entries if entry.is_placed]
    return _rendered(
        held,
        "chronicle.html",
        path,
        "Timeline",
        wide=drawn(placed, ()) if placed else None,
        narrow=drawn(placed, (), NARROW) if placed else None,
        others=others,
        rows=[
            (held.reference(NamedNode(e.event)), e, [held.attestation(p) for p in e.evidence[:3]])
            for e in entries
        ],
    )


def networks(held: Holdings, found: Sequence[tuple[Reference, str]]) -> str:
    """The list of networks, each with its size."""
    return _rendered(held, "networks.html", addresses.NETWORKS, "Networks", rows=found)


def undrawn(held: Holdings, view: str, *, summary: str, size: str, most: int = 0) -> str:
    """The page of a network without its drawing: of none, or of more than ``most`` nodes."""
    path, title = addresses.network(view), view.replace("_", " ")
    more: dict[str, object] = {"view": view, "summary": summary, "size": size, "most": most}
    return _rendered(held, "undrawn.html", path, title, **more)


def console(held: Holdings, *, engine: bool) -> str:
    """The SPARQL console; without its engine, where else the graph can be asked."""
    return _rendered(held, "console.html", addresses.CONSOLE, "SPARQL", engine=engine)


def lost(held: Holdings) -> str:
    """The page for an address that leads nowhere."""
    return _rendered(held, "lost.html", "404.html", "No such page")

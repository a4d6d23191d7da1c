"""What an article names, one entry a thing: the registry's, and what would have to be added.

Invariant: an entry without an IRI is a proposal; its kind, its title and the thing that it is like
are said with their reasons, and a person decides.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode

from legation.desk.draft.entities import pipeline
from legation.desk.draft.lexicon import COURTESY, RANK, kind_of_noun
from legation.desk.draft.names import NAMED_KINDS, Finder, Guess, Mention, in_order
from legation.desk.draft.reading import PLACE_OF_DATELINE, article_of, named_in
from legation.errors import InputError
from legation.graph import workspace as workspaces
from legation.graph.record import Record
from legation.graph.spelling import key, slugged
from legation.graph.workspace import Workspace
from legation.rdf.trig import quoted
from legation.rdf.vocabulary import compact
from legation.text.spans import Span

# "Choe, the foreign minister of North Korea," and a list's second line: "Director of the Board".
_APPOSED = re.compile(
    rf"(?:,\s+|\n)(?:the\s+|an?\s+|its\s+|their\s+)?"
    rf"((?:\w+\s+)?(?i:{RANK})\b(?:\s+(?:of|to|for|at)\s+[^,.;()\n]{{2,60}})?)(?=[,.;\n]|$)"
)
_AHEAD = re.compile(rf",?\s*(?:{COURTESY}\s*)*")
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_ACRONYM = 5
_SMALL = frozenset("of the for on and in to at".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that an article names.

    Known, it has an IRI; else a slug is proposed, and ``near`` are what it may be instead, each
    with the reason. ``spellings`` come with how often they stand, offsets are code points.
    """

    kind: str
    label: str
    slug: str
    language: str
    iri: NamedNode | None
    spellings: tuple[tuple[str, int], ...]
    first: Span
    title: str
    office: str
    near: tuple[Guess, ...]
    note: str
    mentions: tuple[Mention, ...]

    @property
    def is_guessed(self) -> bool:
        """Whether nothing but a guess tells its kind."""
        told = [m for m in self.mentions if m.kind == self.kind]
        return self.iri is None and all(m.is_guessed for m in told) and bool(told)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The spellings beside the label that say more than other case would."""
        # A "Prime Minister" of one state is no name of that office alone.
        whole = key(self.label) if self.kind == "office" else ""
        said = (s for s, _ in self.spellings if key(s) != key(self.label) and " " in s)
        return tuple(s for s in said if not whole.startswith(key(s)))

    def name(self, prefixes: Mapping[str, str]) -> str:
        """Its IRI in short, the one that is proposed where it has none."""
        return f"{self.kind}:{self.slug}" if self.iri is None else compact(self.iri, prefixes)

    def is_of(self, owner: "Named") -> bool:
        """Whether it bears the name of another thing: the state in an office's name."""
        own = f" {key(self.label)} "
        return any(
            f" {key(words)} " in own for words in (owner.label, *(s for s, _ in owner.spellings))
        )

    @property
    def tenure(self) -> str:
        """The tenure that a title proposes, for a claim; empty without one."""
        if not self.title:
            return ""
        who, post = (slugged(words) for words in (self.label, self.office))
        return (
            f"tenure:{who}-{post} a leg:Tenure ; leg:holder person:{who} ; "
            f"leg:office office:{post} ; leg:titleAsWritten {quoted(self.title)} ."
        )


def names_of(
    workspace: Workspace, slug: str, *, record: Record | None = None, model: str = ""
) -> tuple[Named, ...]:
    """What an article names, in the order of the text.

    ``model`` is a spaCy pipeline, ``none`` for capitals alone; without it that of legation.toml,
    else the first that is installed for the article's language. Raises UnknownName where there is
    no such article, and InputError where its text or the pipeline is not here.
    """
    record = record or workspaces.read(workspace)
    article = article_of(record, slug)
    if article.text is None:
        raise InputError("is not here; names are found in the archived text", article.source)
    language = article.language or "en"
    reader = pipeline(model or workspace.settings.get("pipeline", ""), language)
    entities = reader.find(article.text) if reader is not None else ()
    finder = Finder.of(record, workspace)
    mentions = named_in(article.text, finder, entities=entities, language=language)
    return grouped(article.text, mentions, finder, language=language)


def grouped(
    text: str, mentions: Sequence[Mention], finder: Finder, *, language: str = "en"
) -> tuple[Named, ...]:
    """Mentions by the thing that they name; a title is that of an office."""
    groups: dict[str, list[Mention]] = {}
    titles, realms = _titles(text, mentions)
    # Full names first: a headline may have the bare surname.
    for mention in sorted(mentions, key=lambda m: len(m.text.split()) < 2):
        realm = realms.get(mention.span, "") if mention.kind == "title" else ""
        groups.setdefault(_group(mention, groups, realm), []).append(mention)
    in_turn = sorted((in_order(found) for found in groups.values()), key=lambda f: f[0].span)
    office = partial(_office, mentions=mentions, realms=realms)
    return tuple(_named(found, titles, office, finder, language) for found in in_turn)


def posts(text: str, mentions: Sequence[Mention]) -> dict[Span, str]:
    """What the office of each title that is not in the registry is called, by where it stands."""
    _, realms = _titles(text, mentions)
    titles = (m for m in mentions if m.kind == "title" and m.iri is None)
    return {m.span: _office(m.text, m.span, mentions, realms) for m in titles}


def _group(mention: Mention, groups: Mapping[str, list[Mention]], realm: str) -> str:
    """The group of a mention: of the same thing or name, or the full name that it ends."""
    if mention.iri is not None:
        return mention.iri.value
    words = key(mention.text).removeprefix("the ").split()
    own = f"{mention.kind == 'title'}:{''.join(words)}{realm}"
    if own in groups or mention.kind == "title":
        return own
    longer = [group for group, found in groups.items() if _is_short_for(mention, found[0])]
    return longer[0] if len(longer) == 1 else own


def _is_short_for(short: Mention, full: Mention) -> bool:
    """Whether a name is the bare surname or the initials of one that stood before."""
    words, parts = key(short.text), key(full.text).split()
    if len(short.text.split()) > 1 or len(full.text.split()) < 2 or full.kind == "title":
        return False
    initials = {"".join(p[0] for p in parts if p not in small) for small in ((), _SMALL)}
    is_surname = full.kind in ("person", "name") and words in (parts[0], key(full.text.split()[-1]))
    return is_surname or (len(words) > 1 and words in initials)


def _titles(text: str, mentions: Sequence[Mention]) -> tuple[dict[Span, str], dict[Span, str]]:
    """The titles of people, by where these are named: before the name or behind it.

    And what a title is of where that stands behind its bearer, by where either of them stands.
    """
    found: dict[Span, str] = {}
    realms: dict[Span, str] = {}
    starts = {m.span.start: m for m in mentions if m.kind in ("state", "name", "place", "body")}
    ranks = [m for m in mentions if m.kind in ("title", "office")]
    for person in (m for m in mentions if m.kind in ("person", "name")):
        before = [m for m in ranks if m.span.end <= person.span.start]
        ahead = [m for m in before if _AHEAD.fullmatch(text, m.span.end, person.span.start)]
        behind = _APPOSED.match(text, person.span.end)
        if ahead or behind:
            words = ahead[-1].text if ahead else behind[1] if behind else ""
            found[person.span] = " ".join(words.split())
        of = _OF.match(text, person.span.end)
        if ahead and of and (realm := starts.get(of.end())) is not None:
            known = realm.candidates[0].label if realm.iri is not None else realm.text
            realms |= dict.fromkeys((person.span, ahead[-1].span), f" of {known}")
    told = {m.span: m.text for m in ranks} | found
    for span, words in told.items():  # "the president" is whoever else is called so here, if one is
        same = {realms[s] for s, other in told.items() if s in realms and key(other) == key(words)}
        if len(same) == 1:
            realms.setdefault(span, *same)
    return found, realms


def _named(
    found: Sequence[Mention],
    titles: Mapping[Span, str],
    office: Callable[[str, Span], str],
    finder: Finder,
    language: str,
) -> Named:
    first, iri = found[0], found[0].iri
    title = next((titles[m.span] for m in found if m.span in titles), "")
    kind, label = _kind(found, is_person=bool(title)), _label(found)
    if iri is not None:
        label = finder.names.label(iri)
    elif kind == "office":
        label = office(first.text, first.span)
    at = next((m.span for m in found if m.span in titles), first.span)
    return Named(
        kind=kind,
        label=label,
        slug=slugged(label) or "-".join(key(label).split()),
        language=language,
        iri=iri,
        spellings=tuple(Counter(" ".join(m.text.split()) for m in found).most_common()),
        first=first.span,
        title=title,
        office=office(title, at) if title else "",
        near=() if iri else tuple({g.iri: g for m in found for g in m.candidates}.values()),
        note="; ".join(dict.fromkeys(n for m in found if m.note for n in m.note.split("; "))),
        mentions=tuple(found),
    )


def _kind(found: Sequence[Mention], *, is_person: bool) -> str:
    told = [m for m in found if m.kind in NAMED_KINDS]
    kinds = Counter(m.kind for m in [m for m in told if not m.is_guessed] or told)
    if found[0].kind == "title":
        return "office"
    if any(m.note.startswith(PLACE_OF_DATELINE) for m in found):
        return "place"
    if is_person and found[0].iri is None:
        return "person"
    return max(kinds, key=kinds.__getitem__, default=found[0].kind)


def _label(found: Sequence[Mention]) -> str:
    """The longest spelling, first met; a name in capitals as others are written."""
    spelt = [re.sub(r"^[Tt]he ", "", " ".join(m.text.split())) for m in found]
    cased = [words for words in spelt if not (words.isupper() and len(words) > _ACRONYM)]
    return max(cased, key=len) if cased else max(spelt, key=len).title()


def _office(title: str, at: Span, mentions: Sequence[Mention], realms: Mapping[Span, str]) -> str:
    """What the office of a title is called: with the state beside it or behind its bearer."""
    words = " ".join(title.split())
    words = words[:1].upper() + words[1:]
    if " of " in words or " to " in words:
        return words
    if at in realms:
        return words + realms[at]
    states = (m for m in mentions if m.kind == "state" and m.iri is not None)
    before = [
        m for m in states if at.start - len(title) - 2 <= m.span.start < at.start + len(title)
    ]
    if not before:
        return words
    state = before[-1].candidates[0].label
    return f"{words} of {'the ' if kind_of_noun(state) else ''}{state}"

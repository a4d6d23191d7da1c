"""A claim as the cells of a row, and a row as what a claim could be.

Invariant: each triple of a claim stands in one cell, what fits no other in ``more`` as Turtle, so
that a row read back is the claim it was written from.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from legation.desk.docket.parlance import Parlance
from legation.desk.draft.manuscript import Manuscript
from legation.desk.draft.proposal import Content, Proposal, proposal_of
from legation.desk.edit.offsets import Placed, place
from legation.errors import InputError, UnknownName, UsageError
from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record
from legation.rdf import trig
from legation.rdf.outline import outline
from legation.rdf.tokens import tokenize
from legation.rdf.vocabulary import DCTERMS, LEG, RDF, expand, local_name
from legation.text.spans import occurrences, sentences

COLUMNS = tuple(
    "claim,sentence,quote,kind,thing,roles,date,place,text,content,voice,attribution,basis,"
    "leans on,conflicts with,at,note,more".split(",")
)
"""The columns of a table, beside those that are called like a role."""

_PLACES = {
    LEG.quote: "quote",
    LEG.charStart: "at",
    LEG.accordingTo: "voice",
    LEG.leansOn: "leans on",
    LEG.conflictsWith: "conflicts with",
    LEG.basis: "basis",
    LEG.content: "content",
    RDF.type: "kind",
}
_T = TypeVar("_T")
_Value = NamedNode | Literal


def primary(claim: Claim | Proposal) -> NamedNode | None:
    """What a claim speaks about: of the subjects that no other leads to, that of most triples."""
    subjects = [t.subject for t in claim.triples if isinstance(t.subject, NamedNode)]
    reached = {t.object for t in claim.triples if t.object != t.subject}
    first = [s for s in dict.fromkeys(subjects) if s not in reached]
    return max(first or subjects, key=subjects.count, default=None)


@dataclass(frozen=True)
class Transcript:
    """The columns of one table, by which claims of an article are written and read."""

    article: Article
    record: Record
    parlance: Parlance
    columns: tuple[str, ...] = COLUMNS

    @cached_property
    def _homes(self) -> dict[NamedNode, str]:
        """The columns that are called like a role, by that role."""
        return {role: column for column in self.columns if (role := self.role(column)) is not None}

    def role(self, column: str) -> NamedNode | None:
        """The role that a column is called like, ``party`` or ``leg:party``; None for another."""
        if column in COLUMNS and column not in ("date", "place", "text"):
            return None
        try:
            return self.parlance.term(column, self.parlance.roles)
        except UnknownName:
            return None

    @cached_property
    def _sentences(self) -> list[int]:
        return [span.start for span in sentences(self.article.text or "")]

    def cells(self, passage: Claim | Omission) -> dict[str, str]:
        """A claim or omission in cells; those that are not there are empty."""
        number = sum(start <= passage.start for start in self._sentences)
        stands = occurrences(self.article.text or "", passage.quote)
        cells = {
            "claim": self.parlance.short(passage.iri),
            "sentence": str(number) if passage.start >= 0 else "",
            "quote": passage.quote,
            "at": str(passage.start) if len(stands) > 1 and passage.start >= 0 else "",
        }
        if isinstance(passage, Omission):
            return {**cells, "kind": f"omission: {passage.reason}"}
        voice = passage.according_to
        return {
            **cells,
            **self._triples(passage),
            "voice": "" if voice is None else self.parlance.spoken(voice),
            "attribution": passage.attribution,
            "basis": passage.basis,
            "leans on": "; ".join(map(self.parlance.short, passage.leans_on)),
            "conflicts with": "; ".join(map(self.parlance.short, passage.conflicts_with)),
            "note": passage.note,
        }

    def _triples(self, claim: Claim) -> dict[str, str]:
        subject = primary(claim)
        parts: defaultdict[str, list[str]] = defaultdict(list)
        more: list[Triple] = []
        contents: dict[NamedNode, tuple[Triple, ...]] = {}
        graphs = {c.iri: c.triples for c in self.record.first_told.get(claim.iri, ())}
        for triple in claim.triples:
            column, words = self._told(triple) if triple.subject == subject else ("more", "")
            if column == "content" and isinstance(triple.object, NamedNode):
                contents[triple.object] = graphs.pop(triple.object, ())
            elif column == "more" or (parts[column] and column in self._undivided):
                more.append(triple)
            else:
                parts[column].append(words)
        return {
            **{column: "; ".join(words) for column, words in parts.items()},
            "thing": "" if subject is None else self.parlance.spoken(subject),
            "content": self._graphs(contents),
            "more": " ".join(filter(None, [self._turtle(more), self._graphs(graphs)])),
        }

    def _told(self, triple: Triple) -> tuple[str, str]:
        """The column of a triple about what the claim speaks of, and its words there."""
        role, value = triple.predicate, triple.object
        if role == LEG.content:
            return "content", ""
        if role == RDF.type:
            is_class = value in self.parlance.ontology.classes and isinstance(value, NamedNode)
            return ("kind", self.parlance.spoken(value)) if is_class else ("more", "")
        words, column = self.parlance.written(role, value), self._homes.get(role, "roles")
        if words is None or (column not in self._undivided and re.search(r"[;\r\n]", words)):
            return "more", ""
        is_named = column != "roles"
        return column, words if is_named else f"{self.parlance.spoken(role)}: {words}"

    @cached_property
    def _undivided(self) -> frozenset[str]:
        """The columns in which a cell is one value, whatever marks are in it."""
        literal = self.parlance.ontology.datatype_properties
        return frozenset(column for role, column in self._homes.items() if role in literal)

    def _turtle(self, triples: Iterable[Triple]) -> str:
        return " ".join(Manuscript.of("", self.parlance.prefixes).subjects(list(triples)))

    def _graphs(self, graphs: Mapping[NamedNode, tuple[Triple, ...]]) -> str:
        """Contents as TriG; names alone where none of them is told here."""
        names = {name: self.parlance.short(name) for name in graphs}
        if not any(graphs.values()):
            return "; ".join(names.values())
        return " ".join(
            f"{names[name]} {{ {self._turtle(said)} }}" for name, said in graphs.items()
        )

    def proposal(
        self,
        cells: Mapping[str, str],
        unnamed: Callable[[Sequence[NamedNode]], NamedNode],
        keys: Mapping[str, NamedNode],
    ) -> Proposal:
        """What a row says; Unreadable with all that is wrong in it.

        ``unnamed`` gives what it speaks about, by its classes, where the row names nothing.

        ``keys`` are the claims that other rows of the table stand for.
        """
        reading = _Reading(cells)
        at = reading.of("at", _offset, None)
        quote, start = reading.of("quote", lambda words: self._quote(words, at), ("", None))
        kinds = reading.of("kind", self.kinds, (LEG.Event,))
        thing = reading.of(
            "thing", lambda w: self.parlance.thing(w) if w.strip() else unnamed(kinds), LEG.Event
        )
        voice, reports = reading.of("voice", self._voice, (None, ()))
        contents = reading.of("content", lambda cell: self._contents(cell, named=True), ((), ()))
        more = reading.of("more", lambda cell: self._contents(cell, named=False), ((), ()))
        told = [(RDF.type, kind) for kind in kinds]
        for column in ("roles", *self._homes.values()):
            told += reading.of(
                column, lambda cell, name=column: self._values(cell, name, quote), []
            )
        told += [(LEG.content, name) for name, _ in contents[1]]
        made = Proposal(
            quote,
            (*(Triple(thing, role, value) for role, value in told), *more[0]),
            note=cells.get("note", ""),
            basis=reading.of("basis", lambda words: self._mark(LEG.basis, words), ""),
            start=start,
            leans_on=reading.of("leans on", lambda cell: self._claims(cell, keys), ()),
            according_to=voice,
            attribution=reading.of("attribution", lambda w: self._mark(LEG.attribution, w), ""),
            conflicts_with=reading.of("conflicts with", lambda c: self._claims(c, keys), ()),
            contents=tuple((name, said) for name, said in (*contents[1], *more[1]) if said),
            reports=reports,
        )
        reading.close()
        return made

    def omission(self, cells: Mapping[str, str]) -> tuple[str, str, int | None]:
        """The quote, reason and offset of a row of kind ``omission: teaser``; else Unreadable."""
        reading = _Reading(cells)
        at = reading.of("at", _offset, None)
        quote, start = reading.of("quote", lambda words: self._quote(words, at), ("", None))
        reason = reading.of("kind", lambda w: self._mark(LEG.reason, w.partition(":")[2]), "")
        reading.close()
        return quote, reason, start

    def column(self, predicate: NamedNode) -> str:
        """The column in which somebody looks for a property of a claim or its triples."""
        return self._homes.get(predicate) or _PLACES.get(predicate, "roles")

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns that mean nothing."""
        known = {*COLUMNS, *self._homes.values(), "article"}
        return tuple(column for column in self.columns if column not in known)

    def kinds(self, cell: str) -> tuple[NamedNode, ...]:
        """The classes in a cell."""
        classes = self.parlance.ontology.classes
        return tuple(self.parlance.term(w, classes, "class") for w in cell.split(";") if w.strip())

    def _quote(self, words: str, at: int | None) -> tuple[str, int | None]:
        """The text's own words, and where they stand if they stand there more than once."""
        text = self.article.text
        if text is None:
            raise InputError("is not here; quotes cannot be looked up", self.article.source)
        found = place(text, words, at, fix=True)
        if isinstance(found, Placed):
            return found.words, found.start if len(occurrences(text, found.words)) > 1 else None
        message = found.message
        if len(found.starts) > 1:
            message = f"the quote stands {len(found.starts)} times in the text: put the number "
            message += "where the one meant begins into a column 'at'"
        raise UsageError("\n    ".join([message, *found.details]))

    def _values(self, cell: str, column: str, quote: str) -> list[tuple[NamedNode, _Value]]:
        """The roles and values in a cell, words of the quote with its own marks and spaces."""
        if column == "roles":
            found = list(self.parlance.told(cell))
        else:
            role = next(role for role, home in self._homes.items() if home == column)
            parts = [cell] if column in self._undivided else cell.split(";")
            found = [(role, self.parlance.value(role, part)) for part in parts if part.strip()]
        return [(role, self._as_quoted(role, value, quote)) for role, value in found]

    def _as_quoted(self, role: NamedNode, value: _Value, quote: str) -> _Value:
        is_written = isinstance(value, Literal) and role in self.parlance.ontology.verbatim
        found = place(quote, value.value, fix=True) if is_written else None
        return Literal(found.words) if isinstance(found, Placed) else value

    def _voice(self, words: str) -> tuple[NamedNode | None, tuple[Triple, ...]]:
        """Whose word is relayed; ``report:x by Halm Gazette`` also says what report that is."""
        name, by, publisher = words.partition(" by ")
        node = expand(name, self.parlance.prefixes)
        if not by or node is None:
            return self.parlance.thing(words) if words.strip() else None, ()
        return node, (
            Triple(node, RDF.type, LEG.Report),
            Triple(node, DCTERMS.publisher, self.parlance.thing(publisher)),
        )

    def _mark(self, mark: NamedNode, words: str) -> str:
        """The local name of a value such as ``computed``."""
        values = self.parlance.ontology.members(self.parlance.ontology.range(mark))
        if not words.strip() and mark != LEG.reason:
            return ""
        return local_name(self.parlance.term(words, values, local_name(mark)))

    def _claims(self, cell: str, keys: Mapping[str, NamedNode]) -> tuple[NamedNode, ...]:
        found = []
        for word in re.findall(r"[^;,\s]+", cell):
            node = keys.get(word.casefold()) or expand(word, self.parlance.prefixes)
            if node is None or not (node in self.record.claims_by_iri or node in keys.values()):
                raise UsageError(f"there is no claim {word} here, and no row is called so")
            found.append(node)
        return tuple(found)

    def _contents(
        self, cell: str, *, named: bool
    ) -> tuple[tuple[Triple, ...], tuple[Content, ...]]:
        """Triples and graphs in TriG; where only names are expected, names of graphs will do."""
        if named and "{" not in cell:
            cell = " ".join(f"{name} {{ }}" for name in cell.split(";") if name.strip())
        head = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in self.parlance.prefixes.items())
        try:
            quads = [q.quad for q in trig.parse((head + cell).encode("utf-8"), Path()).quads]
        except InputError as error:
            raise UsageError(f"is no {'TriG' if named else 'Turtle'}: {error}") from error
        graphs = {NamedNode(name): [] for name, _ in outline(tokenize(head + cell)).graphs}
        triples = [q.triple for q in quads if isinstance(q.graph_name, DefaultGraph)]
        if named and triples:
            raise UsageError("put what is said between braces: content:x { … }")
        for quad in quads:
            if quad.graph_name in graphs:
                graphs[quad.graph_name].append(quad.triple)
        return tuple(triples), tuple((name, tuple(said)) for name, said in graphs.items())


class Unreadable(Exception):
    """A row that cannot be read, with a reason for each column at fault."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)


class _Reading:
    """The cells of one row as they are read, and what in them could not be."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.faults: list[tuple[str, str]] = []

    def of(self, column: str, reader: Callable[[str], _T], otherwise: _T) -> _T:
        """What a cell says; something else where that is a fault."""
        try:
            return reader(self.cells.get(column, ""))
        except UsageError as error:
            self.faults.append((column, str(error)))
            return otherwise

    def close(self) -> None:
        """Raise Unreadable where there was a fault."""
        if self.faults:
            raise Unreadable(self.faults)


def _offset(cell: str) -> int | None:
    if cell.strip() and not (cell.strip().isascii() and cell.strip().isdigit()):
        raise UsageError(f"{cell!r} is no offset: count characters from 0")
    return int(cell) if cell.strip() else None


def written_of(claim: Claim, record: Record) -> Proposal:
    """A claim as its row tells it: with the contents that no claim before it carries."""
    told = tuple((c.iri, c.triples) for c in record.first_told.get(claim.iri, ()))
    return replace(proposal_of(claim, record), contents=told)


def are_equal(one: Proposal, other: Proposal) -> bool:
    """Whether two rows say the same, in whatever order."""
    return _essence(one) == _essence(other)


def _essence(made: Proposal) -> tuple[object, ...]:
    return (
        (made.quote, made.start, made.note, made.basis, made.attribution, made.according_to),
        *map(frozenset, (made.triples, made.leans_on, made.conflicts_with)),
        {name: frozenset(said) for name, said in made.contents},
    )


def amended(made: Proposal, claim: Claim, record: Record) -> Proposal:
    """A claim to be written anew: in the order it had, without contents that stay where they are."""
    shared = [c for c in written_of(claim, record).contents if record.carriers[c[0]] != (claim,)]
    order = {t: number for number, t in enumerate(claim.triples)}
    places: dict[object, int] = {}
    for triple, number in order.items():
        places[triple.subject] = places[triple.subject, triple.predicate] = number

    def rank(triple: Triple) -> float:
        same = places.get((triple.subject, triple.predicate), places.get(triple.subject))
        return order.get(triple, len(order) if same is None else same + 0.5)

    return replace(
        made,
        triples=tuple(sorted(made.triples, key=rank)),
        contents=tuple(content for content in made.contents if content not in shared),
    )

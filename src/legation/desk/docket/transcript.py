"""A claim as the cells of a row, and a row as what a claim could be.

Invariant: each triple of a claim stands in one cell, what fits no other in ``more`` as TriG, so
that a row read back is the claim it was written from.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from legation.desk.docket.coinage import plainly
from legation.desk.docket.parlance import Parlance
from legation.desk.draft.manuscript import Manuscript
from legation.desk.draft.proposal import Content, Proposal, admitted, report_of
from legation.desk.edit.offsets import Placed, place
from legation.desk.tabular import column_called
from legation.errors import InputError, UnknownName, UsageError
from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record
from legation.rdf import trig
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import LEG, RDF, SKOS, expand, local_name

COLUMNS = (
    *"claim,sentence,quote,kind,thing,roles,date,place,text,content,voice,attribution".split(","),
    *"basis,leans on,conflicts with,at,note,more".split(","),
)
"""The columns of a table that is written; one that is read may have others, called like a role."""

_ROLES = ("date", "place", "text", "content")
_T = TypeVar("_T")
_Value = NamedNode | Literal


class Unreadable(Exception):
    """A row that cannot be read, with a reason for each column at fault."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)


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
    def homes(self) -> dict[NamedNode, str]:
        """The columns that are called like a role (``party``, ``leg:party``), by that role."""
        found = {}
        for column in dict.fromkeys((*COLUMNS, *self.columns)):
            try:
                if column in _ROLES or column not in COLUMNS:
                    found[self.parlance.term(column, self.parlance.roles)] = column
            except UnknownName:
                continue
        return found

    @cached_property
    def _undivided(self) -> frozenset[str]:
        """The columns in which a cell is one value, whatever marks are in it."""
        literal = self.parlance.ontology.datatype_properties
        return frozenset(column for role, column in self.homes.items() if role in literal)

    def column(self, predicate: NamedNode) -> str:
        """The column in which somebody looks for a property of a claim or of its triples."""
        name = column_called(re.sub("(?=[A-Z])", " ", local_name(predicate)))
        return self.homes.get(predicate) or (name if name in COLUMNS else "roles")

    def cells(self, passage: Claim | Omission) -> dict[str, str]:
        """A claim or omission in cells; those that are not there are empty."""
        number = sum(s.start <= passage.start for s in self.article.sentences)
        is_open = self.article.repeats(passage.quote) and passage.start >= 0
        cells = {
            "claim": self.parlance.short(passage.iri),
            "sentence": str(number or ""),
            "quote": passage.quote,
            "at": str(passage.start) if is_open else "",
        }
        if isinstance(passage, Omission):
            about = (located.quad for located in self.record.about(passage.iri))
            notes = [q.object.value for q in about if q.predicate == SKOS.editorialNote]  # type: ignore[union-attr]
            return cells | {"kind": f"omission: {passage.reason}", "note": "".join(notes[:1])}
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
        rest: list[Triple] = []
        for triple in claim.triples:
            column, words = self._told(triple) if triple.subject == subject else ("more", "")
            if column == "more" or (parts[column] and column in self._undivided):
                rest.append(triple)
            else:
                parts[column].append(words)
        more = [self._turtle(rest)] if rest else []
        for content in self.record.first_told.get(claim.iri, ()):
            name = self.parlance.short(content.iri)
            more.append(f"{name} {{ {self._turtle(content.triples)} }}")
        told = {column: "; ".join(words) for column, words in parts.items()}
        thing = "" if subject is None else self.parlance.spoken(subject)
        return told | {"thing": thing, "more": " ".join(more)}

    def _told(self, triple: Triple) -> tuple[str, str]:
        """The column of a triple about what the claim speaks of, and its words there."""
        role, value = triple.predicate, triple.object
        if role == RDF.type and value in self.parlance.ontology.classes:
            return "kind", self.parlance.spoken(value)  # type: ignore[arg-type]
        words, column = self.parlance.written(role, value), self.homes.get(role, "roles")
        if words is None or (column not in self._undivided and re.search(r"[;\r\n]", words)):
            return "more", ""
        return column, f"{self.parlance.spoken(role)}: {words}" if column == "roles" else words

    def _turtle(self, triples: Sequence[Triple]) -> str:
        return " ".join(Manuscript.of("", self.parlance.prefixes).subjects(triples))

    def proposal(
        self,
        cells: Mapping[str, str],
        unnamed: Callable[[Sequence[NamedNode]], NamedNode],
        keys: Mapping[str, NamedNode],
    ) -> Proposal:
        """What a row says; Unreadable with all that is wrong in it.

        ``unnamed`` gives what it speaks about, by its classes, where the row names nothing;
        ``keys`` are the claims that other rows of the table stand for.
        """
        reading, parlance = _Reading(cells), self.parlance
        quote, start = self._placed(reading)
        kind, _, reason = cells.get("kind", "").partition(":")
        if kind.strip().casefold() == "omission":
            why = reading.of("kind", lambda _: self._mark(LEG.reason, reason)) or ""
            reading.close()
            return Proposal(quote, (), note=cells.get("note", ""), start=start, reason=why)
        kinds = reading.of("kind", parlance.kinds) or ([LEG.Event] if reading.faults else [])
        about = reading.of("thing", lambda w: self._thing(w) if w else unnamed(kinds))
        told: list[tuple[NamedNode, _Value]] = [(RDF.type, kind) for kind in kinds]
        told += reading.of("roles", lambda cell: list(parlance.told(cell))) or []
        for role, column in self.homes.items():
            told += reading.of(column, partial(self._values, role, column)) or []
        triples, contents = reading.of("more", self._more) or ((), ())
        voice, reports = reading.of("voice", self._voice) or (None, ())
        claims = partial(self._claims, keys)
        made = Proposal(
            quote,
            (*(Triple(about or LEG.Event, role, value) for role, value in told), *triples),
            note=cells.get("note", ""),
            basis=reading.of("basis", partial(self._mark, LEG.basis)) or "",
            start=start,
            leans_on=reading.of("leans on", claims) or (),
            according_to=voice,
            attribution=reading.of("attribution", partial(self._mark, LEG.attribution)) or "",
            conflicts_with=reading.of("conflicts with", claims) or (),
            contents=contents,
            reports=reports,
        )
        reading.close()
        return admitted(made, self.article, parlance.ontology)

    def _thing(self, words: str) -> NamedNode:
        try:
            return self.parlance.thing(plainly(words))
        except UnknownName as error:
            hint = f"for a new one write 'new: {plainly(words)}', and its kind"
            raise UnknownName(f"{error}; {hint}", error.candidates) from None

    def _placed(self, reading: "_Reading") -> tuple[str, int | None]:
        """The text's own words, and where they stand if they stand there more than once."""
        text = self.article.text
        if text is None:
            raise InputError("is not here; quotes cannot be looked up", self.article.source)
        at = reading.cells.get("at", "").strip().removesuffix(".0")  # as pandas writes it
        chosen = int(at) if at.isascii() and at.isdigit() else None
        found = place(text, reading.cells.get("quote", "").strip(), chosen, fix=True)
        if isinstance(found, Placed):
            return found.words, found.start if self.article.repeats(found.words) else None
        message, several = found.message, f"the quote stands {len(found.starts)} times in the text"
        if found.starts:
            message = f"{several}: put where the one meant begins into a column 'at'"
        reading.faults.append(("quote", "\n    ".join([message, *found.details])))
        return "", None

    def _values(self, role: NamedNode, column: str, cell: str) -> list[tuple[NamedNode, _Value]]:
        parts = [cell] if column in self._undivided else cell.split(";")
        return [(role, self.parlance.value(role, part)) for part in parts if part.strip()]

    def _voice(self, words: str) -> tuple[NamedNode | None, tuple[Triple, ...]]:
        """Whose word is relayed; ``report:x by Halm Gazette`` (or ``nobody``) makes that report."""
        name, by, publisher = words.partition(" by ")
        node = expand(name, self.parlance.prefixes)
        if not by or node is None:
            return self.parlance.thing(words) if words.strip() else None, ()
        is_known = publisher.strip().casefold() != "nobody"
        return node, report_of(node, self.parlance.thing(publisher) if is_known else None)

    def _mark(self, mark: NamedNode, words: str) -> str:
        """The local name of a value such as ``computed``."""
        if not words.strip() and mark != LEG.reason:
            return ""
        values = self.parlance.ontology.members(self.parlance.ontology.range(mark))
        return local_name(self.parlance.term(words, values, local_name(mark)))

    def _claims(self, keys: Mapping[str, NamedNode], cell: str) -> tuple[NamedNode, ...]:
        words = re.findall(r"[^;,\s]+", cell)
        found = [keys.get(w.casefold()) or expand(w, self.parlance.prefixes) for w in words]
        known = {*self.record.claims_by_iri, *keys.values()}
        for word, node in zip(words, found, strict=True):
            if node not in known:
                raise UsageError(f"there is no claim {word} here, and no row is called so")
        return tuple(node for node in found if node is not None)

    def _more(self, cell: str) -> tuple[tuple[Triple, ...], tuple[Content, ...]]:
        """The triples and the graphs in a cell of TriG."""
        head = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in self.parlance.prefixes.items())
        try:
            quads = [q.quad for q in trig.parse((head + cell).encode("utf-8"), Path()).quads]
        except InputError as error:
            raise UsageError(f"is no TriG ({str(error).partition(': ')[2]})") from error
        graphs = gathered((quad.graph_name, quad.triple) for quad in quads)
        triples = graphs.pop(DefaultGraph(), [])
        named = ((n, tuple(said)) for n, said in graphs.items() if isinstance(n, NamedNode))
        return tuple(triples), tuple(named)


class _Reading:
    """The cells of one row as they are read, and what in them could not be."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.faults: list[tuple[str, str]] = []

    def of(self, column: str, reader: Callable[[str], _T]) -> _T | None:
        """What a cell says; None where that is a fault."""
        try:
            return reader(self.cells.get(column, "").strip())
        except UsageError as error:
            self.faults.append((column, str(error)))
            return None

    def close(self) -> None:
        """Raise Unreadable where there was a fault."""
        if self.faults:
            raise Unreadable(self.faults)

"""Things, terms and values as a person writes them in a cell, and back.

Invariant: what is written for one of them reads back as that very one; a thing whose name may be
several is written by its short name. Whatever cannot be read is a UsageError with the remedy.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from legation.errors import AmbiguousName, UnknownName, UsageError
from legation.graph.record import Record, triples_of
from legation.graph.registry import Names
from legation.graph.spelling import key
from legation.graph.workspace import Workspace
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, LEG, XSD, compact, expand, local_name
from legation.text.dates import is_edtf

_NUMBERS = {XSD.integer: r"-?\d+", XSD.decimal: r"-?\d+(?:\.\d+)?"}
_MOST_LISTED, _LIKELY = 12, 0.75
_LISTED = "; 'legation draft SLUG --ask FILE' lists them all with what they mean"
# What Excel and OpenRefine make of 2031-05-04.
_REFORMATTED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})|(\d{4}-\d\d-\d\d)[T ]00:00\S*")


@dataclass(frozen=True)
class Parlance:
    """How the cells of one workspace's tables are read and written."""

    names: Names
    ontology: Ontology
    prefixes: Mapping[str, str]

    @classmethod
    def of(cls, record: Record, workspace: Workspace) -> "Parlance":
        """The parlance of a workspace: names of its registry and articles, terms, prefixes."""
        triples = tuple(triples_of(record.quads("registry", "article")))
        return cls(Names(triples, workspace.ontology), workspace.ontology, workspace.prefixes)

    def knowing(self, more: Iterable[Triple]) -> "Parlance":
        """This, with the names of things that are new."""
        return replace(self, names=replace(self.names, triples=(*self.names.triples, *more)))

    @cached_property
    def roles(self) -> frozenset[NamedNode]:
        """The properties that a claim may use of what it speaks about."""
        told = self.ontology.object_properties | self.ontology.datatype_properties
        return told - self.ontology.metadata - self.ontology.derived

    @cached_property
    def _terms(self) -> Mapping[str, list[NamedNode]]:
        """The terms by comparable name; local names go before labels, and Legation's before own."""
        order = sorted(
            self.ontology.terms, key=lambda t: (not t.value.startswith(LEG.base), str(t))
        )
        ways = (local_name, self.ontology.label)
        return gathered((key(name(term)), term) for name in ways for term in order)

    def term(self, words: str, among: Collection[NamedNode], what: str = "term") -> NamedNode:
        """The term of that local name, label or short name; UnknownName with those like it."""
        node = expand(words, self.prefixes)
        if node is not None and node in among:
            return node
        for term in self._terms.get(key(words), ()):
            if term in among:
                return term
        retired = self.ontology.successors.items()
        known = {
            key(local_name(old)): local_name(new) for old, new in retired if new and new in among
        }
        known |= {key(local_name(term)): local_name(term) for term in among}
        begun = [form for form in sorted(known) if key(words) and form.startswith(key(words))]
        alike = begun or get_close_matches(key(words), sorted(known), 3, _LIKELY)
        near = [known[form] for form in alike[:3]]
        few = sorted(map(local_name, among)) if len(among) <= _MOST_LISTED else []
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        hint = hint or (f"; there are: {', '.join(few)}" if few else _LISTED)
        raise UnknownName(f"{words.strip()!r} is no {what} of the ontology{hint}", near)

    def thing(self, words: str, kind: NamedNode | None = None) -> NamedNode:
        """The thing of that name or short name; a class decides only where several bear it."""
        node = expand(words, self.prefixes)
        if node is not None:
            return node
        named = kind is not None and self.names.find(words.strip(), kind, most=1)
        try:  # who is called just so goes before what is and cannot have the role
            is_sure = named and named[0].score == 100.0
            return self.names.resolve(words.strip(), kind if is_sure else None)
        except AmbiguousName:
            if kind is None:
                raise
            return self.names.resolve(words.strip(), kind)

    def value(self, role: NamedNode, words: str) -> NamedNode | Literal:
        """What a property may have as value, by its words."""
        if role in self.ontology.datatype_properties:
            return literal(self.ontology, role, words)
        if values := self.ontology.members(self.ontology.range(role)):
            return self.term(words, values, local_name(role))
        # A speaker is a participant, and so an agent.
        return self.thing(words, self.ontology.range(role, inherited=True))

    def kinds(self, cell: str) -> list[NamedNode]:
        """The classes in a cell."""
        words = filter(str.strip, cell.split(";"))
        return [self.term(word, self.ontology.classes, "class") for word in words]

    def spoken(self, node: NamedNode) -> str:
        """A term or thing in words."""
        if node in self.ontology.terms:
            return local_name(node) if node.value.startswith(LEG.base) else self.short(node)
        label = next(iter(self.names.names(node)), "")
        try:
            is_sure = label == label.strip() and self.thing(label) == node
        except UsageError:
            is_sure = False
        return label if is_sure else self.short(node)

    def short(self, node: NamedNode) -> str:
        """A thing by its short name."""
        return compact(node, self.prefixes)

    def written(self, role: NamedNode, value: object) -> str | None:
        """A value of a property in words; None where no words mean just that."""
        if role not in self.roles or not isinstance(value, NamedNode | Literal):
            return None
        words = value.value if isinstance(value, Literal) else self.spoken(value)
        try:
            is_sure = bool(words) and words == words.strip() and self.value(role, words) == value
            return words if is_sure else None
        except UsageError:
            return None

    def told(self, cell: str) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        """Each role and its value in a cell such as ``party: Merovia; Orvany; act: signed``."""
        role: NamedNode | None = None
        for item in filter(str.strip, cell.split(";")):
            name, colon, words = item.partition(": ")
            if not colon and (role is None or expand(item, self.prefixes) is None):
                name, colon, words = item.partition(":")
            if colon:
                role, item = self.term(name, self.roles, "role"), words
            if role is None:
                raise UsageError(f"{item.strip()!r} has no role: write 'party: Merovia; Orvany'")
            yield role, self.value(role, item.strip())


def literal(ontology: Ontology, role: NamedNode, words: str) -> Literal:
    """The value of a datatype property by its words."""
    marked = (m for m in ontology.marks(role, LEG.datatype) if isinstance(m, NamedNode))
    datatype = next(marked, ontology.range(role) or XSD.string)
    plain = words.strip()
    if datatype == EDTF and (_REFORMATTED.fullmatch(plain) or not is_edtf(plain)):
        raise UsageError(_no_date(plain))
    if datatype == XSD.boolean:  # Excel writes TRUE
        plain = plain.casefold()
        if plain not in ("true", "false"):
            raise UsageError(f"{words!r} is neither true nor false")
    if pattern := _NUMBERS.get(datatype):
        if not re.fullmatch(pattern, plain, re.ASCII):
            raise UsageError(f"{words!r} is no number: write digits, without thousands' marks")
        datatype = XSD.decimal if "." in plain else XSD.integer
    return Literal(words if datatype == XSD.string else plain, datatype=datatype)


def _no_date(words: str) -> str:
    """Why some words are no date; what they were before a spreadsheet took them for one."""
    days: list[str] = []
    if match := _REFORMATTED.fullmatch(words):
        first, mark, second, year, whole = match.groups(default="")
        days = [whole, f"{year}-{second:0>2}-{first:0>2}"]
        days.insert(1, f"{year}-{first:0>2}-{second:0>2}" if mark != "." else "")
    meant = " or ".join(dict.fromkeys(filter(is_edtf, days)))
    hint = f"write {meant or '2031-05-04, 2031-05 or 2031'}"
    if meant or re.search(r"[./ ]|^[^\W\d]+-\d|^\d{5}$", words):
        hint = (
            f"the spreadsheet has made another of it: give the column the format 'text' and {hint}"
        )
    return f"{words!r} is no date in EDTF: {hint}"

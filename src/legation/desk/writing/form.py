"""A claim as a form holds it, and the proposal that a filled-in form is.

Invariant: what a form gives is taken apart here and nowhere else; a term outside the repertoire, a
value of another sort or a thing without a proper name is refused in words, by its place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.archive import Particulars
from legation.desk.docket.parlance import literal
from legation.desk.draft.proposal import Content, Proposal, report_of
from legation.desk.edit.meant import SLUG
from legation.desk.edit.offsets import Unplaced, place
from legation.desk.writing.repertoire import Repertoire
from legation.errors import UsageError
from legation.rdf.vocabulary import DCTERMS, LEG, RDF, RDFS, expand, local_name

_HELD = re.compile("[^\0\ud800-\udfff]*")
_NO_THINGS = {"article", "claim", "content", "omission", "report"}
_LONGEST = 120  # letters of a short name
_MOST = 200  # things, rows or names in one form
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Form:
    """What somebody filled in about an article's text."""

    given: Given
    repertoire: Repertoire
    text: str

    def proposal(self) -> Proposal:
        """The claim it makes; UsageError, with what to do, where it makes none."""
        quote, start = self.passage()
        return Proposal(
            quote,
            tuple(self._said(self._listed(self.given, "says"))),
            note=self.word("note").strip(),
            basis=self._basis(),
            start=start,
            leans_on=tuple(map(self.node, self._words("leansOn"))),
            according_to=self.node(self.word("voice")) if self.word("voice") else None,
            attribution="fromContext" if self.given.get("context") is True else "",
            conflicts_with=tuple(map(self.node, self._words("conflictsWith"))),
            contents=tuple(self._contents()),
            reports=tuple(self._reports()),
        )

    def _basis(self) -> str:
        basis = self.word("basis")
        if basis and self.node(basis) not in self.repertoire.bases:
            raise UsageError(f"{basis!r:.60} is no basis of a claim")
        return local_name(self.node(basis)) if basis else ""

    def passage(self) -> tuple[str, int | None]:
        """The words of the text that are quoted; their offset only where they stand twice."""
        words = self.word("quote").strip()
        if not words:
            raise UsageError("there is no quote: select the words that say it")
        found, start = place(self.text, words, fix=True), None
        if isinstance(found, Unplaced) and found.starts:
            given = self.given.get("start")
            here = given if isinstance(given, int) else 0
            start = min(found.starts, key=lambda at: abs(at - here))
            found = place(self.text, words, start, fix=True)
        if isinstance(found, Unplaced):
            near = f"; the text has {found.details[0].partition(': ')[2]}" if found.details else ""
            raise UsageError(f"these words do not stand in the text{near}")
        return found.words, start

    def names(self, language: str, source: str) -> tuple[Triple, ...]:
        """What the registry is to say of things that are new, in a language and after a source."""
        registered = self.repertoire.workspace.ontology.marked(LEG.registered)
        found: list[Triple] = []
        for row in self._listed(self.given, "names"):
            thing, kind = self._thing(_word(row, "thing")), self._kind(_word(row, "kind"))
            label = _word(row, "label").strip()
            if not label:
                raise UsageError(f"{_word(row, 'thing')} has no name: write it as the text does")
            # What has no entry of its own (an event, an unnamed person) has its class in the claim.
            if kind in registered and not _word(row, "thing").startswith("anon:"):
                found.append(Triple(thing, RDF.type, kind))
                facts = list(self._said([row]))[1:]  # behind its class
                said = [Triple(thing, DCTERMS.source, Literal(source, language=language))]
                found += [*facts, *(said if facts else [])]
            found.append(Triple(thing, RDFS.label, Literal(label, language=language)))
        return tuple(found)

    def word(self, name: str) -> str:
        """One of its fields; empty where it is left out."""
        return _word(self.given, name)

    def particulars(self) -> Particulars:
        """What it says of an article."""
        return Particulars(*(self.word(field.name).strip() for field in fields(Particulars)))

    def _words(self, name: str) -> list[str]:
        found = self.given.get(name) or []
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            raise UsageError(f"{name} is no list of names")
        return found

    def _listed(self, given: Given, name: str) -> Sequence[Given]:
        found = given.get(name) or []
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise UsageError(f"{name} is no list")
        if len(found) > _MOST:
            raise UsageError(f"{name} has {len(found)} entries; a claim says one thing")
        return found

    def _contents(self) -> Iterator[Content]:
        for content in self._listed(self.given, "contents"):
            triples = tuple(self._said(self._listed(content, "says")))
            if triples:  # else one is named that stands elsewhere
                yield self._thing(_word(content, "graph"), "content"), triples

    def _reports(self) -> Iterator[Triple]:
        for report in self._listed(self.given, "reports"):
            publisher = _word(report, "publisher")
            outlet = self._thing(publisher) if publisher else None
            yield from report_of(self._thing(_word(report, "thing"), "report"), outlet)

    def _said(self, things: Iterable[Given]) -> Iterator[Triple]:
        for told in things:
            subject = self._thing(_word(told, "thing"))
            if kind := _word(told, "kind"):
                yield Triple(subject, RDF.type, self._kind(kind))
            rows = told.get("rows") or []
            if not isinstance(rows, list) or len(rows) > _MOST:
                raise UsageError("rows is no list of a few rows")
            for row in rows:
                if not (isinstance(row, list) and len(row) == 2 and isinstance(row[1], str)):
                    raise UsageError("a row is a property and its value")
                if row[1].strip():
                    yield self._fact(subject, str(row[0]), row[1].strip())

    def _fact(self, subject: NamedNode, name: str, value: str) -> Triple:
        prop = self.node(name)
        if prop not in self.repertoire.properties:
            raise UsageError(f"{name!r:.60} is nothing that a claim says")
        ontology = self.repertoire.workspace.ontology
        if prop in ontology.object_properties:
            return Triple(subject, prop, self.node(value))
        try:
            return Triple(subject, prop, literal(ontology, prop, value))
        except UsageError as error:
            raise UsageError(f"{ontology.label(prop)}: {error}") from None

    def _kind(self, name: str) -> NamedNode:
        kind = self.node(name)
        if kind not in self.repertoire.kinds:
            raise UsageError(f"{name!r:.60} is no kind of thing that a claim may tell of")
        return kind

    def _thing(self, name: str, kind: str = "") -> NamedNode:
        """A thing that a claim may tell of, of a kind if one is given."""
        prefix, _, slug = name.partition(":")
        kinds = {kind} if kind else self.repertoire.workspace.ontology.kinds.keys() - _NO_THINGS
        if prefix not in kinds or not SLUG.fullmatch(slug) or len(slug) > _LONGEST:
            raise UsageError(
                f"{name!r:.80} names no thing: choose one of the list, or a new one with a short "
                "name of lower-case letters, digits and hyphens"
            )
        return self.node(name)

    def node(self, name: str) -> NamedNode:
        """The IRI of a prefixed name; UsageError where it is none."""
        node = expand(name, self.repertoire.workspace.prefixes)
        if node is None:
            raise UsageError(
                f"{name!r:.80} is no thing yet: choose it from the list or make it new"
            )
        return node


def _word(given: Given, name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise UsageError(f"{name} is no text")
    if not _HELD.fullmatch(value):
        raise UsageError(f"{name} holds a character that no file can hold")
    return value


def filled_in(proposal: Proposal, repertoire: Repertoire) -> dict[str, Any] | None:
    """The form that would make a proposal, and the things in it; None where a form cannot hold it.

    What stands in it are names as authors write them; ``things`` are the nodes themselves.
    """
    short, things = repertoire.short, dict[NamedNode, None]()

    def said(triples: Iterable[Triple]) -> list[dict[str, Any]]:
        table: dict[str, dict[str, Any]] = {}
        for triple in triples:
            nodes = [n for n in (triple.subject, triple.object) if isinstance(n, NamedNode)]
            things.update(dict.fromkeys(nodes))
            thing = short(nodes[0])
            row = table.setdefault(thing, {"thing": thing, "kind": "", "rows": []})
            value = short(nodes[1]) if len(nodes) > 1 else getattr(triple.object, "value", "")
            if triple.predicate == RDF.type and not row["kind"]:
                row["kind"] = value
            else:
                row["rows"].append([short(triple.predicate), value])
        return list(table.values())

    form: dict[str, Any] = {
        "quote": proposal.quote,
        "says": said(proposal.triples),
        "contents": [{"graph": short(name), "says": said(t)} for name, t in proposal.contents],
        "voice": "" if proposal.according_to is None else short(proposal.according_to),
        "context": proposal.attribution == "fromContext",
        "basis": f"leg:{proposal.basis}" if proposal.basis else "",
        "leansOn": [short(claim) for claim in proposal.leans_on],
        "conflictsWith": [short(claim) for claim in proposal.conflicts_with],
        "note": proposal.note,
    }
    try:
        again = Form(form, repertoire, proposal.quote).proposal()
    except UsageError:
        return None
    is_held = set(again.said) == set(proposal.said)
    return {**form, "things": list(things)} if is_held else None

"""What an article names as a table: shown, filled in by a person, and read back.

Invariant: a table that is read back gives entries for all its rows or for none; each fault is told
by row and column.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.declarations import SLUG
from legation.desk.draft.cast import Named
from legation.desk.tabular import read_table
from legation.errors import CheckFailed
from legation.graph.article import Article
from legation.graph.labelling import UNNAMED
from legation.graph.record import Record
from legation.graph.spelling import key, slugged
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import DCTERMS, LEG, RDF, RDFS, SKOS, compact, expand, local_name
from legation.text.display import Shown, Table
from legation.text.safe import on_a_line

COLUMNS = tuple(
    "take kind slug label language aliases of source title office tenure spellings passage known "
    "near note".split()
)
"""Under ``take`` a person writes ``new``, or the name of the known thing that is meant."""

_NEEDED = ("take", "kind", "slug", "label", "language", "aliases")
_SHOWN = ("kind", "label", "title", "spellings", "what it is")
_BETWEEN = " | "
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_AROUND = 40


def rows(
    named: Sequence[Named], article: Article, prefixes: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """A row for each thing that an article names, by column."""
    short, text = dict(prefixes), article.text or ""
    names = {one: one.name(short) for one in named}
    for one in named:
        near = (f"{compact(g.iri, short)} {g.label} ({g.why or 'same name'})" for g in one.near[:5])
        start, end = max(0, one.first.start - _AROUND), one.first.end + _AROUND
        is_office = one.kind == "office" and one.iri is None
        owners = [n for n in named if n.kind in ("state", "body", "name")] if is_office else []
        of = [n.label if n.kind == "name" else names[n] for n in owners if one.is_of(n)]
        yield {
            "take": "",
            "kind": f"{one.kind}?" if one.is_guessed else one.kind,
            "slug": one.slug if one.iri is None else "",
            "label": one.label,
            "language": one.language,
            "aliases": _BETWEEN.join(one.aliases if one.iri is None else ()),
            "of": of[-1] if of else "",
            "source": f"{article.slug}: “{one.spellings[0][0]}”" if is_office else "",
            "title": one.title,
            "office": one.office,
            "tenure": one.tenure,
            "spellings": _BETWEEN.join(f"{words} ×{times}" for words, times in one.spellings),
            "passage": on_a_line(text[start:end]),
            "known": "" if one.iri is None else names[one],
            "near": _BETWEEN.join(near),
            "note": one.note,
        }


def as_table(found: Iterable[Mapping[str, str]]) -> Table:
    """The rows for reading at a prompt."""
    lines = []
    for row in found:
        what = row["known"] or row["near"] or row["note"]
        lines.append(tuple(map(Shown, (*(row[column] for column in _SHOWN[:-1]), what))))
    return Table("", _SHOWN, tuple(lines))


def as_json(one: Named, row: Mapping[str, str]) -> dict[str, object]:
    """A thing as plain values; offsets in code points."""
    return {
        **{column: cell for column, cell in row.items() if column != "take"},
        "kind": one.kind,
        "aliases": list(one.aliases),
        "spellings": dict(one.spellings),
        "near": [
            {"iri": g.iri.value, "label": g.label, "score": g.score, "why": g.why} for g in one.near
        ],
        "at": [[m.span.start, m.span.end] for m in one.mentions],
    }


def entries_in(path: Path, workspace: Workspace, record: Record) -> list[Triple]:
    """What the rows of a filled-in table add to the registry.

    Raises InputError where it is no such table, and CheckFailed, with every fault, where a row
    cannot be taken.
    """
    sheet = _Sheet(workspace, record, path)
    table = {
        row.number: {column: row.cells.get(column, "").strip() for column in COLUMNS}
        for row in read_table(path, _NEEDED)
    }
    for cells in table.values():
        cells["slug"] = cells["slug"] or slugged(cells["label"])
    for cells in table.values():
        sheet.expect(cells)
    triples = [t for number, cells in table.items() for t in sheet.taken(number, cells)]
    if sheet.faults:
        listed = "\n  ".join(sheet.faults)
        raise CheckFailed(f"nothing was written: {path} cannot be taken\n  {listed}", sheet.faults)
    return triples


class _Sheet:
    """Takes the rows of one table, and keeps what is wrong with them."""

    def __init__(self, workspace: Workspace, record: Record, path: Path) -> None:
        self.workspace = workspace
        self.path = path
        self.faults: list[str] = []
        self._names = {
            (q.quad.subject, key(q.quad.object.value))
            for q in record.quads("registry")
            if isinstance(q.quad.object, Literal)
        }
        self._here = {q.quad.subject for q in record.quads("registry")}
        self._coming: set[NamedNode] = set()
        self._rows: dict[NamedNode, int] = {}

    def expect(self, row: Mapping[str, str]) -> None:
        """Let the offices of other rows be of what a row brings, by its name."""
        if row["take"].lower() == "new" and row["kind"] in ("state", "body"):
            thing = NamedNode(f"{self.workspace.prefixes[row['kind']]}{row['slug']}")
            self._coming.add(thing)
            self._names.add((thing, key(row["label"])))

    def taken(self, number: int, row: Mapping[str, str]) -> list[Triple]:
        """The triples of a row; none where it is not taken or not right."""
        if not row["take"]:
            return []
        before = len(self.faults)
        label, *aliases = self._literals(number, row)
        if row["take"].lower() != "new":
            return self._same(number, row["take"], [label, *aliases])
        kind, cls = self._class(number, row["kind"])
        if SLUG.fullmatch(row["slug"]) is None:
            self._fault(number, "slug", "write lower-case letters, digits and hyphens")
        if not kind or len(self.faults) > before:
            return []
        thing = NamedNode(f"{self.workspace.prefixes[kind]}{row['slug']}")
        if thing in self._here:
            name = compact(thing, self.workspace.prefixes)
            self._fault(number, "slug", f"{name} is known: write it under take, or another slug")
        elif (other := self._rows.setdefault(thing, number)) != number:
            self._fault(number, "slug", f"row {other} has it, too: choose another")
        named = [Triple(thing, SKOS.altLabel, alias) for alias in aliases]
        first = [Triple(thing, RDFS.label, label)]
        if cls in self.workspace.ontology.marked(LEG.registered):
            first.insert(0, Triple(thing, RDF.type, cls))  # else the claim that tells of it says so
        return [*first, *named, *(self._office(number, row, thing) if kind == "office" else ())]

    def _office(self, number: int, row: Mapping[str, str], thing: NamedNode) -> list[Triple]:
        """Whose office it is, and what says so."""
        whose = self._owner(row["of"])
        if whose is None:
            why = "an office is of a state or body: give its name, or state:x"
            self._fault(number, "of", why)
            return []
        source = Literal(row["source"] or self.path.name, language="en")
        return [Triple(thing, LEG.officeOf, whose), Triple(thing, DCTERMS.source, source)]

    def _owner(self, word: str) -> NamedNode | None:
        """A state or body by IRI, or by a name that no other has."""
        prefixes = self.workspace.prefixes
        if ":" in word:
            thing = expand(word, prefixes)
            if thing is None or thing in self._here or thing in self._coming:
                return thing
            # What it names may have been called of another kind meanwhile, in its own row.
            same = [one for one in self._coming if local_name(one) == local_name(thing)]
            return same[0] if len(same) == 1 else None
        bases = tuple(prefixes[kind] for kind in ("state", "body"))
        called = {thing for thing, name in self._names if name and name == key(word)}
        found = [t for t in called if isinstance(t, NamedNode) and t.value.startswith(bases)]
        return found[0] if len(found) == 1 else None

    def _fault(self, number: int, column: str, message: str) -> None:
        self.faults.append(f"{self.path.name}: row {number}, column {column}: {message}")

    def _literals(self, number: int, row: Mapping[str, str]) -> Sequence[Literal]:
        """The label and the aliases, these with a language of their own where it stands there."""
        aliases = filter(None, (part.strip() for part in row["aliases"].split(_BETWEEN.strip())))
        found = [self._literal(number, "label", row["label"], row["language"])]
        for alias in aliases:
            words, at, tongue = alias.rpartition("@")
            spelt = (words, tongue) if at and words else (alias, row["language"])
            found.append(self._literal(number, "aliases", *spelt))
        return found

    def _literal(self, number: int, column: str, words: str, tongue: str) -> Literal:
        if not words or on_a_line(words) != words:
            self._fault(number, column, "write a name, without control characters")
        if _LANGUAGE.fullmatch(tongue) is None:
            where = "language" if column == "label" else column
            self._fault(number, where, f"{tongue!r} is no language tag such as en")
            return Literal(words)
        return Literal(words, language=tongue)

    def _class(self, number: int, word: str) -> tuple[str, NamedNode]:
        """The kind and class that a word names: ``person``, ``Ministry``, ``own:Party``."""
        ontology = self.workspace.ontology
        nameless = (*UNNAMED, *ontology.metadata, LEG.Agent)
        named = sorted(k for k, c in ontology.kinds.items() if c not in nameless)
        name = word if ":" in word else f"leg:{word[:1].upper()}{word[1:]}"
        labelled = (c for c in ontology.classes if key(ontology.label(c)) == key(word))
        cls = next(labelled, None) or expand(name, self.workspace.prefixes)
        if word.endswith("?"):
            why = f"{word[:-1]} is a guess: take the ? away, or write what it is"
        elif cls is not None and (kind := ontology.kind(cls)) in named:
            return kind, cls
        else:
            why = f"{word!r} is none of {', '.join(named)}, nor a class below one"
        self._fault(number, "kind", why)
        return "", LEG.Agent

    def _same(self, number: int, name: str, spellings: Sequence[Literal]) -> list[Triple]:
        thing = expand(name, self.workspace.prefixes) if ":" in name else None
        if thing not in self._here or not isinstance(thing, NamedNode):
            why = f"write new, or a known thing such as person:jo; not {name!r}"
            self._fault(number, "take", why)
            return []
        new = {key(s.value): s for s in spellings if (thing, key(s.value)) not in self._names}
        return [Triple(thing, SKOS.altLabel, spelling) for spelling in new.values()]

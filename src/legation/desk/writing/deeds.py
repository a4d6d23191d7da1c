"""What can be asked of the desk, and done on it: each deed by its name.

Invariant: a deed turns the bytes of a file that somebody had seen into others, all at once or not
at all, by the same functions as the commands; nothing here knows of HTTP or of pages' scripts.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.archive import Particulars, add
from legation.desk.draft import pen
from legation.desk.draft.blocks import without_blocks
from legation.desk.draft.proposal import proposal_of
from legation.desk.writing.blotter import Blotter
from legation.desk.writing.enrolment import enrolled, headed
from legation.desk.writing.form import Form, Given, filled_in
from legation.desk.writing.lectern import Ghost, Lectern, opened, shares
from legation.desk.writing.lexicon import Lexicon
from legation.errors import UnknownName, UsageError
from legation.files.folder import scratch
from legation.files.journal import Change
from legation.graph.article import Article
from legation.graph.spelling import key
from legation.graph.workspace import Workspace
from legation.graph.workspace import read as read_workspace
from legation.pages import render
from legation.rdf.vocabulary import DCTERMS, EDTF, LEG, expand, local_name
from legation.text.dates import bounds, is_edtf
from legation.text.spans import Span, occurrences

_MOST_FOUND = 12
_FIELDS = {"title": DCTERMS.title, "publisher": DCTERMS.publisher, "language": DCTERMS.language,
           "published": LEG.published}


class Bench:
    """A workspace that somebody works on; it is read anew whenever a file of it has changed."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._blotter = Blotter(workspace.root)
        self._laid: dict[str, tuple[object, Lectern]] = {}
        self._lock = threading.Lock()

    @cached_property
    def lexicon(self) -> Lexicon:
        """What its forms offer."""
        return Lexicon(self.workspace)

    def lectern(self, slug: str) -> Lectern:
        """An article as it is now."""
        with self._lock:
            stamp = self._stamp()
            if self._laid.get(slug, ((), None))[0] != stamp:
                self._laid = {slug: (stamp, opened(self.workspace, slug))}
            return self._laid[slug][1]

    def _stamp(self) -> Sequence[object]:
        files = sorted(p for p in self.workspace.graph.rglob("*") if p.suffix in (".trig", ".ttl", ".txt"))
        return [(str(p), s.st_mtime_ns, s.st_size) for p in files for s in [p.stat()]]

    def shares(self) -> list[tuple[Article, dict[str, int]]]:
        """Each article with how much of it is accounted for."""
        return list(shares(read_workspace(self.workspace)))

    def archive(self, given: Given) -> str:
        """Add a text that somebody pasted; the slug of the article."""
        form = Form(given, self.lexicon, "")
        names = ("title", "published", "publisher", "language", "url", "slug")
        said = Particulars(*(form.word(name).strip() for name in names))
        name = f"{said.slug or 'pasted'}.txt"
        with scratch({name: form.word("text").encode("utf-8")}) as folder:
            return add(self.workspace, str(folder / name), said=said).slug

    def sheet(self, slug: str) -> dict[str, object]:
        """An article as the page shows it, and what the page must know to write in it."""
        lectern = self.lectern(slug)
        article, counts = lectern.article, lectern.counts
        return {
            "html": render("desk-sheet.html", lectern=lectern, leaf=lectern.leaf),
            "sha": lectern.sha,
            "undo": self._blotter.can_undo,
            "draft": article.is_draft,
            "counts": counts,
            "errors": lectern.report.count("error"),
            "claims": [[lectern.short(c.iri), c.quote] for c in lectern.leaf.dossier.claims],
            "header": {
                "title": article.title,
                "published": article.published,
                "language": article.language,
                "publisher": lectern.short(article.publisher) if article.publisher else "",
            },
        }

    def words(self, slug: str, start: int, end: int) -> dict[str, object]:
        """What stands in a passage: its words, and the names, days and voices found in them."""
        lectern = self.lectern(slug)
        text, span = lectern.leaf.dossier.text, Span(max(0, start), max(0, end))
        around = [s for s in lectern.reading.sentences if s.span.overlaps(span)]
        held = {m.text: m for s in around for m in s.mentions if m.span.overlaps(span)}
        return {
            "quote": span.of(text),
            "times": len(occurrences(text, span.of(text))),
            "names": [
                {"text": m.text, "kind": m.kind, "why": m.note, "things": [
                    self._told(lectern, iri)
                    for iri in ([m.iri] if m.iri else [g.iri for g in m.candidates[:3]])]}
                for m in held.values()
            ],
            "dates": [
                {"text": d.text, "edtf": d.edtf or "", "why": d.reasoning}
                for s in around for d in s.dates if d.span.overlaps(span)
            ],
            "voices": [
                {"text": a.text, "kind": a.kind, "source": a.source.text if a.source else "",
                 "thing": self._told(lectern, a.source.iri) if a.source and a.source.iri else None}
                for s in around for a in s.attributions if a.span.overlaps(span)
            ],
        }

    def date(self, text: str) -> dict[str, str]:
        """The days that an EDTF date may mean; UsageError where it is none."""
        if not is_edtf(text):
            raise UsageError(f"{text!r:.40} is not EDTF: 2031-05-02, 2031-05, 2031, 2031-05-02/.., 203X, 2031-05-02~")
        found = bounds(text)
        days = (found.earliest, found.latest)
        first, last = (f"{d:%A} {d.day} {d:%B} {d.year}" if d else "open" for d in days)
        return {"means": first if first == last else f"{first} to {last}"}

    def things(self, slug: str, typed: str, kinds: Sequence[str]) -> list[dict[str, str]]:
        """What a few letters may mean, of some kinds, the likeliest first."""
        lectern = self.lectern(slug)
        wanted, names = key(typed), lectern.case.names
        classes = {node for k in kinds if (node := expand(k, self.workspace.prefixes))}
        found: dict[NamedNode, None] = {}
        for spelling, thing in names.spellings:
            if wanted and any(word.startswith(wanted) for word in _tails(key(spelling))):
                found[thing] = None
        if wanted:
            found |= dict.fromkeys(c.iri for c in names.find(typed))
        for thing in lectern.told:  # what has no name of its own is found by what it is called
            if wanted in key(f"{lectern.leaf.cards.words.of(thing)} {local_name(thing)}"):
                found[thing] = None
        fitting = (t for t in found if not classes or self._is_any(lectern, t, classes))
        return [self._told(lectern, thing) for thing in fitting][:_MOST_FOUND]

    def _is_any(self, lectern: Lectern, thing: NamedNode, classes: set[NamedNode]) -> bool:
        types = lectern.case.types.get(thing, frozenset()) | lectern.case.names.types(thing)
        return not types or not types.isdisjoint(classes)

    def _told(self, lectern: Lectern, thing: NamedNode) -> dict[str, str]:
        words = lectern.leaf.cards.words
        return {"id": lectern.short(thing), "label": words.of(thing), "kind": words.kind(thing)}

    def form(self, slug: str, passage: str) -> dict[str, object]:
        """A claim or proposal as a form; UsageError where a form cannot hold it."""
        lectern = self.lectern(slug)
        claim = next((c for c in lectern.leaf.dossier.claims if c.iri.value == passage), None)
        ghost = next((g.claim for g in lectern.ghosts if g.key == passage), None)
        told = claim or ghost
        if told is None:
            raise UnknownName("this claim is not here any more")
        record = lectern.record_with(told)
        form = filled_in(proposal_of(told, record), self.lexicon)
        if form is None:
            place = f"{lectern.case.file(told.path)}:{told.line}"
            raise UsageError(f"this claim says more than the form can hold: edit it at {place}")
        return form

    def undo(self) -> None:
        """Put back what the last deed replaced."""
        self._blotter.undo()

    def do(self, slug: str, deed: str, given: Given) -> None:
        """Do something to an article; UsageError, and nothing has happened, where it cannot be."""
        if deed not in _DEEDS:
            raise UsageError(f"nobody can {deed!r:.20} here")
        lectern = self.lectern(slug)
        form = Form(given, self.lexicon, lectern.leaf.dossier.text)

        def edit(data: bytes) -> list[Change]:
            text = data.decode("utf-8")
            other = _DEEDS[deed](_Work(self, lectern, form), text)
            after = other if isinstance(other, bytes) else other.encode("utf-8")
            entries = enrolled(self.workspace, lectern.case.record, form.names())
            return [Change(lectern.article.path, data, after), *entries]

        self._blotter.write(lectern.article.path, form.word("sha"), edit)

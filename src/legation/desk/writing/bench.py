"""The bench that somebody works at: articles as they are now, what fits a word, and each deed done.

Invariant: what is shown is what stands in the files at that moment; what is done is done to the
bytes that were shown, or not at all.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import Any

from pyoxigraph import NamedNode

from legation.desk.archive import add
from legation.desk.draft.cast import posts
from legation.desk.draft.enrolment import enrolled
from legation.desk.draft.names import Mention
from legation.desk.draft.proposal import proposal_of
from legation.desk.progress import states, tally
from legation.desk.writing.blotter import Blotter
from legation.desk.writing.deeds import DEEDS, Deed
from legation.desk.writing.form import Form, Given, filled_in
from legation.desk.writing.lectern import Lectern, laid
from legation.desk.writing.repertoire import Repertoire
from legation.errors import UsageError
from legation.files.folder import scratch
from legation.files.journal import Change
from legation.graph.article import Article
from legation.graph.spelling import key
from legation.graph.workspace import Workspace
from legation.graph.workspace import read as read_workspace
from legation.pages import render
from legation.rdf.vocabulary import expand, local_name
from legation.text.dates import bounds, is_edtf
from legation.text.safe import visible
from legation.text.spans import Span

_MOST_FOUND = 12


class Bench:
    """A workspace on the desk; it is read anew whenever one of its files has changed."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._blotter = Blotter(workspace.root)
        self._laid: tuple[object, Lectern] | None = None
        self._lock = threading.Lock()

    @cached_property
    def repertoire(self) -> Repertoire:
        """What its forms offer."""
        return Repertoire(self.workspace)

    def lectern(self, slug: str) -> Lectern:
        """An article as it is now."""
        with self._lock:
            stamp = (slug, *self._stamps())
            if self._laid is None or self._laid[0] != stamp:
                self._laid = (stamp, laid(self.workspace, slug))
            return self._laid[1]

    def _stamps(self) -> Iterator[object]:
        for path in sorted(self.workspace.graph.rglob("*.*")):
            with suppress(FileNotFoundError):  # an editor's own, there for a moment
                state = path.stat()
                yield path, state.st_mtime_ns, state.st_size

    def shares(self) -> list[tuple[Article, dict[str, int]]]:
        """Each article with how many of its sentences are claimed, omitted and open."""
        record = read_workspace(self.workspace)
        return [(article, tally(states(article, record))) for article in record.articles]

    def archive(self, given: Given) -> str:
        """Add a text that somebody pasted; the slug of the article."""
        form = Form(given, self.repertoire, "")
        said = form.particulars()
        name = f"{said.slug or 'pasted'}.txt"
        with scratch({name: form.word("text").encode("utf-8", "replace")}) as folder:
            return add(self.workspace, str(folder / name), said=said).slug

    def sheet(self, slug: str) -> dict[str, object]:
        """An article as the page shows it, and what the page must know to write in it."""
        lectern = self.lectern(slug)
        article = lectern.article
        publisher = "" if article.publisher is None else lectern.case.short(article.publisher)
        claims = lectern.leaf.dossier.claims
        return {
            "html": render("desk-sheet.html", lectern=lectern, leaf=lectern.leaf),
            "sha": lectern.sha,
            "undo": self._blotter.can_undo(article.path),
            "draft": article.is_draft,
            "errors": len(lectern.errors),
            "counts": lectern.counts,
            "told": [lectern.case.short(thing) for thing in lectern.told],
            "claims": [[lectern.case.short(claim.iri), visible(claim.quote)] for claim in claims],
            "rivals": [[lectern.case.short(c.iri), visible(c.quote)] for c in lectern.rivals],
            "header": {
                "title": article.title,
                "published": article.published,
                "language": article.language,
                "publisher": publisher,
            },
        }

    def words(self, slug: str, start: int, end: int) -> dict[str, object]:
        """What stands in a passage: its words, and the names, days and voices found in them."""
        lectern = self.lectern(slug)
        text, span = lectern.leaf.dossier.text, Span(max(0, start), max(0, end))
        around = [s for s in lectern.reading.sentences if s.span.overlaps(span)]
        within = [m for s in around for m in s.mentions if m.span.overlaps(span)]
        days = [d for s in around for d in s.dates if d.span.overlaps(span)]
        called = posts(text, lectern.reading.mentions)
        mentions = {called.get(m.span, m.text): m for m in within}
        said = [a for s in around for a in s.attributions if a.span.overlaps(span)]
        return {
            "quote": span.of(text),
            "names": [
                {
                    "name": called.get(m.span) or " ".join(m.text.split()),
                    "kind": m.kind,
                    "is_new": "not in the registry" in m.note,
                    "things": self._meant(lectern, m),
                }
                for m in mentions.values()
                if m.kind != "dateline"
            ],
            "notes": [m.note for m in mentions.values() if m.kind == "dateline"],
            "dates": [{"text": d.text, "edtf": d.edtf or "", "why": d.reasoning} for d in days],
            "voices": [a.source.text for a in said if a.source is not None],
        }

    def _meant(self, lectern: Lectern, mention: Mention) -> list[dict[str, Any]]:
        found = [guess.iri for guess in mention.candidates[:3]]
        return [self._told(lectern, t) for t in ([mention.iri] if mention.iri else found)]

    def date(self, text: str) -> dict[str, str]:
        """The days that an EDTF date may mean, or what is wrong with one that is not yet one."""
        if not is_edtf(text):
            forms = "2031-05-02, 2031-05, 2031, 203X, 2031-05-02/.., 2031-05~"
            return {"wrong": f"{text!r:.40} is no date as EDTF writes it: {forms}"}
        found = bounds(text)
        days = (found.earliest, found.latest)
        first, last = (f"{d:%A} {d.day} {d:%B} {d.year}" if d else "open" for d in days)
        return {"means": first if first == last else f"{first} to {last}"}

    def things(self, slug: str, typed: str, kinds: Sequence[str]) -> list[dict[str, Any]]:
        """What a few letters may mean, of some kinds, the likeliest first."""
        lectern, wanted = self.lectern(slug), key(typed)
        classes = {node for kind in kinds if (node := expand(kind, self.workspace.prefixes))}
        fitting = (
            thing
            for thing in dict.fromkeys(_alike(lectern, typed, wanted) if wanted else ())
            if not classes or not classes.isdisjoint(lectern.types(thing) or classes)
        )
        return [self._told(lectern, thing) for thing in islice(fitting, _MOST_FOUND)]

    def _told(self, lectern: Lectern, thing: NamedNode) -> dict[str, Any]:
        words, types = lectern.leaf.cards.words, lectern.types(thing)
        told = {"label": visible(words.of(thing)), "kind": visible(words.kind(thing))}
        return {
            "id": lectern.case.short(thing),
            **told,
            "types": sorted(map(lectern.case.short, types)),
        }

    def form(self, slug: str, passage: str) -> dict[str, object]:
        """A claim or proposal as a form; UsageError where a form cannot hold it."""
        lectern = self.lectern(slug)
        claim = lectern.claim(passage)
        form = filled_in(proposal_of(claim, lectern.ghostly), self.repertoire)
        if form is None:
            place = f"{lectern.case.file(claim.path)}:{claim.line}"
            raise UsageError(f"this claim says what no form holds: edit it in {place}")
        things = [*form.pop("things"), *filter(None, [claim.according_to])]
        known = [self._told(lectern, thing) for thing in things]
        short, labels = lectern.case.short(claim.iri), {told["id"]: told["label"] for told in known}
        more = {"claim": passage, "short": short, "start": claim.start}
        return {**form, **more, "known": known, "labels": labels}

    def undo(self, slug: str) -> None:
        """Put back what the last deed done to an article replaced."""
        self._blotter.undo(self.lectern(slug).article.path)

    def do(self, slug: str, name: str, given: Given) -> None:
        """Do a deed; UsageError, and nothing has happened, where it cannot be done."""
        if name not in DEEDS:
            raise UsageError(f"nobody can {name!r:.20} here")
        lectern = self.lectern(slug)
        form = Form(given, self.repertoire, lectern.leaf.dossier.text)
        path, language = lectern.article.path, lectern.article.language or "en"
        source = lectern.article.title or slug

        def edit(data: bytes) -> list[Change]:
            other = DEEDS[name](Deed(lectern, form), data.decode("utf-8"))
            names = form.names(language, source)
            for triple in names:
                if lectern.case.record.where(triple.subject) is not None:
                    short = lectern.case.short(triple.subject)  # type: ignore[arg-type]
                    why = "choose it, or give another short name"
                    raise UsageError(f"{short} is there already: {why}")
            if name in ("accept", "claim"):
                new = {triple.subject for triple in names}
                more = lectern.newcomers(form.word("claim"))
                names += tuple(triple for triple in more if triple.subject not in new)
            gone = lectern.forsaken(other)
            entries = enrolled(self.workspace, names, gone, anew=True)
            return [Change(path, data, other.encode("utf-8")), *entries]

        self._blotter.write(path, form.word("sha"), edit)


def _alike(lectern: Lectern, typed: str, wanted: str) -> Iterator[NamedNode]:
    """The things with a name that begins so or has such words, then those that are called so."""
    names, words = lectern.case.names, lectern.leaf.cards.words
    for spelling, thing in names.spellings:
        if f" {wanted}" in f" {key(spelling)}":
            yield thing
    yield from (candidate.iri for candidate in names.find(typed))
    yield from (thing for spelling, thing in names.spellings if wanted in key(spelling))
    for thing in lectern.told:
        if wanted in key(f"{words.of(thing)} {local_name(thing)}"):
            yield thing

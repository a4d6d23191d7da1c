"""What can be done to an article on the desk, each deed by its name.

Invariant: a deed makes another text of a file's text by the same functions as the commands, and
touches nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from legation.desk.archive.header import refuse_odd
from legation.desk.draft import pen
from legation.desk.draft.acceptance import Accepted, accept, reject
from legation.desk.draft.blocks import without_blocks
from legation.desk.draft.manuscript import Manuscript
from legation.desk.draft.proposal import Proposal, admitted
from legation.desk.writing.form import Form
from legation.desk.writing.lectern import Lectern, laid
from legation.desk.writing.repertoire import Repertoire
from legation.errors import UsageError
from legation.files.journal import writing
from legation.graph.workspace import Workspace
from legation.rdf.layout import layout
from legation.rdf.vocabulary import DCTERMS, EDTF, LEG


@dataclass(frozen=True)
class Deed:
    """A deed: the article as it is shown, and what somebody filled in."""

    lectern: Lectern
    form: Form

    def claim(self, text: str) -> str:
        """Write a claim, in the place of an earlier one or of a proposal if it names one."""
        article, terms = self.lectern.article, self.lectern.workspace.ontology
        proposal, slug = admitted(self.form.proposal(), article, terms), article.slug
        prefixes, name = self.lectern.workspace.prefixes, self.form.word("claim")
        if not name:
            return pen.entered(text, slug, [proposal], prefixes).text
        if ":" in name:
            return pen.replaced(text, self.form.node(name), proposal, prefixes)
        # A proposal that is corrected stays marked as somebody's suggestion.
        claim = self.lectern.claim(name).iri
        return pen.replaced(self._settled(accept), claim, proposal, prefixes)

    def omit(self, text: str) -> str:
        """Write an omission."""
        quote, start = self.form.passage()
        reason = self.form.word("reason").removeprefix("leg:")
        if LEG.base + reason not in {v.value for v in self.form.repertoire.reasons}:
            raise UsageError("choose why the words carry no claim")
        prefixes, slug = self.lectern.workspace.prefixes, self.lectern.article.slug
        omission = Proposal(quote, (), start=start, reason=reason)
        return pen.entered(text, slug, [omission], prefixes).text

    def strike(self, text: str) -> str:
        """Take out a claim or omission."""
        return pen.struck(text, self.form.node(self.form.word("claim")))

    def accept(self, _: str) -> str:
        """Make a proposal a claim or an omission."""
        return self._settled(accept)

    def reject(self, _: str) -> str:
        """Take a proposal out for good."""
        return self._settled(reject)

    def _settled(self, settle: Callable[..., Accepted]) -> str:
        # It reads the text anew, from the file in which nobody else writes now.
        slug, name = self.lectern.article.slug, self.form.word("claim")
        return settle(self.lectern.workspace, slug, [name], write=False).text

    def finish(self, text: str) -> str:
        """Call the article complete, sweep away the blocks of its draft and lay the file out."""
        if self.lectern.counts["open"]:
            raise UsageError("a sentence is still open: claim it, or omit it with its reason")
        if errors := self.lectern.errors:
            one = self.lectern.told_of(errors[0])
            where = f" (“{one.quote:.60}”)" if one.quote else ""
            raise UsageError(f"errors are left, {len(errors)} in all; first: {one.message}{where}")
        return layout(self._headed(without_blocks(text), {LEG.status: LEG.complete}))

    def reopen(self, text: str) -> str:
        """Call the article a draft again."""
        return self._headed(text, {LEG.status: LEG.draft})

    def head(self, text: str) -> str:
        """Say in the header what the article is: title, publisher, day and language."""
        form, said = self.form, dict[NamedNode, Literal | NamedNode]()
        given = form.particulars()
        refuse_odd(given)
        language = given.language.lower()
        if given.title:
            said[DCTERMS.title] = Literal(given.title, language=language or None)
        if language:
            said[DCTERMS.language] = Literal(language)
        if given.publisher:
            said[DCTERMS.publisher] = form.node(given.publisher)
        if given.published:
            said[LEG.published] = Literal(given.published, datatype=EDTF)
        return self._headed(text, said)

    def _headed(self, text: str, said: dict[NamedNode, Literal | NamedNode]) -> str:
        """The text of the file with these values of these properties in its header."""
        sheet = Manuscript.of(text, self.lectern.workspace.prefixes)
        header, patch = sheet.drawn.about(self.lectern.article.iri.value), sheet.rewrite.patch
        if not header:
            raise UsageError("the file has no header: 'legation add' writes one")
        for prop, value in said.items():
            verb, told = sheet.rewrite.term(prop), sheet.rewrite.term(value)
            present = next((s for s in header if s.predicate == prop.value), None)
            if present is not None:
                patch.replace(present.values[0], told)
            else:
                patch.add_property(header[-1].values[-1].last, f"{verb} {told}", header[-1].verb)
        return patch.text()


def finished(workspace: Workspace, slug: str) -> None:
    """Call an article complete in its file; UsageError where it is not."""
    with writing(workspace.root):
        file = pen.opened(workspace, slug)
        deed = Deed(laid(workspace, slug), Form({}, Repertoire(workspace), ""))
        pen.lodged(workspace, file, deed.finish(file.text))


DEEDS: dict[str, Callable[[Deed, str], str]] = {
    name: getattr(Deed, name)
    for name in "claim omit strike accept reject finish reopen head".split()
}
"""What can be done, by name."""

"""The case before the judges: everything that was read and built, and where each part stands.

Invariant: a judge never reads a file on its own. It looks at the case, and says where a fault
is through `Case.finding`, so that every finding is placed by the same rule: on the line of the
value where there is one, else on the line of the subject's block.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from legation import trig
from legation.article import Article
from legation.build import Dataset
from legation.checks.finding import Finding, Rule, Severity
from legation.checks.scope import Scope
from legation.claim import Claim, Omission
from legation.ontology import Ontology
from legation.record import LocatedQuad, Record
from legation.registry import Names
from legation.vocabulary import LEG, RDF, compact
from legation.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, and the value on it if there is one."""

    path: Path
    line: int = 1
    value: object = None


@dataclass(frozen=True)
class Case:
    """What the judges look at.

    Attributes:
        workspace: Where everything is.
        record: What people wrote.
        dataset: What was built from it, drafts included.
        base: The folder that file names in findings are relative to.
        scope: What the findings are asked about; None for everything.
    """

    workspace: Workspace
    record: Record
    dataset: Dataset
    base: Path
    scope: Scope | None = None

    @cached_property
    def ontology(self) -> Ontology:
        """The terms, from the ontology files of the record."""
        return Ontology.of(q.quad.triple for q in self.record.quads("ontology"))

    @cached_property
    def names(self) -> Names:
        """Every name in the built graph."""
        return Names(self.dataset.default, self.ontology)

    @property
    def claims(self) -> Iterator[Claim]:
        """The claims that the check is asked about."""
        for claim in self.record.claims:
            if self.is_asked(claim.path, claim.iri):
                yield claim

    @property
    def omissions(self) -> Iterator[Omission]:
        """The omissions that the check is asked about."""
        for omission in self.record.omissions:
            if self.is_asked(omission.path, omission.iri):
                yield omission

    @property
    def passages(self) -> Iterator[Claim | Omission]:
        """The claims, then the omissions, that the check is asked about."""
        yield from self.claims
        yield from self.omissions

    @property
    def articles(self) -> Iterator[Article]:
        """The articles that the check is asked about."""
        for article in self.record.articles:
            if self.is_asked(article.path, article.iri):
                yield article

    def is_asked(self, path: Path, *things: object) -> bool:
        """Whether a finding would be asked about.

        Args:
            path: The file of the finding.
            things: The things concerned.

        Returns:
            True when the scope holds the file or one of the things, or there is no scope.
        """
        nodes = (thing.value for thing in things if isinstance(thing, NamedNode))
        return self.scope is None or self.scope.holds(path, nodes)

    @cached_property
    def spellings(self) -> dict[NamedNode, frozenset[str]]:
        """Every name of each thing: label, aliases, and names as articles write them."""
        found: dict[NamedNode, set[str]] = {}
        for spelling, thing in self.names.spellings:
            found.setdefault(thing, set()).add(spelling)
        for triple in self.dataset.default:
            value = triple.object
            if triple.predicate != LEG.nameAsWritten or not isinstance(value, Literal):
                continue
            if isinstance(triple.subject, NamedNode):
                found.setdefault(triple.subject, set()).add(value.value)
        return {thing: frozenset(names) for thing, names in found.items()}

    def article_of(self, claim: Claim | Omission) -> Article | None:
        """The article that a passage is quoted from.

        Args:
            claim: A claim or omission.

        Returns:
            The article, or None when the passage names none that is here.
        """
        return None if claim.article is None else self.record.articles_by_iri.get(claim.article)

    @cached_property
    def types(self) -> dict[NamedNode, frozenset[NamedNode]]:
        """Every class of each thing, inherited ones included."""
        found: dict[NamedNode, set[NamedNode]] = {}
        for triple in self.dataset.default:
            if triple.predicate == RDF.type and isinstance(triple.subject, NamedNode):
                kinds = found.setdefault(triple.subject, set())
                if isinstance(triple.object, NamedNode):
                    kinds.add(triple.object)
        return {thing: frozenset(kinds) for thing, kinds in found.items()}

    def short(self, node: NamedNode | str) -> str:
        """An IRI as its author would write it.

        Args:
            node: The IRI.

        Returns:
            The prefixed name, or the IRI in angle brackets.
        """
        return compact(node, self.workspace.prefixes)

    def of_claim(self, claim: Claim | Omission, predicate: NamedNode | None = None) -> Place:
        """Where a property of a passage stands.

        Args:
            claim: A claim or omission.
            predicate: The property; the block itself when left out.

        Returns:
            The place of its value, or of the claim's block when it has none.
        """
        for located in self.record.about(claim.iri):
            if located.path == claim.path and located.quad.predicate == predicate:
                return Place(located.path, located.line, located.quad.object)
        return Place(claim.path, claim.line)

    def of_triple(self, claim: Claim, triple: Triple) -> Place:
        """Where a claim says a triple.

        Args:
            claim: The claim.
            triple: One of its triples.

        Returns:
            The place of its object.
        """
        for located in self.record.about(triple.subject):
            if located.quad.graph_name == claim.iri and located.quad.triple == triple:
                return Place(located.path, located.line, triple.object)
        return Place(claim.path, claim.line)

    def of_thing(
        self, subject: object, predicate: NamedNode | None = None, value: object = None
    ) -> Place | None:
        """Where a triple of the merged graph was written.

        A role or class may be derived: then the narrower role or class that an author wrote
        counts.

        Args:
            subject: The thing.
            predicate: The property, or None for the thing's block.
            value: The object, or None for any.

        Returns:
            The place of the value; else of the property; else of the thing's declaration; None
            for a thing nobody wrote of.
        """
        quads = self._authored(subject)
        if predicate is not None:
            below = self.ontology.subproperties(predicate)
            said = [q for q in quads if q.quad.predicate in below]
            exact = [q for q in said if value is None or q.quad.object == value]
            if exact or (said and value is None):
                return _place((exact or said)[0], with_value=True)
        if not quads:
            return None
        typed = [q for q in quads if q.quad.predicate == RDF.type]
        return _place((typed or quads)[0], with_value=False)

    def _authored(self, subject: object) -> list[LocatedQuad]:
        """The quads of a subject, those of articles before those of other files."""
        quads = self.record.about(subject)
        articles = {article.path for article in self.record.articles}
        return sorted(quads, key=lambda q: q.path not in articles)

    def finding(
        self,
        rule: Rule,
        place: Place | None,
        message: str,
        *,
        about: NamedNode | Claim | Omission | None = None,
        quoting: Claim | None = None,
        also: Iterable[NamedNode] = (),
        suggestion: str = "",
        severity: Severity | None = None,
    ) -> Finding:
        """A fault at a place.

        Args:
            rule: The rule that is broken.
            place: Where; None when only the workspace as a whole is at fault.
            message: What is wrong and what to do, one sentence.
            about: The thing or passage at fault; a passage gives the finding its quote.
            quoting: The claim whose quote is shown where a thing is at fault.
            also: Other things concerned.
            suggestion: What was probably meant.
            severity: A severity other than the rule's own.

        Returns:
            The finding.
        """
        here = Place(self.workspace.graph) if place is None else place
        node = about.iri if isinstance(about, Claim | Omission) else about
        concerned = [*also, *([] if quoting is None else [quoting.iri])]
        passage = about if isinstance(about, Claim | Omission) else quoting
        return Finding(
            file=self.file(here.path),
            line=here.line,
            column=self._column(here),
            severity=severity or rule.severity,
            rule=rule.id,
            message=message,
            quote="" if passage is None else passage.quote,
            suggestion=suggestion,
            things=tuple(thing.value for thing in (node, *concerned) if thing is not None),
        )

    def file(self, path: Path) -> str:
        """The name of a file in findings.

        Args:
            path: The file.

        Returns:
            Its path relative to the base, with ``/``; the whole path when it lies elsewhere.
        """
        inside = path.is_relative_to(self.base)
        return (path.relative_to(self.base) if inside else path).as_posix()

    @cached_property
    def _texts(self) -> dict[Path, list[str]]:
        """The lines of files in which something was found, read when first needed."""
        return {}

    def _column(self, place: Place) -> int:
        if place.path not in self._texts:
            is_file = place.path.is_file()
            text = place.path.read_bytes().decode("utf-8", "replace") if is_file else ""
            self._texts[place.path] = text.split("\n")
        lines = self._texts[place.path]
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        indent = len(line) - len(line.lstrip())
        if place.value is None:
            return indent + 1
        at = line.find(trig.term(place.value, self.workspace.prefixes))
        return (at if at >= 0 else indent) + 1


def _place(located: LocatedQuad, *, with_value: bool) -> Place:
    return Place(located.path, located.line, located.quad.object if with_value else None)

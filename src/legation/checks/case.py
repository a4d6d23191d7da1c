"""The case before the judges: everything that was read and built, and where each part stands.

Invariant: a judge never reads a file on its own. It looks at the case, and says where a fault
is through `Case.finding`, so that every finding is placed by the same rule: on the line of the
value where there is one, else on the line of the subject's block.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.finding import Finding, Rule, Severity
from legation.checks.places import Place, Places
from legation.checks.scope import Scope
from legation.files.document import seen_from
from legation.graph.article import Article
from legation.graph.bundle import is_own
from legation.graph.claim import Claim, Omission
from legation.graph.dataset import Dataset, build, labels_of
from legation.graph.record import Record
from legation.graph.registry import Names
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.ontology import Ontology
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import ID, LEG, RDF, compact

_Asked = TypeVar("_Asked", Article, Claim, Claim | Omission)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Whatever stands in the registry and the articles, each once, whoever wrote it where."""

    subjects: frozenset[object]  # of triples
    properties: frozenset[NamedNode]
    classes: frozenset[object]
    values: frozenset[object]  # other than classes
    graphs: frozenset[object]


@dataclass(frozen=True)
class Case:
    """What the judges look at."""

    workspace: Workspace
    record: Record
    base: Path  # what file names in findings are relative to
    scope: Scope | None = None  # None asks about everything

    @cached_property
    def ontology(self) -> Ontology:
        """The terms, from the ontology files of the record."""
        return self.record.ontology

    @cached_property
    def dataset(self) -> Dataset:
        """The whole built graph, drafts included."""
        return build(self.record, self.workspace.rules, drafts=True)

    @cached_property
    def is_ours(self) -> bool:
        """Whether only Legation's own shapes and queries judge, and one can tell what they read."""
        shapes = filter(is_own, self.workspace.shape_files)  # a new workspace has one of comments
        is_silent = not any(trig.read(path).quads for path in shapes)
        return is_silent and not any(map(is_own, self.workspace.check_files))

    @cached_property
    def judged(self) -> Dataset:
        """As much of the built graph as judges look at; own shapes and queries may look at all."""
        if not self.is_ours or "dataset" in vars(self):
            return self.dataset
        return build(self.record, self.workspace.rules, drafts=True, for_answers=False)

    @cached_property
    def made_labels(self) -> frozenset[Triple]:
        """What the build calls things that nobody named; made only where that matters."""
        return frozenset(labels_of(self.judged, self.ontology))

    @cached_property
    def names(self) -> Names:
        """Every name in the whole built graph."""
        return Names(self.dataset.default, self.ontology)

    @cached_property
    def written_names(self) -> Names:
        """Every name that anybody wrote."""
        of = self.judged.by_property
        named = (t for kind in self.ontology.naming for t in of.get(kind, ()))
        return Names((*of.get(RDF.type, ()), *sorted(named, key=str)), self.ontology)

    @property
    def claims(self) -> Iterator[Claim]:
        """The claims that the check is asked about."""
        return self._asked(self.record.claims)

    @property
    def passages(self) -> Iterator[Claim | Omission]:
        """The claims, then the omissions, that the check is asked about."""
        return self._asked(self.record.passages)

    @property
    def articles(self) -> Iterator[Article]:
        """The articles that the check is asked about."""
        return self._asked(self.record.articles)

    def _asked(self, things: Iterable[_Asked]) -> Iterator[_Asked]:
        return (thing for thing in things if self.is_asked(thing.path, thing.iri))

    def is_asked(self, path: Path, *things: object) -> bool:
        """Whether a finding would be asked about."""
        if self.scope is None:
            return True
        return self.scope.holds(path, (t.value for t in things if isinstance(t, NamedNode)))

    @cached_property
    def spoken(self) -> Spoken:
        """What judges look at before they look for lines: most of it has no fault."""
        quads = [located.quad for located in self.record.quads("registry", "article")]
        return Spoken(
            frozenset(quad.subject for quad in quads),
            frozenset(quad.predicate for quad in quads),
            frozenset(quad.object for quad in quads if quad.predicate == RDF.type),
            frozenset(quad.object for quad in quads if quad.predicate != RDF.type),
            frozenset(quad.graph_name for quad in quads),
        )

    @cached_property
    def spellings(self) -> dict[NamedNode, frozenset[str]]:
        """Every name of each thing: label, aliases, and names as articles write them."""
        found: dict[NamedNode, set[str]] = {}
        for spelling, thing in self.written_names.spellings:
            found.setdefault(thing, set()).add(spelling)
        for triple in self.judged.by_property.get(LEG.nameAsWritten, ()):
            bearer, value = triple.subject, triple.object
            if isinstance(bearer, NamedNode) and isinstance(value, Literal):
                found.setdefault(bearer, set()).add(value.value)
        return {thing: frozenset(names) for thing, names in found.items()}

    def article_of(self, claim: Claim | Omission) -> Article | None:
        """The article that a passage is quoted from; None when it names none that is here."""
        return None if claim.article is None else self.record.articles_by_iri.get(claim.article)

    @cached_property
    def types(self) -> dict[NamedNode, frozenset[NamedNode]]:
        """Every class of each thing, inherited ones included."""
        found: dict[NamedNode, set[NamedNode]] = {}
        for triple in self.judged.by_property.get(RDF.type, ()):
            thing, kind = triple.subject, triple.object
            if isinstance(thing, NamedNode):
                found.setdefault(thing, set()).update([kind] if isinstance(kind, NamedNode) else [])
        return {thing: frozenset(kinds) for thing, kinds in found.items()}

    @cached_property
    def bases(self) -> tuple[str, str]:
        """What the IRIs of things begin with."""
        return ID, self.workspace.settings.get("base", ID)

    @cached_property
    def kind_form(self) -> re.Pattern[str]:
        """What an IRI of a thing looks like, its kind the only group."""
        bases, kinds = ("|".join(map(re.escape, w)) for w in (self.bases, self.ontology.kinds))
        return re.compile(f"(?:{bases})({kinds})/")

    def short(self, node: NamedNode | str) -> str:
        """An IRI as its author would write it."""
        return compact(node, self.workspace.prefixes)

    @cached_property
    def places(self) -> Places:
        """Where everything was written."""
        return Places(self.record, self.ontology)

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
        """A fault at a place; None where only the workspace as a whole is at fault."""
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

    def fault(
        self, rule: Rule, at: LocatedQuad, message: str, suggestion: str = "", *, of: object = None
    ) -> Finding:
        """A fault of a quad, at its value or another of its terms, that quotes its claim."""
        subject, place = at.quad.subject, Place(at.path, at.line, of or at.quad.object)
        about = subject if isinstance(subject, NamedNode) else None
        claim = self.claim_of(at.quad.graph_name)
        return self.finding(rule, place, message, about=about, quoting=claim, suggestion=suggestion)

    def claim_of(self, graph: object) -> Claim | None:
        """The claim whose triples a graph holds; None for another graph."""
        return self.record.claims_by_iri.get(graph) if isinstance(graph, NamedNode) else None

    def file(self, path: Path) -> str:
        """The name of a file in findings: from the base if it lies there, else the whole path."""
        return seen_from(self.base, path).as_posix()

    @cached_property
    def _texts(self) -> dict[Path, list[str]]:
        """The lines of files in which something was found, read when first needed."""
        return {}

    def _column(self, place: Place) -> int:
        if place.path not in self._texts:
            is_file = place.path.is_file()
            # Whatever the bytes: a finding about a file that is no text has a place, too.
            text = place.path.read_bytes().decode("utf-8", "replace") if is_file else ""
            self._texts[place.path] = text.split("\n")
        lines = self._texts[place.path]
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        indent = len(line) - len(line.lstrip())
        if place.value is None:
            return indent + 1
        at = line.find(trig.term(place.value, self.workspace.prefixes))
        return (at if at >= 0 else indent) + 1

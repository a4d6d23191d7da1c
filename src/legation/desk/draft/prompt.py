"""What a model or an assistant is told: the task, the terms, and an article with its names.

Invariant: the same workspace and article give the same text, and all of it is in the files; the
article's words stand in it as quoted strings, so that none of them can pass for an instruction.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from pyoxigraph import NamedNode

from legation.desk.draft.proposal import Assignment, Objection, Proposal
from legation.graph.workspace import Workspace
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, RDF, compact

SCHEMA: dict[str, object] = json.loads(
    files(__package__).joinpath("answer.schema.json").read_text("utf-8")
)
_MOST_OFFICES = 80


@dataclass(frozen=True, slots=True)
class Prompt:
    """The task, the same for all articles of a workspace, and the matter: one article."""

    task: str
    matter: str

    @property
    def text(self) -> str:
        """All of it, for an assistant that is asked by hand."""
        return f"{self.task}\n{self.matter}"


def prompt(given: Assignment, before: Iterable[Proposal] = ()) -> Prompt:
    """What to say to somebody who shall propose claims, beside those proposed before."""
    return Prompt(_task(given.workspace), "\n".join(_matter(given, before)))


def task_digest(workspace: Workspace) -> str:
    """By which what was made of a task can be told from what another task gave."""
    return hashlib.sha256(_task(workspace).encode("utf-8")).hexdigest()[:12]


def _task(workspace: Workspace) -> str:
    task = files(__package__).joinpath("task.md").read_text("utf-8")
    return "\n".join([task, *_terms(workspace.ontology, workspace), ""])


def complaint(refused: Iterable[Objection]) -> str:
    """What was wrong with some proposals, so that they can be put right."""
    lines = [f"- {r.label}: {r.why}: {json.dumps(r.quote)} {{ {r.says} }}" for r in refused]
    return (
        "\n## Put right\nYou proposed these, and they were turned down. Answer with JSON of the "
        "same form that has only them, corrected, under the same ids; leave out what the words do "
        "not bear out.\n" + "\n".join(lines) + "\n"
    )


def _terms(terms: Ontology, workspace: Workspace) -> Iterator[str]:
    def listed(nodes: Iterable[NamedNode | None]) -> str:
        return ", ".join(sorted(compact(n, workspace.prefixes) for n in nodes if n is not None))

    apart = terms.derived | terms.metadata
    acts: dict[object, list[NamedNode]] = {}
    for value in terms.values:
        for kind in terms.marks(value, LEG.actOf):
            acts.setdefault(kind, []).append(value)
    yield "## Classes"
    for kind in sorted(terms.classes - apart, key=str):
        above = listed(terms.most_specific(terms.superclasses(kind)))
        does = f" Its leg:act: {listed(acts[kind])}." if kind in acts else ""
        yield f"{listed([kind])}{f' < {above}' if above else ''}: {terms.definition(kind)}{does}"
    yield "\n## Properties (of what → to what)"
    for said in sorted((terms.object_properties | terms.datatype_properties) - apart, key=str):
        of, to = listed([terms.domain(said)]), listed([terms.range(said)])
        values = listed(terms.members(terms.range(said))) if said != LEG.act else ""
        one = f" One of {values}." if values else ""
        yield f"{listed([said])} ({of or '*'} → {to or '*'}): {terms.definition(said)}{one}"
    reasons = listed(terms.members(terms.range(LEG.reason)))
    yield f"\n## Reasons of omissions\n{reasons}, without the leg:"


def _matter(given: Assignment, before: Iterable[Proposal]) -> Iterator[str]:
    def short(node: NamedNode) -> str:
        return compact(node, given.workspace.prefixes)

    reading, record = given.reading, given.record
    article = reading.article
    yield "## Names of the registry that stand in the article"
    mentions = reading.mentions
    yield from dict.fromkeys(f"{m.text} = {short(m.iri)}" for m in mentions if m.iri is not None)
    unsure = {m.text: m.candidates[:5] for m in mentions if m.iri is None}
    for words, guesses in unsure.items():
        near = ", ".join(short(guess.iri) for guess in guesses) or "no name known"
        yield f"{words}: unsure ({near})"
    offices = {q.quad for q in record.quads("registry") if q.quad.object == LEG.Office}
    if len(offices) <= _MOST_OFFICES:
        yield from sorted(short(q.subject) for q in offices if isinstance(q.subject, NamedNode))
    yield "\n## Claims that there are already (lean on them, do not repeat them)"
    claims = [(short(c.iri), c.quote, c.triples) for c in record.claims if c.article == article.iri]
    claims += [(f"proposal:{p.label}", p.quote, p.triples) for p in before]
    for name, quote, triples in claims:
        types = [t for t in triples if t.predicate == RDF.type]
        told = "; ".join(f"{short(t.subject)} a {short(t.object)}" for t in types)  # type: ignore[arg-type]
        yield f"{name}: {json.dumps(quote, ensure_ascii=False)} {told}"
    published = article.published or "not said"
    by = "not said" if article.publisher is None else short(article.publisher)
    yield f"\n## The article\nPublished: {published}; by: {by}"
    for sentence in reading.sentences:
        yield f"{sentence.number}. {json.dumps(sentence.text, ensure_ascii=False)}"
        for found in sentence.dates:
            yield f"   ({found.text}: {found.edtf or 'open'}, {found.reasoning})"
    numbers = ", ".join(str(sentence.number) for sentence in given.wanted)
    yield f"\nAnnotate sentences {numbers}; the others are there to be understood."

"""Turtle and TriG that a person can read from the top.

Invariant: the whole first, then things in reading order (articles, agents, events, words, claims),
each kind under its heading, and the triples about triples last. The order is one of this file
alone: it changes no quad.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode, Triple

from legation.graph.exports.edition import PUBLISHING, READING, Edition
from legation.graph.reification import reified, stating
from legation.rdf import trig
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import LEG, PROV, compact

_SECTIONS = (
    "article report state body person anon office place series numbering artefact instrument "
    "event participation tenure statement plan content claim omission"
).split()
_WIDTH = 101


def turtle(edition: Edition) -> str:
    """The graph as one Turtle file in which provenance is not lost.

    The default graph, and for each distinct triple of the claims one ``rdf:Statement`` that was
    derived from each claim that says it. `claim_graphs_of` in `legation.graph.reification` rebuilds
    the claim graphs from it.
    """
    stated = stating(edition.dataset.quads).items()
    reifications = (fact for triple, graphs in stated for fact in reified(triple, graphs))
    return _whole(edition, _sections(edition, [*edition.dataset.default, *reifications]))


def trig_text(edition: Edition) -> str:
    """The graph as TriG: the materialised default graph, then the graphs in the order of texts."""
    parts = list(_sections(edition, edition.dataset.default))
    parts.append("# --- graphs: what each claim states, and each content has somebody say ---\n")
    for name, triples in _graphs(edition):
        lines = trig.blocks(triples, edition.prefixes).splitlines()
        inner = "".join(f"    {line}\n" if line else "\n" for line in lines)
        parts.append(f"{compact(name, edition.prefixes)} {{\n{inner}}}\n")
    return _whole(edition, parts)


def reifying(edition: Edition) -> str:
    """The graph as RDF 1.2 Turtle: each claim or content reifies the triples that it states."""
    reifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
    parts = list(_sections(edition, edition.dataset.default))
    parts.append("# --- what each claim states, and each content has somebody say ---\n")
    for name, triples in _graphs(edition):
        said = ",\n        ".join(sorted(_term(triple, edition) for triple in triples))
        subject, verb = (compact(iri, edition.prefixes) for iri in (name, reifies))
        parts.append(f"{subject} {verb} {said} .\n")
    return _whole(edition, parts)


def _graphs(edition: Edition) -> list[tuple[NamedNode, Sequence[Triple]]]:
    """The graphs of claims and contents, in the order of texts."""
    graphs = edition.dataset.claim_graphs.items()
    return sorted(graphs, key=lambda graph: _place(edition, graph[0]))


def _whole(edition: Edition, parts: Iterable[str]) -> str:
    """A file: what it is, the prefixes that its parts use, and these."""
    body = "\n".join(parts)
    return f"{_preface(edition)}\n{trig.declared(body, edition.prefixes)}{body}"


def _term(triple: Triple, edition: Edition) -> str:
    parts = (triple.subject, triple.predicate, triple.object)
    return f"<<( {' '.join(trig.term(part, edition.prefixes) for part in parts)} )>>"


def _preface(edition: Edition) -> str:
    """What the file is, for whoever opens it; the dataset says the same in triples."""
    release = edition.release
    facts = {"Version": release.version, "Data of": release.issued, "Licence": release.licence}
    said = ". ".join(f"{word} {value}" for word, value in facts.items() if value)
    lines = [
        release.title,
        *([said] if said else []),
        *textwrap.wrap(READING, _WIDTH, break_on_hyphens=False),
    ]
    return "".join(f"# {' '.join(line.split())}\n" for line in lines if line)


def _sections(edition: Edition, triples: Iterable[Triple]) -> Iterator[str]:
    by_subject: defaultdict[object, set[Triple]] = defaultdict(set)
    for triple in triples:
        by_subject[triple.subject].add(triple)
    whole = edition.release.iri
    if whole in by_subject:
        yield trig.blocks(by_subject.pop(whole), edition.prefixes)
    kinds = gathered((_section(edition, subject), subject) for subject in by_subject)
    for section in sorted(kinds):
        yield f"# --- {section[1]} ---\n"
        for subject in sorted(kinds[section], key=lambda thing: _place(edition, thing)):
            yield trig.blocks(by_subject[subject], edition.prefixes)


def _section(edition: Edition, subject: object) -> tuple[int, str]:
    iri = getattr(subject, "value", "")
    if iri.startswith(PUBLISHING["triple"]):
        return len(_SECTIONS) + 1, "triples: what is said of single triples, each an rdf:Statement"
    kind = compact(iri, edition.prefixes).partition(":")[0]
    kind = kind if kind in edition.ontology.kinds else "others"
    return (_SECTIONS.index(kind) if kind in _SECTIONS else len(_SECTIONS)), kind


def _place(edition: Edition, subject: object) -> tuple[str, int, str]:
    """Where a thing is read: passages by their place in the text, events by their days."""
    iri = getattr(subject, "value", "")
    if not isinstance(subject, NamedNode):
        return "", 0, iri
    source = edition.text(subject, PROV.wasQuotedFrom)
    start = edition.text(subject, LEG.charStart)
    carried = edition.text(subject, PROV.wasDerivedFrom)
    if carried and not source and not iri.startswith(PUBLISHING["triple"]):
        return (*_place(edition, NamedNode(carried))[:2], iri)
    day = edition.text(subject, LEG.earliest) or edition.text(subject, LEG.noLaterThan)
    is_triple = iri.startswith(PUBLISHING["triple"])
    return source or ("" if is_triple else day or "9999"), int(start or 0), iri

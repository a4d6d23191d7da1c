"""Whose report a sentence relays, and what of that is still to be settled.

Invariant: words that a sentence gives as somebody's report are never proposed as the article's
own. Where the source is not in the registry, an accepted claim is a finding until it is settled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Triple

from legation.desk.archive.intake import slugged
from legation.desk.draft.demonyms import modifies
from legation.desk.draft.mention import Attribution, Mention
from legation.desk.draft.proposal import Proposal
from legation.desk.draft.reading import Reading, Sentence
from legation.desk.draft.roles import hull
from legation.rdf.vocabulary import DCTERMS, LEG, RDF, compact

_SPEAKERS = ("person", "state")


@dataclass(frozen=True, slots=True)
class Relayed:
    """The report that a sentence relays.

    Attributes:
        attribution: The words that say so.
        report: The report's IRI.
        described: What the report is, when its publisher is named.
        remarks: What is still to be settled.
    """

    attribution: Attribution
    report: NamedNode
    described: tuple[Triple, ...] = ()
    remarks: tuple[str, ...] = ()


def voice(sentence: Sentence) -> Attribution | None:
    """The phrase that says who speaks.

    Args:
        sentence: The sentence.

    Returns:
        A verb of speaking, or "according to" with a known person or state behind it; None when
        there is neither.
    """
    spoken = (a for a in sentence.attributions if a.kind == "speech" or _is_speaker(a.source))
    return next(spoken, None)


def relayed(reading: Reading, sentence: Sentence, prefixes: Mapping[str, str]) -> Relayed | None:
    """The report that a sentence relays.

    Args:
        reading: The article.
        sentence: The sentence.
        prefixes: The workspace's prefixes, for the report's IRI.

    Returns:
        A report of a known body, else one that is to be settled; None when the sentence relays
        no report.
    """
    reports = [a for a in sentence.attributions if a.kind == "report" and not _is_speaker(a.source)]
    known = [a for a in reports if _is_known_body(a.source)]
    for attribution in (*known, *reports):
        source = attribution.source
        if source is None or modifies(reading.text, source):
            return _nameless(reading, sentence, attribution, prefixes)
        return _named(reading, attribution, source, prefixes)
    return None


def _is_speaker(source: Mention | None) -> bool:
    return source is not None and source.iri is not None and source.kind in _SPEAKERS


def _is_known_body(source: Mention | None) -> bool:
    return source is not None and source.iri is not None and source.kind == "body"


def sourced(made: Proposal, source: Relayed | None) -> Proposal:
    """A proposal that says whose report it is taken from.

    Args:
        made: The proposal.
        source: The report, if the sentence relays one.

    Returns:
        The proposal according to the report; reported, where it was asserted.
    """
    if source is None:
        return made
    attribution = source.attribution
    named = () if attribution.source is None else (attribution.source.span,)
    return replace(
        made,
        span=hull([made.span, attribution.span, *named]),
        modality="reported" if made.modality == "asserted" else made.modality,
        according_to=source.report,
        beside=(*made.beside, *source.described),
    )


def _named(
    reading: Reading, attribution: Attribution, source: Mention, prefixes: Mapping[str, str]
) -> Relayed:
    """The report of a body; of one that the registry lacks, under the IRI that it would have."""
    slug = slugged(source.text) or f"source-{source.span.start}"
    body = source.iri or NamedNode(f"{prefixes['body']}{slug}")
    name = body.value.rsplit("/", 1)[-1]
    report = NamedNode(f"{prefixes['report']}{reading.article.slug}-{name}")
    described = (
        Triple(report, RDF.type, LEG.Report),
        Triple(report, DCTERMS.publisher, body),
    )
    if source.iri is not None:
        return Relayed(attribution, report, described)
    remark = (
        f"source to settle: {source.text} ({source.note}): declare it as "
        f"{compact(body, dict(prefixes))} in graph/registry/, or put the body it is; the check "
        "asks for it. A person is the leg:speaker of a statement instead"
    )
    return Relayed(attribution, report, described, (remark,))


def _nameless(
    reading: Reading, sentence: Sentence, attribution: Attribution, prefixes: Mapping[str, str]
) -> Relayed:
    name = f"{reading.article.slug}-{sentence.number:02d}-source"
    report = NamedNode(f"{prefixes['report']}{name}")
    short = compact(report, dict(prefixes))
    remarks = (
        f"source to settle: {attribution.text!r} names none: put the report of another sentence "
        f"for {short}, or declare it; the check asks for it:",
        f"    {short} a leg:Report ; dcterms:publisher body:… .",
    )
    return Relayed(attribution, report, (), remarks)

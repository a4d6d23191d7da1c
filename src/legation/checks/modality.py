"""Does a claim's modality agree with what its triples say?

Invariant: what was said, foreseen, planned or denied never passes for fact: the modality and
the classes in the graph tell the reviewer the same, or there is a finding.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.claim import Claim
from legation.graph.manner import special_of
from legation.rdf.vocabulary import LEG, RDF, local_name

MISMATCH = Rule(
    "modality-mismatch",
    "error",
    "An opinion, prediction, plan or denial is claimed as such, and nothing else is.",
)
NO_REPORT = Rule(
    "reported-by-nobody", "error", "A claim that is reported names the report with accordingTo."
)
MIXED = Rule(
    "fact-beside-speech",
    "error",
    "A claim of an opinion, prediction or plan states no fact about an event.",
)

_PLAIN = frozenset({"asserted", "reported"})


def check(case: Case) -> Iterator[Finding]:
    """Hold each claim's modality against the classes of what it describes."""
    known = {node.value.rsplit("#", 1)[-1] for node in case.ontology.values}
    for claim in case.claims:
        if claim.modality not in known or not claim.triples or _has_unknown_class(case, claim):
            continue  # the shapes and the vocabulary say so
        if claim.modality == "reported" and claim.according_to is None:
            message = (
                "the claim is reported by nobody: name the report with leg:accordingTo, or leave "
                "leg:modality out"
            )
            place = case.places.of_claim(claim, LEG.modality)
            yield case.finding(NO_REPORT, place, message, about=claim)
        yield from _agreement(case, claim)


def _agreement(case: Case, claim: Claim) -> Iterator[Finding]:
    needed = special_of(claim, case.types, case.ontology)
    subjects = _subjects(claim)
    demanded = {case.ontology.modality(case.types.get(s, frozenset())) for s in subjects}
    aside = {local_name(modality) for modality in demanded if modality is not None}
    place = case.places.of_claim(claim, LEG.modality)
    events = [s for s in subjects if s not in needed and _is_event(case, s)]
    special = sorted(set(needed.values()))
    if len(special) > 1:
        message = f"the claim mixes {' and '.join(special)}: make one claim of each"
        yield case.finding(MIXED, place, message, about=claim)
    elif special and claim.modality != special[0]:
        message = (
            f"the claim is leg:{claim.modality} but describes what is {special[0]}: "
            "leave leg:modality out, for it follows, or change the class of what it describes"
        )
        yield case.finding(MISMATCH, place, message, about=claim, suggestion=f"leg:{special[0]}")
    elif special and events:
        message = (
            f"beside what is {claim.modality} the claim states a fact about "
            f"{case.short(events[0])}: move it into a claim of its own"
        )
        yield case.finding(MIXED, place, message, about=claim)
    elif claim.modality not in _PLAIN | aside:
        message = (
            f"the claim is leg:{claim.modality} but describes nothing of that sort: make it "
            "leg:asserted or leg:reported, or give what it describes the class that fits"
        )
        yield case.finding(MISMATCH, place, message, about=claim)


def _has_unknown_class(case: Case, claim: Claim) -> bool:
    classes = {t.object for t in claim.triples if t.predicate == RDF.type}
    return not classes <= case.ontology.classes


def _subjects(claim: Claim) -> list[NamedNode]:
    return sorted({t.subject for t in claim.triples if isinstance(t.subject, NamedNode)}, key=str)


def _is_event(case: Case, subject: NamedNode) -> bool:
    kinds = case.types.get(subject, frozenset())
    return LEG.Event in kinds and LEG.Statement not in kinds

"""Is the office that a claim gives somebody the one that its words speak of?

Invariant: a text may call an office in whatever words, so none is looked for letter by letter; but
words that share none with any name of the office, or name states and not the one whose office it
is, are shown to a person. A ``skos:editorialNote`` that names the office or its state explains.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.mentions import places, quotes, stems
from legation.rdf.vocabulary import LEG

OTHER_TITLE = Rule(
    "office-not-in-quote", "warning", "Who is given an office is given a word of its name."
)
OTHER_STATE = Rule(
    "office-of-another", "warning", "Words that name states name the one whose office it is."
)

_BELONGING = (LEG.accreditedTo, LEG.ofPolity, LEG.officeOf, LEG.subBodyOf)


def check(case: Case) -> Iterator[Finding]:
    """Hold the offices that claims give somebody against their words."""
    owners = _owners(case)
    polities = [t for t, kinds in case.types.items() if LEG.Polity in kinds]
    of_states = stems(name for state in polities for name in case.spellings.get(state, ()))
    for claim in case.claims:
        for triple in claim.triples if claim.quote and claim.basis != "supplied" else ():
            office = triple.object
            if triple.predicate != LEG.office or not isinstance(office, NamedNode):
                continue
            name, said = case.written_names.label(office), " | ".join(quotes(case, claim))
            title = stems(case.spellings.get(office, ())) - of_states
            if title and title.isdisjoint(stems((said, claim.note))):
                message = (
                    f"the words do not speak of the office {name}: give the one that they speak "
                    "of, make their name for it an alias, or explain in a skos:editorialNote"
                )
                place = case.places.of_triple(claim, triple)
                yield case.finding(OTHER_TITLE, place, message, about=claim, also=[office])
                continue
            own = _reached(office, owners)
            if not own or any(places(case, s, claim.quote) for s in own.intersection(polities)):
                continue
            named = [state for state in polities if places(case, state, claim.quote)]
            is_own = any(places(case, state, name) for state in named)
            if named and not is_own and not any(places(case, s, claim.note) for s in own):
                listed = ", ".join(sorted(case.written_names.label(state) for state in named))
                message = (
                    f"the words name {listed}, and {name} is no office of theirs: give the office "
                    "that they speak of, or explain in a skos:editorialNote"
                )
                place = case.places.of_triple(claim, triple)
                yield case.finding(OTHER_STATE, place, message, about=claim, also=[office])


def _owners(case: Case) -> dict[NamedNode, set[NamedNode]]:
    """What each office and body belongs to, by one step."""
    found: dict[NamedNode, set[NamedNode]] = {}
    for triple in (t for kind in _BELONGING for t in case.judged.by_property.get(kind, ())):
        one, other = triple.subject, triple.object
        if isinstance(one, NamedNode) and isinstance(other, NamedNode):
            found.setdefault(one, set()).add(other)
    return found


def _reached(office: NamedNode, owners: dict[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    """Everything that an office belongs to, however far."""
    found: set[NamedNode] = set()
    todo = [office]
    while todo:
        more = owners.get(todo.pop(), set()) - found
        found |= more
        todo += more
    return found

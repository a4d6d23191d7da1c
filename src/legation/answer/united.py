"""One row a thing: what sources give of it stands in one cell, be it true together or not.

Invariant: no value is chosen and none is lost. Rows become one only where they tell of the same
thing and differ in the values of a single-valued property, or in what goes with each of these, or
in a column that the question says takes all values together.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, groupby

from pyoxigraph import Literal, NamedNode, Triple

from legation.answer.cells import Manifold, Shows, terms_in
from legation.answer.evidence import Bindings, ask_about, bound, bound_parts
from legation.answer.question import ANYTHING, Pattern, Question
from legation.answer.source import Source
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG
from legation.store import Term

Lines = dict[tuple[Shows, ...], list[Bindings]]
"""The rows of an answer by what their cells stand for, with the solutions behind each."""

_VALUES = (NamedNode, Literal)

_PERSONS = f"SELECT ?thing WHERE {{{{ VALUES ?thing {{{{ {{things}} }}}} ?thing a {LEG.Person} }}}}"


@dataclass(frozen=True)
class _Told:
    """What the columns of a question hold, by the triples that it names as evidence."""

    question: Question
    ontology: Ontology

    @cached_property
    def patterns(self) -> list[list[Pattern]]:
        """For each column the patterns whose value it holds, where their property is no column."""
        columns = {f"?{name}" for name in self.question.columns}
        facts = [pattern for pattern in self.question.evidence if isinstance(pattern.object, str)]
        # A column that a query works out (the date of a statement, or of its occasion) is told by
        # whatever triple of the solution has its value.
        loose = [p for p in facts if p.object != ANYTHING and p.object not in columns]
        told = ([p for p in facts if p.object == f"?{name}"] for name in self.question.columns)
        return [[p for p in found or loose if p.predicate not in columns] for found in told]

    def is_single(self, place: int) -> bool:
        """Whether only one of the values in a column may be true of what it tells of."""
        return any(
            isinstance(p.predicate, str) or p.predicate in self.ontology.single_valued
            for p in self.patterns[place]
        )

    def fact(
        self, place: int, terms: Sequence[Shows], solutions: Iterable[Bindings]
    ) -> tuple[NamedNode, NamedNode] | None:
        """The thing to which a row gives one value, and the property; None of any other row."""
        shown = set(terms_in([terms[place]])) - {None}
        for solution in solutions:
            for pattern in self.patterns[place]:
                if pattern.object is None or bound(pattern.object, solution) not in shown:
                    continue
                subject, kind, _ = bound_parts(pattern, solution)
                is_single = kind in self.ontology.single_valued
                if is_single and isinstance(subject, NamedNode) and isinstance(kind, NamedNode):
                    return subject, kind
        return None

    def kinds(self, patterns: Iterable[Pattern], lines: Lines) -> set[Term | None]:
        """By which properties some patterns are met."""
        told = {pattern.predicate for pattern in patterns} - {None} if lines else set()
        terms = {kind for kind in told if not isinstance(kind, str) or kind == ANYTHING}
        names = {str(kind)[1:] for kind in told - terms}
        solutions = (one for found in lines.values() for one in found) if names else ()
        return terms | {solution.get(name) for solution in solutions for name in names} - {None}

    @property
    def roles(self) -> frozenset[NamedNode]:
        """The properties of those who take part."""
        return self.ontology.subproperties(LEG.participant)

    def beside(self, place: int, lines: Lines) -> Iterator[int]:
        """The columns that tell more of the same thing, but not who took part in it."""
        subjects = {pattern.subject for pattern in self.patterns[place]}
        for other in range(len(self.question.columns)):
            patterns = [p for p in self.patterns[other] if p.subject in subjects]
            kinds = self.kinds(patterns, lines)
            if other != place and kinds and not kinds & {ANYTHING, *self.roles}:
                yield other

    def who(self, lines: Lines) -> Iterator[int]:
        """The columns of those who take part in something."""
        for place, name in enumerate(self.question.columns):
            patterns = [p for p in self.question.evidence if p.object == f"?{name}"]
            kinds = self.kinds(patterns, lines)
            if kinds and kinds <= {ANYTHING, *self.roles}:
                yield place


def united(source: Source, question: Question, lines: Lines) -> Lines:
    """The rows of an answer, one for each thing; of those who take part, persons first."""
    told = _Told(question, source.ontology)
    opposed = {
        frozenset((one.triple, other.triple))
        for found in source.contradictions
        for one, other in found.sides
    }
    for place in filter(told.is_single, range(len(question.columns))):
        lines = _joined(told, opposed, lines, (place,))
        for other in told.beside(place, lines):
            lines = _joined(told, opposed, lines, (place, other))
    for name in question.together:
        lines = _gathered(opposed, lines, question.columns.index(name))
    who = list(told.who(lines))
    return _persons_first(source, told, lines, who[0]) if len(who) == 1 else lines


def _joined(
    told: _Told, opposed: Set[frozenset[Triple]], lines: Lines, apart: tuple[int, ...]
) -> Lines:
    """The rows that differ only in the values of one column, and in what goes with each, as one."""
    alike = gathered(
        (tuple(term for i, term in enumerate(terms) if i not in apart), terms) for terms in lines
    )
    some = {rest: group for rest, group in alike.items() if len(group) > 1}
    if not some:
        return lines
    facts = {
        terms: told.fact(apart[0], terms, lines[terms])
        for group in some.values()
        for terms in group
    }
    groups = gathered(
        (terms if facts[terms] is None else (facts[terms], rest), terms)
        for rest, group in some.items()
        for terms in group
    )
    joined: dict[tuple[Shows, ...], tuple[Shows, ...]] = {}
    for group in groups.values():
        values = {one[apart[0]] for one in group if not isinstance(one[apart[0]], Manifold)}
        fact = facts[group[0]]
        if fact is not None and len(group) == len(values) > 1:
            triples = [Triple(*fact, value) for value in values if isinstance(value, _VALUES)]
            are_opposed = any(frozenset(two) in opposed for two in combinations(triples, 2))
            joined |= dict.fromkeys(group, _together(group, apart, are_opposed=are_opposed))
    found: Lines = {}
    for terms, solutions in lines.items():
        found.setdefault(joined.get(terms, terms), []).extend(solutions)
    return found


def _together(
    group: Sequence[tuple[Shows, ...]], apart: tuple[int, ...], *, are_opposed: bool
) -> tuple[Shows, ...]:
    """Rows as one: in the columns in which they are apart, the values of all."""
    cells = list(group[0])
    for i in apart:
        values = tuple(one[i] for one in group)
        if len({*values}) > 1:
            cells[i] = Manifold(values, are_opposed and i == apart[0])
    return tuple(cells)


def _gathered(opposed: Set[frozenset[Triple]], lines: Lines, place: int) -> Lines:
    """The rows that differ in one column alone as one, with all its values in that cell."""
    groups = gathered(((terms[:place], terms[place + 1 :]), terms) for terms in lines)
    found: Lines = {}
    for group in groups.values():
        found_in = dict.fromkeys(t for t in terms_in(one[place] for one in group) if t is not None)
        solutions = [solution for terms in group for solution in lines[terms]]
        values = tuple(sorted(found_in, key=_is_unnamed))
        cell = _all_of(values, solutions, opposed) if len(values) > 1 else (*values, None)[0]
        whole = group[0] if len(group) == 1 else (*group[0][:place], cell, *group[0][place + 1 :])
        found[whole] = solutions
    return found


def _all_of(
    values: tuple[Term, ...], solutions: Iterable[Bindings], opposed: Set[frozenset[Triple]]
) -> Manifold:
    """Several values as one cell; those that contradict another stand after it, marked."""
    told = {term for solution in solutions for term in solution.values()}
    rivals = {
        frozenset(triple.object for triple in pair)
        for pair in opposed
        if all(triple.subject in told for triple in pair)
    }
    ordered: list[Term] = []
    against: list[int] = []
    for value in values:
        before = (i for i, other in enumerate(ordered) if frozenset((value, other)) in rivals)
        place = next(before, None)
        if place is None:
            ordered.append(value)
        else:
            against = [i + (i > place) for i in against] + [place + 1]
            ordered.insert(place + 1, value)
    return Manifold(tuple(ordered), are_opposed=False, are_all=True, against=tuple(against))


def _persons_first(source: Source, told: _Told, lines: Lines, place: int) -> Lines:
    """The same rows; in each run that differs only in who and how, named persons first."""
    found = ask_about(source.store, _PERSONS, terms_in(terms[place] for terms in lines))
    persons = {person for (person,) in found}
    columns = enumerate(told.question.columns)
    together = told.question.together
    roles = {place, *(i for i, name in columns if name in together or _is_role(told, name))}
    runs = groupby(lines, key=lambda terms: [t for i, t in enumerate(terms) if i not in roles])
    return {
        terms: lines[terms]
        for _, run in runs
        for terms in sorted(
            run, key=lambda terms: (terms[place] not in persons, _is_unnamed(terms[place]))
        )
    }


def _is_unnamed(term: Shows) -> bool:
    return isinstance(term, NamedNode) and "/anon/" in term.value


def _is_role(told: _Told, name: str) -> bool:
    return any(pattern.predicate == f"?{name}" for pattern in told.question.evidence)

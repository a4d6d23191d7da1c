"""From what somebody typed to the term a question is asked with.

Invariant: a value is either one known thing, date, number or term, or an error that lists the
nearest candidates. A name never silently finds nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, Triple

from legation.answer import sought
from legation.answer.cells import Entity
from legation.answer.question import Param, Question, Value
from legation.answer.source import Source
from legation.errors import AmbiguousName, UnknownName, UsageError
from legation.graph.registry import kind_of
from legation.rdf.vocabulary import XSD, compact, expand, local_name
from legation.text.dates import DateError, bounds

Given = str | int | date | Entity | NamedNode | Literal
"""What a caller may give as a parameter."""


def terms_of(
    source: Source, question: Question, given: Mapping[str, Given | None]
) -> dict[str, Value]:
    """The terms that a question is asked with; what is None counts as left out.

    UsageError where a period ends before it begins.
    """
    terms = {
        name: resolved(source, question.param(name), value)
        for name, value in given.items()
        if value is not None
    }
    first, last = terms.get("since"), terms.get("until")
    if first is not None and last is not None and first.value > last.value:
        raise UsageError(f"since {given['since']} is after until {given['until']}: turn them round")
    return terms


def resolved(source: Source, param: Param, given: Given) -> Value:
    """The term that a given value means; UsageError when it is not of the parameter's kind.

    UnknownName when nothing is called so, AmbiguousName when several things are; both list them.
    """
    kind = param.kinds[0]
    if kind == "date":
        return _date(param, str(given))
    if kind == "integer":
        return _integer(param, str(given))
    if kind == "flag":
        return _flag(param, str(given))
    if kind == "words":
        return Literal(" ".join(str(given).split()).casefold())
    if isinstance(given, Entity):
        given = NamedNode(given.iri)
    node = given if isinstance(given, NamedNode) else expand(str(given), source.prefixes)
    if kind in ("value", "class"):
        return _term(source, param, str(given), node)
    if node is not None:
        return _known(source, param, node)
    return _named(source, param, str(given))


_ANYTHING = Param("thing", ("Thing",), "any thing")


def thing_of(source: Source, given: str | NamedNode | Entity) -> NamedNode:
    """The one thing, of any kind, that a given value means; errors as of `resolved`."""
    value = resolved(source, _ANYTHING, given)
    if isinstance(value, NamedNode):
        return value
    raise UsageError(f"{given} is no thing")


def triple_of(
    source: Source,
    subject: str | NamedNode | Entity,
    predicate: str | NamedNode | Entity,
    value: str | NamedNode | Entity | Literal,
) -> Triple:
    """The triple that three given values mean; errors as of `resolved`."""
    text = predicate.iri if isinstance(predicate, Entity) else predicate
    verb = text if isinstance(text, NamedNode) else expand(text, source.prefixes)
    if verb is None:
        raise UsageError(f"a property is an IRI or a prefixed name, not {text!r}")
    meant = value if isinstance(value, Literal) else thing_of(source, value)
    return Triple(thing_of(source, subject), verb, meant)


def suggested(source: Source, param: Param, text: str) -> list[str]:
    """The labels that a parameter accepts and that begin so, sorted; none for a date or number."""
    if param.kinds[0] in ("date", "integer", "flag", "words"):
        return []
    if param.kinds[0] in ("value", "class"):
        ontology = source.ontology
        terms = ontology.classes if param.kinds[0] == "class" else ontology.values
        labels = {ontology.label(term) for term in terms}
    else:
        names, kinds = source.names, set(_kinds(source, param))
        bearers = {thing for _, thing in names.spellings}
        labels = {names.label(t) for t in bearers if None in kinds or kinds & names.types(t)}
    return sorted(label for label in labels if label.casefold().startswith(text.casefold()))


def _date(param: Param, text: str) -> Literal:
    try:
        span = bounds(text)
    except DateError as error:
        raise UsageError(f"{param.name}: {error}") from error
    # Of a whole year `since` takes the first day and `until` the last; elsewhere a day is a day.
    if param.name not in ("since", "until") and span.earliest != span.latest:
        year = f"; of a longer time ask since={text} until={text}" * (param.name == "on")
        raise UsageError(f"{param.name} takes one day, YYYY-MM-DD, not {text!r}{year}")
    day = span.latest if param.name == "until" else span.earliest
    if day is None:
        raise UsageError(f"{param.name}: {text!r} sets no limit on this side; give a day or year")
    return Literal(day.isoformat(), datatype=XSD.date)


def _integer(param: Param, text: str) -> Literal:
    # Eighteen characters: a whole number beyond 64 bits is none that a store can compare.
    if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 18):
        raise UsageError(f"{param.name} takes a whole number, not {text!r}")
    return Literal(str(int(text)), datatype=XSD.integer)


def _flag(param: Param, text: str) -> Literal:
    is_true = text.casefold() in ("yes", "true", "1")
    if not is_true and text.casefold() not in ("no", "false", "0"):
        raise UsageError(f"{param.name} takes yes or no, not {text!r}")
    return Literal(is_true)


def _term(source: Source, param: Param, text: str, node: NamedNode | None) -> NamedNode:
    """A class or named value of the ontology, by IRI, local name or label."""
    ontology = source.ontology
    terms = ontology.classes if param.kinds[0] == "class" else ontology.values
    if node in terms and node is not None:
        return node
    wanted = _plain(text)
    called = {t: (_plain(local_name(t)), _plain(ontology.label(t))) for t in terms}
    fitting = sorted((t for t, names in called.items() if wanted in names), key=str)
    if len(fitting) == 1:
        return fitting[0]
    near = get_close_matches(wanted, sorted({n for names in called.values() for n in names}))
    listed = sorted({ontology.label(t) for t, names in called.items() if set(names) & set(near)})
    if fitting:
        listed = [compact(term) for term in fitting]
        raise AmbiguousName(f"{param.name}={text!r} may mean {', '.join(listed)}", listed)
    hint = f"; did you mean {', '.join(listed)}?" if listed else ""
    raise UnknownName(f"{param.name}: the ontology has no {param.kinds[0]} {text!r}{hint}", listed)


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").casefold()


def _kinds(source: Source, param: Param) -> Iterable[NamedNode | None]:
    return (kind_of(kind, source.ontology) for kind in param.kinds)


def _known(source: Source, param: Param, node: NamedNode) -> NamedNode:
    """A thing given by its IRI: it must be in the graph and of the right kind."""
    types = source.types(node)
    if any(kind is None or kind in types for kind in _kinds(source, param)) and (
        types or source.mentions(node) or node in source.ontology.terms
    ):
        return node
    short = compact(node, source.prefixes)
    if types:
        what = " or ".join(param.kinds)
        raise UsageError(f"{param.name}={short} is no {what}: {source.described(node)}")
    near = source.names.find(local_name(node).replace("-", " "), most=5)
    listed = [compact(candidate.iri, source.prefixes) for candidate in near]
    choice = "\n  or ".join(f"{iri} ({c.label})" for iri, c in zip(listed, near, strict=True))
    hint = f"; did you mean {choice}?" if near else ""
    raise UnknownName(f"{param.name}: nothing here is called {short}{hint}", listed)


def _named(source: Source, param: Param, text: str) -> NamedNode:
    """A thing given by its name: of the first kind that has one called just so, else like so."""
    unknown: list[UnknownName] = []
    kinds = list(_kinds(source, param))
    called_so = [k for k in kinds if any(c.score == 100.0 for c in source.names.find(text, k))]
    for kind in called_so[:1] or kinds:
        try:
            return sought.resolve(source, text, kind)
        except AmbiguousName as error:
            raise AmbiguousName(f"{param.name}: {error}", error.candidates) from error
        except UnknownName as error:
            unknown.append(error)
    # Of several kinds the one that has most names like it knows best what was meant.
    best = max(unknown, key=lambda error: len(error.candidates))
    # A title that a text gives somebody in passing makes no office.
    titles = f"\n  'offices_of words={text}' looks among the titles that texts print"
    hint = titles if "Office" in param.kinds else ""
    raise UnknownName(f"{param.name}: {best}{hint}", best.candidates) from best

"""What authored data may hold: safe links, plain letters, one way to write each value.

Invariant: words copied from a text stay as they stand there; this is about what people write
themselves, and about the addresses that a reader of a page might follow.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple

from pyoxigraph import Literal, NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.places import Place
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import DCTERMS, LANG_STRING, LEG, RDFS, SKOS, XSD
from legation.text.letters import mixed, plain
from legation.text.safe import ACTING

LINK = Rule("link-unsafe", "error", "A link is an https address.")
UNSEEN = Rule(
    "characters-unseen",
    "error",
    "No name or note holds characters that nobody sees or that turn what is read around.",
)
NAMELESS = Rule(
    "name-empty",
    "error",
    "A name is a text with a letter, its language a tag such as en or zh-Hant.",
)
NOT_COMPOSED = Rule("label-not-composed", "error", "Names and titles are in Unicode's form NFC.")
MIXED = Rule("letters-mixed", "error", "A word of a name or IRI has letters of one script.")
MASKED = Rule(
    "name-masked", "error", "No two things have names that only their letters' scripts tell apart."
)
NOT_CANONICAL = Rule(
    "literal-not-canonical", "error", "A number or truth value is written in its canonical form."
)
REDECLARED = Rule(
    "prefix-redeclared", "error", "A file has no base, and declares a prefix once, as all files do."
)

_NAMING = frozenset({RDFS.label, SKOS.altLabel, DCTERMS.title})
_COPIED = frozenset({LEG.quote})  # beside the properties that the ontology marks as verbatim
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-|$)", re.I)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_CANONICAL = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]*"),
    XSD.boolean: re.compile(r"true|false"),
    XSD.decimal: re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9]|\.0)?"),
    XSD.date: re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"),
}


def check(case: Case) -> Iterator[Finding]:
    """Hold everything that people wrote against the profile."""
    told: set[object] = set()
    for located in case.record.quads("registry", "article"):
        if case.is_asked(located.path, located.quad.subject, located.quad.graph_name):
            yield from _link(case, located)
            yield from _slugs(case, located, told)
            yield from _name(case, located)
            if isinstance(located.quad.object, Literal):
                yield from _text(case, located, located.quad.object)
    yield from _masked(case)
    yield from _prefixes(case)


def _link(case: Case, located: LocatedQuad) -> Iterator[Finding]:
    node, predicate = located.quad.object, located.quad.predicate
    found = _SCHEME.match(node.value) if isinstance(node, NamedNode) else None
    scheme = "" if found is None else found[1].lower()
    is_followed = predicate in (DCTERMS.source, RDFS.seeAlso)
    if scheme in ("", "https", "urn") or (scheme == "http" and not is_followed):
        return
    remedy = "write its https address" if scheme == "http" else "give an https address"
    message = f"{str(node)[1:-1]!r:.80} begins with {scheme}:, which nobody is led to: {remedy}"
    yield case.fault(LINK, located, message)


def _slugs(case: Case, located: LocatedQuad, told: set[object]) -> Iterator[Finding]:
    """Letters that look alike in the IRI of a thing, told once in each file."""
    node = located.quad.subject
    if not isinstance(node, NamedNode) or node.value.isascii():
        return
    once = (located.path, node)
    if once in told or not mixed(node.value.rpartition("/")[2]):
        return
    told.add(once)
    message = f"{case.short(node)} has letters of two scripts that look alike: type it anew in one"
    yield case.fault(MIXED, located, message)


def _name(case: Case, located: LocatedQuad) -> Iterator[Finding]:
    value = located.quad.object
    if located.quad.predicate not in _NAMING:
        return
    is_text = isinstance(value, Literal) and value.datatype in (XSD.string, LANG_STRING)
    if not isinstance(value, Literal) or not is_text or not re.search(r"\w", value.value):
        message = f"{case.short(located.quad.predicate)} is no name: give a text with a letter"
        yield case.fault(NAMELESS, located, message)
    elif value.language is not None and not _LANGUAGE.match(value.language):
        message = f"there is no language {value.language!r}: give a tag such as en or zh-Hant"
        yield case.fault(NAMELESS, located, message)


def _text(case: Case, located: LocatedQuad, value: Literal) -> Iterator[Finding]:
    predicate, text = located.quad.predicate, value.value
    form = _CANONICAL.get(value.datatype)
    if form is not None:
        if not form.fullmatch(text):
            message = f"{text!r:.40} is not how this value is written in its canonical form"
            yield case.fault(NOT_CANONICAL, located, message, _canonical(text))
        return
    if text.isascii() and text.isprintable():
        return
    if predicate in _COPIED or predicate in case.ontology.verbatim:
        return
    if unseen := ACTING.search(text) or _INVISIBLE.search(text):
        message = (
            f"{case.short(predicate)} holds U+{ord(unseen[0]):04X}, which nobody sees: take it out"
        )
        yield case.fault(UNSEEN, located, message)
    if predicate not in _NAMING:
        return
    if not unicodedata.is_normalized("NFC", text):
        message = f"{case.short(predicate)} is not in Unicode's form NFC: type it anew, or save so"
        yield case.fault(NOT_COMPOSED, located, message, unicodedata.normalize("NFC", text))
    if words := mixed(text):
        message = f"{words!r} has letters of two scripts that look alike: type it in one"
        yield case.fault(MIXED, located, message)


def _canonical(text: str) -> str:
    """How a number or truth value ought to be written; empty where it is none."""
    word = text.strip().lower()
    if word in ("1", "0", "true", "false"):
        return {"1": "true", "0": "false"}.get(word, word)
    digits = re.fullmatch(r"([+-]?)0*(\d+(?:\.\d+)?)", word)
    return "" if digits is None else digits[1].replace("+", "") + digits[2]


def _masked(case: Case) -> Iterator[Finding]:
    """Names that would be one if letters that look alike were one."""
    bearers: dict[str, tuple[str, object]] = {}
    for located in case.record.quads("registry"):
        quad = located.quad
        if quad.predicate not in _NAMING or not isinstance(quad.object, Literal):
            continue
        name = quad.object.value
        form = plain(name).casefold()
        other, bearer = bearers.setdefault(form, (name, quad.subject))
        is_other = bearer != quad.subject and other.casefold() != name.casefold()
        if is_other and case.is_asked(located.path, quad.subject, bearer):
            message = (
                f"{name!r} looks like {other!r} and is written in other letters: name one thing, "
                "or give this one another name"
            )
            yield case.fault(MASKED, located, message)


def _prefixes(case: Case) -> Iterator[Finding]:
    expected = case.workspace.prefixes
    for file in case.record.files:
        if file.kind not in ("registry", "article") or not case.is_asked(file.path):
            continue
        declared: dict[str, str] = {}
        for name, iri, line in map(astuple, file.directives):
            message = ""
            if name is None:
                message = "a base changes what the names below it mean: write prefixed names"
            elif declared.setdefault(name, iri) != iri:
                message = f"the prefix {name}: is declared twice: keep one"
            elif expected.get(name, iri) != iri:
                message = f"the prefix {name}: stands for {expected[name]} everywhere else"
            if message:
                yield case.finding(REDECLARED, Place(file.path, line), message)

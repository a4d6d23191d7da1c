"""The header of a new article, as a person would write it.

Invariant: what is known is a triple, what is missing is a comment beginning ``##``, and a line
that is ready to be accepted begins with one ``#``. Accepting is removing that ``#``.
"""

import re

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.archive.described import Particulars, Taken, is_address
from legation.errors import UsageError
from legation.graph.record import Record, triples_of
from legation.graph.registry import Names
from legation.graph.spelling import key, slugged
from legation.graph.workspace import Workspace
from legation.rdf.trig import quoted, term
from legation.rdf.vocabulary import EDTF, LEG, RDF, RDFS
from legation.text.dates import is_edtf

_USED = ("article", "body", "claim", "dcterms", "edtf", "leg", "omission", "prov", "skos")
_LANGUAGE = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"


def refuse_odd(known: Particulars) -> None:
    """Raise UsageError where the date is not EDTF, the language no tag or the address none."""
    if known.published and not is_edtf(known.published):
        raise UsageError(
            f"{known.published!r} is not an EDTF date: write YYYY, YYYY-MM or YYYY-MM-DD"
        )
    if known.language and not re.fullmatch(_LANGUAGE, known.language):
        raise UsageError(f"{known.language!r} is not a language tag: write en, ko or zh-Hant")
    if known.url and not is_address(known.url):
        raise UsageError(f"{known.url!r} is not an http or https address")


def header(
    known: Particulars, text: Taken, workspace: Workspace, record: Record
) -> tuple[str, tuple[str, ...]]:
    """The file of a new article, and its remarks on what is missing; it refuses what is odd."""
    refuse_odd(known)
    names = Names(tuple(triples_of(record.quads("registry"))), workspace.ontology)
    rows, comments = _rows(known, text, names, workspace)
    prefixes = "".join(f"@prefix {p}: <{workspace.prefixes[p]}> .\n" for p in _USED)
    body = f"article:{known.slug} a leg:Article ;\n" + " ;\n".join(f"    {row}" for row in rows)
    remarks = "".join(f"## {line}\n" for line in (*text.notes, *comments))
    hint = f"## No claim yet: 'legation draft {known.slug}' shows what its sentences name.\n"
    head = f"## {_one_line(known.title) or known.slug}\n"
    return f"{head}{prefixes}\n{remarks}\n{body} .\n\n{hint}", comments


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _rows(
    known: Particulars, text: Taken, names: Names, workspace: Workspace
) -> tuple[list[str], tuple[str, ...]]:
    comments: list[str] = []
    language = known.language.lower()
    rows = []
    if known.title:
        title = Literal(known.title, language=language) if language else Literal(known.title)
        rows.append(f"dcterms:title {term(title)}")
    else:
        comments.append('no title is stated: write  dcterms:title "…" ;  from the text')
    rows.append(f"dcterms:identifier {quoted(text.identifier)}")
    if language:
        rows.append(f"dcterms:language {quoted(language)}")
    else:
        comments.append(
            'no language is stated, so it is read as English: write  dcterms:language "…" ;'
        )
    rows += _publisher(known.publisher, names, workspace, comments)
    if known.url:
        rows.append(f"dcterms:source {term(NamedNode(known.url))}")
    if known.published:
        rows.append(f"leg:published {term(Literal(known.published, datatype=EDTF))}")
    else:
        comments.append("no date of publication is stated: relative dates stay open")
    rows.append(f"leg:textSha256 {quoted(text.sha256)}")
    rows.append(f"leg:completeness leg:{'partial' if text.cut else 'complete'}")
    rows.append("leg:status leg:draft")
    form = "in Unicode NFC" if text.is_nfc else "not in Unicode NFC, kept as it came"
    cut = f" The text is cut: {_one_line(text.cut)!r}." if text.cut else ""
    note = f"The text is {form}.{cut}"
    rows.append(f"skos:editorialNote {quoted(note)}@en")
    return rows, tuple(comments)


def unheard(name: str, language: str, workspace: Workspace, record: Record) -> tuple[Triple, ...]:
    """The entry of a publisher whom somebody names, where no body is called like that."""
    names = Names(tuple(triples_of(record.quads("registry"))), workspace.ontology)
    body = NamedNode(f"{workspace.prefixes['body']}{slugged(name)}")
    if not slugged(name) or names.find(name, LEG.Body) or record.about(body):
        return ()
    label = Literal(_one_line(name), language=language.lower() or "en")
    return Triple(body, RDF.type, LEG.Body), Triple(body, RDFS.label, label)


def _publisher(name: str, names: Names, workspace: Workspace, comments: list[str]) -> list[str]:
    """The publisher's row, when exactly one outlet of the registry has that very name."""
    if not name:
        comments.append("no publisher is stated: the origin of its claims stays unknown")
        return []
    alike = names.find(name, LEG.Body)
    fitting = [c for c in alike if key(c.name) == key(name)]
    if len(fitting) == 1:
        return [f"dcterms:publisher {term(fitting[0].iri, workspace.prefixes)}"]
    near = ", ".join(f"{c.label} ({term(c.iri, workspace.prefixes)})" for c in alike[:3])
    hint = f"; near names: {near}" if near else ""
    comments.append(
        f"the publisher is stated as {_one_line(name)!r}, which names "
        f"{'several bodies' if fitting else 'no body'} of the registry{hint}: "
        "declare it there and write  dcterms:publisher body:… ;"
    )
    return []

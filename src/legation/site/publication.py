"""The whole site as files: every page, every form beside it, and what a browser needs.

Invariant: the same graph gives the same bytes; each file is a page by itself, and no link leads to
one that is not there. What was left out, for want of room or of a library, is told.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from pyoxigraph import Literal, NamedNode

from legation.files.document import contents
from legation.files.folder import MANIFEST
from legation.graph.exports import nquads
from legation.graph.spelling import key
from legation.graph.workspace import home
from legation.pages import asset
from legation.site import addresses, folio
from legation.site.attestation import Reference
from legation.site.excerpt import Excerpts
from legation.site.holdings import Holdings
from legation.site.inquest import inquest
from legation.site.press import printed
from legation.text.safe import visible
from legation.views.network import network, to_html
from legation.views.network.interactive import counted
from legation.views.timeline.chronicle import Entry

_ASSETS = ("drawing.css", "seal.svg", "site.css", "site.js", "console.js", "console-worker.js")
_ENGINE = ("web.js", "web_bg.wasm")
NOT_LISTED = frozenset({"404.html"})
_MOST_EVENTS = 150  # of a timeline on one page
_MOST_NODES = 250  # of a network that can still be drawn and read


@dataclass(frozen=True, slots=True)
class Publication:
    """A site as files, by path, and what is to be said of it."""

    files: dict[str, bytes]
    pages: int
    remarks: tuple[str, ...]


def engine() -> Path | None:
    """The folder of the npm package ``oxigraph``; None where ``make site`` never fetched it."""
    found = home() / "node_modules" / "oxigraph"
    return found if all((found / name).is_file() for name in _ENGINE) else None


def publication(held: Holdings, library: Path | None) -> Publication:
    """The site of a graph; ``library`` is the `engine` of its console, which else it does without.

    Raises InputError where a file of the workspace or of the package cannot be read.
    """
    entries = tuple(held.entries.values())
    remarks: list[str] = []
    files: dict[str, bytes] = {}
    for path, text in [
        *_things(held),
        *_lists(held),
        *_timelines(held, entries),
        *_networks(held, remarks),
        (addresses.CONSOLE, folio.console(held, engine=library is not None)),
    ]:
        files[path] = text.encode()
    files |= {f"assets/{name}": asset(name) for name in _ASSETS}
    files |= {addresses.GRAPH: nquads(held.edition).encode(), addresses.NAMES: _names(held)}
    files["assets/questions.json"] = _queries(held)
    files |= {path.name: contents(path) for path in held.edition.release.licences}
    if library is not None:
        files |= {f"assets/oxigraph/{name}": contents(library / name) for name in _ENGINE}
    else:
        remarks.append("without the SPARQL console: 'make site' fetches its engine, with Node.js")
    pages = sum(name.endswith(".html") for name in files)
    files["sitemap.xml"] = _sitemap(held, [name for name in files if name.endswith(".html")])
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    files[MANIFEST] = "".join(sums).encode()
    return Publication(files, pages, tuple(remarks))


def _things(held: Holdings) -> Iterator[tuple[str, str]]:
    excerpts = Excerpts(held)

    def pages_of(things: Sequence[NamedNode]) -> Iterator[tuple[str, str]]:
        for thing in things:
            path = held.path(thing)
            yield path, folio.page(held, thing) or ""
            for suffix, text in excerpts.of(thing).items():
                yield addresses.alternate(path, suffix), text

    return printed(held.pages, pages_of)


def _lists(held: Holdings) -> Iterator[tuple[str, str]]:
    yield addresses.FRONT, folio.front(held)
    for kind, _, things in folio.rolls(held):
        yield addresses.roll(kind), folio.roll(held, kind, things)
    yield addresses.QUESTIONS, folio.questions(held)
    for name, question in held.questions.items():
        yield addresses.question(name), folio.question(held, inquest(held, question))
    yield addresses.TERMS, folio.terms(held)
    for path in held.workspace.ontology_files[:1]:
        yield addresses.alternate(addresses.TERMS, "ttl"), contents(path).decode()
    yield addresses.CONFLICTS, folio.conflicts(held)
    yield "404.html", folio.lost(held)


def _timelines(held: Holdings, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """One timeline where it can be read at once, else one a year."""
    if len(entries) <= _MOST_EVENTS:
        yield addresses.TIMELINE, folio.timeline(held, addresses.TIMELINE, entries, ())
        return
    years: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        first = entry.span.earliest or entry.span.latest
        years[str(first.year) if first else "undated"].append(entry)
    others = [Reference(year, f"timeline/{year}.html", "", str(len(years[year]))) for year in years]
    yield addresses.TIMELINE, folio.timeline(held, addresses.TIMELINE, (), others)
    for other in others:
        yield other.path, folio.timeline(held, other.path, years[other.text], others)


def _networks(held: Holdings, remarks: list[str]) -> Iterator[tuple[str, str]]:
    listed: list[tuple[Reference, str]] = []
    files = held.workspace.view_files
    for view in sorted(path.stem for path in files):
        graph = network(held.source, view, files=files)
        size, summary = graph.number_of_nodes(), str(graph.graph["summary"])
        path = addresses.network(view) if 0 < size <= _MOST_NODES else ""
        listed.append((Reference(view.replace("_", " "), path, "", summary), counted(graph)))
        if path:
            root = addresses.root(path)

            def page_of(iri: str, root: str = root) -> str:
                found = held.path(NamedNode(iri))
                return f"{root}{found}" if found else ""

            yield path, to_html(graph, home=f"{root}{addresses.FRONT}", page_of=page_of)
        elif size:
            remarks.append(f"network {view} not drawn: {size:,} nodes are more than can be read")
    yield addresses.NETWORKS, folio.networks(held, listed)


def _names(held: Holdings) -> bytes:
    """Every name, folded as questions fold it, with its page: what the search looks through."""
    ontology = held.edition.ontology
    rows = []
    for thing in held.pages:
        label = held.label(thing)
        spelt = {
            value.value
            for kind in ontology.naming
            for value in held.edition.values(thing, kind)
            if isinstance(value, Literal)
        }
        folded = dict.fromkeys([key(label), *sorted(map(key, spelt))])
        kinds = ", ".join(map(ontology.label, held.kinds(thing)))
        rows.append([visible(label), kinds, held.path(thing), list(folded), held.when(thing)])
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _queries(held: Holdings) -> bytes:
    """What the console offers: prefixes and the canned questions."""
    told = {
        "prefixes": dict(sorted(held.edition.prefixes.items())),
        "questions": [
            {"name": name, "summary": question.summary, "sparql": question.body}
            for name, question in held.questions.items()
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _sitemap(held: Holdings, pages: Sequence[str]) -> bytes:
    """Every page by its full address: where the files are published, else below the base."""
    release = held.edition.release
    at = release.address or release.base.rstrip("/").rpartition("/")[0] + "/"
    shown = sorted({*pages} - NOT_LISTED)
    listed = "".join(f"<url><loc>{escape(at + page)}</loc></url>\n" for page in shown)
    opening = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n{listed}</urlset>\n'.encode()

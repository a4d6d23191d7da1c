"""The whole site as files: every page, every form beside it, and what a browser needs.

Invariant: the same graph gives the same bytes; each file is a page by itself, and no link leads to
one that is not there. What was left out, for want of room or of a library, is told.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from pyoxigraph import NamedNode

from legation.answer.question import Question
from legation.files.document import contents
from legation.files.folder import MANIFEST, lay, replacing
from legation.graph.bundle import home
from legation.graph.exports import nquads
from legation.graph.spelling import key
from legation.pages import asset
from legation.rdf.gathering import gathered
from legation.rdf.unswept import unswept
from legation.site import addresses, folio
from legation.site.attestation import Reference
from legation.site.excerpt import excerpts
from legation.site.holdings import Holdings
from legation.site.inquest import inquest
from legation.site.press import Job, Sums, printed, processes
from legation.text.safe import visible
from legation.views.network import to_html
from legation.views.network.interactive import counted

_ASSETS = ("drawing.css", "seal.svg", "site.css", "site.js", "console.js", "console-worker.js")
_ENGINE = ("web.js", "web_bg.wasm")
LOST = "404.html"
_MAP = "sitemap.xml"
NOT_LISTED = frozenset({LOST})
_MOST_EVENTS = 150  # of a timeline on one page
_MOST_NODES = 250  # of a network that can still be drawn and read


_Page = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Publication:
    """A site as it was written: its size in files and bytes, and what is to be said of it."""

    files: int
    size: int
    things: int
    pages: int
    remarks: tuple[str, ...]


def engine() -> Path | None:
    """The folder of the npm package ``oxigraph``; None where ``make site`` never fetched it."""
    found = home() / "node_modules" / "oxigraph"
    return found if all((found / name).is_file() for name in _ENGINE) else None


@unswept()
def issue(
    held: Holdings, library: Path | None, out: Path, *, cores: int | None = None
) -> Publication:
    """Let a folder hold the site of a graph; ``library`` is the `engine` of its console, if any.

    As many processes write it as there are ``cores``, those of this machine if not given. Raises
    InputError where a file cannot be read or written, or the folder holds what no build wrote.
    """
    others = sheets(held, library)
    forms = {thing: _forms(held.path(thing)) for thing in held.pages}
    names = [*others, *(name for found in forms.values() for name in found)]
    pages = sorted(name for name in names if name.endswith(".html"))
    others[_MAP] = partial(_sitemap, held, pages)
    remarks = _remarks(held, library)
    jobs: list[Job] = [partial(_sheet, path, make) for path, make in others.items()]
    jobs += [partial(_thing, held, thing) for thing in held.pages]
    with replacing(out, [*names, _MAP, MANIFEST]) as fresh:
        # What is left after a kill is then known for what it is.
        lay(fresh, MANIFEST, _listed(dict.fromkeys([*names, _MAP], ("", 0))))
        made = printed(jobs, fresh, cores or processes(len(jobs)))
        lay(fresh, MANIFEST, _listed(made))
    size = sum(size for _, size in made.values())
    return Publication(len(made) + 1, size, len(forms), len(pages), remarks)


def _remarks(held: Holdings, library: Path | None) -> tuple[str, ...]:
    remarks = [
        f"network {view} not drawn: {graph.number_of_nodes():,} nodes are more than can be read"
        for view, graph in held.networks.items()
        if graph.number_of_nodes() > _MOST_NODES
    ]
    if library is None:
        remarks.append("without the SPARQL console: 'make site' fetches its engine, with Node.js")
    return tuple(remarks)


def _forms(page: str) -> list[str]:
    return [page, *(addresses.alternate(page, suffix) for suffix in addresses.ALTERNATES)]


def _sheet(path: str, make: Callable[[], bytes]) -> dict[str, bytes]:
    return {path: make()}


def _thing(held: Holdings, thing: NamedNode) -> dict[str, bytes]:
    made = [(folio.page(held, thing) or "").encode(), *excerpts(held, thing).values()]
    return dict(zip(_forms(held.path(thing)), made, strict=True))


def _listed(sums: Sums) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, (digest, _) in sorted(sums.items())).encode()


def sheets(held: Holdings, library: Path | None) -> dict[str, Callable[[], bytes]]:
    """What makes each file that is no thing's page, by path; an empty one is not there."""
    pages = {**_lists(held), **_timelines(held)}
    for view in sorted(path.stem for path in held.workspace.view_files):
        pages[addresses.network(view)] = partial(_network, held, view)
    pages[addresses.NETWORKS] = partial(_all_networks, held)
    pages[addresses.CONSOLE] = partial(folio.console, held, engine=library is not None)
    made: dict[str, Callable[[], bytes]] = {
        path: partial(_encoded, make) for path, make in pages.items()
    }
    made |= {f"assets/{name}": partial(asset, name) for name in _ASSETS}
    made |= {path.name: partial(contents, path) for path in held.edition.release.licences}
    made[addresses.GRAPH] = lambda: nquads(held.edition).encode()
    made[addresses.NAMES] = partial(_names, held)
    made["assets/questions.json"] = partial(_queries, held)
    for path in held.workspace.ontology_files[:1]:
        made[addresses.alternate(addresses.TERMS, "ttl")] = partial(contents, path)
    if library is not None:
        made |= {f"assets/oxigraph/{name}": partial(contents, library / name) for name in _ENGINE}
    return made


def _encoded(make: _Page) -> bytes:
    return make().encode()


def _lists(held: Holdings) -> dict[str, _Page]:
    pages: dict[str, _Page] = {
        addresses.FRONT: partial(folio.front, held),
        addresses.QUESTIONS: partial(folio.questions, held),
        addresses.TERMS: partial(folio.terms, held),
        addresses.CONFLICTS: partial(folio.conflicts, held),
        LOST: partial(folio.lost, held),
    }
    for kind, _, things in folio.rolls(held):
        pages[addresses.roll(kind)] = partial(folio.roll, held, kind, things)
    for name, question in held.questions.items():
        pages[addresses.question(name)] = partial(_question, held, question)
    return pages


def _question(held: Holdings, question: Question) -> str:
    return folio.question(held, inquest(held, question))


def _timelines(held: Holdings) -> dict[str, _Page]:
    """One timeline where it can be read at once, else one a year."""
    entries, place = tuple(held.entries.values()), addresses.TIMELINE
    if len(entries) <= _MOST_EVENTS:
        return {place: partial(folio.timeline, held, place, entries, ())}
    firsts = ((entry.span.earliest or entry.span.latest, entry) for entry in entries)
    years = gathered((str(first.year) if first else "undated", e) for first, e in firsts)
    others = [Reference(year, f"timeline/{year}.html", "", str(len(years[year]))) for year in years]
    pages: dict[str, _Page] = {place: partial(folio.timeline, held, place, (), others)}
    for other in others:
        pages[other.path] = partial(folio.timeline, held, other.path, years[other.text], others)
    return pages


def _network(held: Holdings, view: str) -> str:
    graph, root = held.networks[view], addresses.root(addresses.network(view))

    def page_of(iri: str) -> str:
        found = held.path(NamedNode(iri))
        return f"{root}{found}" if found else ""

    count, summary = graph.number_of_nodes(), str(graph.graph["summary"])
    if not 0 < count <= _MOST_NODES:
        most = _MOST_NODES if count else 0
        return folio.undrawn(held, view, summary=summary, size=counted(graph), most=most)
    return to_html(graph, home=f"{root}{addresses.FRONT}", page_of=page_of)


def _all_networks(held: Holdings) -> str:
    rows = []
    for view, graph in held.networks.items():
        summary = str(graph.graph["summary"])
        told = Reference(view.replace("_", " "), addresses.network(view), "", summary)
        rows.append((told, counted(graph)))
    return folio.networks(held, rows)


def _names(held: Holdings) -> bytes:
    """Every name, folded as questions fold it, with its page: what the search looks through."""
    rows = []
    for thing in held.pages:
        label = held.label(thing)
        spelt = {key(name.value) for name in held.spellings(thing)}
        folded = dict.fromkeys([key(label), *sorted(spelt)])
        kinds = folio.kinds(held, thing)
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

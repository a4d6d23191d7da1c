"""The commands that show the graph at large: network, path, timeline."""

import sys
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from legation.cli.ask import opened, told_by
from legation.cli.options import Drafts, Endpoint, Out, Place, answering, argument, option
from legation.cli.show import deliver, progress, put_text, show_timeline
from legation.errors import UsageError

if TYPE_CHECKING:
    from legation.views.network import EdgeEvidence, Network, Step


_NetworkForm = Literal["text", "graphml", "gexf", "json", "csv", "html", "svg", "png"]
_TimelineForm = Literal["text", "json", "svg", "html"]

Since = Annotated[str | None, option("--since DATE", "Only what may have been then or later.")]
Until = Annotated[str | None, option("--until DATE", "Only what may have been then or earlier.")]
Origin = Annotated[str | None, option("--origin NAME", "Only on this publisher's word.")]
MinOrigins = Annotated[int, option("--min-origins N", "Only what so many publishers tell.")]
AsOf = Annotated[str | None, option("--as-of DAY", "Only from what was published by this day.")]
Person = Annotated[str | None, option("--person NAME", "Only the links of this actor.")]
OfKind = Annotated[str | None, option("--kind KIND", "Of agents (or events) only this kind.")]
Named = Annotated[bool, option("--named", "Leave out whom the sources do not name.")]


def network(
    view: Annotated[str | None, argument("", "A view; none lists them all.")] = None,
    format: Annotated[
        _NetworkForm | None, option("--format -f", "How to write the network.")
    ] = None,
    out: Out = None,
    since: Since = None,
    until: Until = None,
    origin: Origin = None,
    min_origins: MinOrigins = 0,
    as_of: AsOf = None,
    person: Person = None,
    kind: OfKind = None,
    named: Named = False,
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Write a view of the graph as a network: legation network co_attendance --out who.html."""
    if view is None:
        from legation.answer import Questions

        for name, listed in Questions.of(answering(workspace).view_files).items():
            print(f"{name}\n    {listed.summary}")
        return
    form = format or told_by(out, _suffixes(_NetworkForm), "text")
    graph = opened(endpoint, drafts, workspace).network(
        view,
        since=since,
        until=until,
        origin=origin,
        min_origins=min_origins,
        as_of=as_of,
        person=person,
        kind=kind,
        unnamed=not named,
    )
    if graph.number_of_edges() == 0:
        print(_why_empty(view, graph), file=sys.stderr)
    deliver(_drawn(graph, form), out)


def path(
    start: Annotated[str, argument("A", "A name, IRI or prefixed name.")],
    end: Annotated[str, argument("B", "Another.")],
    view: Annotated[str, option("--view VIEW", "The network to walk.")] = "everything",
    since: Since = None,
    until: Until = None,
    origin: Origin = None,
    min_origins: MinOrigins = 0,
    as_of: AsOf = None,
    out: Out = None,
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Show a shortest way from A to B and the words that prove each step."""
    from legation.views.network import path as shortest

    kg = opened(endpoint, drafts, workspace)
    graph = kg.network(
        view, since=since, until=until, origin=origin, min_origins=min_origins, as_of=as_of
    )
    one, other = kg.thing(start), kg.thing(end)
    absent = [thing.label for thing in (one, other) if thing.iri not in graph]
    if absent:
        hint = "" if view == "everything" else "; try --view everything"
        print(f"{' and '.join(absent)}: in no edge of the view {view}{hint}", file=sys.stderr)
        return
    steps = shortest(graph, one.iri, other.iri)
    if one.iri == other.iri:
        print(f"{one.label} is both ends of the way", file=sys.stderr)
    elif not steps:
        hint = "; what they speak of is in the view statements" if view == "everything" else ""
        print(f"no way from {one.label} to {other.label} in the view {view}{hint}", file=sys.stderr)
    if steps:
        told = (_told(graph, number, links) for number, links in enumerate(steps, 1))
        put_text("".join(told), out)


def timeline(
    actor: Annotated[
        str | None, argument("", "Only what this agent had a part in; none means all.")
    ] = None,
    by_option: Annotated[str | None, option("--actor NAME", "The same, by its name.")] = None,
    other: Annotated[
        str | None, option("--other NAME", "And of these what this one had, too.")
    ] = None,
    since: Since = None,
    until: Until = None,
    format: Annotated[_TimelineForm | None, option("--format -f", "How to write it.")] = None,
    out: Out = None,
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Lay events out in time, uncertain dates as spans, and mark where sources disagree."""
    if actor is not None and by_option is not None:
        raise UsageError("name the actor once: as ACTOR or with --actor NAME")
    kg = opened(endpoint, drafts, workspace)
    found = kg.timeline(actor or by_option, other=other, since=since, until=until)
    form = format or told_by(out, _suffixes(_TimelineForm), "text")
    if form == "text" and out is None and sys.stdout.isatty():
        show_timeline(found)
        return
    written = {
        "text": found.to_text,
        "json": found.to_json,
        "svg": found.to_svg,
        "html": found.to_html,
    }
    put_text(written[form](), out) if form == "text" else deliver(written[form](), out)


def _suffixes(forms: object) -> dict[str, str]:
    return {form.replace("text", "txt"): form for form in get_args(forms)}


def _drawn(graph: "Network", form: str) -> str | bytes:
    from legation.views.network import WRITERS

    with progress("drawing the network"):
        return _as_text(graph) if form == "text" else WRITERS[form](graph)


def _as_text(graph: "Network") -> str:
    """One line per edge: what reads well in a pipe."""
    from legation.views.network.formats import edges

    arrow = "→" if graph.is_directed() else "–"
    lines = []
    for source, target, data in edges(graph):
        ends = (graph.nodes[source]["label"], graph.nodes[target]["label"])
        lines.append(f"{ends[0]} {arrow} {ends[1]}: {data['label']} ({_proof(data['evidence'])})")
    return "".join(f"{line}\n" for line in lines)


def _why_empty(view: str, graph: "Network") -> str:
    if graph.graph["parameters"]:
        return f"the view {view} has no edge with these parameters; widen or drop them"
    return f"the view {view} has no edge: no claim of this graph makes one"


def _proof(evidence: "EdgeEvidence") -> str:
    if evidence.is_structural:
        return f"structure, {evidence.file}:{evidence.line}" if evidence.file else "structure"
    count = len(evidence.claims)
    claims = f"{count} claim{'s' if count != 1 else ''}"
    told = evidence.origin_count
    origins = f"{told} origin{'s' if told != 1 else ''}"
    return ", ".join([*evidence.dates, claims, origins, *evidence.conflicts])


def _told(graph: "Network", number: int, links: "tuple[Step, ...]") -> str:
    """One step of a path, and beneath it the words that prove it."""
    lines = []
    for mark, step in zip([f"{number}.", *([" "] * len(links))], links, strict=False):
        ends = (graph.nodes[step.source]["label"], graph.nodes[step.target]["label"])
        lines.append(f"{mark} {ends[0]} [{step.label}] {ends[1]}")
        if step.evidence.is_structural:
            lines.append(f"     {_proof(step.evidence)}")
        lines += dict.fromkeys(f"     {passage.cite()}" for passage in step.evidence.quotes)
    return "".join(f"{line}\n" for line in lines)

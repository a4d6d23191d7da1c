"""The commands for somebody who does not know yet what to ask: list and demo.

Invariant: what is shown is what an answer gives; nothing of this graph is written into a command.
"""

from typing import TYPE_CHECKING, Annotated

from legation.cli.ask import hand_out, opened
from legation.cli.fitting import typed, width, wrapped
from legation.cli.options import Drafts, Endpoint, Limit, Out, Place, Shape, argument
from legation.cli.show import put
from legation.errors import UsageError

if TYPE_CHECKING:
    from legation.answer import Cell, Evidence, Row

_LINES, _COLUMNS = 23, 80
"""What fits a terminal of 80 x 24 above its prompt."""


def list_(
    kind: Annotated[
        str | None, argument("", "persons, articles, receptions …; none lists the kinds.")
    ] = None,
    limit: Limit = None,
    format: Shape = None,
    out: Out = None,
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """List what there is: legation list persons; without a kind, the kinds and their counts."""
    answer = opened(endpoint, drafts, workspace).things(kind or "")
    hand_out(answer, format, out, limit=limit)


def demo(workspace: Place = None) -> None:
    """Show one gathering, who was there and the words that prove it, and what to try next."""
    rows = opened(None, False, workspace).ask("who_attended").rows
    guests: dict[Cell, dict[Cell, Row]] = {}
    for row in filter(_is_named, rows):
        guests.setdefault(row["event"], {}).setdefault(row["who"], row)
    if not guests:
        raise UsageError("no gathering of this graph has a guest with a name; ask something else")
    # The one with the most to read: not two people whom the same words name.
    met = [list(found.values()) for found in guests.values()]
    told = max(met, key=lambda found: len(found) + len({_proof(row).quote for row in found}))
    put(_screen(told, min(width() or _COLUMNS, _COLUMNS)))


def _is_named(row: "Row") -> bool:
    from legation.answer import Entity

    return isinstance(row["who"], Entity) and "/anon/" not in row["who"].iri and bool(row.evidence)


def _screen(rows: "list[Row]", wide: int) -> str:
    """One gathering: as many of its people as fit a screen, each with a quote."""
    command = typed()
    gathering, day = rows[0]["event"], rows[0]["date"]
    when = f" ({day})" if day else ""
    head = [f"Who was at the {gathering}{when}?", ""]
    tail = [
        "",
        "Every row of every answer has the words that prove it. Try next:",
        f"  {command} ask receptions --evidence",
        f'  {command} explain "{rows[0]["who"]}"',
        f"  {command} list",
    ]
    people: list[str] = []
    left = len(rows)
    for row in rows:
        shown = [*people, *_person(row)]
        if len(wrapped("\n".join([*head, *shown, "more", *tail]), wide).splitlines()) > _LINES:
            break
        people, left = shown, left - 1
    more = [f"… and {left} more"] if left else []
    return wrapped("\n".join([*head, *people, *more, *tail]), wide) + "\n"


def _person(row: "Row") -> list[str]:
    proof = _proof(row)
    article = proof.article.rpartition("/")[2]
    return [f"{row['who']}, {row['role']}", f"    “{proof.quote}” ({article})"]


def _proof(row: "Row") -> "Evidence":
    """The shortest passage that names somebody in whatever spelling, else the shortest of all."""
    from legation.graph.spelling import key
    from legation.text.letters import likeness

    names = [word for word in key(str(row["who"])).split() if len(word) > 3]
    naming = [p for p in row.evidence if any(likeness(name, key(p.quote)) for name in names)]
    return min(naming or row.evidence, key=lambda passage: (len(passage.quote), passage.claim))

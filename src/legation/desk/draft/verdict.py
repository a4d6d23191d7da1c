"""What the check would say if an article's file had another text.

Invariant: nothing is written; of all that was read only that file differs.
"""

from dataclasses import replace

from legation.checks.finding import Report
from legation.checks.judging import judge, open_case
from legation.graph import workspace as workspaces
from legation.graph.authored import complete, read_passages
from legation.graph.record import Record, SourceFile
from legation.graph.workspace import Workspace
from legation.rdf import trig


def judged(
    workspace: Workspace,
    slug: str,
    text: str,
    record: Record | None = None,
    *,
    everywhere: bool = False,
) -> Report:
    """Check an article with other text in its file, which stays as it is.

    Lines in findings are those of that text; InputError, with the line, where it is not TriG.
    ``record`` saves reading the workspace again; ``everywhere`` tells also what is wrong with all
    other files then.
    """
    other = restated(workspace, record or workspaces.read(workspace), slug, text)
    paths = [] if everywhere else [workspace.articles / f"{slug}.trig"]
    return judge(open_case(workspace, record=other, paths=paths))


def restated(workspace: Workspace, record: Record, slug: str, text: str) -> Record:
    """A record with other text in an article's file; InputError where it is not TriG."""
    path = workspace.articles / f"{slug}.trig"
    article = next((a for a in record.articles if a.path == path), None)
    parsed = trig.parse(text.encode("utf-8"), path)
    file = SourceFile(path, "article", parsed.quads, parsed.directives)
    found = read_passages(file, article)
    return complete(
        replace(
            record,
            files=tuple(file if f.path == path else f for f in record.files),
            claims=(*(c for c in record.claims if c.path != path), *found.claims),
            omissions=(*(o for o in record.omissions if o.path != path), *found.omissions),
            contents=(*(c for c in record.contents if c.path != path), *found.contents),
        )
    )

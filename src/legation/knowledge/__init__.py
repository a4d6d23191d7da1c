"""The front door: open a graph, ask it, and see the words that prove each answer.

Invariant: what is asked is what the authored files say now; nothing is read from ``dist/``.
"""

import os
from pathlib import Path

from legation.answer import Questions, Source
from legation.errors import UsageError
from legation.graph import workspace
from legation.knowledge.opened import KnowledgeGraph
from legation.store import Store, local
from legation.store.kept import SLOW

__all__ = ["KnowledgeGraph", "open"]


def open(
    source: str | Path | None = None,
    *,
    drafts: bool = False,
    around: str | Path | None = None,
    keep: bool = True,
    seconds: float = 0,
) -> KnowledgeGraph:
    """Open a graph.

    Args:
        source: A folder that holds ``graph/``, or the http(s) address of a SPARQL endpoint;
            when left out, the workspace around the current folder, else the bundled graph.
        drafts: Whether claims of articles still in draft answer too (folders only).
        around: The workspace whose questions and terms an endpoint is asked with; the one around
            the current folder when left out.
        keep: Whether a graph that takes longer than a second to read is kept in ``.legation/``
            of its folder and opened from there; never where ``LEGATION_NO_STORE`` is set.
        seconds: After how long to end a question or query that goes on, with `UsageError`; each
            is then answered in a child process. 0 never does.

    Returns:
        The graph, ready to be asked.

    Raises:
        InputError: The folder holds no graph, or a file in it cannot be parsed.
        UsageError: ``drafts`` was given for an endpoint.

    >>> import legation
    >>> kg = legation.open()
    >>> len(kg.ask("who_attended", event="reception of 9 October 2014")) > 0
    True
    """
    store: Store
    if isinstance(source, str) and "://" in source:
        if drafts:
            raise UsageError("drafts are in a workspace's files; an endpoint has none")
        space = workspace.answering(around)
        from legation.store import RemoteStore

        store = RemoteStore(source, prefixes=space.prefixes)
    else:
        space = workspace.answering(source)
        is_kept = keep and not os.environ.get("LEGATION_NO_STORE")
        store = local(space, drafts=drafts, slow=SLOW if is_kept else None)
    questions = Questions.of(space.question_files, space.ontology)
    held = Source(store, space.ontology, space.prefixes)
    return KnowledgeGraph(held, questions, space, seconds=seconds)

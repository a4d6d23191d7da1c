"""What a graph looks like at large: its networks and its timelines.

Invariant: what is drawn is what is asked; a picture has no facts of its own.
"""

from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from legation.answer import Entity, Given, Questions, Source
from legation.graph import workspace

if TYPE_CHECKING:
    from legation.views.network import Exhibit
    from legation.views.timeline import Timeline


class Viewed:
    """Whatever can be had as networks and timelines: every opened graph.

    >>> import legation
    >>> isinstance(legation.open(), Viewed)
    True
    """

    _source: Source
    _space: workspace.Workspace
    questions: Questions
    workspace: "workspace.Workspace | None"

    def network(  # noqa: PLR0913 - each is one thing a researcher narrows by
        self,
        view: str,
        *,
        since: Given | None = None,
        until: Given | None = None,
        origin: Given | None = None,
        min_origins: int = 0,
        as_of: Given | None = None,
        person: str | NamedNode | Entity | None = None,
        kind: str | None = None,
        unnamed: bool = True,
    ) -> "Exhibit":
        """One view of the graph as a NetworkX graph whose edges carry their evidence.

        Args:
            view: ``co_attendance``, ``meetings`` … one of ``queries/views``.
            since: Only what may have been on this day or later.
            until: Only what may have been on this day or earlier.
            origin: Only on the word of this publisher.
            min_origins: Only what so many publishers tell independently.
            as_of: Only from what was published by this day.
            person: Only the links of this person, body or state.
            kind: Of agents (or events, or places) only those of this kind: ``Person``, ``bodies``.
            unnamed: Whether to keep people and groups whom no source names.

        Returns:
            The graph: nodes with ``label``, ``kind``, ``states``; edges with ``evidence``. It
            shows itself in a notebook, has a ``figure()`` and a ``page()``, and NetworkX writes it.

        Raises:
            UnknownName: There is no such view, publisher, person or kind; the nearest are listed.
            UsageError: A parameter does not fit.
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> met = legation.open().network("meetings", since="2014", until="2016")
        >>> [edge["evidence"].origin_count for _, _, edge in met.edges(data=True)]
        [2]
        """
        # Only now: networkx takes long to load, and most never ask for a network.
        from legation.views.network import Only, network

        files = self._space.view_files
        read = None if self.workspace is None else partial(workspace.read, self.workspace)
        return network(
            self._source,
            view,
            files=files,
            read=read,
            min_origins=min_origins,
            only=Only(person, kind, unnamed),
            since=since,
            until=until,
            origin=origin,
            as_of=as_of,
        )

    def timeline(
        self,
        actor: Given | None = None,
        *,
        other: Given | None = None,
        since: Given | None = None,
        until: Given | None = None,
    ) -> "Timeline":
        """Events in order of time, with what is not certain about when they were.

        Args:
            actor: Only events in which this agent has any part.
            other: And of these only those in which this one has, too.
            since: Only what may have been on this day or later.
            until: Only what may have been on this day or earlier.

        Returns:
            The timeline, those without a date apart; as text, JSON, SVG or HTML.

        Raises:
            UnknownName: Nobody is called so; the nearest are listed.
            UsageError: A date is not one.
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> legation.open().timeline("Kim Yong Nam").entries[0].date_text
        '2015-05-08 ≠ 2015-05-09'
        """
        from legation.views.timeline import timeline

        asked = self.questions["timeline"]
        return timeline(self._source, asked, actor=actor, other=other, since=since, until=until)

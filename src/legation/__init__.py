"""Legation: a knowledge graph of diplomacy in which every fact shows its receipt.

    >>> import legation
    >>> kg = legation.open()
    >>> answer = kg.ask("who_attended", event="reception of 9 October 2014")
    >>> answer.columns
    ('event', 'date', 'who', 'role', 'for', 'list')

Importing the package stays cheap: nothing heavy is loaded before it is used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legation.answer import Answer as Answer
    from legation.errors import LegationError as LegationError
    from legation.knowledge import KnowledgeGraph as KnowledgeGraph
    from legation.knowledge import open as open

_DOORS = {
    "Answer": "legation.answer",
    "KnowledgeGraph": "legation.knowledge",
    "LegationError": "legation.errors",
    "load_ipython_extension": "legation.notebook",
    "open": "legation.knowledge",
}


def __getattr__(name: str) -> object:
    """Find a public name, or the version, when it is asked for."""
    if name in _DOORS:
        from importlib import import_module

        return getattr(import_module(_DOORS[name]), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("legation")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*_DOORS, "__version__"])

"""Legation: a knowledge graph of diplomacy in which every fact shows its receipt.

Importing the package stays cheap: nothing heavy is loaded before it is used.
"""


def __getattr__(name: str) -> object:
    """Find the version when it is asked for, since reading it takes longer than the import."""
    if name == "__version__":
        from importlib.metadata import version

        return version("legation")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Every error Legation raises, in one tree.

    LegationError              the root; ``exit_code`` is what a command ends with
    ├── UsageError             misuse: an unknown question, a wrong parameter (2)
    │   ├── UnknownName        no actor or thing of that name; carries candidates (2)
    │   ├── AmbiguousName      several things of that name; carries candidates (2)
    │   └── MissingExtra       an optional package is not installed (2)
    ├── InputError             a file that cannot be read, parsed or written; path and line (2)
    ├── EndpointError          a remote SPARQL endpoint failed or cut its answer (2)
    └── CheckFailed            the data has faults; the findings ride along (1)

Invariant: faults *in* data are findings, collected and sorted, never raised one by one;
only what stops the work is raised.
"""

from collections.abc import Sequence
from pathlib import Path


class LegationError(Exception):
    """The root of the tree: one clear sentence that says what, where and what to do."""

    exit_code = 2


class UsageError(LegationError):
    """The caller asked for something that does not exist or does not fit."""


class UnknownName(UsageError):
    """No thing answers to a name.

    Args:
        message: The whole sentence for the reader, candidates included.
        candidates: Labels of the nearest things, best first.
    """

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class AmbiguousName(UnknownName):
    """More than one thing answers to a name; the caller must say which."""


class MissingExtra(UsageError):
    """An optional package is needed.

    Args:
        what: What the caller wanted, as a noun phrase ("data frames").
        extra: The name of the extra that brings the package.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} need an optional package: pip install 'legation[{extra}]'")
        self.extra = extra


class InputError(LegationError):
    """A file or text that cannot be read, parsed or written at all.

    Args:
        message: What is wrong and what to do, without the place.
        path: The file.
        line: The line, counted from 1.
    """

    def __init__(self, message: str, path: Path | None = None, line: int | None = None) -> None:
        place = "" if path is None else f"{path}:" if line is None else f"{path}:{line}:"
        super().__init__(f"{place} {message}".strip())
        self.reason = message
        self.path = path
        self.line = line


class EndpointError(LegationError):
    """A remote endpoint refused, failed, timed out or cut its answer.

    Args:
        message: One sentence for the reader.
        status: The status that it answered, where it answered one that tells of an error.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class CheckFailed(LegationError):
    """The graph has faults, so the work was not done.

    Args:
        message: One sentence for the reader.
        findings: The faults, sorted; any objects whose ``str`` is one line.
    """

    exit_code = 1

    def __init__(self, message: str, findings: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


LIBRARY_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,  # RecursionError and NotImplementedError, too
    TypeError,
    ValueError,
)
"""What a library may raise where it falls over its input instead of refusing it.

Caught only around calls of libraries that were seen to do so, and raised anew as one sentence.
"""

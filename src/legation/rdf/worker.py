"""Work done in a child process, which can be ended whatever it does.

Invariant: the caller waits no longer than it said, and gets the result, the error, or one sentence.
The engine cannot be stopped from within: neither its planner nor a sort looks at the clock.
"""

import os
import pickle
import select
import signal
from collections.abc import Callable
from contextvars import ContextVar
from typing import NoReturn, TypeVar

from legation.errors import LIBRARY_FAULTS, LegationError, UsageError

PATIENCE = ContextVar("seconds", default=30.0)
"""How many seconds a question, or an own query or shape, may take; 0 is for ever."""

_MOST_MEMORY = 4 * 1024**3  # beyond what the graph takes: an answer needs a small part of it

_Result = TypeVar("_Result")


def limited(work: Callable[[], _Result], *, seconds: float | None = None) -> _Result:
    """What some work returns or raises; UsageError where it takes too long or too much memory.

    It is ended after so many seconds, else after `PATIENCE`; 0 never ends it, and makes no child.
    """
    seconds = PATIENCE.get() if seconds is None else seconds
    if seconds <= 0 or not hasattr(os, "fork"):
        return work()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _do(work, writer)
    os.close(writer)
    try:
        with open(reader, "rb") as pipe:  # which says nothing until all is worked out
            told = pipe.read() if select.select([pipe], [], [], seconds)[0] else None
    finally:  # also where somebody presses Ctrl-C
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if told is None:
        raise UsageError(
            f"this took longer than {seconds:g} seconds and was ended: ask for less, or give it "
            "longer with 'legation --timeout SECONDS …' (in Python, seconds=…)"
        )
    if not told:
        raise UsageError("this needed more memory than there is and was ended: ask for less")
    is_result, value = pickle.loads(told)
    if not is_result:
        raise value
    result: _Result = value
    return result


def _do(work: Callable[[], object], writer: int) -> NoReturn:
    """Do the work in the child and say what came of it; nothing else of the program runs there."""
    try:
        limit_memory(_MOST_MEMORY)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where the engine writes as it gives up
        data = _packed(work)
        with open(writer, "wb") as pipe:
            pipe.write(data)
    finally:
        os._exit(0)


def _packed(work: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps((True, work()))
    except LegationError as error:
        told: Exception = error
    except MemoryError:
        return b""
    except LIBRARY_FAULTS as error:
        told = UsageError(f"this could not be answered ({type(error).__name__}: {error})")
    try:
        data = pickle.dumps((False, told))
        pickle.loads(data)
    except (TypeError, pickle.PickleError):  # an error that needs more than its sentence
        data = pickle.dumps((False, UsageError(str(told))))
    return data


def limit_memory(beyond: int) -> None:
    """Let this process take so many bytes beyond what it has, and leave no core when it dies."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # no Linux: the time is limited, the memory is not
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = used + beyond
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

"""Who carries which errand, and who waits: the side of the process that listens.

Invariant: an errand ends by its deadline, with its answer or a sentence; at most so many run at
once, and a few wait. A courier that is ended, by its deadline or by anybody's hand, is replaced
before the next errand; an errand whose courier died goes once more.
"""

import asyncio
import os
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass

from legation.serve.dispatch import HEAD_BYTES, Dispatch, lengths, sentence, unframed
from legation.serve.zygote import END, NEW, NUMBER, Work, start


@dataclass(frozen=True, slots=True)
class Limits:
    """How much whoever asks may take."""

    seconds: float = 10.0  # of an errand, once it runs
    memory: int = 512 * 1024**2  # bytes of a courier beyond the graph itself
    couriers: int = 4  # errands that run at once
    waiting: int = 64  # how many more may wait
    patience: float = 5.0  # seconds that one waits at most


@dataclass(frozen=True, slots=True)
class _Courier:
    """A process that carries errands, and the wire to it."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def carried(self, errand: bytes) -> Dispatch:
        self.writer.write(NUMBER.pack(len(errand)) + errand)
        await self.writer.drain()
        status, head, body = lengths(await self.reader.readexactly(HEAD_BYTES))
        told = await self.reader.readexactly(head + body)
        return unframed(status, told[:head], told[head:])


class Bureau:
    """Sends errands out; to be made before anything runs that a fork would break."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._zygote, self._control = start(work, limits.memory)
        self._idle: list[_Courier] = []
        self._waiting = 0
        self._free = asyncio.Semaphore(limits.couriers)

    @property
    def is_busy(self) -> bool:
        """Whether whoever comes now must wait."""
        return self._free.locked()

    def close(self) -> None:
        """End every process at once."""
        self._control.close()
        with suppress(ChildProcessError):
            os.waitpid(self._zygote, 0)

    async def answer(self, errand: bytes) -> Dispatch:
        """What came of an errand; whatever happens to its courier."""
        if not self.is_busy:
            await self._free.acquire()
        elif self._waiting >= self._limits.waiting or not await self._turn():
            return sentence(503, "too many ask at once: ask again in a few seconds")
        try:
            return await self._sent(errand)
        finally:
            self._free.release()

    async def _turn(self) -> bool:
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                return await self._free.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    async def _sent(self, errand: bytes) -> Dispatch:
        ends = asyncio.get_running_loop().time() + self._limits.seconds
        for _ in range(2):
            try:
                async with asyncio.timeout_at(ends):
                    return await self._once(errand)
            except TimeoutError:
                limit = f"{self._limits.seconds:g} seconds"
                return sentence(503, f"this took longer than {limit} and was ended: ask for less")
            except (OSError, asyncio.IncompleteReadError):
                continue
        return sentence(503, "this took more memory or depth than there is: ask for less")

    async def _once(self, errand: bytes) -> Dispatch:
        courier = await self._courier()
        try:
            dispatch = await courier.carried(errand)
        except BaseException:  # also where whoever asked has gone away
            self._end(courier)
            raise
        self._idle.append(courier)
        return dispatch

    async def _courier(self) -> _Courier:
        while self._idle:
            courier = self._idle.pop()
            if not courier.reader.at_eof():
                return courier
            self._end(courier)
        ours, theirs = socket.socketpair()
        with theirs:
            self._order(theirs)
        reader, writer = await asyncio.open_connection(sock=ours)
        (pid,) = NUMBER.unpack(await reader.readexactly(NUMBER.size))
        return _Courier(pid, reader, writer)

    def _order(self, wire: socket.socket) -> None:
        """Have a courier made; by another zygote where somebody killed the first."""
        message = NEW + bytes(NUMBER.size)
        try:
            socket.send_fds(self._control, [message], [wire.fileno()])
        except OSError:
            self.close()
            self._zygote, self._control = start(self._work, self._limits.memory)
            socket.send_fds(self._control, [message], [wire.fileno()])

    def _end(self, courier: _Courier) -> None:
        courier.writer.close()
        try:
            self._control.send(END + NUMBER.pack(courier.pid))
        except OSError:  # its zygote was killed, so nobody else ends it
            with suppress(ProcessLookupError):
                os.kill(courier.pid, signal.SIGKILL)

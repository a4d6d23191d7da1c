"""The processes that work: one that holds the graph and forks, and couriers forked from it.

A courier shares the graph's memory with the zygote until it writes, so that it is there in
milliseconds; it carries one errand at a time until it is ended.

Invariant: no process outlives the one that listens. The zygote lives as long as its control is
open, ends its couriers with itself, and reaps whomever it is told to end; so no number of a process
is ever taken for another's. Nothing but its own wire is open in a courier.
"""

import gc
import os
import resource
import signal
import socket
import struct
from collections.abc import Callable
from typing import NoReturn

from legation.rdf.worker import limit_memory
from legation.serve.dispatch import Dispatch

NUMBER = struct.Struct("!I")
NEW, END = b"n", b"e"
_ORDER = 1 + NUMBER.size

Work = Callable[[bytes], Dispatch]


def start(work: Work, memory: int) -> tuple[int, socket.socket]:
    """Fork a zygote whose couriers do some work; its process and the control that keeps it alive.

    The work never raises; a courier may take so many bytes of memory beyond those of the graph.
    """
    gc.freeze()  # what both have is never looked through again, and so never copied
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            _alone(theirs)
            _obey(theirs, work, memory)
        finally:
            os._exit(1)
    theirs.close()
    return child, ours


def _alone(control: socket.socket) -> None:
    """Leave behind whatever the process that listens has open, its signals included."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that listens
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _keep_open(control)
    with open(os.devnull, encoding="ascii") as nothing:
        for stream in (0, 1, 2):  # the engine writes there as it gives up, and nobody wants it
            os.dup2(nothing.fileno(), stream)
    gc.disable()


def _keep_open(wire: socket.socket) -> None:
    last = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(3, wire.fileno())
    os.closerange(wire.fileno() + 1, min(last, 2**20))


def _obey(control: socket.socket, work: Work, memory: int) -> NoReturn:
    """Fork and end couriers as told; nothing told any more is the end."""
    couriers: set[int] = set()
    while True:
        order, wires, _, _ = socket.recv_fds(control, _ORDER, 1)
        if order[:1] == NEW and wires:
            wire = socket.socket(fileno=wires[0])
            child = os.fork()
            if child == 0:
                _carry(wire, work, memory)
            couriers.add(child)
            wire.close()
        elif order[:1] == END:
            _end({NUMBER.unpack(order[1:])[0]} & couriers)
            couriers -= {NUMBER.unpack(order[1:])[0]}
        else:
            _end(couriers)
            os._exit(0)


def _end(couriers: set[int]) -> None:
    for courier in couriers:
        os.kill(courier, signal.SIGKILL)
    for courier in couriers:
        os.waitpid(courier, 0)


def _carry(wire: socket.socket, work: Work, memory: int) -> NoReturn:
    """The life of a courier: it says its number, then answers each errand."""
    try:
        _keep_open(wire)
        limit_memory(memory)
        gc.enable()
        wire.sendall(NUMBER.pack(os.getpid()))
        while head := wire.recv(NUMBER.size, socket.MSG_WAITALL):
            errand = wire.recv(NUMBER.unpack(head)[0], socket.MSG_WAITALL)
            wire.sendall(work(errand).framed())
    finally:
        os._exit(0)

"""A process for which there is no network: the kernel ends it, and its children, at a socket.

Whoever opens the socket, be it Python, an engine in another language or another program.
"""

import ctypes
import platform
import signal
import socket
import struct

SYSTEMS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # its name, its socket()
IS_HERE = platform.system() == "Linux" and platform.machine() in SYSTEMS
ENDED = -31 if not hasattr(signal, "SIGSYS") else -signal.SIGSYS
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_END, _GO_ON = 0x80000000, 0x7FFF0000
_NO_NEW_PRIVILEGES, _FILTER_CALLS = 38, 22


def forbid_sockets() -> None:
    """End this process as soon as it, or a child of it, opens a socket of the internet."""
    system, number = SYSTEMS[platform.machine()]
    program = [
        (_LOAD, 0, 0, 4),
        (_IF_EQUAL, 0, 6, system),  # another system's calls are ended, too
        (_LOAD, 0, 0, 0),
        (_IF_EQUAL, 0, 3, number),
        (_LOAD, 0, 0, 16),  # the family
        (_IF_EQUAL, 2, 0, socket.AF_INET),
        (_IF_EQUAL, 1, 0, socket.AF_INET6),
        (_RETURN, 0, 0, _GO_ON),
        (_RETURN, 0, 0, _END),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    held = ctypes.create_string_buffer(code)
    head = struct.pack("HP", len(program), ctypes.addressof(held))
    kernel = ctypes.CDLL(None, use_errno=True)
    for call in ((_NO_NEW_PRIVILEGES, 1, 0), (_FILTER_CALLS, 2, ctypes.create_string_buffer(head))):
        if kernel.prctl(*call, 0, 0):
            raise OSError(ctypes.get_errno(), "the kernel filters no calls")

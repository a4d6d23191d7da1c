"""Whatever somebody sends, the next one is answered."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

Get = Callable[..., Any]

QUERY = "application/sparql-query"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TWICE_THE_DEPTH = {"STR(": (1_936, "ASK { FILTER(%s'a'%s) }", ")"), "{": (10_000, "ASK %s%s", "}")}
BOMBS = {
    "a cross product": (ENDLESS, 503, "longer than 3 seconds"),
    "every path": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?b . ?c (!<urn:y>)* ?d }",
        503,
        "longer",
    ),
    "a text of everything": (
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?all) { ?a ?b ?c . ?d ?e ?f }",
        503,
        "longer than 3 seconds|memory",
    ),
    "226 that may be": (
        f"SELECT * {{ {' '.join(f'OPTIONAL {{ ?s{i} ?p{i} ?o{i} }}' for i in range(226))} }}",
        503,
        "longer than 3 seconds|memory",
    ),
    "too many rows": ("SELECT ?a { ?a ?b ?c . ?d ?e ?f }", 413, "not given in part"),
    "too many rows by one": ("SELECT ?b { ?a ?b ?c . ?d ?e ?f } LIMIT 100001", 413, "100,000 rows"),
    **{
        f"{opening} at twice the depth that kills": (
            form % (opening * depth, closing * depth),
            400,
            "nests more than 32 deep",
        )
        for opening, (depth, form, closing) in TWICE_THE_DEPTH.items()
    },
    "4,531 conditions": (
        f"ASK {{ FILTER({' || '.join(['1 = 2'] * 4_531)}) }}",
        400,
        "at most 2,000",
    ),
}


def put(get: Get, query: str, accept: str = "application/sparql-results+json, */*;q=0.1") -> Any:
    return get("/sparql", "POST", query, Content_Type=QUERY, Accept=accept)


def is_well(get: Get) -> bool:
    return json.loads(put(get, "ASK { ?s a leg:Person }").body)["boolean"] is True


@pytest.mark.parametrize(("query", "status", "words"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_or_ended_and_the_next_is_answered(
    get: Get, query: str, status: int, words: str
) -> None:
    began = time.monotonic()
    got = put(get, query)
    assert time.monotonic() - began < 10
    assert got.status == status
    assert any(word in got.text for word in words.split("|")), got.text
    assert ("retry-after" in got.headers) == (status == 503)
    assert is_well(get)


@pytest.mark.parametrize("form", ["text/csv", "text/tab-separated-values", "application/xml"])
def test_an_answer_as_long_as_it_may_be_is_whole(get: Get, form: str) -> None:
    query = "SELECT ?b ('},{\\n' AS ?text) { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
    assert put(get, query, form).status == 200  # its texts hold what a row ends with


def test_two_endless_queries_keep_the_third_waiting_not_for_ever(get: Get) -> None:
    with ThreadPoolExecutor(2) as others:
        ended = [others.submit(put, get, ENDLESS) for _ in range(2)]
        assert is_well(get)
        assert [one.result().status for one in ended] == [503, 503]


def test_a_query_of_somebody_who_went_away_is_ended(server: Any, get: Get) -> None:
    body = ENDLESS.replace("COUNT(*)", "COUNT(?a)")
    with socket.create_connection(("127.0.0.1", server.port)) as gone:
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\n"
        gone.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        gone.shutdown(socket.SHUT_WR)
    assert is_well(get)
    assert put(get, ENDLESS).status == 503  # later than the end of what nobody waited for
    (line,) = [one for one in server.log.read_text("utf-8").splitlines() if "COUNT(?a)" in one]
    assert " 400 " in line and float(line.partition(" ms")[0].split()[-1]) < 2_500


def children(pid: int) -> list[int]:
    """The processes that a process has forked."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    if not path.exists():
        pytest.skip("who forked whom is told by Linux alone")
    return [int(number) for number in path.read_text().split()]


def test_a_courier_killed_by_hand_disturbs_nobody(server: Any, get: Get) -> None:
    assert is_well(get)
    (zygote,) = children(server.process.pid)
    for courier in children(zygote):
        os.kill(courier, signal.SIGKILL)
        assert is_well(get)


def test_a_courier_killed_at_work_does_not_fail_its_errand(server: Any, get: Get) -> None:
    (zygote,) = children(server.process.pid)
    with ThreadPoolExecutor(1) as another:
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?c)) > 300) }"
        answer = another.submit(put, get, slow)
        while not any(at_work(courier) for courier in children(zygote)):
            assert not answer.done()
        for courier in children(zygote):
            os.kill(courier, signal.SIGKILL)
        assert answer.result().status == 200


def at_work(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "R"


def test_the_one_that_forks_may_be_killed_too(server: Any, get: Get) -> None:
    (zygote,) = children(server.process.pid)
    os.kill(zygote, signal.SIGKILL)
    assert put(get, ENDLESS).status == 503
    assert is_well(get)
    assert children(server.process.pid) != [zygote]


@pytest.fixture
def raw(server: Any) -> Iterator[Callable[[bytes], bytes]]:
    """Send bytes as they are; what comes back until the other side closes."""
    opened: list[socket.socket] = []

    def sent(data: bytes) -> bytes:
        wire = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        opened.append(wire)
        answer = bytearray()
        try:
            wire.sendall(data)
            while more := wire.recv(65_536):
                answer += more
        except ConnectionError:
            pass
        return bytes(answer)

    yield sent
    for wire in opened:
        wire.close()


CLOSE = b"Host: x\r\nConnection: close\r\n\r\n"
MALFORMED = {
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    "no version": (b"GET /\r\n\r\n", 400),
    "a line end in the address": (b"GET /\x00\n HTTP/1.1\r\n" + CLOSE, 400),
    "two lengths": (
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + CLOSE,
        400,
    ),
    "a length that is none": (b"POST /sparql HTTP/1.1\r\nContent-Length: -1\r\n" + CLOSE, 400),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "a head without end": (b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 20_000, 400),
    "a long address": (b"GET /sparql?query=" + b"a" * 200_000 + b" HTTP/1.1\r\n" + CLOSE, 400),
    "escapes to elsewhere": (b"GET /id/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" + CLOSE, 404),
    "another protocol": (b"GET /health HTTP/1.1\r\nUpgrade: websocket\r\n" + CLOSE, 200),
    "a body announced too big": (
        f"POST /sparql HTTP/1.1\r\nContent-Type: {QUERY}\r\nContent-Length: 9999999999\r\n".encode()
        + b"Host: x\r\n\r\n",
        413,
    ),
    "a body of many chunks": (
        f"POST /sparql HTTP/1.1\r\nContent-Type: {QUERY}\r\nTransfer-Encoding: chunked\r\n".encode()
        + b"Host: x\r\n\r\n"
        + (b"8000\r\n" + b" " * 32_768 + b"\r\n") * 33
        + b"0\r\n\r\n",
        413,
    ),
}


@pytest.mark.parametrize(("data", "status"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_request_is_refused(
    raw: Callable[[bytes], bytes], get: Get, data: bytes, status: int
) -> None:
    answer = raw(data)
    # Whoever still sends a head when the answer comes may see the connection reset before it.
    is_cut = not answer and len(data) > 65_536 and status == 400
    assert answer.startswith(f"HTTP/1.1 {status} ".encode()) or is_cut
    assert is_well(get)


def test_two_hundred_slow_clients_are_sent_away_and_disturb_nobody(server: Any, get: Get) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
    half = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
    for number, wire in enumerate(slow):
        # Some say nothing, some drip a head, some a body that nobody reads.
        wire.sendall(
            (b"", half, b"GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n")[
                number % 3
            ]
        )
    began, still = time.monotonic(), set(slow)
    assert is_well(get)
    while still and time.monotonic() - began < 15:
        ready, _, _ = select.select(list(still), [], [], 0.5)
        still -= {wire for wire in ready if is_closed(wire)}
        for wire in list(still)[::10]:
            drip(wire)
    assert not still
    assert is_well(get)
    for wire in slow:
        wire.close()


def is_closed(wire: socket.socket) -> bool:
    try:
        return wire.recv(65_536) == b""
    except ConnectionError:
        return True


def drip(wire: socket.socket) -> None:
    try:
        wire.send(b"a")
    except ConnectionError:
        return


ALONE = """
from legation.serve.bureau import Bureau, Limits
from legation.serve.dispatch import sentence
from legation.serve.listening import bound, listen
from legation.serve.reception import application
import time

def work(errand):
    if b"sheet" in errand:
        time.sleep(60)
    return sentence(200, "well")

listener = bound("127.0.0.1", 0)
limits = Limits(seconds=30, couriers=2, waiting=1, patience=0.2)
bureau = Bureau(work, limits)
print(listener.getsockname()[1], flush=True)
try:
    listen(application(bureau, {}), listener, lambda: print("ready", flush=True))
finally:
    bureau.close()
"""


@pytest.fixture
def alone(endpoint_extra: None) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """A server without a graph: two couriers, room for one who waits 0.2 seconds."""
    command = [sys.executable, "-c", ALONE]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **streams) as process:  # type: ignore[call-overload]
        port = int(process.stdout.readline())
        assert process.stdout.readline() == "ready\n"
        yield port, process
        process.kill()


def asked(port: int, path: str = "/openapi.json") -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: wire.recv(65_536), b""))


def test_who_would_wait_too_long_is_told_when_to_come_again(
    alone: tuple[int, "subprocess.Popen[str]"],
) -> None:
    port, _ = alone
    busy = [threading.Thread(target=asked, args=(port, "/"), daemon=True) for _ in range(2)]
    for one in busy:
        one.start()
    while b'"busy"' not in asked(port, "/health"):
        pass
    answer = asked(port)
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 5" in answer.lower() and b"too many ask at once" in answer


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_whoever_ends_it_ends_all_of_it(
    alone: tuple[int, "subprocess.Popen[str]"], sent: signal.Signals
) -> None:
    port, process = alone
    threading.Thread(target=asked, args=(port, "/"), daemon=True).start()
    while b'"ok"' not in asked(port, "/health") or b"well" not in asked(port):
        pass
    (zygote,) = children(process.pid)
    family = [zygote, *children(zygote)]
    assert len(family) > 1
    process.send_signal(sent)
    process.wait(timeout=10)
    assert process.returncode in (0, -signal.SIGTERM)
    while any(Path(f"/proc/{one}/cmdline").exists() and is_there(one) for one in family):
        pass


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_where_nobody_can_listen_is_said(
    server: Any, checkout: Path, command: Callable[..., Any]
) -> None:
    taken = command(checkout, "serve", "--port", str(server.port))
    assert taken.code == 2
    assert f"cannot listen on 127.0.0.1, port {server.port}: Address already in use" in taken.err
    assert command(checkout, "serve", "--host", "192.0.2.1").code == 2


def test_an_answer_does_not_wait_for_its_head_to_be_acknowledged(endpoint_extra: None) -> None:
    from legation.serve.listening import bound

    with bound("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

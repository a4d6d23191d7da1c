"""How many requests a second our endpoint answers, beside the oxigraph server on the same data.

    python benchmarks/endpoint.py [REQUESTS [CONNECTIONS [FOLDER]]]
    python benchmarks/endpoint.py besieged [SECONDS [FOLDER]]

Both serve the graph of FOLDER (the reference graph, if left out) on loopback, one after the other.
Each of the connections stays open and puts its share of the requests one after the other; a table
says how many were answered in a second and how long all but one in a hundred took at most: a lookup
of one thing, a join of four patterns, and the same again with an endless query running beside. The
clients share the processors with what they measure, on both sides alike.

Besieged, ours alone is asked by sixteen clients at once, as it comes (four couriers, ten seconds):
twelve put good queries, four what is hostile. Told is how many were answered as they have to be,
how many were asked to come again later, how many neither, and how long they took.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from legation.rdf.trig import write_nquads
from legation.serve.bureau import Bureau, Limits
from legation.serve.errands import working
from legation.serve.listening import bound, listen
from legation.serve.reception import application
from legation.serve.served import ServedGraph, served

BESIEGED = sys.argv[1:2] == ["besieged"]
GIVEN = sys.argv[2:] if BESIEGED else sys.argv[1:]
REQUESTS = int(GIVEN[0]) if GIVEN and not BESIEGED else 4_000
SECONDS = int(GIVEN[0]) if GIVEN and BESIEGED else 30
CONNECTIONS = int(GIVEN[1]) if len(GIVEN) > 1 and not BESIEGED else 4
FOLDER = Path(GIVEN[-1]) if len(GIVEN) > (1 if BESIEGED else 2) else None

LEG = "PREFIX leg: <https://w3id.org/legation/ns#> "
RDFS = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
QUERIES = {
    "lookup": LEG + "SELECT ?p ?o WHERE { <THING> ?p ?o }",
    "join": LEG + RDFS + "SELECT ?who ?quote WHERE { ?event leg:participant ?who . "
    "?who rdfs:label ?name . ?claim leg:describes ?event . ?claim leg:quote ?quote } LIMIT 20",
}
Server = Callable[[ServedGraph], AbstractContextManager[tuple[int, str]]]

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

BOMBS = 2
"""How many of the hostile queries run until they are ended."""
HOSTILE = {
    "endless": (ENDLESS, (503,)),
    "much": ("SELECT ?a { ?a ?b ?c . ?d ?e ?f }", (413, 503)),
    "deep": (f"ASK {{ FILTER({'STR(' * 2_000}'a'{')' * 2_000}) }}", (400,)),
    "update": ("DROP ALL", (400,)),
    "service": ("SELECT * { SERVICE <http://192.0.2.1/> { ?a ?b ?c } }", (400,)),
    "broken": ("SELECT * { ?a", (400,)),
}


def request(path: str, query: str) -> bytes:
    """A request as bytes."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    wanted = "Accept: application/sparql-results+json\r\n"
    return f"{head}{wanted}Content-Length: {len(query)}\r\n\r\n{query}".encode()


def read(wire: socket.socket) -> int:
    """Read one answer to its end; its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += received(wire)
    head, _, body = data.partition(b"\r\n\r\n")
    told = head.lower()
    if b"content-length:" in told:
        length = int(told.partition(b"content-length:")[2].split(b"\r\n")[0])
        while len(body) < length:
            body += received(wire)
    else:
        while not body.endswith(b"0\r\n\r\n"):
            body += received(wire)
    return int(head.split(b" ", 2)[1])


def received(wire: socket.socket) -> bytes:
    """Some more bytes of an answer that has not ended."""
    more = wire.recv(65_536)
    assert more, "the server closed the connection in the middle"
    return more


def share(port: int, data: bytes, count: int) -> list[float]:
    """Put so many requests on one connection; the seconds that each took."""
    times = []
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            began = time.perf_counter()
            wire.sendall(data)
            assert read(wire) == 200
            times.append(time.perf_counter() - began)
    return times


def measured(port: int, data: bytes, pool: ProcessPoolExecutor) -> str:
    """Requests a second and the latency of all but one in a hundred, in words."""
    for one in [pool.submit(share, port, data, 20) for _ in range(CONNECTIONS)]:
        one.result()  # what is slow only once is no part of it
    began = time.perf_counter()
    each = REQUESTS // CONNECTIONS
    times = [pool.submit(share, port, data, each) for _ in range(CONNECTIONS)]
    all_of_them = sorted(t for one in times for t in one.result())
    seconds = time.perf_counter() - began
    worst = all_of_them[int(len(all_of_them) * 0.99)]
    return f"{len(all_of_them) / seconds:9,.0f}/s  p99 {worst * 1000:7.2f} ms"


def put_until(
    ends: float, port: int, some: list[tuple[str, bytes, tuple[int, ...]]]
) -> list[tuple[str, str, float]]:
    """Put some requests again and again: what each was, how it was answered, and its seconds."""
    told = []
    while time.perf_counter() < ends:
        for name, data, statuses in some:
            began = time.perf_counter()
            with socket.create_connection(("127.0.0.1", port)) as wire:
                wire.sendall(data)
                status = read(wire)
            how = "held" if status in statuses else "later" if status == 503 else "fell"
            told.append((name, how, time.perf_counter() - began))
    return told


def besieged(graph: ServedGraph, thing: str, bombers: int) -> None:
    """Measure ours under sixteen clients, some of the four hostile with bombs; print a table."""
    with (
        ours(graph, Limits()) as (port, path),
        ProcessPoolExecutor(16, mp_context=get_context("fork")) as pool,
    ):
        good = [(q, request(path, t.replace("THING", thing)), (200,)) for q, t in QUERIES.items()]
        bad = [(name, request(path, t), codes) for name, (t, codes) in HOSTILE.items()]
        ends = time.perf_counter() + SECONDS
        running = [pool.submit(put_until, ends, port, good) for _ in range(12)]
        for n in range(4):
            some = bad if n < bombers else bad[BOMBS:]
            running.append(pool.submit(put_until, ends, port, some[n:] + some[:n]))
        told = [row for one in running for row in one.result()]
    print(f"{bombers} of the four hostile send bombs")
    for name in [*QUERIES, *HOSTILE]:
        times = sorted(seconds for kind, _, seconds in told if kind == name)
        how = Counter(how for kind, how, _ in told if kind == name)
        p50, p99 = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.99))
        counts = "  ".join(f"{how[word]:6,} {word}" for word in ("held", "later", "fell"))
        print(f"{name:8} {counts}  p50 {p50:8.1f} ms  p99 {p99:8.1f} ms")


@contextmanager
def ours(graph: ServedGraph, limits: Limits) -> Iterator[tuple[int, str]]:
    """Our endpoint in a process of its own; its port and path."""
    listener = bound("127.0.0.1", 0)
    child = os.fork()
    if child == 0:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - the lines of the log go there
        bureau = Bureau(working(graph), limits)
        listen(application(bureau, {}), listener, lambda: None)
        bureau.close()
        os._exit(0)
    try:
        yield listener.getsockname()[1], "/sparql"
    finally:
        os.kill(child, signal.SIGINT)
        os.waitpid(child, 0)
        listener.close()


@contextmanager
def theirs(graph: ServedGraph) -> Iterator[tuple[int, str]]:
    """The oxigraph server on the same quads."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    with tempfile.TemporaryDirectory() as folder:
        quads = Path(folder) / "graph.nq"
        quads.write_text(write_nquads(graph.site.edition.dataset.quads), "utf-8")
        store = ["-l", f"{folder}/store"]
        subprocess.run([program, "load", *store, "-f", quads], check=True, capture_output=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [program, "serve-read-only", *store, "-b", f"127.0.0.1:{port}"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            assert any("Listening" in line for line in process.stderr)
            yield port, "/query"
            process.kill()


def main() -> None:
    """Measure both servers and print a table."""
    graph = served(FOLDER)
    thing = next(q.subject.value for q in graph.site.edition.dataset.quads if "/person/" in str(q))
    servers: dict[str, Server] = {
        "legation": partial(ours, limits=Limits(seconds=120)),
        "oxigraph": theirs,
    }
    triples, graphs = graph.size
    if BESIEGED:
        print(f"{triples:,} triples, {graphs:,} graphs; 16 clients, 4 hostile, {SECONDS} seconds")
        besieged(graph, thing, 1)
        besieged(graph, thing, 4)
        return
    print(
        f"{triples:,} triples, {graphs:,} graphs; {CONNECTIONS} connections, {REQUESTS:,} requests"
    )
    with ProcessPoolExecutor(CONNECTIONS, mp_context=get_context("fork")) as pool:
        for name, server in servers.items():
            with server(graph) as (port, path):
                data = {q: request(path, t.replace("THING", thing)) for q, t in QUERIES.items()}
                for query, sent in data.items():
                    print(f"{name:9} {query:7} {'alone':8} {measured(port, sent, pool)}")
                with socket.create_connection(("127.0.0.1", port)) as endless:
                    endless.sendall(request(path, ENDLESS))
                    for query, sent in data.items():
                        print(f"{name:9} {query:7} {'endless':8} {measured(port, sent, pool)}")


if __name__ == "__main__":
    main()

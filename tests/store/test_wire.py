"""An endpoint gives the whole answer in time, or an error that says why not."""

import base64
import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from legation.errors import EndpointError, UsageError
from legation.store import RemoteStore, Rows
from legation.store.wire import reply_to

QUERY = "SELECT ?s { ?s ?p 'é +&=' }"
TABLE = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"one"}}]}}'
JSON = "application/sparql-results+json"
asked: list[tuple[str, str, dict[str, str]]] = []
stopped = threading.Event()


class Endpoint(BaseHTTPRequestHandler):
    """An endpoint with every fault that matters."""

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked.append((self.path, form["query"][0], dict(self.headers)))
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"say_{name}")(rest)

    def send(self, status: int, data: bytes = b"", kind: str = JSON, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def say_whole(self, _: str) -> None:
        self.send(200, TABLE)

    def say_moved(self, code: str) -> None:
        self.send(int(code), Location="/whole")

    def say_away(self, code: str) -> None:
        port = self.server.server_address[1]
        self.send(int(code), Location=f"http://localhost:{port}/whole")

    def say_round(self, _: str) -> None:
        self.send(307, Location="/round")

    def say_file(self, _: str) -> None:
        self.send(302, Location="file:///etc/hostname")

    def say_short(self, _: str) -> None:
        self.send(200, TABLE, Content_Length=str(len(TABLE) + 1))

    def say_drip(self, _: str) -> None:
        self.send(200, b"{", Content_Length="100000")
        self._drip()

    def say_slowly(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        self._drip()

    def _drip(self) -> None:
        try:
            while not stopped.wait(0.02):
                self.wfile.write(b".")
        except OSError:
            pass

    def say_large(self, _: str) -> None:
        self.send(200, b" " * 100_000)

    def say_bomb(self, _: str) -> None:
        self.send(200, gzip.compress(b" " * 100_000), Content_Encoding="gzip")

    def say_packed(self, _: str) -> None:
        self.send(200, gzip.compress(TABLE), Content_Encoding="gzip")

    def say_rows(self, _: str) -> None:
        self.send(200, TABLE, X_SPARQL_MaxRows="10000")

    def say_part(self, _: str) -> None:
        self.send(200, TABLE, X_SQL_State="S1TAT", X_SQL_Message="incomplete results")

    def say_status(self, code: str) -> None:
        self.send(int(code), TABLE)

    def say_fault(self, _: str) -> None:
        self.send(400, b"Virtuoso 37000 Error\n\nSP030: line 3: undefined prefix\n" + b"x" * 900)

    def say_page(self, _: str) -> None:
        self.send(500, b"<html><style>p{}</style><p>Out of <b>memory</b></p>", kind="text/html")

    def say_busy(self, seconds: str) -> None:
        again = sum(path == self.path for path, *_ in asked) > 1
        if again and seconds == "0" and "never" not in asked[-1][1]:
            self.send(200, TABLE)
        else:
            self.send(503, b"busy", kind="text/plain", Retry_After=seconds)

    def say_html(self, _: str) -> None:
        self.send(200, b"", kind="text/html")

    def say_deep(self, _: str) -> None:
        self.send(200, b"<a:a> <a:b> '\"', " + b"[<a:b> " * 5_000 + b"1", kind="text/turtle")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        stopped.set()
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _forget() -> None:
    asked.clear()


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_on_the_same_host_gets_the_query_again(site: str, code: int) -> None:
    rows = RemoteStore(f"{site}/moved/{code}").query(QUERY)
    assert isinstance(rows, Rows) and len(rows) == 1
    assert [(path, query) for path, query, _ in asked] == [
        (f"/moved/{code}", QUERY),
        ("/whole", QUERY),
    ]


@pytest.mark.parametrize("path", ["away/302", "away/307", "away/308", "file"])
def test_a_redirect_to_another_host_is_told_and_not_followed(site: str, path: str) -> None:
    with pytest.raises(EndpointError, match=r"another host|is not allowed"):
        RemoteStore(f"{site.replace('//', '//me:secret@')}/{path}").query(QUERY)
    assert len(asked) == 1


FAULTS = {
    "round": "redirect",
    "moved/303": "not to an endpoint",
    "short": "broke off after 87 of 88 bytes",
    "rows": "cut its answer at 10000 rows",
    "part": r"only a part of its answer \(S1TAT\): incomplete results",
    "status/206": "no whole answer: its status is 206",
    "status/204": "no whole answer: its status is 204",
    "fault": "SP030: line 3: undefined prefix\nx{900}",
    "page": r"answers 500 .*: Out of memory$",
    "busy/3600": "busy; it asks to wait 3600 seconds",
    "html": "not a SPARQL result but text/html",
}


@pytest.mark.parametrize(("path", "words"), FAULTS.items(), ids=list(FAULTS))
def test_an_answer_that_is_none_or_no_whole_is_an_error(site: str, path: str, words: str) -> None:
    with pytest.raises(EndpointError, match=words):
        RemoteStore(f"{site}/{path}").query(QUERY)


@pytest.mark.parametrize("path", ["drip", "slowly"])
def test_whatever_drips_ends_at_the_deadline(site: str, path: str) -> None:
    with pytest.raises(EndpointError, match=r"did not answer within 0\.3 seconds"):
        RemoteStore(f"{site}/{path}", timeout=0.3).query(QUERY)


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_an_answer_has_a_limit_packed_or_not(site: str, path: str) -> None:
    request = RemoteStore(f"{site}/{path}")._request(QUERY, "SELECT")
    with pytest.raises(EndpointError, match="answered more than 50,000 bytes"):
        reply_to(request, seconds=9, most=50_000)


def test_a_packed_answer_is_read(site: str) -> None:
    assert RemoteStore(f"{site}/packed").query(QUERY) == RemoteStore(f"{site}/whole").query(QUERY)


def test_a_busy_endpoint_is_asked_again_when_it_says(site: str) -> None:
    rows = RemoteStore(f"{site}/busy/0").query(QUERY)
    assert isinstance(rows, Rows) and len(asked) == 2


def test_an_endpoint_that_is_always_busy_is_not_asked_for_ever(site: str) -> None:
    with pytest.raises(EndpointError, match="busy"):
        RemoteStore(f"{site}/busy/0").query("ASK { ?s ?p 'never' }")
    assert len(asked) == 3


def test_a_graph_is_turtle_and_no_page(site: str) -> None:
    with pytest.raises(EndpointError, match="text/html, which is not Turtle"):
        RemoteStore(f"{site}/html").query("CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_graph_that_nests_does_not_end_the_process(site: str) -> None:
    with pytest.raises(EndpointError, match="nests too deeply"):
        RemoteStore(f"{site}/deep").query("CONSTRUCT WHERE { ?s ?p ?o }")


def test_legation_says_who_it_is_and_a_password_is_sent_but_never_shown(site: str) -> None:
    store = RemoteStore(f"{site.replace('//', '//me:se%40cret@')}/whole")
    store.query(QUERY)
    headers = asked[0][2]
    assert headers["User-Agent"].startswith("legation/")
    assert base64.b64decode(headers["Authorization"].split()[1]) == b"me:se@cret"
    assert store.url == f"{site}/whole"
    with pytest.raises(EndpointError) as failed:
        RemoteStore("http://me:secret@127.0.0.1:9/").query(QUERY)
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://me:secret@host:port/",
        "http://me:sec/secret@host/",
        "ftp://me:secret@host/",
        "http://",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        RemoteStore(url)
    assert "secret" not in str(refused.value)


ODD = {
    "Virtuoso's label": '{"type":"bnode","value":"nodeID://b1"}',
    "a blank node as IRI": '{"type":"uri","value":"_:node1"}',
    "a space in an IRI": '{"type":"uri","value":"http://dbpedia.org/resource/A b"}',
    "an underscore in a language": '{"type":"literal","xml:lang":"zh_CN","value":"x"}',
    "no language": '{"type":"literal","xml:lang":"","value":"x"}',
    "a line end": '{"type":"literal","value":"a\nb"}',
}


@pytest.mark.parametrize("term", ODD.values(), ids=list(ODD))
def test_one_odd_term_leaves_the_other_rows(term: str) -> None:
    good = '{"s":{"type":"literal","value":"good"}}'
    body = f'{{"head":{{"vars":["s"]}},"results":{{"bindings":[{good},{{"s":{term}}},{good}]}}}}'
    rows = RemoteStore("http://x.example/")._table(body.encode())
    assert isinstance(rows, Rows) and len(rows) == 3
    assert rows.rows[1] != (None,)


@pytest.mark.parametrize("term", ['{"type":"triple","value":{}}', '{"type":"uri"}', "7"])
def test_what_is_no_term_is_named_with_its_row_and_variable(term: str) -> None:
    body = f'{{"head":{{"vars":["s"]}},"results":{{"bindings":[{{}},{{"s":{term}}}]}}}}'
    with pytest.raises(EndpointError, match=r"in row 2 \?s is "):
        RemoteStore("http://x.example/")._table(body.encode())


@pytest.mark.parametrize("said", ['"false"', "0", "null"])
def test_a_yes_or_no_is_one(said: str) -> None:
    with pytest.raises(EndpointError, match="not a SPARQL result"):
        RemoteStore("http://x.example/")._table(f'{{"head":{{}},"boolean":{said}}}'.encode())

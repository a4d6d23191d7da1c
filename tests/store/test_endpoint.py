"""An endpoint that answers nonsense is an error of one sentence, never a traceback."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import EndpointError
from legation.store import RemoteStore

from ..mutation import in_bytes, mutated, tries

ROWS = b'{"head":{"vars":["a"]},"results":{"bindings":%s}}'
NONSENSE = {
    "a page": b"<html>",
    "half an object": b"{",
    "a list": b"[]",
    "nothing": b"",
    "no text": b"\xff\xfe",
    "depth": b"[" * 100_000,
    "no value": ROWS % b'[{"a":{"type":"uri"}}]',
    "no IRI": ROWS % b'[{"a":{"type":"uri","value":"not an iri"}}]',
    "no language": ROWS % b'[{"a":{"type":"literal","value":"x","xml:lang":"no tag"}}]',
    "no term": ROWS % b'[{"a":"x"}]',
}


class _Answer(BaseHTTPRequestHandler):
    body = b""
    kind = "application/sparql-results+json"

    def do_POST(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", self.kind)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def endpoint() -> Iterator[RemoteStore]:
    with HTTPServer(("127.0.0.1", 0), _Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield RemoteStore(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("body", NONSENSE.values(), ids=list(NONSENSE))
def test_nonsense_is_one_sentence(endpoint: RemoteStore, body: bytes) -> None:
    _Answer.body = body
    with pytest.raises(EndpointError, match="not a SPARQL result") as caught:
        endpoint.select("SELECT ?a { ?a ?b ?c }")
    assert len(str(caught.value)) < 300


def test_names_that_are_no_text_are_read_as_text(endpoint: RemoteStore) -> None:
    _Answer.body = b'{"head":{"vars":[1]},"results":{"bindings":[{}]}}'
    assert endpoint.select("SELECT ?a { ?a ?b ?c }").variables == ("1",)


TOLD = {
    "SELECT ?a ?b { ?a ?p ?b }": (
        "application/sparql-results+json",
        '{"head": {"vars": ["a", "b"]}, "results": {"bindings": [{"a": {"type": "uri", "value": '
        '"http://e/a"}, "b": {"type": "literal", "value": "é", "xml:lang": "fr"}}, {"a": {"type": '
        '"bnode", "value": "b0"}, "b": {"type": "literal", "value": "1.50", "datatype": '
        '"http://www.w3.org/2001/XMLSchema#decimal"}}]}}',
    ),
    "ASK { ?a ?b ?c }": ("application/sparql-results+json", '{"head": {}, "boolean": true}'),
    "CONSTRUCT WHERE { ?a ?b ?c }": (
        "application/n-triples",
        '<http://e/a> <http://e/b> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
        '_:b <http://e/b> "\\u00e9"@fr .\n',
    ),
    "DESCRIBE <http://e/a>": (
        "text/turtle",
        "@prefix e: <http://e/> .\ne:a e:b e:c, [ e:d 1 ] .\n",
    ),
}


@tries(30)
@given(st.data(), st.sampled_from(sorted(TOLD)))
def test_a_broken_answer_is_an_answer_or_one_sentence(
    endpoint: RemoteStore, data: st.DataObject, query: str
) -> None:
    _Answer.kind, whole = TOLD[query]
    _Answer.body = in_bytes(data.draw(mutated(whole)))
    try:
        endpoint.query(query)
    except EndpointError as error:
        assert str(error)
    finally:
        _Answer.kind = "application/sparql-results+json"

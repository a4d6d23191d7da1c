"""No query reaches the network, and none ends the process."""

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pyoxigraph as ox
import pytest

from legation.errors import UsageError
from legation.rdf.guard import DEEPEST, MOST_WORDS, form_of, refuse_unsafe
from legation.store import LocalStore, RemoteStore

ANY = "{ ?a ?b ?c }"


class Listener(HTTPServer):
    """A server on loopback that remembers who called."""

    calls = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        Listener.calls += 1
        self.send_error(500)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with Listener(("127.0.0.1", 0), _Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


FEDERATED = {
    "plain": "SELECT * { SERVICE <URL> ANY }",
    "silent": "SELECT * { SERVICE SILENT <URL> ANY }",
    "odd case": "SELECT * { sErViCe <URL> ANY }",
    "comment between": "SELECT * { SERVICE#c\n<URL> ANY }",
    "quotes in comments": "SELECT * { #it's\nSERVICE<URL> ANY #'\n }",
    "variable": "SELECT * { BIND(<URL> AS ?x) SERVICE?x ANY }",
    "empty prefix": "PREFIX : <URL> SELECT * { SERVICE:x ANY }",
    "prefix run into it": "PREFIX x: <URL> SELECT * { SERVICEx:x ANY }",
    "escaped hash before it": "PREFIX e: <urn:> ASK { { ?s e:a\\#b ?o } SERVICE <URL> ANY }",
    "escaped quotes": "PREFIX e: <urn:> ASK { e:\\' ?p 1 SERVICE <URL> ANY { e:\\' ?p 1 } }",
    "after a number": "SELECT * { <urn:s> <urn:p> 1SERVICE <URL> ANY }",
    "after an exponent": "SELECT * { <urn:s> <urn:p> 1e0SERVICE <URL> ANY }",
    "after a boolean": "SELECT * { <urn:s> <urn:p> trueSERVICE <URL> ANY }",
    "between signs": "SELECT * { VALUES ?x { <URL> } { FILTER(1<2)SERVICE?x#>\nANY } }",
    "in EXISTS": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> ANY } }",
    "under LIMIT 0": "SELECT * { SERVICE <URL> ANY } LIMIT 0",
    "long strings around it": "ASK { BIND('''a''' AS ?k) SERVICE <URL> ANY BIND('''b''' AS ?l) }",
    "escaped quote before it": 'SELECT * { BIND("\\"" AS ?k) SERVICE <URL> ANY BIND("" AS ?l) }',
    "on a base": "BASE <URL> SELECT * { SERVICE <> ANY }",
    "in LATERAL": "SELECT * { LATERAL { SERVICE <URL> ANY } }",
}


@pytest.mark.parametrize("text", FEDERATED.values(), ids=list(FEDERATED))
def test_service_is_refused_however_it_is_spelt(listener: Listener, text: str) -> None:
    quads = [ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), o) for o in _VALUES]
    with pytest.raises(UsageError, match="never reaches the network"):
        LocalStore(quads).query(text.replace("URL", listener.url).replace("ANY", ANY))
    assert Listener.calls == 0


_VALUES = (
    ox.Literal(1),
    ox.Literal(True),
    ox.Literal("1e0", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#double")),
    ox.NamedNode("urn:a"),
)


@pytest.mark.parametrize(
    "text",
    ["SELECT * FROM <URL> ANY", "SELECT * FROM NAMED <URL> { GRAPH ?g ANY }", "DESCRIBE <URL>"],
)
def test_graphs_that_are_not_here_are_not_fetched(listener: Listener, text: str) -> None:
    LocalStore([]).query(text.replace("URL", listener.url).replace("ANY", ANY))
    assert Listener.calls == 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p \"SERVICE\", '''a service'''@en }  # SERVICE <x> {}",
        "SELECT ?service { ?service <http://example.org/service/of?x=(y)> ?o }",
        "PREFIX ex: <urn:x> SELECT * { ?s ex:service ?o FILTER(?o<3&&?o>1) }",
        "SELECT * { ?s ?p '\\'', \"\\\\\" ; <urn:p> 'SERVICE' }",
    ],
)
def test_the_word_is_no_fault_where_it_is_no_keyword(text: str) -> None:
    refuse_unsafe(text)
    LocalStore([]).query(text)


def chained(sign: str, part: str) -> str:
    return sign.join([part] * 20_000)


BOMBS = {
    "functions": "SELECT * { BIND(" + "STR(" * 2_000 + "1" + ")" * 2_000 + " AS ?x) }",
    "braces": "SELECT * " + "{" * 5_000 + "}" * 5_000,
    "sub-selects": "SELECT * {" * 5_000 + "}" * 5_000,
    "optionals": "SELECT * {" + "OPTIONAL{ ?s ?p ?o " * 5_000 + "}" * 5_000 + "}",
    "path": "SELECT * { ?s " + "(" * 20_000 + "<urn:p>" + ")*" * 20_000 + " ?o }",
    "blank nodes": "SELECT * { ?s ?p " + "[<urn:p> " * 5_000 + "1" + "]" * 5_000 + " }",
    "triple terms": "SELECT * { " + "<<" * 5_000 + "?s ?p ?o" + ">> ?p ?o" * 5_000 + " }",
    "negations": "SELECT * { FILTER(" + "!" * 20_000 + "1) }",
    "sum": "SELECT * { BIND(" + chained("+", "1") + " AS ?x) }",
    "or": "SELECT * { FILTER(" + chained("||", "?x=1") + ") }",
    "unions": "SELECT * {" + chained("UNION", "{}") + "}",
    "binds": "SELECT * {" + "".join(f"BIND({i} AS ?x{i})" for i in range(5_000)) + "}",
    "minus": "SELECT * { ?s ?p ?o " + "MINUS{ ?s ?p 1 }" * 5_000 + "}",
    "order": "SELECT * {} ORDER BY " + "(?s) " * 5_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=list(BOMBS))
def test_what_would_end_the_process_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"take it apart"):
        LocalStore([]).query(text)


BORNE = {
    "functions": "SELECT * { BIND(" + "STR(" * 29 + "1" + ")" * 29 + " AS ?x) }",
    "negations": "SELECT * { FILTER(" + "!" * 1_980 + "1) }",
    "sum": "SELECT * { BIND(" + "+".join(["1"] * 1_980) + " AS ?x) }",
    "unions": "SELECT * {" + "UNION".join(["{}"] * 650) + "}",
    "binds": "SELECT * {" + "".join(f"BIND({i} AS ?x{i})" for i in range(390)) + "}",
    "values": "SELECT * { VALUES ?x { " + " ".join(map(str, range(50_000))) + " } }",
    "in": "SELECT * { FILTER(1 IN (" + ",".join(f"<urn:{i}>" for i in range(20_000)) + ")) }",
}


@pytest.mark.parametrize("text", BORNE.values(), ids=list(BORNE))
def test_what_passes_leaves_the_process_alive(text: str) -> None:
    program = (
        "import sys; from legation.store import LocalStore; LocalStore([]).query(sys.stdin.read())"
    )
    done = subprocess.run([sys.executable, "-c", program], input=text.encode(), check=False)
    assert done.returncode == 0


def test_the_limits_leave_room_for_what_people_write() -> None:
    assert DEEPEST >= 32
    assert MOST_WORDS >= 2_000


QUERIES = {
    "plain": ("SELECT * ANY", "SELECT"),
    "other forms in comments": ("# describe it\n#ask\nSELECT * ANY # INSERT", "SELECT"),
    "other forms in names": ("PREFIX insert: <urn:ask> ASK { insert:drop ?p ?clear }", "ASK"),
    "other forms in values": ("CONSTRUCT WHERE { ?s ?p 'DROP ALL ; }' }", "CONSTRUCT"),
    "declarations of every kind": (
        "BASE<urn:a>PREFIX:<b#>#d\nprefix x.y : <e>DESCRIBE<f>",
        "DESCRIBE",
    ),
    "settings of Virtuoso": ("DEFINE input:same-as 'yes' select*ANY", "SELECT"),
    "a table after it": ("SELECT ?a ANY GROUP BY ?a ORDER BY ?a VALUES ?a { 1 }", "SELECT"),
}


@pytest.mark.parametrize(("text", "form"), QUERIES.values(), ids=list(QUERIES))
def test_the_form_of_a_query_is_that_of_its_first_word(text: str, form: str) -> None:
    assert form_of(text.replace("ANY", ANY)) == form


UPDATES = {
    "plain": "INSERT DATA { <a:a> <a:b> 1 }",
    "after a comment": "# c\nDELETE WHERE ANY",
    "after a prefix": "PREFIX a: <a:> DROP ALL",
    "after a prefix with a hash": "PREFIX a:<a#SELECT>LOAD <a:b>",
    "after a comment in a declaration": "PREFIX#x\na:#SELECT\n<a:> CLEAR ALL",
    "in odd case": "base <a:>\n\rcReAtE GRAPH <a:b>",
    "with": "WITH <a:b> DELETE ANY WHERE ANY",
    "after a query": "SELECT * ANY ; DROP ALL",
    "after a query without a sign": "SELECT * ANY DROP ALL",
    "after a query and a comment": "ASK ANY #}\n; INSERT DATA { <a:a> <a:b> 1 }",
    "after strings": "ASK { ?a ?b '\"' } ; DROP ALL #' }",
    "behind an escape": 'ASK { ?a ?b "\\u0022 } ; DROP ALL #" }',
    "escaped": "\\u0044ROP ALL",
    "copy": "COPY DEFAULT TO <a:b>",
    "nothing": "# SELECT * ANY",
    "no form": "SELECTED * ANY",
    "a page": "<html>",
}


@pytest.mark.parametrize("text", UPDATES.values(), ids=list(UPDATES))
def test_whatever_is_no_query_is_never_sent(listener: Listener, text: str) -> None:
    with pytest.raises(UsageError, match=r"update|SELECT, ASK|escapes"):
        RemoteStore(listener.url).query(text.replace("ANY", ANY))
    assert Listener.calls == 0


@pytest.mark.parametrize("text", ["# x\nPREFIX a: <a:> DROP ALL", "with <a:b> delete {} where {}"])
def test_an_update_is_named_as_one_behind_whatever_it_declares(text: str) -> None:
    with pytest.raises(UsageError, match="this is an update"):
        LocalStore([]).query(text)

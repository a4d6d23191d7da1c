"""Fetching: only pages, only from whom one means, never too much, never for ever."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from legation.desk.archive.fetch import MOST_BYTES, fetch, is_public
from legation.errors import InputError

PAGE = (Path(__file__).parent / "pages/visit.html").read_bytes()
asked: list[str] = []


class Site(BaseHTTPRequestHandler):
    """A web site with every fault that matters."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        asked.append(self.path)
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"say_{name.replace('-', '_')}")(rest)

    def send(self, status: int, data: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def say_page(self, _: str) -> None:
        self.send(200, PAGE, Content_Type="text/html; charset=utf-8", Content_Length=str(len(PAGE)))

    def say_korean(self, _: str) -> None:
        self.send(
            200,
            "<html><body>평양</body></html>".encode("euc-kr"),
            Content_Type="text/html; charset=euc-kr",
        )

    def say_hop(self, left: str) -> None:
        self.send(302, Location=f"/hop/{int(left) - 1}" if int(left) else "/page")

    def say_away(self, _: str) -> None:
        self.send(302, Location="file:///etc/hostname")

    def say_missing(self, _: str) -> None:
        self.send(404)

    def say_picture(self, _: str) -> None:
        self.send(200, b"\x89PNG", Content_Type="image/png")

    def say_announced(self, _: str) -> None:
        self.send(200, b"<html>", Content_Type="text/html", Content_Length=str(50 * 1024 * 1024))

    def say_endless(self, _: str) -> None:
        self.send(200, b"<html>", Content_Type="text/html")
        try:
            for _chunk in range(800):
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def say_drip(self, _: str) -> None:
        self.send(200, b"<html>", Content_Type="text/html")
        try:
            while not stopped.wait(0.05):
                self.wfile.write(b".")
                self.wfile.flush()
        except OSError:
            pass

    def say_short(self, _: str) -> None:
        self.send(200, b"<html>half", Content_Type="text/html", Content_Length="5000")

    def say_bomb(self, _: str) -> None:
        import gzip

        body = gzip.compress(b"\0" * (40 * 1024 * 1024))
        self.send(200, body, Content_Type="text/html", Content_Encoding="gzip")


stopped = threading.Event()


@contextmanager
def serving(certificate: tuple[Path, Path] | None = None) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        scheme = "http" if certificate is None else "https"
        yield f"{scheme}://127.0.0.1:{server.server_port}"
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
        stopped.clear()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


def test_a_page_is_fetched_with_its_character_set(site: str) -> None:
    page = fetch(f"{site}/page", private=True)
    assert (page.body, page.kind, page.charset) == (PAGE, "text/html", "utf-8")
    assert fetch(f"{site}/korean", private=True).charset == "euc-kr"


def test_redirects_are_followed_but_not_for_ever(site: str) -> None:
    assert fetch(f"{site}/hop/3", private=True).url == f"{site}/page"
    with pytest.raises(InputError, match="redirect"):
        fetch(f"{site}/hop/9", private=True)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("away", "not allowed|not an http"),
        ("missing", "answers 404"),
        ("picture", "image/png, not a page"),
        ("announced", "more than 10,485,760 bytes"),
        ("endless", "more than 10,485,760 bytes"),
        ("bomb", "more than 10,485,760 bytes"),
        ("short", "broke off"),
    ],
)
def test_what_is_no_page_is_refused(site: str, path: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        fetch(f"{site}/{path}", private=True)


def test_a_page_that_drips_is_cut_off_at_the_deadline(site: str) -> None:
    with pytest.raises(InputError, match=r"did not answer within 0\.4 seconds"):
        fetch(f"{site}/drip", private=True, seconds=0.4)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "certificate.pem", folder / "key.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext"
    names = ["subjectAltName=IP:127.0.0.1", "-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(["openssl", *words.split(), *names], check=True, capture_output=True)
    return paths


def test_a_certificate_is_verified_for_the_name_in_the_address(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(certificate) as secure:
        with pytest.raises(InputError, match=r"(?i)certificate"):
            fetch(f"{secure}/page", private=True)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert fetch(f"{secure}/page", private=True).body == PAGE
        with pytest.raises(InputError, match=r"(?i)certificate"):
            fetch(f"{secure.replace('127.0.0.1', 'localhost')}/page", private=True)
        with pytest.raises(InputError, match=r"did not answer within 0\.6 seconds"):
            fetch(f"{secure}/drip", private=True, seconds=0.6)


def test_a_private_address_is_never_asked_unless_allowed(site: str) -> None:
    before = len(asked)
    for address in (
        site,
        site.replace("127.0.0.1", "localhost"),
        site.replace("127.0.0.1", "[::1]"),
    ):
        with pytest.raises(InputError, match=r"--allow-private|cannot be found"):
            fetch(f"{address}/page")
    assert len(asked) == before


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 192.168.0.1 172.16.9.9 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 "
    "fe80::1%eth0 fc00::1 ::ffff:127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: ff02::1 240.0.0.1".split(),
)
def test_no_address_of_a_private_or_special_network_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_ordinary_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/x", "not an http or https"),
        ("file:///etc/passwd", "not an http or https"),
        ("https://me:secret@example.org/", "user name or password"),
        ("http:///x", "names no host"),
        ("http://example.org:99999/", "not a web address"),
        ("http://exa mple.org/", "cannot be found|space"),
    ],
)
def test_an_address_that_is_none_is_refused_before_anything_is_asked(
    url: str, message: str
) -> None:
    with pytest.raises(InputError, match=message) as refused:
        fetch(url)
    assert "secret" not in str(refused.value)


def test_ten_megabytes_are_the_limit() -> None:
    assert MOST_BYTES == 10 * 1024 * 1024

"""From a file, an address or standard input to an archived article with its header.

Invariant: a plain text is archived byte for byte. What the header says comes from the source or
from the person who adds it; where neither says it, the header leaves it out and a comment tells.
"""

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from legation.desk.archive.duplicate import Twin, sha256, twin
from legation.desk.archive.fetch import MOST_BYTES, fetch
from legation.desk.archive.header import Header, header
from legation.desk.archive.webpage import cut_mark, decoded, is_html, read_page
from legation.errors import InputError, UsageError
from legation.files.journal import Change, rewrite, writing
from legation.graph import workspace as workspaces
from legation.graph.workspace import Workspace
from legation.text.spans import sentences


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the person who adds an article says of it; empty where they leave it to the source."""

    title: str = ""
    published: str = ""
    publisher: str = ""
    language: str = ""
    url: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """An article that was archived.

    Attributes:
        slug: Its name.
        article: The article file with its header.
        source: The archived text.
        dropped: What was left out of the page; None for a plain text.
        sha256: The hash of the text.
        is_partial: Whether the text says that it was cut.
        is_nfc: Whether the text is in Unicode's composed form.
        notes: What is not stated and what to look at.
    """

    slug: str
    article: Path
    source: Path
    dropped: Path | None
    sha256: str
    is_partial: bool
    is_nfc: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text ready to be archived, and what its source says of it."""

    data: bytes
    identifier: str
    stated: Particulars
    cut: str = ""
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def add(
    workspace: Workspace,
    origin: str,
    *,
    said: Particulars | None = None,
    private: bool = False,
    partial: bool = False,
    repost: bool = False,
    seconds: float = 30.0,
) -> Added:
    """Archive an article (a file, an address, or ``-``); what is said goes before what it states.

    Raises:
        LegationError: The source cannot be read, is no text, has no body or is here already,
            or the workspace cannot be written; nothing has changed.
    """
    text = _taken(origin, private, seconds)
    _refuse_empty(text, origin)
    with writing(workspace.root):
        return _archived(
            workspace, text, origin, said or Particulars(), partial=partial, repost=repost
        )


def _archived(
    workspace: Workspace,
    text: _Text,
    origin: str,
    said: Particulars,
    *,
    partial: bool,
    repost: bool,
) -> Added:
    record = workspaces.read(workspace)
    notes = (*text.notes, *_refuse_twin(twin(text.data, record.articles), origin, repost))
    merged = _merged(said, text.stated)
    known = Header(
        slug=_slug(merged, origin, text, workspace),
        identifier=text.identifier,
        sha256=sha256(text.data),
        cut=text.cut or ("as said by whoever added it" if partial else ""),
        is_nfc=unicodedata.is_normalized("NFC", text.data.decode("utf-8")),
        title=merged.title,
        published=merged.published,
        publisher=merged.publisher,
        language=merged.language,
        url=merged.url,
        notes=notes,
    )
    written, missing = header(known, workspace, record)
    files = _files(known.slug, text, written)
    if taken := [name for name in files if (workspace.graph / name).exists()]:
        raise InputError("is there already; choose another --slug", workspace.graph / taken[0])
    changes = [Change(workspace.graph / name, None, data) for name, data in files.items()]
    rewrite(changes, workspace.root)
    return _added(known, workspace, bool(text.dropped), missing)


def _files(slug: str, text: _Text, written: str) -> dict[str, bytes]:
    dropped = {f"sources/dropped/{slug}.txt": _dropped_file(text)} if text.dropped else {}
    article = {f"articles/{slug}.trig": written.encode("utf-8")}
    return {f"sources/{slug}.txt": text.data, **dropped, **article}


def _added(
    known: Header, workspace: Workspace, has_dropped: bool, missing: tuple[str, ...]
) -> Added:
    return Added(
        slug=known.slug,
        article=workspace.articles / f"{known.slug}.trig",
        source=workspace.sources / f"{known.slug}.txt",
        dropped=workspace.sources / "dropped" / f"{known.slug}.txt" if has_dropped else None,
        sha256=known.sha256,
        is_partial=bool(known.cut),
        is_nfc=known.is_nfc,
        notes=(*known.notes, *missing),
    )


def _taken(origin: str, private: bool, seconds: float) -> _Text:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", origin):
        page = fetch(origin, seconds=seconds, private=private)
        is_page = page.kind != "text/plain" and (bool(page.kind) or is_html(page.data))
        if is_page:
            return _page_text(page.data, page.charset, page.url)
        _refuse_binary(page.data, page.url)
        is_utf8 = page.charset.lower() in ("", "utf-8", "utf8")
        data = page.data if is_utf8 else decoded(page.data, page.charset, page.url).encode("utf-8")
        return _plain_text(data, page.url)
    data = _standard_input() if origin == "-" else _file(Path(origin))
    name = "standard input" if origin == "-" else Path(origin).name
    return _page_text(data, "", name) if is_html(data) else _plain_text(data, name)


def _standard_input() -> bytes:
    return _limited(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input")


def _file(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise InputError("is not a file; give a file, an http(s) address or - ", path)
        with path.open("rb") as file:
            return _limited(file.read(MOST_BYTES + 1), str(path))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path) from error


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > MOST_BYTES:
        size = MOST_BYTES // 1024 // 1024
        raise InputError(f"{name} is larger than {size} MB; add only the article's text")
    return data


def _page_text(data: bytes, charset: str, name: str) -> _Text:
    _refuse_binary(data, name)
    page = read_page(decoded(data, charset, name), name)
    stated = Particulars(**{key: value.value for key, value in page.stated.items()})
    sources = ", ".join(f"{key} from {value.where}" for key, value in page.stated.items())
    notes = [*page.notes, *([f"the page's own markup states: {sources}"] if sources else [])]
    return _Text(page.text.encode("utf-8"), name, stated, page.cut, page.dropped, tuple(notes))


def _plain_text(data: bytes, name: str) -> _Text:
    _refuse_binary(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = (
            f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8 and add it again"
        )
        raise InputError(message, Path(name), line) from error
    found = sentences(text)
    first = found[0].of(text) if found else ""
    is_headline = len(found) > 1 and len(first) <= 200 and not first.endswith(".")
    notes = ["the text's first line is taken as its title"] if is_headline else []
    return _Text(
        data,
        name,
        Particulars(title=first if is_headline else ""),
        cut_mark(text),
        (),
        tuple(notes),
    )


def _refuse_binary(data: bytes, name: str) -> None:
    if b"\x00" in data or data.startswith(
        (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")
    ):
        raise InputError(
            f"{name} is a binary file, not a text; save the article as plain text or HTML"
        )


def _refuse_empty(text: _Text, origin: str) -> None:
    if not sentences(text.data.decode("utf-8")):
        raise InputError(f"{origin} has no body: there is not one sentence in it")


def _refuse_twin(found: Twin | None, origin: str, repost: bool) -> Sequence[str]:
    if found is None:
        return []
    slug = found.article.slug
    if found.is_same:
        raise UsageError(f"{origin} is here already: its text is article {slug}, to the byte")
    share = f"{found.share:.0%} of the shorter text stands in both"
    if not repost:
        raise UsageError(
            f"{origin} and article {slug} have nearly the same text, as one repost of another "
            f"({share}); --repost archives it all the same"
        )
    return [f"nearly the same text as article {slug}, as one repost of another ({share})"]


def _merged(said: Particulars, stated: Particulars) -> Particulars:
    names = (field.name for field in fields(Particulars))
    return Particulars(**{name: getattr(said, name) or getattr(stated, name) for name in names})


def _slug(said: Particulars, origin: str, text: _Text, workspace: Workspace) -> str:
    """The slug asked for, or one made of the title or file name that is not taken."""
    if said.slug:
        if slugged(said.slug) != said.slug:
            raise UsageError(
                f"{said.slug!r} is no slug: write lower-case letters, digits and hyphens"
            )
        return said.slug
    stem = "" if origin == "-" or "://" in origin else Path(origin).stem
    base = slugged(said.title) or slugged(stem) or f"text-{sha256(text.data)[:8]}"
    number, slug = 1, base
    while (workspace.articles / f"{slug}.trig").exists() or (
        workspace.sources / f"{slug}.txt"
    ).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def slugged(name: str) -> str:
    """A name in Latin letters, digits and hyphens, at most 60 long; empty when it has none.

    >>> slugged("Élan & Cie: a *second* meeting")
    'elan-cie-a-second-meeting'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
    while len("-".join(words)) > 60:
        words.pop()
    return "-".join(words)


def _dropped_file(text: _Text) -> bytes:
    head = (
        f"What the page {text.identifier} shows and its archived text leaves out, line by line.\n"
    )
    note = "Kept so that a person can see it; nothing is quoted from here.\n\n"
    return (head + note + "\n".join(text.dropped) + "\n").encode("utf-8")

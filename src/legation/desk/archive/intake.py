"""From a file, an address or standard input to an archived article with its header.

Invariant: a plain text is archived byte for byte. What the header says comes from the source or
from the person who adds it; where neither says it, the header leaves it out and a comment tells.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, count
from pathlib import Path

from legation.checks.twins import Twin, twin
from legation.desk.archive.described import Particulars, Taken, front_matter
from legation.desk.archive.fetch import MOST_BYTES, fetch
from legation.desk.archive.header import header, unheard
from legation.desk.archive.webpage import cut_mark, decoded, is_html, read_page
from legation.desk.draft.enrolment import beside, enrolled
from legation.errors import InputError, UsageError
from legation.files.journal import Change, rewrite, writing
from legation.graph import workspace as workspaces
from legation.graph.spelling import slugged
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import compact
from legation.rdf.worker import limited
from legation.text.arrangement import flowing
from legation.text.dateline import dateline
from legation.text.foreign import foreign
from legation.text.spans import sentences
from legation.text.stops import has_rules


@dataclass(frozen=True, slots=True)
class Added:
    """An article that was archived; ``notes`` say what is not stated and what to look at."""

    slug: str
    article: Path
    source: Path
    dropped: Path | None
    text: Taken
    notes: tuple[str, ...]


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

    Raises LegationError, and nothing has changed, where the source cannot be read, is no text, has
    no body or is here already, or the workspace cannot be written.
    """
    text = _taken(origin, private, seconds)
    if not sentences(text.data.decode("utf-8")):
        raise InputError(f"{origin} has no body: there is not one sentence in it")
    if partial and not text.cut:
        text = replace(text, cut="as said by whoever added it")
    with writing(workspace.root):
        return _archived(workspace, text, origin, said or Particulars(), repost)


def _archived(
    workspace: Workspace, text: Taken, origin: str, said: Particulars, repost: bool
) -> Added:
    record = workspaces.read(workspace)
    twins = _refuse_twin(twin(text.data, record.articles), origin, repost)
    given = {name: value for name, value in asdict(said).items() if value}
    known = replace(text.stated, **given)
    seen = remarks(text.data.decode("utf-8"), known.language)
    text = replace(text, notes=(*text.notes, *twins, *seen))
    known = replace(known, slug=_slug(known, origin, text, workspace))
    outlet = unheard(said.publisher, known.language, workspace, record)
    written, missing = header(known, text, workspace, beside(workspace, record, outlet))
    source, article = _places(workspace, known.slug)
    dropped = workspace.sources / "dropped" / source.name if text.dropped else None
    files = {source: text.data}
    if dropped is not None:
        files[dropped] = _dropped_file(text)
    files[article] = written.encode("utf-8")  # last: without its article, nobody reads a text
    subjects = dict.fromkeys(str(t.subject)[1:-1] for t in outlet)
    new = [f"{compact(s, workspace.prefixes)} is new in the registry, as a body" for s in subjects]
    if taken := next((path for path in files if path.exists()), None):
        raise InputError("is there already; choose another --slug", taken)
    entry = enrolled(workspace, outlet, anew=True)
    rewrite([*entry, *(Change(path, None, data) for path, data in files.items())], workspace.root)
    return Added(known.slug, article, source, dropped, text, (*text.notes, *missing, *new))


def _taken(origin: str, private: bool, seconds: float) -> Taken:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", origin):
        page = fetch(origin, seconds=seconds, private=private)
        is_page = page.kind != "text/plain" and (bool(page.kind) or is_html(page.body))
        if is_page:
            return _page_text(page.body, page.charset, page.url)
        is_utf8 = page.charset.lower() in ("", "utf-8", "utf8")
        data = page.body if is_utf8 else decoded(page.body, page.charset, page.url).encode("utf-8")
        return _plain_text(data, page.url)
    if origin == "-":
        name = "standard input"
        data = _limited(sys.stdin.buffer.read(MOST_BYTES + 1), name)
    else:
        name, data = Path(origin).name, _file(Path(origin))
    return _page_text(data, "", name) if is_html(data) else _plain_text(data, name)


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


def _page_text(data: bytes, charset: str, name: str) -> Taken:
    if b"\x00" in data or data.startswith(b"%PDF"):
        raise InputError(f"{name} is no page but a binary file: save its text, and add that")
    return limited(lambda: read_page(decoded(data, charset, name), name))


def _plain_text(data: bytes, name: str) -> Taken:
    if told := foreign(data):  # once archived, nothing could read it
        raise InputError(told[0], Path(name), told[1])
    text = data.decode("utf-8")
    stated, notes = front_matter(text)
    found = sentences(text, language=stated.language)
    first = " ".join(found[0].of(text).split()) if found else ""
    # A headline ends without a full stop; a text that begins with a sentence has none.
    is_headline = len(found) > 1 and len(first) <= 200 and not first.endswith((".", "。", "।"))
    if is_headline and not stated.title and dateline(first) is None:
        stated = replace(stated, title=first)
        notes = (*notes, "the text's first line is taken as its title")
    return Taken(data, name, stated, cut_mark(text), (), notes)


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


def _slug(said: Particulars, origin: str, text: Taken, workspace: Workspace) -> str:
    """The slug asked for, or one made of the title or file name that is not taken."""
    if said.slug:
        if slugged(said.slug) != said.slug:
            raise UsageError(
                f"{said.slug!r} is no slug: write lower-case letters, digits and hyphens"
            )
        return said.slug
    stem = "" if origin == "-" or "://" in origin else Path(origin).stem
    base = slugged(said.title) or slugged(stem) or f"text-{text.sha256[:8]}"
    slugs = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(s for s in slugs if not any(map(Path.exists, _places(workspace, s))))


def _places(workspace: Workspace, slug: str) -> tuple[Path, Path]:
    return workspace.sources / f"{slug}.txt", workspace.articles / f"{slug}.trig"


def _dropped_file(text: Taken) -> bytes:
    head = (
        f"What the page {text.identifier} shows and its archived text leaves out, line by line.\n"
    )
    note = "Kept so that a person can see it; nothing is quoted from here.\n\n"
    return (head + note + "\n".join(text.dropped) + "\n").encode("utf-8")


_MOST = 5
# "KimJong Un", "Mr.Smith", "left.The"; but "McKay", "MacLean" and names that firms give themselves.
_GLUED = re.compile(
    r"\b(?!Mac[A-Z]|(?:YouTube|WhatsApp|TikTok|LinkedIn|WeChat|PayPal)\b)"
    r"(?:[^\W\d_][a-zа-яё]{2,}[A-ZА-ЯЁ][a-zа-яё]+|(?:Mr|Mrs|Ms|Dr|Gen|Prof|[a-zа-яё]{3,})\.[A-ZА-ЯЁ][a-zа-яё]+)\b"
)


def remarks(text: str, language: str) -> Iterator[str]:
    """What a person should know of a text before annotating it, in a language given by its tag."""
    base = language.partition("-")[0].lower()
    if base not in ("", "en"):
        unseen = "" if base in ("ko", "ru") else ", and does not see who says what"
        yield f"in {language!r} a draft reads only dates that name a month or a year{unseen}"
    if language and not has_rules(language):
        yield (
            f"there are no rules for sentences in {language!r}: they end at full stops, whatever "
            "these stand for; see legation coverage"
        )
    if flowing(text, language) != text:
        yield (
            "its lines are wrapped: names and sentences are read across them; a quote keeps the "
            "break where it stands, which legation pin --fix puts in"
        )
    if glued := list(dict.fromkeys(_GLUED.findall(text))):
        shown = ", ".join(map(repr, glued[:_MOST])) + ("…" if len(glued) > _MOST else "")
        yield f"words may be glued together: {shown}; a name in them is not found"
    line = dateline(text)
    if line is not None and line.agency:
        yield (
            f"its dateline names {line.agency}, whose report it is: as its publisher, or as the "
            "report that it relays (prov:wasDerivedFrom); its place and day are of the report"
        )

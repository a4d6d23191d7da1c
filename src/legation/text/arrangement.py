"""How a text is laid out: what stands before and behind its words, and lines that are wrapped.

Invariant: nothing is moved. What is no part of the words is passed over, and a wrapped text is read
as one of the same length, so that every offset is one in the archived text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from legation.text.dateline import dateline
from legation.text.stops import MARK, ends

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_FENCED = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ROW = re.compile(r"\ufeff?[ \t]*(\w[\w .-]{0,19}?)[ \t]*[:：](.*)")
_KEYS = {
    name: field
    for field, names in {
        "title": "title headline titel titre título titolo заголовок 제목 标题 標題",
        "published": "date published pubdate datum fecha дата 날짜 日期",
        "publisher": "publisher source outlet quelle fuente источник 출처 来源",
        "url": "url link permalink",
        "language": "language lang sprache язык",
        "": "by author byline autor автор 기자 作者 category section tags keywords retrieved",
    }.items()
    for name in names.split()
}
_BYLINE = re.compile(r"By [A-Z][\w.,’' -]{2,80}")
# How agencies end a report: "(END)", "-0-", "###", "(YH)", "KCNA".
_END_MARK = re.compile(
    r"[-–—/(\[*\s]*(?:0|30|ENDS?|Ends?|YH|KCNA|Yonhap|Xinhua|TASS|ТАСС|Reuters|AFP|AP|Kyodo|"
    r"Interfax|ИНТЕРФАКС|Конец|КОНЕЦ|끝|完)[-–—/)\]*\s.]*"
)
_WIDEST = 120  # nobody wraps lines that are longer
ITEM = re.compile(r"[ \t]*(?:[-–—*•·▪◦|>#]|\(?(?:\d{1,3}|[A-Za-z]|[ivx]+)[.)]\s)|.*\t")
_ENDED = re.compile(r"[.!?…。！？؟۔।:：;；|][\"'”’»)\]」』）]*\s*$")


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before a text's words: where it ends, and what it states, by field of a header.

    The fields are title, published, publisher, url and language; others are passed over.
    """

    end: int
    stated: tuple[tuple[str, str], ...]


@lru_cache(maxsize=16)
def front(text: str) -> Front:
    r"""The front matter of a text: a block between lines ``---``, or rows such as ``Date: …``.

    >>> front("Title: Talks\nDate: 2031-05-04\n\nThey met.").stated
    (('title', 'Talks'), ('published', '2031-05-04'))
    """
    fenced = _FENCED.match(text)
    if fenced is not None:
        lines = fenced[1].splitlines()
        rows = [row for line in lines if (row := _ROW.fullmatch(line))]
        # The rest are items of a list, comments and what a value runs on with.
        if rows and all(not line or line[0] in " \t-#" or _ROW.fullmatch(line) for line in lines):
            return Front(fenced.end(), _stated(rows))
    rows, end = [], 0
    for line in _LINE.finditer(text):
        row = _ROW.fullmatch(line[1])
        if row is not None and row[2].strip() and row[1].lower() in _KEYS:
            rows.append(row)
        elif not _BYLINE.fullmatch(line[1]):
            if line[1].strip() or line.end() == len(text):
                break
            continue
        end = line.end()
    return Front(end, _stated(rows)) if rows else Front(0, ())


def _stated(rows: Iterable[re.Match[str]]) -> tuple[tuple[str, str], ...]:
    stated: dict[str, str] = {}
    for row in rows:
        value = row[2].strip("\"' \t")
        if value and (field := _KEYS.get(row[1].lower())):
            stated.setdefault(field, value)
    return tuple(stated.items())


def is_end_mark(words: str) -> bool:
    """Whether some words only say that a report ends here.

    >>> is_end_mark("(END)"), is_end_mark("-0-"), is_end_mark("KCNA said")
    (True, True, False)
    """
    return _END_MARK.fullmatch(words) is not None


@lru_cache(maxsize=16)
def flowing(text: str, language: str) -> str:
    r"""A text of the same length whose wrapped lines run on, with spaces for their breaks.

    >>> flowing("They discussed\ntroops. The Foreign\nMinistry left.\n\nSigned:\nKim", "en")
    'They discussed troops. The Foreign Ministry left.\n\nSigned:\nKim'
    """
    lines = [line for line in _LINE.finditer(text, front(text).end) if line[0]]
    grouped = groupby(lines, key=lambda line: bool(line[1].strip()))
    blocks = [block for is_words, each in grouped if is_words and len(block := list(each)) > 1]
    blocks = [block for block in blocks if max(len(line[1]) for line in block) <= _WIDEST]
    wrapped = [block for block in blocks if _is_wrapped(block, language)]
    width = max((len(line[1]) for block in wrapped for line in block), default=_WIDEST)
    day = dateline(text)
    letters = list(text) if blocks else []
    for block in blocks:
        least = width // 2 if block in wrapped else width
        for line, after in pairwise(block):
            if day is not None and after.start() == day.start:
                continue  # what stands above it is a headline
            is_long = len(f"{line[1]} {after[1].split()[0]}") > least
            if _hangs(line, after) or (wrapped and _breaks_off(line, after, is_long=is_long)):
                start, end = line.span(2)
                letters[start:end] = " " * (end - start)
    return "".join(letters) if blocks else text


def _breaks_off(line: re.Match[str], after: re.Match[str], *, is_long: bool) -> bool:
    return not ITEM.match(after[1]) and (is_long or _runs_on(line, after))


def _hangs(line: re.Match[str], after: re.Match[str]) -> bool:
    """Whether a line goes on with the list item above it, for it is set in."""
    is_inset = after[1].startswith(("  ", "\t")) and not line[1].startswith((" ", "\t"))
    return is_inset and bool(ITEM.match(line[1])) and not ITEM.match(after[1])


def _is_wrapped(block: Sequence[re.Match[str]], language: str) -> bool:
    """Whether most lines of a block break off, and most of these surely in a sentence's midst."""
    pairs = list(pairwise(block))
    broken = [p for p in pairs if not _ENDED.search(p[0][1]) and not ITEM.match(p[1][1])]
    sure = [p for p in broken if _runs_on(*p) or _has_inner_end(p[0][1], language)]
    return bool(sure) and len(sure) * 2 >= len(broken) and len(broken) * 2 >= len(pairs)


def _runs_on(line: re.Match[str], after: re.Match[str]) -> bool:
    return after[1].lstrip()[0].islower() and not _ENDED.search(line[1])


def _has_inner_end(line: str, language: str) -> bool:
    marks = MARK.finditer(line)
    return any(mark.end() < len(line) and ends(0, mark, language) for mark in marks)

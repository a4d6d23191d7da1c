"""What bytes are that are no text: told as what they are, with what to do.

Invariant: whatever is told here could not have been read as UTF-8 text, or was never meant to be.
"""

import re

_HEADS = {
    b"\x1f\x8b": "is compressed (gzip): unpack it",
    b"PK\x03\x04": "is a ZIP archive or an office document: save it as plain text",
    b"\x89PNG": "is a picture (PNG): put its text here",
    b"\xff\xd8\xff": "is a picture (JPEG): put its text here",
    b"GIF8": "is a picture (GIF): put its text here",
    b"%PDF": "is a PDF document: save it as plain text",
    b"\xff\xfe": "is UTF-16 or UTF-32; save it as UTF-8",
    b"\xfe\xff": "is UTF-16; save it as UTF-8",
    b"\x00\x00\xfe\xff": "is UTF-32; save it as UTF-8",
    b"\xef\xbb\xbf": "begins with a byte-order mark; save it as UTF-8 without one",
    b"version https://git-lfs.": "is a pointer of Git LFS: fetch its file with 'git lfs pull'",
}
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.I)
_CONFLICT = re.compile(rb"^<{7} .*$(?s:.*?)^>{7} ", re.M)


def foreign(data: bytes) -> tuple[str, int] | None:
    r"""What some bytes are that are no UTF-8 text, and the line that shows it; None for text.

    >>> foreign(b"\xff\xfea\x00")
    ('is UTF-16 or UTF-32; save it as UTF-8', 1)
    >>> foreign(b"Talks.\n<<<<<<< HEAD\nin May\n=======\nin June\n>>>>>>> other\n")[1]
    2
    """
    for head, what in _HEADS.items():
        if data.startswith(head):
            return what, 1
    if _PAGE.match(data):
        return "is a web page (HTML): save its text", 1
    if found := _CONFLICT.search(data):
        what = "holds a conflict that git left (<<<<<<<): settle it, and take the marks out"
        return what, _line(data, found.start())
    if b"\x00" in data:
        return "holds a NUL byte; it is not a text file", _line(data, data.index(b"\x00"))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8"
        return what, _line(data, error.start)
    return None


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1

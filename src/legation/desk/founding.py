"""A workspace of one's own: the folder that `legation new` makes.

Invariant: the folder appears whole or not at all, and a fresh workspace passes its own check.
"""

import os
import re
from pathlib import Path
from string import Template

from legation.desk.origin import address
from legation.errors import InputError, UsageError
from legation.files.folder import publish
from legation.text.safe import on_a_line

STARTER = Path(__file__).with_name("starter.ttl")
STARTER_BASE = "urn:legation:starter:"
"""Where the IRIs of the starter registry begin, which stand for nothing until they are taken."""

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_RENAMED = {"gitignore": ".gitignore"}  # a file of that name here would rule this repository


def found(
    folder: Path,
    *,
    title: str = "",
    base: str = "",
    repository: str = "",
    starter: bool = False,
    bare: bool = False,
) -> tuple[Path, ...]:
    """Make a workspace in a folder that is new or empty; the files made, relative to it.

    Its workflow installs Legation from a repository: the given one, else `origin.address`; a
    ``starter`` registry has states, capitals and their names in many languages. A ``bare`` one has
    no worked example.
    Raises UsageError where the base is no IRI that things can be named below or the repository no
    address, and InputError where the folder holds something already or cannot be written.
    """
    place = Path(os.path.abspath(folder))  # not resolved: a link in its place is refused
    _refuse_occupied(place)
    slug = "-".join(re.findall(r"[a-z0-9]+", place.name.lower())) or "graph"
    base = _base(base or f"https://example.org/{slug}/")
    where = address(repository)
    files = _filled({"title": _title(title or place.name), "base": base, "repository": where})
    if bare:
        files = {path: _unwritten(data) for path, data in files.items() if "talks" not in path}
    if starter:
        names = STARTER.read_text("utf-8").replace(STARTER_BASE, base)
        files["graph/registry/starter.ttl"] = names.encode("utf-8")
    publish(files, place)
    return tuple(sorted(map(Path, files)))


def _unwritten(data: bytes) -> bytes:
    """A file without what it says of the worked example: names, and the words on where it is."""
    text = data.decode("utf-8").partition("\n`graph/articles/example-talks.trig`")[0]
    prefixes = text.rpartition("\n@prefix")
    if not prefixes[1]:
        return text.encode("utf-8")
    last, end, _ = prefixes[2].partition("\n")
    return f"{prefixes[0]}{prefixes[1]}{last}{end}".encode()


def _refuse_occupied(place: Path) -> None:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise InputError("is there already and is not a folder; choose another name", place)
    if place.is_dir() and any(place.iterdir()):
        raise InputError("is there already and holds something; choose another name", place)


def _title(text: str) -> str:
    if on_a_line(text) != text or "\\" in text or '"' in text:
        raise UsageError(f"{text!r} cannot be a title: leave out quotes and control characters")
    return text


def _base(iri: str) -> str:
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`$]+[/#]", iri) is None:
        raise UsageError(f"{iri!r} cannot be a base: give an http(s) IRI that ends in / or #")
    if iri.startswith("https://w3id.org/legation/"):
        raise UsageError(f"{iri} is Legation's own base; things of another graph need another")
    return iri


def _filled(values: dict[str, str]) -> dict[str, bytes]:
    """The templates by the paths they shall have, with their placeholders filled in."""
    made = {}
    for template in sorted(path for path in _TEMPLATES.rglob("*") if path.is_file()):
        inside = template.relative_to(_TEMPLATES)
        data = template.read_bytes()
        if inside.suffix != ".txt":  # an article's text has no placeholders; it may have a "$"
            data = Template(data.decode("utf-8")).substitute(values).encode("utf-8")
        made[inside.with_name(_RENAMED.get(inside.name, inside.name)).as_posix()] = data
    return made

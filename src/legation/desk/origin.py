"""Where this package came from: the address that a workspace of one's own installs it from.

Invariant: an address is one that any machine can reach, and holds no password: a path on this
machine, or a token in a clone's origin, never gets into somebody's repository.
"""

import json
import os
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from legation.errors import UsageError

STAND_IN = "https://github.com/OWNER/legation"
"""The address where nothing tells a better one; whoever reads it puts the owner in."""

SETTING = "LEGATION_REPOSITORY"

_SCP = re.compile(r"(?:ssh://)?(?:[\w.-]+@)([\w.-]+)[:/](?!/)([\w./~-]+)")
_PLAIN = re.compile(r"https://[\w.-]+(?::\d+)?/[\w./~@-]+")


def address(given: str = "") -> str:
    """The https address of the repository: as given, as set, as installed from, or a stand-in.

    Raises UsageError where the one given or set is none that pip can install from.
    """
    told = given or os.environ.get(SETTING, "")
    if told:
        found = on_the_web(told)
        if not found:
            raise UsageError(f"{told!r} cannot be installed from: give https://HOST/OWNER/legation")
        return found
    return on_the_web(_installed_from()) or STAND_IN


def on_the_web(origin: str) -> str:
    """An origin as an https address without a user, or nothing where it is none.

    >>> on_the_web("git@example.org:ada/legation.git")
    'https://example.org/ada/legation.git'
    >>> on_the_web("https://token@example.org/ada/legation"), on_the_web("/srv/legation")
    ('https://example.org/ada/legation', '')
    """
    plain = origin.removeprefix("git+").strip()
    if (secure := _SCP.fullmatch(plain)) is not None:
        return f"https://{secure[1]}/{secure[2]}"
    plain = re.sub(r"^(https://)[^/@]*@", r"\1", plain)
    is_local = re.match(r"https://(?:localhost|127\.|\[)", plain) is not None
    return plain if _PLAIN.fullmatch(plain) and not is_local else ""


def _installed_from() -> str:
    """What pip recorded of where it had the package from; of a folder, that folder's origin."""
    try:
        record = distribution("legation").read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    recorded = json.loads(record or "{}")
    url = recorded.get("url", "")
    if "vcs_info" in recorded:
        return str(url)
    folder = Path(unquote(urlsplit(url).path))
    if not url.startswith("file:") or not (folder / ".git").exists():
        return ""
    asked = ["git", "remote", "get-url", "origin"]
    try:
        done = subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)
    except OSError:  # no git here
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""

"""What a page names and what it quotes, as values; and where a quote is at its publisher's.

Invariant: an address that leads out of the site is on https, and is text until a template has
found it to be an address.
"""

from dataclasses import dataclass
from urllib.parse import quote as percent

from pyoxigraph import NamedNode

from legation.rdf.vocabulary import local_name

_LONGEST = 90  # characters of a quote that an address carries whole


@dataclass(frozen=True, slots=True)
class Reference:
    """Something named on a page: its words, their language, and where its own page is, if any."""

    text: str
    path: str = ""
    lang: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Attestation:
    """A quote as a page gives it: the words, on whose word and how they say it, and where."""

    quote: str
    lang: str
    voice: str
    according_to: Reference | None
    origin: Reference | None
    article: Reference
    published: str
    outside: str  # the same passage where its publisher has it
    basis: str
    is_from_context: bool
    note: str


def outside(address: str) -> str:
    """An address on the web, always the encrypted one; nothing of any other text."""
    if not address.startswith(("http://", "https://")) or any(c.isspace() for c in address):
        return ""
    return f"https://{address.partition('://')[2]}"


def identifier(iri: str) -> str:
    """An identifier by the site that gave it.

    >>> identifier("https://www.wikidata.org/entity/Q7747")
    'wikidata.org Q7747'
    """
    host = iri.partition("://")[2].partition("/")[0].removeprefix("www.")
    return f"{host} {local_name(NamedNode(iri))}"


def fragment(quote: str) -> str:
    """What has a browser mark a quote on its publisher's page.

    Source: WICG, URL Fragment Text Directives.
    """
    words = quote.split()
    whole = " ".join(words)
    parts = [whole] if len(whole) <= _LONGEST and "\n" not in quote else [words[:5], words[-5:]]
    told = (part if isinstance(part, str) else " ".join(part) for part in parts)
    return "#:~:text=" + ",".join(percent(one, safe="").replace("-", "%2D") for one in told)

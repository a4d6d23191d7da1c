"""The site: every thing of a graph as a page that anyone can read, on any web host.

The rooms, from the bottom: `addresses` (where each page is), `attestation` (a quote), `holdings`
(who is said to be what), `portrait` (a thing as its page shows it), `fan` (its nearest), `inquest`
(questions answered), `glossary` (the terms), `welcome` (what the front opens with), `folio` (each
page by itself), `excerpt` (the same for programs), `press` (many at once), `publication` (all of
it as files).
"""

from legation.site.folio import page
from legation.site.holdings import Holdings
from legation.site.publication import LOST, Publication, engine, issue, sheets

__all__ = ["LOST", "Holdings", "Publication", "engine", "issue", "page", "sheets"]

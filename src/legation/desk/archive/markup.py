"""The markup of a page, read once: metadata, headline, paragraphs and visible lines.

Invariant: nothing is judged here and nothing fails; whatever bytes a page has, it has lines.
"""

from html.parser import HTMLParser

_SILENT = {"script", "style", "template", "noscript", "svg", "head"}
_VOID = set("area base br col embed hr img input link meta source track wbr".split())
_BLOCK = set(
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol p pre section table td th tr ul button option label".split()
)


class Markup(HTMLParser):
    """Metadata, headline, paragraphs and visible lines of a page, with no opinion on them.

    ``metas`` are name (lower case) and content of each ``meta`` element, ``scripts`` the JSON-LD.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.metas: list[tuple[str, str]] = []
        self.canonical: list[str] = []
        self.language = ""
        self.scripts: list[str] = []
        self.headlines: list[str] = []
        self.paragraphs: list[str] = []
        self._open: list[str] = []
        self._pieces: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        given = {key: value or "" for key, value in attrs}
        if tag == "meta" and "content" in given:
            key = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self.metas.append((key.lower(), given["content"].strip()))
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.canonical.append(given.get("href", "").strip())
        elif tag == "html":
            self.language = given.get("lang") or given.get("xml:lang") or ""
        if tag in _BLOCK:
            self._pieces.append("\n")
        if tag == "h1":
            self.headlines.append("")
        elif tag == "p":
            self.paragraphs.append("")
        if tag not in _VOID:
            is_data = tag == "script" and given.get("type", "").lower() == "application/ld+json"
            self._open.append("ld+json" if is_data else tag)
            if is_data:
                self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note an element that ends, and those left open inside it."""
        # An author may forget to close a <p> or <li>; the end of what is around it closes it, too.
        wanted = "ld+json" if tag == "script" and "ld+json" in self._open else tag
        if wanted in self._open:
            while self._open.pop() != wanted:
                pass
        if tag in _BLOCK:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words where they are seen."""
        if self._open and self._open[-1] == "ld+json":
            self.scripts[-1] += data
        if _SILENT.intersection(self._open) or "ld+json" in self._open:
            return
        self._pieces.append(data)
        if "h1" in self._open:
            self.headlines[-1] += data
        if "p" in self._open:
            self.paragraphs[-1] += data

    @property
    def lines(self) -> list[str]:
        """The visible lines, white space made plain, none empty."""
        raw = "".join(self._pieces).splitlines()
        return [line for line in (" ".join(text.split()) for text in raw) if line]

    @property
    def headline(self) -> str:
        """The one ``h1`` of the page; empty when there is none or several."""
        found = {" ".join(text.split()) for text in self.headlines} - {""}
        return found.pop() if len(found) == 1 else ""

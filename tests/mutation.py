"""What is valid, and then not: texts changed here and there, as a slip or somebody's malice would.

By day a few fixed examples of each are tried, by night 25 times as many, others each time.
"""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

BY_NIGHT = settings.default.max_examples > 1_000

WORDS = (
    *("", " ", "\n", "\r\n", "\t", "\0", "\x1b", "\u2028", "\ufeff", "\u202e", "\ud800", "e\u0301"),
    *('"', "'", '"""', "'''", "\\", "\\u0000", "\\U0010FFFF", "\\uD800", "#", "##", "<", ">", "<>"),
    *("[", "]", "(", ")", "{", "}", "{|", "|}", "<<", ">>", "<<(", ")>>", ".", ";", ",", "^^", "@"),
    *("@en", "@en--ltr", "@x-1", "a", "true", "-0", "1e999", "9" * 30, "_:b", "?x", ":", "::", "/"),
    *("@prefix : <> .", "BASE <http://e/>", "<http://e/\u00e9 >", "<javascript:x>", "<file:///x>"),
    *("leg:quote", "leg:content", "leg:Claim", "claim:x", "owl:imports", "sh:deactivated true ;"),
    *('"2031-02-30"^^edtf:EDTF', '"Y9999999999"^^edtf:EDTF', '"x"^^xsd:date', '"1"^^xsd:integer'),
    *("=", "null", "{}", "[]", "-1", "1e400", "NaN", '{"a":', "SELECT", "SERVICE <http://e/>", "%"),
    *("UNION {", "FROM <x>", "(?x*/?y)+", "%00", "%ff", "..", "../../etc/passwd", "=1+1", "“", "’"),
    *("<<<<<<< mine", "<script>", "</p>", "<!--", "&#0;", "&amp;", "\x80", "\xff", "x" * 300),
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """A text with some of its words replaced by others, some of them its own."""
    for _ in range(draw(st.integers(1, 4))):
        at, gone = draw(st.integers(0, len(text))), draw(st.sampled_from((0, 0, 1, 3, 20, 400)))
        own = st.integers(0, len(text)).map(lambda start, text=text: text[start : start + 40])
        new = draw(st.sampled_from(WORDS) | own | st.text(max_size=5))
        text = text[:at] + new + text[at + gone :]
    return text


def in_bytes(text: str) -> bytes:
    """A text as a file; half characters make it no UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def tries(number: int) -> settings:
    """So many examples by day."""
    return settings(
        max_examples=number * 25 if BY_NIGHT else number,
        derandomize=not BY_NIGHT,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )

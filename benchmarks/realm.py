"""The invented realm of the benchmark corpus: its states, offices, persons, outlets and places.

Invariant: everything is a function of its number, so that any part of the realm can be named
without the rest; two names differ by two letters at the least, and each stands in three scripts.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(1992, 1, 1)
DAYS = 30 * 365
REIGN = 5
"""Years that one person holds an office."""
TITLES = ("President", "Foreign Minister", "Defence Minister", "Ambassador", "Envoy")
SEATS = (1, 1, 1, 1, 3)
OUTLETS = 29
PER_FILE = 20_000
"""Entries of one registry file, so that no file grows with the corpus."""

_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_CYRILLIC = dict(zip(_CONSONANTS + _VOWELS, "бдфгклмнпрствзаеиоу", strict=True))
_LEADS = dict(zip(_CONSONANTS, (7, 3, 17, 0, 15, 5, 6, 2, 8, 5, 9, 16, 7, 12), strict=True))
_MIDDLES = dict(zip(_VOWELS, (0, 5, 20, 8, 13), strict=True))
_LANGUAGES = ("en", "ru", "ko")


def syllable(number: int) -> str:
    """Consonant, vowel, consonant; two syllables differ in two letters at least."""
    first, vowel = divmod(number % (len(_CONSONANTS) * len(_VOWELS)), len(_VOWELS))
    return _CONSONANTS[first] + _VOWELS[vowel] + _CONSONANTS[(first + vowel) % len(_CONSONANTS)]


def word(number: int, length: int = 3) -> str:
    """A name of some syllables, as different as may be from that of the next number."""
    base = len(_CONSONANTS) * len(_VOWELS)
    number = number * 48_271 % base**length
    return "".join(syllable(number // base**place) for place in range(length)).capitalize()


def in_script(name: str, language: str) -> str:
    """A Latin name in the letters of a language."""
    if language == "ru":
        return "".join(_CYRILLIC.get(c, c) for c in name.lower()).title()
    if language == "ko":
        return _hangul(name)
    return name


def _hangul(name: str) -> str:
    letters = [c for c in name.lower() if c.isalpha()]
    pairs = itertools.zip_longest(letters[::3], letters[1::3])
    blocks = (0xAC00 + 588 * _LEADS[c] + 28 * _MIDDLES.get(v or "a", 0) for c, v in pairs)
    # The number of a final sound keeps apart what the plainer syllables would make one name.
    finals = (_CONSONANTS.index(c) + 1 for c in letters[2::3])
    both = itertools.zip_longest(blocks, finals, fillvalue=0)
    return "".join(chr(block + final) for block, final in both)


@dataclass(frozen=True)
class Realm:
    """What a corpus of some size speaks of.

    Attributes:
        articles: How many articles there are.
    """

    articles: int

    @property
    def states(self) -> int:
        """How many states there are: forty, fewer in a small corpus."""
        return min(40, 6 + self.articles // 20)

    @property
    def persons(self) -> int:
        """How many persons hold no office; as many as articles."""
        return 30 + self.articles

    def day(self, article: int) -> date:
        """The day on which an article appeared."""
        return FIRST_DAY + timedelta(days=1 + article * (DAYS - 2) // max(self.articles, 1))

    def holder(self, office: int, day: date) -> str:
        """The person who holds an office on a day."""
        return f"official-{office}-{(day.year - FIRST_DAY.year) // REIGN}"

    def reign(self, day: date) -> tuple[date, date]:
        """The first and last day of the term of office before that of a day."""
        start = FIRST_DAY.year + (day.year - FIRST_DAY.year) // REIGN * REIGN
        return date(start - REIGN, 1, 1), date(start - 1, 12, 31)


def name(thing: str, language: str = "en") -> str:
    """What a thing, ``state:state-3`` or ``person:guest-7``, is called in a language."""
    kind, _, slug = thing.partition(":")
    numbers = [int(part) for part in slug.split("-") if part.isdigit()]
    if kind == "person" and len(numbers) == 2:  # who holds an office
        numbers = [10_000_000 + numbers[0] * 16 + numbers[1]]
    if kind == "person":
        given, family = word(numbers[0] * 2 + 1, 2), word(numbers[0] * 7 + 3)
        return f"{in_script(given, language)} {in_script(family, language)}"
    if kind == "office":
        state, rank = divmod(numbers[0], len(TITLES))
        return f"{TITLES[rank]} of {name(f'state:state-{state}')}"
    offset = {"state": 0, "place": 200, "body": 1_000}[kind]
    return in_script(word(offset + numbers[0], 2 if kind == "state" else 3), language)


def _named(thing: str, kind: str, *said: str) -> str:
    labels = [name(thing, language) for language in _LANGUAGES]
    lines = [f"{thing} a leg:{kind}", f'rdfs:label "{labels[0]}"@en']
    if kind != "Office":
        lines.append(f'skos:altLabel "{labels[1]}"@ru, "{labels[2]}"@ko')
    source = ['dcterms:source "invented for the benchmarks"@en'] if said else []
    return " ;\n    ".join([*lines, *said, *source]) + " .\n"


def registry(realm: Realm) -> Iterator[tuple[str, str]]:
    """The entries of the registry, each with the name of the file it belongs to."""
    for state in range(realm.states):
        yield "states", _named(state_of(state), "State")
        yield "places", _named(place_of(state), "Place", f"leg:ofPolity {state_of(state)}")
        for rank, seats in enumerate(SEATS):
            said = (f"leg:officeOf {state_of(state)}", f"leg:seats {seats}")
            office = state * len(TITLES) + rank
            yield "offices", _named(f"office:{office}", "Office", *said)
            for reign in range(DAYS // 365 // REIGN):
                yield "officials", _named(f"person:official-{office}-{reign}", "Person")
    for outlet in range(OUTLETS):
        yield "bodies", _named(outlet_of(outlet), "MediaOutlet")
    for person in range(realm.persons):
        yield f"persons-{person // PER_FILE}", _named(f"person:guest-{person}", "Person")


def state_of(number: int) -> str:
    return f"state:state-{number}"


def place_of(number: int) -> str:
    return f"place:capital-{number}"


def outlet_of(number: int) -> str:
    return f"body:outlet-{number % OUTLETS}"

"""The other spellings of a name: romanisations, declensions, word order.

Invariant: a variant is only another way to write the same name. A spelling that the registry
gives to somebody goes before a variant of somebody else's, and a variant that two names share
decides for neither.
"""

import re
from collections.abc import Iterator
from itertools import islice, product

from legation.graph.spelling import key

_MOST = 240
# Romanisations of one Korean surname, and of one syllable of a given name.
_SURNAMES = (
    "kim gim|ri lee yi rhee li|pak park bak|choe choi choy|jong jung chung jeong chong|"
    "kang gang|jo cho|yun yoon|jang chang|rim lim im|sin shin|o oh|han|so seo suh|kwon gwon|"
    "hwang|an ahn|song|ryu yoo yu ryoo|hong|jon jun chon jeon chun|ko go koh|mun moon|"
    "no ro roh noh|"
    "pae bae|paek baek paik|u woo wu|kwak gwak|ho hur heo huh|ju joo chu|tae thae"
)
_SYLLABLES = (
    "un eun|hui hee|son sun seon|hyong hyung hyeong|jun joon chun|chol cheol chul|yong young yeong|"
    "nam|il|sung song seong|jong jung jeong chong chung|guk kook gook kuk|myong myung myeong|"
    "hyok hyuk hyeok|su soo|kyong kyung gyeong|u woo|gi ki|gil kil|gwang kwang|ryong yong|rae nae|"
    "min|sik shik|ha|hak|chan|sang|tae dae|won|hyon hyun hyeon|yon yeon yun|ju joo|sol seol|"
    "yo yeo|hun hoon|gun kun geon|bok pok|bong pong|byong pyong byung|jae je|in|hae"
)
_LATIN_RUSSIAN = (
    "aleksandr alexandr alexander aleksander|dmitry dmitri dmitriy dmitrii|sergei sergey serguei|"
    "yuri yury iurii yuriy|evgeny yevgeny evgeni yevgeni evgenii yevgenii evgeniy yevgeniy|"
    "andrei andrey|alexei alexey aleksei aleksey|maxim maksim"
)


def _table(rows: str) -> dict[str, tuple[str, ...]]:
    """Each spelling with all that may stand for it; "yong" is in two rows, and so has both."""
    table: dict[str, tuple[str, ...]] = {}
    for row in rows.split("|"):
        spellings = tuple(dict.fromkeys(row.split()))
        for spelling in spellings:
            known = table.get(spelling, (spelling,))
            table[spelling] = tuple(dict.fromkeys((*known, *spellings)))
    return table


_SURNAME = _table(_SURNAMES)
_SYLLABLE = _table(_SYLLABLES)
_RUSSIAN = _table(_LATIN_RUSSIAN)


def surname(name: str) -> str:
    """The comparable form of the part of a full name that a text uses alone; empty without one.

    >>> surname("Kim Yong-nam"), surname("Grigory Logvinov")
    ('kim', 'logvinov')
    """
    words = key(name).split()
    if len(words) < 2:
        return ""
    return words[0] if _syllables(" ".join(words)) is not None else words[-1]


def variants(name: str, *, is_person: bool) -> frozenset[str]:
    """The other spellings of a registered one, as `legation.graph.registry.key` writes them.

    >>> sorted(variants("Choe Son-hui", is_person=True))[:3]
    ['choe seon hee', 'choe seon hui', 'choe seonhee']
    >>> "владимира путина" in variants("Владимир Путин", is_person=True)
    True
    """
    form = key(name)
    found: set[str] = set()
    if re.search("[а-яё]", form):
        found.update(_declined(form))
    elif is_person:
        found.update(islice(_romanised(form), _MOST))
        found.update(_russian(form))
    return frozenset(found - {form})


def _syllables(form: str) -> tuple[str, str, str] | None:
    """The parts of a Korean name, surname first, written "kim yong nam" or "kim yongnam"."""
    words = form.split()
    is_short = len(words) == 3 and words[0] in _SURNAME and all(len(w) <= 6 for w in words)
    if is_short and (words[1] in _SYLLABLE or words[2] in _SYLLABLE):
        return words[0], words[1], words[2]
    if len(words) == 2 and words[0] in _SURNAME:
        for at in range(1, len(words[1])):
            first, second = words[1][:at], words[1][at:]
            if first in _SYLLABLE and second in _SYLLABLE:
                return words[0], first, second
    return None


def _romanised(form: str) -> Iterator[str]:
    parts = _syllables(form)
    if parts is None:
        return
    family, *given = parts
    choices = (_SYLLABLE.get(syllable, (syllable,)) for syllable in given)
    for other, one, two in product(_SURNAME[family], *choices):
        yield from (f"{other} {one} {two}", f"{other} {one}{two}")
    first, second = given  # the Western order, as it is spelt here
    yield from (f"{first} {second} {family}", f"{first}{second} {family}")


def _russian(form: str) -> Iterator[str]:
    words = form.split()
    for at, word in enumerate(words):
        for other in _RUSSIAN.get(word, ()):
            yield " ".join([*words[:at], other, *words[at + 1 :]])
    if re.search(r"[a-z]{3}(?:y|i|iy|ii)\b", form) and len(words) == 2:
        yield from map(" ".join, product(*map(_ends_in_y, words)))


def _ends_in_y(word: str) -> tuple[str, ...]:
    stem = re.fullmatch(r"(.*[a-z]{2}[^aeiou])(?:y|i|iy|ii)", word)
    return (word,) if stem is None else tuple(stem.group(1) + end for end in ("y", "i", "iy"))


def _declined(form: str) -> Iterator[str]:
    """All words in one case at a time: genitive, dative, accusative, instrumental, locative."""
    words = form.split()
    if max(map(len, words)) <= 4 and len(words) == 1:
        return  # an abbreviation is not declined
    for case in range(5):
        yield " ".join(_endings(word)[case] for word in words)


def _endings(word: str) -> tuple[str, ...]:
    for ending, cases in _DECLENSIONS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending)
            return tuple(stem + case for case in cases)
    if re.search("[бвгджзклмнпрстфхцчшщ]$", word):
        return tuple(word + case for case in ("а", "у", "а", "ом", "е"))
    return (word,) * 5


# Genitive, dative, accusative, instrumental, locative, by the ending of the nominative as folded.
_DECLENSIONS = (
    ("ая", ("ои", "ои", "ую", "ои", "ои")),
    ("ия", ("ии", "ии", "ию", "иеи", "ии")),
    ("скии", ("ского", "скому", "ского", "ским", "ском")),
    ("ыи", ("ого", "ому", "ого", "ым", "ом")),
    ("ии", ("ия", "ию", "ия", "ием", "ии")),
    ("еи", ("ея", "ею", "ея", "еем", "ее")),
    ("а", ("ы", "е", "у", "ои", "е")),
    ("я", ("и", "е", "ю", "еи", "е")),
    ("ь", ("я", "ю", "я", "ем", "е")),
)

"""Datelines: where and when a report was written, and by which agency.

Invariant: place, day and agency are those of the report; nothing here is said of what it tells.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan января januar janvier enero gennaio janeiro stycznia|"
        "february feb февраля februar février febrero febbraio fevereiro lutego|"
        "march mar марта märz mars marzo março marca|"
        "april apr апреля avril abril aprile kwietnia|"
        "may мая mai mayo maggio maio maja|"
        "june jun июня juni juin junio giugno junho czerwca|"
        "july jul июля juli juillet julio luglio julho lipca|"
        "august aug августа août agosto sierpnia|"
        "september sept sep сентября septembre septiembre settembre setembro września|"
        "october oct октября oktober octobre octubre ottobre outubro października|"
        "november nov ноября novembre noviembre novembro listopada|"
        "december dec декабря dezember décembre diciembre dicembre dezembro grudnia".split("|"),
        start=1,
    )
    for name in names.split()
}
"""The number of each month by its names in lower case, in ten languages."""

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))  # "sept" before "sep"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
YEAR = r"(?:1[5-9]|20)\d\d"
_WHEN = (
    rf"(?:(?P<m>{MONTH})\.?\s+(?P<d>{DAY})(?:st|nd|rd|th)?(?:,?\s+(?P<y>{YEAR}))?|"
    rf"(?P<d2>{DAY})(?:\.|st|nd|rd|th)?\s+(?:de\s+)?(?P<m2>{MONTH})\.?"
    rf"(?:,?\s+(?:de\s+)?(?P<y2>{YEAR})(?:\s+г\.?)?)?)"
)
_KNOWN = (
    "AFP|AP|ANSA|APA|Belga|dpa|DPA|EFE|IRNA|Interfax|ИНТЕРФАКС|Интерфакс|KCNA|Kyodo|Lusa|MTI|PAP|"
    "PTI|Reuters|RIA Novosti|РИА Новости|TASS|ТАСС|UPI|Xinhua|YONHAP|Yonhap|연합뉴스|조선중앙통신|"
    "新华社|中新社|共同|時事"
)
_PLACE = r"[^\W\d_][\w.’' -]{1,40}(?:, *[^\W\d_][\w .’'-]{1,30})?"
_GAP = r"[ \t\u00a0]{0,3}"
_DASH = rf"(?:{_GAP}[.,]?{_GAP}(?:—|–|--+|-(?=\s)|=))"
_FORMS = tuple(
    re.compile(form, re.MULTILINE)
    for form in (
        # SEOUL, May 11 (Yonhap) — · МОСКВА, 9 мая. /ТАСС/. · Москва. 9 мая. ИНТЕРФАКС -
        rf"^(?P<place>{_PLACE})[,.]{_GAP}(?i:{_WHEN})[.,]?(?:"
        rf"{_GAP}[(/](?P<agency>[^()/\n]{{2,40}})[)/]\.?{_DASH}?|"
        rf"{_GAP}(?P<agency2>{_KNOWN}|[A-ZА-Я]{{3,}}){_DASH}|"
        rf"{_DASH}(?:{_GAP}(?P<agency3>{_KNOWN})\.)?)",  # HALM, May 7 —
        rf"^(?:(?P<place>{_PLACE}) +)?\((?P<agency>{_KNOWN})\)\.?{_DASH}",  # PARIS (AFP) -
        r"^(?P<place>[A-Z][A-Z .'’-]{2,40}) (?:—|–|--)(?= \S[^\n]{60})",
        r"^\((?P<place>[^()=\n]{1,20})=(?P<agency>[^()\n]{2,20})\)(?:[^=\n]{1,40}=)?",
        # 【평양 5월 9일발 조선중앙통신】 · 新华社北京5月9日电（记者王明） · 【ソウル共同】
        rf"^[(【](?P<place>\w{{2,10}}) (?P<m>1[0-2]|[1-9])월 ?(?P<d>{DAY})일발 ?"
        rf"(?P<agency>{_KNOWN})[)】]",
        r"^(?P<agency>\w{1,8}社)(?P<place>\w{1,12}?)(?:(?P<m>1[0-2]|[1-9])月)?"
        rf"(?P<d>{DAY})日[电電讯訊](?:[（(][^）)\n]{{1,40}}[）)])?",
        rf"^【(?P<place>[^】\n]{{1,15}})(?P<agency>{_KNOWN})】",
    )
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was written, when and by which agency; empty or None where that is not said.

    It stands at ``start`` to ``end``, in code points, end exclusive.
    """

    start: int
    end: int
    place: str
    agency: str
    year: int | None
    month: int | None
    day: int | None


@lru_cache(maxsize=16)
def dateline(text: str) -> Dateline | None:
    """The first dateline of a text, at the beginning of a line.

    >>> line = dateline("Pyongyang, October 12 (KCNA) -- Jang hosted a reception.")
    >>> line.place, line.agency, line.month, line.day
    ('Pyongyang', 'KCNA', 10, 12)
    """
    found = [line for form in _FORMS for m in form.finditer(text) if (line := _read(m))]
    return min(found, key=lambda line: (line.start, -line.end), default=None)


def _read(match: re.Match[str]) -> Dateline | None:
    said = {name: value for name, value in match.groupdict().items() if value}
    place = said.get("place", "").strip(" ,.")
    agency = next((said[name] for name in ("agency", "agency2", "agency3") if name in said), "")
    year, month, day = (said.get(name) or said.get(f"{name}2", "") for name in "ymd")
    is_agency = re.match(_KNOWN, agency) or agency.isupper()
    # "HALM, May 7 —" and "Halm, May 7 (MNA) —" are datelines, "Then, May 11 —" is none.
    if place[:1].islower() or (place[:3].istitle() and not is_agency):
        return None
    return Dateline(
        *match.span(),
        place,
        agency,
        int(year) if year else None,
        MONTHS.get(month.lower()) or (int(month) if month else None),
        int(day) if day else None,
    )


def day_written(words: str) -> str:
    """The EDTF day that some words write with the month's name and the year; empty without one.

    >>> day_written("Friday, 25 October 2024, 10:15"), day_written("10/12/2024")
    ('2024-10-25', '')
    """
    match = re.match(rf"(?:\w+,\s+)?{_WHEN}(?!\w)", words, re.IGNORECASE)
    year, month, day = ((match[n] or match[f"{n}2"] or "") if match else "" for n in "ymd")
    return f"{year}-{MONTHS[month.lower()]:02d}-{int(day):02d}" if year else ""

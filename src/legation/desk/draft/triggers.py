"""Words that suggest what kind of thing a sentence tells of.

Invariant: a trigger suggests, it never decides. A word of opinion, forecast or intention goes
before one of happening, for a talk that is expected has not taken place.
"""

import re
from dataclasses import dataclass

from legation.text.spans import Span


@dataclass(frozen=True, slots=True)
class Trigger:
    """A suggestion by some words of a sentence.

    Attributes:
        span: Where the words stand.
        text: The words.
        kind: The local name of the ``leg:`` class: an event class, a statement class or ``Plan``.
        modality: The local name of the ``leg:modality`` value that goes with it.
        act: The local name of the ``leg:act`` value, for a diplomatic act; else empty.
    """

    span: Span
    text: str
    kind: str
    modality: str
    act: str = ""


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PLANS = tuple(
    (status, _rule(pattern))
    for status, pattern in (
        ("cancelled", r"\b(?:cancel(?:l?ed|s)?|called off|scrapped)\b|취소|отменил|отменён"),
        ("postponed", r"\b(?:postpon(?:ed|es?|ing)|put off|delayed)\b|연기|отложил"),
        (
            "intended",
            r"\b(?:plan(?:s|ned|ning)? to|intend(?:s|ed)? to|"
            r"scheduled (?:to|for)|due to (?:meet|visit|"
            r"travel|hold|sign|arrive|begin|open)|is set to|"
            r"are set to|agreed to (?:meet|hold|open|visit|"
            r"send|exchange|sign|reopen|resume)|will (?:meet|"
            r"visit|hold|travel|attend|sign|open|host|"
            r"send|resume|reopen|begin|take place|be (?:held|"
            r"signed|opened)))\b|예정|планирует|намерен",
        ),
    )
)
_STATEMENTS = tuple(
    (kind, modality, _rule(pattern))
    for kind, modality, pattern in (
        (
            "Denial",
            "denied",
            r"\b(?:den(?:ied|ies|y)|rejected (?:the )?(?:claims?|reports?|accusations?))\b",
        ),
        ("Accusation", "asserted", r"\baccus(?:ed|es|ing)\b|\bblam(?:ed|es|ing)\b"),
        (
            "Condemnation",
            "asserted",
            r"\b(?:condemn(?:ed|s|ing)?|denounced? (?:the|as))\b|осудил|규탄",
        ),
        ("Demand", "asserted", r"\b(?:demand(?:ed|s|ing)?|called on|urged?|calls on)\b"),
        (
            "Pledge",
            "asserted",
            r"\b(?:pledg(?:ed|es?)|vow(?:ed|s)?|promis(?:ed|es?)|committed (?:himself|herself|"
            r"itself|themselves) to|reaffirmed .{0,30}commitment)\b",
        ),
        (
            "Support",
            "asserted",
            r"\b(?:voiced|expressed|declared|reiterated) (?:\w+ )?(?:support|solidarity)\b",
        ),
        (
            "Prediction",
            "predicted",
            r"\b(?:predict(?:ed|s)?|expect(?:ed|s)?(?! to (?:meet|visit|sign))|forecasts?|"
            r"is likely to|are likely to|appear(?:s)? set to|"
            r"would (?:sour|lead|bring|continue|grow)|"
            r"will (?:continue|remain|grow|strengthen|maintain|become))\b",
        ),
        (
            "Opinion",
            "opinion",
            r"\b(?:praised|hailed|lauded|(?:called|described) .{1,40}[“\"]|criticised|criticized|"
            r"historic|believes?|argued|"
            r"in (?:his|her|their) view|suggests?|analysts?|"
            r"observers?|experts?|highlight(?:ed|s|ing)?|"
            r"demonstrat(?:ed|es|ing)|signals?)\b",
        ),
        ("Announcement", "asserted", r"\bannounc(?:ed|es|ing|ement)\b"),
    )
)
_EVENTS = tuple(
    (kind, act, _rule(pattern))
    for kind, act, pattern in (
        (
            "RelationsAct",
            "established",
            r"\bestablish(?:ed|ment of|ing)?\b.{0,40}\b(?:diplomatic|"
            r"ambassadorial).{0,20}\brelations\b"
            r"|수교|установ\w+ дипломатическ",
        ),
        (
            "RelationsAct",
            "severed",
            r"\b(?:sever(?:ed|ing)?|cut off|broke off|broken off)\b.{0,40}\b(?:ties|relations)\b",
        ),
        (
            "RelationsAct",
            "restored",
            r"\b(?:restor(?:ed|ing|ation of)|resum(?:ed|ing|"
            r"ption of)|re-?establish(?:ed|ing)?)\b.{0,40}"
            r"\b(?:ties|relations)\b",
        ),
        ("RelationsAct", "suspended", r"\bsuspend(?:ed|ing)?\b.{0,30}\b(?:ties|relations)\b"),
        (
            "RelationsAct",
            "raised",
            r"\b(?:upgrad|rais|elevat)(?:ed|ing)\b.{0,30}\b(?:ties|relations)\b",
        ),
        (
            "RelationsAct",
            "lowered",
            r"\b(?:downgrad|lower)(?:ed|ing)\b.{0,30}\b(?:ties|relations)\b",
        ),
        (
            "RecognitionAct",
            "granted",
            r"\brecogni[sz](?:ed|es|e|ing)\b(?! as an? (?:expert|leader))",
        ),
        (
            "MissionAct",
            "opened",
            r"\b(?:re)?open(?:ed|ing)\b.{0,30}\b(?:embassy|consulate|mission)\b",
        ),
        (
            "MissionAct",
            "closed",
            r"\bclos(?:ed|ing|ure of)\b.{0,30}\b(?:embassy|consulate|mission)\b",
        ),
        (
            "AccreditationAct",
            "presentedCredentials",
            r"\bpresent(?:ed|ing)\b.{0,30}\b(?:credentials|letters? of credence)\b"
            r"|신임장|верительн",
        ),
        ("AccreditationAct", "recalled", r"\brecall(?:ed|ing)\b.{0,30}\b(?:ambassador|envoy)\b"),
        (
            "AccreditationAct",
            "expelled",
            r"\bexpel(?:led|ling|s)?\b.{0,40}\b(?:diplomats?|ambassador|attach)",
        ),
        ("AccreditationAct", "declaredNonGrata", r"\bpersonae? non gratae?\b"),
        ("InstrumentAct", "ratified", r"\bratif(?:ied|ies|ication)\b|비준|ратифиц"),
        ("InstrumentAct", "initialled", r"\binitial(?:l?ed|ling)\b"),
        ("InstrumentAct", "signed", r"\b(?:signed|signing of|co-?signed)\b|서명|подписал"),
        ("InstrumentAct", "adopted", r"\badopt(?:ed|ing|ion of)\b"),
        ("Summit", "", r"\bsummit\b|정상회담|саммит"),
        ("Banquet", "", r"\bbanquet\b|연회"),
        ("Reception", "", r"\breception\b|리셉션|при[её]м\b"),
        (
            "Talks",
            "",
            r"\b(?:held|hold|holding|began|opened|round of|"
            r"had) (?:\w+ ){0,2}(?:talks|negotiations|consultations)\b"
            r"|\btalks (?:in|with|between|took|were)\b|\bdiscuss(?:ed|ing)? ways\b|회담|переговор",
        ),
        (
            "Meeting",
            "",
            r"\b(?:met(?! the (?:deadline|criteria))|meeting (?:with|between|in|of)|their meeting|"
            r"shake hands|shook hands|received .{0,40} at)\b|접견|встретил|встреч",
        ),
        (
            "Visit",
            "",
            r"\b(?:visit(?:ed|ing|s)?|arrived in|paid (?:an?|"
            r"his|her) (?:\w+ )?visits?|trip to|toured)\b"
            r"|방문|визит|посетил",
        ),
        ("Exchange", "", r"\bexchang(?:ed|ing|es?)\b.{0,30}\bdelegations?\b"),
        ("Congratulation", "", r"\bcongratulat\w+\b|축하|축전|поздрав"),
        ("Condolence", "", r"\bcondolences?\b|조의|соболезн"),
        (
            "PhoneCall",
            "",
            r"\b(?:telephoned|phone call|by (?:tele)?phone|phoned|telephone conversation)\b|전화",
        ),
        ("Invitation", "", r"\binvit(?:ed|es|ing|ation)\b|초청|пригла"),
        ("ProtestNote", "", r"\b(?:protest note|note of protest|lodged a (?:formal )?protest)\b"),
        (
            "Correspondence",
            "",
            r"\b(?:letters?|message|greetings|telegram|cable)\b|편지|서한|친서|письм",
        ),
        (
            "Commemoration",
            "",
            r"\b(?:celebrat(?:ed|ion|ions)|commemorat\w+|marked|"
            r"marking)\b.{0,60}\b(?:anniversary|years)\b"
            r"|\banniversary\b|기념|годовщин",
        ),
        ("Founding", "", r"\b(?:was|were|been) (?:officially )?founded\b|\bfounding of\b|창건"),
        ("Sanction", "", r"\bsanction(?:ed|s)?\b|제재|санкци"),
        ("Aid", "", r"\b(?:aid|humanitarian assistance|food assistance|donat(?:ed|ion))\b|원조"),
        ("Deployment", "", r"\b(?:troop deployment|deploy(?:ed|ment|ing)|sent troops)\b|파병"),
        ("Ceasefire", "", r"\b(?:cease-?fire|truce|armistice)\b|정전|перемири"),
        (
            "ArmedConflict",
            "",
            r"\b(?:invasion|war (?:between|with|against)|fighting off|World War I{1,2})\b",
        ),
        ("Honour", "", r"\b(?:awarded|decorated|order of|medal|honou?red)\b|훈장"),
        ("Gift", "", r"\bgifts?\b|선물"),
        (
            "Cooperation",
            "",
            r"\b(?:co-?operat(?:ed|ion|ing)|joint (?:work|projects?|initiatives?))\b"
            r"|협력|сотруднич",
        ),
        ("Incident", "", r"\b(?:incident|clash(?:ed|es)?|shot down|collid(?:ed|ing))\b"),
    )
)


def triggers(text: str, sentence: Span) -> list[Trigger]:
    """What the words of a sentence suggest, likeliest first.

    Args:
        text: The decoded article text.
        sentence: One of its sentences.

    Returns:
        Plans, then statements, then events; empty when no word suggests anything.
    """
    words = sentence.of(text)
    found: list[Trigger] = []
    for status, pattern in _PLANS:
        if (match := pattern.search(words)) is not None:
            found.append(Trigger(_at(sentence, match), match.group(0), "Plan", "planned", status))
    for kind, modality, pattern in _STATEMENTS:
        if (match := pattern.search(words)) is not None:
            found.append(Trigger(_at(sentence, match), match.group(0), kind, modality))
    for kind, act, pattern in _EVENTS:
        match = pattern.search(words)
        if match is not None and not any(t.span.overlaps(_at(sentence, match)) for t in found[1:]):
            found.append(Trigger(_at(sentence, match), match.group(0), kind, "asserted", act))
    return found


def _at(sentence: Span, match: re.Match[str]) -> Span:
    return Span(sentence.start + match.start(), sentence.start + match.end())

"""Words that tell a name from what stands around it: ranks, courtesies, what a body is called.

Invariant: these words settle nothing about the world; they say where a name begins, where it ends,
and what kind of thing it may be of.
"""

import re

COMMON = frozenset(
    """a after all also although amid among an and another any anyone are around as at based because
    before both but by can despite during each earlier every few following for former from further
    had has have he her here his how however i if in indeed instead it its last later like many
    meanwhile more moreover most much my nearly neither no none nor not nothing now of on once one
    only or other others our out over per perhaps previously rather she should similarly since so
    some someone soon still such than that the their them then there these they this those though
    through thus to today together tomorrow too two under until upon was we were what when where
    whether which while who why will with within without would yesterday yet you your according
    asked speaking reporting editing photo no january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    jan feb mar apr jun jul aug sep sept oct nov dec gmt utc am pm der die das den dem des ein eine
    und le la les un une el los las una il lo gli o os as в на и он она""".split()
)
"""Function words, months and days, in lower case: no names, though a sentence begins with them."""

COURTESY = (
    r"(?:H\.\s?E\.|(?:(?:His|Her|Their) )?(?:Majesty|Excellency|(?:Royal )?Highness)|"
    r"Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Comrade|Sheikh|Rev|Hon|Herr|Frau|"
    r"Brigadier|General|Marshal|Colonel|Captain|Admiral|Major|Lieutenant|Sergeant|"
    r"Monsieur|Madame|M|Mme|Señor|Señora|г-н|г-жа)\.?"
)
_RANKS = """president minister premier chancellor ambassador envoy secretary chairman chairwoman
    chairperson chair speaker governor mayor king queen prince princess emir sultan spokesman
    spokeswoman spokesperson consul attache attaché commissioner
    director adviser advisor leader head representative delegate senator
    deputy judge justice commander chief officer counsellor counselor président ministre präsident
    präsidentin außenminister außenministerin bundeskanzler bundeskanzlerin botschafter presidente
    ministro embajador президент министр посол""".split()
_BEFORE_RANK = """vice deputy acting former first second prime foreign interior defence defense
    finance trade energy health justice roving special permanent assistant senior chief general
    national security state under supreme associate plenipotentiary extraordinary press policy
    opposition party executive crown economy culture transport agriculture education""".split()
RANK = (
    rf"(?:(?:{'|'.join(_BEFORE_RANK)})[ -])*(?:{'|'.join(_RANKS)})"
    r"(?:[ -](?:general|designate|elect))?"
)
"""A rank with what is said before it: "deputy foreign minister", "secretary-general"."""

PORTFOLIO = re.compile(
    rf"(?:\w+[ ])?(?i:affairs|interior|commerce|industry|labou?r|{'|'.join(_BEFORE_RANK)})"
    r"(?=[ ]\w[^ ]*[ ]\w)"
)
"""What a minister is of, where a name of two words follows."""

CROWNED = re.compile(r"(?:king|queen|prince|princess|emir|sultan|pope)$", re.IGNORECASE)
"""A crowned head has no other name than with the crown."""

NO_HOLDER = re.compile(
    r"\b\w*-?(?:designate|elect|nominee)\b|\b(?:former|ex-|late|then-|candidate|nominated|"
    r"incoming|outgoing|would-be|future)\b",
    re.IGNORECASE,
)
"""What says beside a title that its bearer does not hold the office."""

_NOUNS = {
    "body": """ministry department office agency council committee commission court parliament
    senate assembly institute university bank union organization organisation association company
    corporation party front movement news wire press post times daily ledger gazette herald tribune
    embassy consulate mission guard army navy staff board authority chamber forum foundation fund
    alliance league service services bureau congress cabinet government group federation secretariat
    railways airlines delegation club ministère ministerium""",
    "instrument": """treaty agreement protocol convention memorandum declaration accord pact charter
    communique communiqué statute""",
    "place": """river strait sea ocean bay gulf lake mountain mountains bridge airport port palace
    castle square street avenue hotel hall island islands peninsula valley province region district
    monument memorial tomb city airfield cemetery""",
    "state": """republic kingdom federation sultanate emirate emirates principality commonwealth
    provinces states""",
    "event": "summit games olympics conference congress festival war",
}
_KIND = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}


def kind_of_noun(name: str) -> str:
    """What kind of thing a name's own noun says it is of; empty where it says none.

    >>> kind_of_noun("Treaty of Arkham"), kind_of_noun("Daily Ledger"), kind_of_noun("Ana Ruiz")
    ('instrument', 'body', '')
    """
    head = re.split(r"\s(?:of|on|for|to|in|between)\s", name.lower(), maxsplit=1)[0].split()
    first, last = (head[0], head[-1]) if head else ("", "")
    if is_of := len(head) < len(name.split()):
        return _KIND.get(last) or _KIND.get(first, "")
    return _KIND.get(last, "") if len(head) > 1 or is_of else ""

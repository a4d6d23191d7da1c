"""A draft writes out the registry entry of each unknown name, but for its kind."""

import re
from pathlib import Path

TEXT = (
    "According to Kyodo News, Élan Vautrin met Tomas Brandt.\n\n"
    "Vautrin praised Tomaz Brandt. Kyodo News said the Carrow Institute was closed.\n"
)


def drafted(command, own: Path, *options: str, text: str = TEXT) -> str:
    (own.parent / "a.txt").write_text(text, "utf-8")
    if not (own / "graph/articles/a.trig").exists():
        assert command(own, "add", "../a.txt", "--slug", "a", "--language", "en").code == 0
    ran = command(own, "draft", "a", *options)
    assert ran.code == 0, ran.err
    return (own / "graph/articles/a.trig").read_text("utf-8")


def entries(draft: str) -> str:
    """What an author copies: the lines of the block of names without their ##."""
    block = re.split(r"(?m)^## --- ", draft)[1]
    return "".join(f"{line}\n" for line in re.findall(r"(?m)^## ?(\S.*|    rdfs:.*)$", block))


def test_each_unknown_name_gets_one_entry(command, own: Path) -> None:
    stubs = entries(drafted(command, own))
    assert re.findall(r"(?m)^(\S+) a (\S+) ;\n    rdfs:label (.*) \.$", stubs) == [
        ("body:kyodo-news", "leg:Body", '"Kyodo News"@en'),
        ("KIND:elan-vautrin", "leg:KIND", '"Élan Vautrin"@en'),
        ("KIND:tomaz-brandt", "leg:KIND", '"Tomaz Brandt"@en'),
        ("KIND:carrow-institute", "leg:KIND", '"Carrow Institute"@en'),
    ]


def test_an_entry_becomes_turtle_when_its_kind_is_chosen(command, own: Path) -> None:
    stubs = entries(drafted(command, own))
    chosen = stubs.replace("KIND:", "person:").replace("leg:KIND", "leg:Person")
    (own / "graph/registry/more.ttl").write_text(chosen, "utf-8")
    again = drafted(command, own, "--again")
    assert "KIND:" not in again
    assert "Élan Vautrin = person:elan-vautrin" in again


def test_a_name_near_a_known_one_says_so(command, own: Path) -> None:
    draft = drafted(command, own)
    assert re.search(r"(?m)^##     sentence 2; near person:tomas-brandt: the same\?", draft)


def test_a_draft_without_unknown_names_has_no_entries(command, own: Path) -> None:
    assert "## --- 0. " not in drafted(command, own, text="Tomas Brandt met Ilse Marrow.\n")


def test_a_second_draft_writes_no_second_block_of_names(command, own: Path) -> None:
    first = drafted(command, own)
    assert drafted(command, own) == first
    assert drafted(command, own, "--again") == first
    assert first.count("## --- 0. ") == 1


def test_a_rank_is_no_part_of_a_name_and_a_country_no_surname(command, own: Path) -> None:
    text = (
        "President Marcus Tey of Velmora met Velmoran Foreign Minister Adela Vorst.\n\n"
        "Trade fell, according to the Velmoran statistics office. Velmora is in mourning.\n"
    )
    draft = drafted(command, own, text=text)
    assert re.findall(r'rdfs:label "(.*)"@en', entries(draft)) == [
        "Marcus Tey of Velmora",
        "Adela Vorst",
        "Velmoran",
        "Velmora",
    ]
    assert "body:velmoran" not in draft

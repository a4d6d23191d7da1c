"""A draft tells the names that the registry lacks, and who writes entries for them."""

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


def test_each_unknown_name_is_told_once_with_what_it_is_near(command, own: Path) -> None:
    draft = drafted(command, own)
    block = draft.split("## --- 0. ")[1].split("\n\n")[0]
    assert re.findall(r"(?m)^##     (.*) \(sentence", block) == [
        "Kyodo News",
        "Élan Vautrin",
        "Vautrin",
        "Tomaz Brandt",
        "Carrow Institute",
    ]
    assert "'legation names a' lists them" in block
    assert "Tomaz Brandt (sentence 2; near person:tomas-brandt: the same?)" in block
    assert drafted(command, own, "--again") == draft


def test_a_draft_without_unknown_names_has_no_such_block(command, own: Path) -> None:
    assert "## --- 0. " not in drafted(command, own, text="Tomas Brandt met Ilse Marrow.\n")

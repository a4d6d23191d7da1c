"""Coverage: every sentence is claimed, omitted or open, and unused names are told."""

import json
from pathlib import Path

import pytest

from legation.desk.progress import coverage
from legation.errors import UnknownName
from legation.graph import workspace


def test_every_sentence_of_the_reference_graph_is_accounted_for(checkout: Path) -> None:
    for account in coverage(workspace.find(checkout)):
        assert account.percent == 100.0
        assert account.count("open") == 0
        assert account.count("claimed") + account.count("omitted") == len(account.rows)


def test_an_article_without_claims_is_open_and_lists_the_names_it_has(command, own: Path) -> None:
    (own / "t.txt").write_text("Ilse Marrow flew to Port Selden. Nobody met Ilse Marrow there.\n")
    assert command(own, "add", "t.txt", "--title", "A flight", "--slug", "flight").code == 0
    ran = command(own, "coverage", "flight", "--format", "json")
    (account,) = json.loads(ran.out)
    assert (account["percent"], account["open"]) == (0.0, 2)
    text = (own / "graph/sources/flight.txt").read_text()
    for row in account["sentences"]:
        assert text[row["start"] : row["end"]] == row["text"]
        assert (row["state"], row["by"]) == ("open", [])
    assert [(u["label"], len(u["at"])) for u in account["unused"]] == [
        ("Ilse Marrow", 2),
        ("Port Selden", 1),
    ]


def test_text_and_markdown_name_what_is_open(command, own: Path) -> None:
    (own / "t.txt").write_text("Ilse Marrow flew to Port Selden.\n")
    command(own, "add", "t.txt", "--slug", "flight")
    assert "OPEN      1  Ilse Marrow flew to Port Selden." in command(own, "coverage", "flight").out
    assert (
        "| 1 | Ilse Marrow flew to Port Selden. |"
        in command(own, "coverage", "flight", "--format", "md").out
    )
    everything = command(own, "coverage").out
    assert "example-talks: 100 % of 3 sentences" in everything
    assert "flight: 0 % of 1 sentences" in everything


def test_without_the_text_coverage_is_not_known(command, own: Path) -> None:
    (own / "graph/sources/example-talks.txt").unlink()
    assert "text not here" in command(own, "coverage").out


def test_an_unknown_article_lists_those_that_are_here(own: Path) -> None:
    with pytest.raises(UnknownName, match="example-talks"):
        coverage(workspace.find(own), "talks")

"""``legation site``: what it writes, what it says, and what it leaves alone."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from legation.graph import dataset, workspace
from legation.site import Holdings, addresses, issue, page
from legation.site.addresses import Addresses

Command = Callable[..., Any]


def test_the_command_makes_a_site_that_a_later_build_leaves_alone(
    world: Path, command: Command
) -> None:
    ran = command(world, "site", "--no-check")
    assert (ran.code, "pages" in ran.out) == (0, True)
    assert (world / "dist" / "site" / "index.html").is_file()
    assert command(world, "build", "--no-check").code == 0
    assert (world / "dist" / "site" / "index.html").is_file()
    assert (world / "dist" / "legation.ttl").is_file()
    assert [path.name for path in world.glob(".dist*")] == []


def test_a_graph_with_faults_gets_no_site(world: Path, command: Command) -> None:
    file = next((world / "graph" / "articles").glob("halm*.trig"))
    file.write_text(file.read_text("utf-8").replace("Orvany declared", "Orvany named"), "utf-8")
    assert command(world, "site").code == 1
    assert not (world / "dist").exists()


def test_without_its_engine_the_site_is_plain_and_says_so(held: Holdings, tmp_path: Path) -> None:
    made = issue(held, None, tmp_path / "site")
    assert any("without the SPARQL console" in remark for remark in made.remarks)
    assert not list((tmp_path / "site").rglob("*oxigraph*"))
    console = (tmp_path / "site" / addresses.CONSOLE).read_text("utf-8")
    assert "wasm-unsafe-eval" not in console
    assert "without its query engine" in console


@pytest.mark.parametrize(
    "slug", ["..", "../x", ".hidden", "a/b", "con", "nul.txt", "x" * 300, "a:b", "", "dot."]
)
def test_no_iri_leads_out_of_the_site(slug: str) -> None:
    known = Addresses("https://own.example/id/", ["person"])
    assert known.page(NamedNode(f"https://own.example/id/person/{slug}")) == ""


def test_hostile_words_stay_words(checkout: Path, tmp_path: Path, all_hostile: str) -> None:
    world = Path(shutil.copytree(checkout / "tests" / "world", tmp_path / "hostile"))
    told = all_hostile.replace("\\", "\\\\").replace('"', '\\"')
    told = "".join(f"\\u{ord(c):04X}" if ord(c) < 32 else c for c in told)
    told = told.encode("utf-8", "ignore").decode()
    (world / "graph" / "registry" / "hostile.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f'<https://w3id.org/legation/id/person/hana-reiss> skos:altLabel "{told}"@en .\n',
        "utf-8",
    )
    home = workspace.find(world)
    held = Holdings.of(dataset.build(workspace.read(home), home.rules), home)
    shown = page(held, NamedNode("https://w3id.org/legation/id/person/hana-reiss"))
    assert shown is not None
    assert "<img" not in shown
    assert shown.count("<script") == 2
    assert "\u202e" not in shown


def test_a_thing_that_is_not_here_has_no_page(held: Holdings) -> None:
    assert page(held, NamedNode("https://w3id.org/legation/id/person/nobody")) is None

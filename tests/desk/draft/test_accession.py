"""Entries of another registry and of the starter: what a text names, once, on this base."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, Triple

from legation.desk.draft.accession import accession, foreign
from legation.desk.draft.enrolment import enrolled
from legation.files.journal import rewrite
from legation.graph import workspace
from legation.rdf.layout import layout
from legation.rdf.vocabulary import LEG, RDFS, SCHEMA, expand

TEXT = "MOSCOW, May 9 -- Russian and Merovian envoys met in Paris. The U.S. stayed away.\n"


@pytest.fixture
def added(command, own: Path) -> Path:
    (own / "a.txt").write_text(TEXT, "utf-8")
    assert command(own, "add", "a.txt", "--slug", "a", "--language", "en", "--title", "A").code == 0
    return own


def test_the_starter_gives_what_a_text_names_on_this_base(command, added: Path) -> None:
    ran = command(added, "names", "a", "--from", "starter")
    assert ran.code == 0, ran.err
    assert ran.out.split()[:5] == [
        "place:moscow",
        "place:paris",
        "state:france",
        "state:russia",
        "state:united-states",
    ]
    states = (added / "graph/registry/states.ttl").read_text("utf-8")
    assert "state:russia a leg:Polity" in states
    assert "<http://www.wikidata.org/entity/Q159>" in states
    assert "urn:" not in states
    again = command(added, "names", "a", "--from", "starter")
    assert "here already" in again.out
    assert (added / "graph/registry/states.ttl").read_text("utf-8") == states
    assert command(added, "check").code == 0
    assert command(added, "format", "--check").code == 0


def test_entries_of_another_base_name_the_thing_that_they_came_from(
    command, added: Path, checkout: Path
) -> None:
    ran = command(added, "names", "a", "--from", str(checkout / "tests/world"))
    assert ran.out.split()[0] == "state:merovia"
    states = (added / "graph/registry/states.ttl").read_text("utf-8")
    assert "schema:sameAs <https://w3id.org/legation/id/state/merovia>" in states
    assert command(added, "check").code == 0


def test_a_thing_is_known_by_identifier_and_its_slug_is_never_taken_twice(own: Path) -> None:
    home = workspace.find(own)
    base, head = (
        "https://there.example/",
        (
            "@prefix leg: <https://w3id.org/legation/ns#> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            "@prefix schema: <https://schema.org/> .\n"
        ),
    )
    file = own.parent / "there.ttl"
    file.write_text(
        f'{head}<{base}x/arvenia> a leg:State ; rdfs:label "Arvenia of the South"@en ;\n'
        f"  schema:sameAs <{base}q1> ; leg:continues <{base}x/old> .\n"
        f'<{base}x/brandt> a leg:Person ; rdfs:label "Tomas Brandt"@en .\n',
        "utf-8",
    )
    first = accession(foreign(str(file)), home, workspace.read(home))
    assert [thing.value for thing in first.things] == ["https://own.example/state/arvenia-2"]
    assert first.here == ("person:tomas-brandt",)
    assert LEG.continues not in {t.predicate for t in first.triples}  # no source, no fact
    assert {str(t.object) for t in first.triples if t.predicate == SCHEMA.sameAs} == {
        f"<{base}q1>",
        f"<{base}x/arvenia>",
    }
    assert [path.name for path in rewrite(enrolled(home, first.triples), own)] == ["states.ttl"]
    assert accession(foreign(str(file)), home, workspace.read(home)).triples == ()


def test_a_founded_workspace_may_have_the_starter(command, tmp_path: Path) -> None:
    assert command(tmp_path, "new", "mine", "--starter").code == 0
    names = (tmp_path / "mine/graph/registry/starter.ttl").read_text("utf-8")
    assert "@prefix state: <https://example.org/mine/state/> ." in names
    assert '"Союз Советских Социалистических Республик"@ru' in names
    checked = command(tmp_path / "mine", "check")
    assert (checked.code, "error:" in checked.out) == (0, False)


def test_a_place_without_a_registry_is_refused(command, own: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = command(own, "names", "--from", str(tmp_path / "empty"), "--all")
    assert (ran.code, "holds no registry" in ran.err) == (2, True)
    assert command(own, "names", "--from", "nowhere.ttl", "--all").code == 2


def test_a_new_entry_stands_where_its_like_does(own: Path) -> None:
    home = workspace.find(own)
    (own / "graph/registry/bodies.ttl").unlink()
    names = ("person:x", "body:x", "event:x", "anon:x")
    things = {name: expand(name, home.prefixes) for name in names}
    labels = [Triple(thing, RDFS.label, Literal("X", language="en")) for thing in things.values()]
    changed = {c.path.name: (c.after or b"").decode() for c in enrolled(home, labels)}
    assert set(changed) == {"persons.ttl", "bodies.ttl", "events.ttl"}
    assert 'event:x rdfs:label "X"@en .' in changed["events.ttl"]
    assert 'anon:x rdfs:label "X"@en .' in changed["events.ttl"]
    assert layout(changed["bodies.ttl"]) == changed["bodies.ttl"]
    rewrite(enrolled(home, labels), own)
    more = [Triple(things["body:x"], RDFS.label, Literal("Y", language="en"))]
    assert enrolled(home, more, anew=True) == []
    assert '"X"@en,\n        "Y"@en .' in (enrolled(home, more)[0].after or b"").decode()

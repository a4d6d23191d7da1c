"""Identity is repaired by IRI, in every file at once, and nothing else changes."""

import re
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Quad

from legation.desk.edit.identity import Repair, merge, rename, split
from legation.errors import UnknownName, UsageError
from legation.files.journal import rewrite
from legation.graph import workspace as workspaces
from legation.graph.workspace import Workspace
from legation.rdf import trig

DAY = date(2031, 6, 1)
ARTICLE = "halm-gazette-2031-05-07"


@pytest.fixture
def world(world: Path) -> Workspace:
    return workspaces.find(world)


def _text(world: Workspace, name: str) -> str:
    return next(world.graph.rglob(name)).read_bytes().decode()


def _quads(world: Workspace) -> set[Quad]:
    paths = [p for p in world.graph.rglob("*.t*") if p.suffix in (".ttl", ".trig")]
    return {located.quad for path in paths for located in trig.read(path).quads}


def _write(world: Workspace, repair: Repair) -> None:
    rewrite(repair.changes, world.root)


def _all(world: Workspace) -> dict[Path, str]:
    paths = [p for p in world.root.rglob("*") if p.is_file()]
    return {p: p.read_bytes().decode() for p in paths}


def test_a_renamed_thing_has_its_new_iri_everywhere_and_a_dated_note(world: Workspace) -> None:
    before = _all(world)
    repair = rename(world, "person:karl-bron", "person:carl-bron", day=DAY)
    _write(world, repair)
    note = ' ;\n    skos:changeNote "2031-06-01: renamed from person:karl-bron."@en .'
    for path, text in before.items():
        wanted = re.sub(r"person:karl-bron\b", "person:carl-bron", text)
        if path.name == "persons.ttl":
            wanted = wanted.replace('altLabel "Bron"@en .', 'altLabel "Bron"@en' + note)
        assert path.read_bytes().decode() == wanted
    assert "now person:carl-bron" in repair.summary


def test_comments_and_strings_are_no_names(world: Workspace) -> None:
    path = world.articles / f"{ARTICLE}.trig"
    own = '# person:karl-bron, see below\nclaim:x-9 skos:editorialNote "person:karl-bron" .\n'
    path.write_text(path.read_text("utf-8") + own, "utf-8")
    repair = rename(world, "person:karl-bron", "person:carl-bron", day=DAY)
    _write(world, repair)
    assert path.read_text("utf-8").endswith(own)
    assert len(repair.cautions) == 1
    assert "a comment still names person:karl-bron" in repair.cautions[0]


def test_every_spelling_of_an_iri_is_found(world: Workspace) -> None:
    path = world.articles / "own.trig"
    path.write_text(
        "PREFIX q: <https://w3id.org/legation/id/person/karl->\r\n"
        "PREFIX leg: <https://w3id.org/legation/ns#>\r\n"
        "<http://e/c> { <http://e/x> leg:topic q:bron, "
        "<https://w3id.org/legation/id/person/k\\u0061rl-bron> }\r\n",
        "utf-8",
        newline="",
    )
    _write(world, rename(world, "person:karl-bron", "person:carl-bron", day=DAY))
    text = _text(world, "own.trig")
    assert "leg:topic person:carl-bron, person:carl-bron }\r\n" in text
    assert "\r\n@prefix person: <https://w3id.org/legation/id/person/> .\r\n" in text


def test_queries_of_ones_own_are_repaired_too(world: Workspace) -> None:
    query = world.root / "queries/answers/own.rq"
    query.parent.mkdir(parents=True)
    body = "PREFIX person: <https://w3id.org/legation/id/person/>\nSELECT ?x WHERE { ?x ?p %s }\n"
    query.write_text(body % "person:karl-bron")
    _write(world, rename(world, "person:karl-bron", "person:carl-bron", day=DAY))
    assert query.read_text() == body % "person:carl-bron"


def test_what_has_no_entry_is_noted_in_a_file_of_changes(world: Workspace) -> None:
    slug = sorted(re.findall(r"tenure:[\w-]+", _text(world, f"{ARTICLE}.trig")))[0]
    _write(world, rename(world, slug, "tenure:another", day=DAY))
    assert _text(world, "changes.ttl").endswith(
        f'\n\ntenure:another skos:changeNote "2031-06-01: renamed from {slug}."@en .\n'
    )
    _write(world, rename(world, "tenure:another", slug, day=DAY))
    assert _text(world, "changes.ttl").count("renamed from") == 2


def test_a_claim_carries_its_own_note(world: Workspace) -> None:
    claim = f"claim:{ARTICLE}-01"
    _write(world, rename(world, claim, f"claim:{ARTICLE}-100", day=DAY))
    text = _text(world, f"{ARTICLE}.trig")
    assert f'skos:changeNote "2031-06-01: renamed from {claim}."@en .' in text
    assert f"{claim}-100 {{" not in text
    assert f"claim:{ARTICLE}-100 {{" in text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Karl Bron", "person:x", "a name never decides.*person:karl-bron"),
        ("person:karl-bron", "Carl Bron", "a name never decides"),
        ("person:carl-bron", "person:x", "did you mean.*person:karl-bron"),
        ("body:karl-bron", "body:x", "did you mean person:karl-bron"),
        ("person:nobody", "person:x", "nothing here is called person:nobody$"),
        ("person:karl-bron", "person:jon-marek", "there already.*legation merge"),
        ("person:karl-bron", "person:Karl", "no kind/slug"),
        ("person:karl-bron", "https://example.org/x", "no kind/slug"),
        ("leg:Reception", "leg:Party", "never renamed"),
        (f"article:{ARTICLE}", "article:x", "as its files are"),
        ("anon:strait-observer-2031-05-05-deputy-minister", "person:x", "unnamed stays so"),
    ],
)
def test_a_renaming_that_cannot_be_is_refused(
    world: Workspace, old: str, new: str, words: str
) -> None:
    before = _all(world)
    with pytest.raises(UsageError, match=words):
        rename(world, old, new, day=DAY)
    assert _all(world) == before


def test_the_candidates_of_a_refused_name_ride_along(world: Workspace) -> None:
    with pytest.raises(UnknownName) as caught:
        rename(world, "Bron", "person:x", day=DAY)
    assert "Karl Bron" in caught.value.candidates


def test_merged_things_have_the_names_of_both(world: Workspace) -> None:
    persons = world.registry / "persons.ttl"
    twin = (
        "\nperson:karl-brohn a leg:Person ;  # misspelt\n    # seen once\n"
        '    rdfs:label "Karl Brohn"@en ;\n    skos:altLabel "Bron"@en, "브론"@ko .\n'
    )
    persons.write_text(persons.read_text("utf-8") + twin, "utf-8")
    before = _quads(world)
    _write(world, merge(world, "person:karl-brohn", "person:karl-bron", day=DAY))
    text = persons.read_text("utf-8")
    assert (
        'person:karl-bron a leg:Person ;\n    rdfs:label "Karl Bron"@en ;\n'
        '    skos:altLabel "Bron"@en,\n        "Karl Brohn"@en,\n        "브론"@ko ;\n'
        '    skos:changeNote "2031-06-01: merged with person:karl-brohn."@en .\n'
    ) in text
    assert "# misspelt" in text
    assert "# seen once" in text
    assert "person:karl-brohn " not in text
    assert len(_quads(world)) == len(before) - 1  # class and alias were known; a note is new


def test_without_an_entry_of_its_own_the_kept_thing_takes_the_entry_over(world: Workspace) -> None:
    article = world.articles / f"{ARTICLE}.trig"
    article.write_text(
        article.read_text("utf-8")
        + f"claim:{ARTICLE}-12 {{ event:b-expulsion a leg:AccreditationAct }}\n",
        "utf-8",
    )
    _write(world, merge(world, "event:bron-expulsion", "event:b-expulsion", day=DAY))
    line = 'event:b-expulsion rdfs:label "expulsion of Karl Bron"@en ;'
    assert line in _text(world, "events.ttl")


@pytest.mark.parametrize(
    ("gone", "kept", "words"),
    [
        ("person:karl-bron", "person:karl-bron", "one thing already"),
        ("person:karl-bron", "state:merovia", "only things of one kind"),
        ("anon:strait-observer-2031-05-05-deputy-minister", "person:karl-bron", "identifiedAs"),
        (f"claim:{ARTICLE}-01", f"claim:{ARTICLE}-02", "never articles, claims"),
        ("event:sestry-summit", "event:bron-expulsion", "different kinds"),
        ("person:ilse-varn", "person:tomas-keld", "names them side by side"),
        ("Karl Bron", "person:jon-marek", "a name never decides"),
    ],
)
def test_a_merger_that_something_speaks_against_is_refused(
    world: Workspace, gone: str, kept: str, words: str
) -> None:
    before = _all(world)
    with pytest.raises(UsageError, match=words):
        merge(world, gone, kept, day=DAY)
    assert _all(world) == before


def test_different_identifiers_tell_two_things_apart(world: Workspace) -> None:
    persons = world.registry / "persons.ttl"
    prefix = "@prefix schema: <https://schema.org/> .\n"
    text = prefix + persons.read_text("utf-8")
    for name, number in (("Bron", 1), ("Quill", 2)):
        wikidata = f" ;\n    schema:sameAs <http://www.wikidata.org/entity/Q{number}> .\n"
        text = text.replace(f'altLabel "{name}"@en .\n', f'altLabel "{name}"@en{wikidata}')
    persons.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="differ in schema:sameAs"):
        merge(world, "person:karl-bron", "person:mara-quill", day=DAY)


def test_split_claims_speak_of_the_other_thing(world: Workspace) -> None:
    before = _quads(world)
    claim = f"claim:{ARTICLE}-01"
    repair = split(
        world, "person:karl-bron", "person:karl-bron-2", [claim], day=DAY, label="Karl Bron jr."
    )
    _write(world, repair)
    assert "leg:nominee person:karl-bron-2 ;" in _text(world, f"{ARTICLE}.trig")
    assert _text(world, f"{ARTICLE}.trig").count("person:karl-bron-2") == 1
    assert (
        f'    skos:changeNote "2031-06-01: split: {claim} now of person:karl-bron-2."@en .\n\n'
        'person:karl-bron-2 a leg:Person ;\n    rdfs:label "Karl Bron jr."@en ;\n'
        f'    skos:changeNote "2031-06-01: split from person:karl-bron: {claim}."@en .\n'
    ) in _text(world, "persons.ttl")
    assert len(_quads(world)) == len(before) + 4


@pytest.mark.parametrize(
    ("new", "claims", "label", "words"),
    [
        ("person:jon-marek", ["01"], "x", "there already"),
        ("state:x", ["01"], "x", "of the kind of"),
        ("person:x", ["01"], "", "--label"),
        ("person:x", [], "x", "--claims"),
        ("person:x", ["99"], "x", "nothing here is called"),
        ("person:x", ["12"], "x", "says nothing of person:karl-bron; these do"),
    ],
)
def test_a_division_that_cannot_be_is_refused(
    world: Workspace, new: str, claims: list[str], label: str, words: str
) -> None:
    before = _all(world)
    named = [f"claim:{ARTICLE}-{number}" for number in claims]
    with pytest.raises(UsageError, match=words):
        split(world, "person:karl-bron", new, named, day=DAY, label=label)
    assert _all(world) == before


def test_a_thing_without_a_class_is_pointed_out(world: Workspace) -> None:
    text = _text(world, f"{ARTICLE}.trig")
    tenure = sorted(set(re.findall(r"(tenure:[\w-]+) a leg:Tenure", text)))[0]
    extra = f"claim:{ARTICLE}-02 {{ {tenure} leg:end '2031' }}\n"
    (world.articles / f"{ARTICLE}.trig").write_text(text + extra, "utf-8")
    repair = split(world, tenure, "tenure:x", [f"claim:{ARTICLE}-02"], day=DAY)
    assert repair.cautions == ("no chosen claim says what tenure:x is: give it a class",)

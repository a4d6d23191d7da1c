"""The ontology is the only list: what the code, the shapes and the queries have is made from it."""

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from legation.graph import workspace
from legation.rdf.vocabulary import LEG, PREFIXES, compact, expand, local_name


def test_what_is_generated_is_what_the_ontology_says(checkout: Path) -> None:
    command = [sys.executable, str(checkout / ".ci" / "vocabulary.py"), "--check"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_names_of_the_code_are_the_terms_of_the_ontology() -> None:
    known = {term for term in workspace.bundled().ontology.terms if term.value.startswith(LEG.base)}
    assert LEG.names == {local_name(term) for term in known}


def test_a_misspelt_term_is_an_error_where_it_is_written() -> None:
    with pytest.raises(AttributeError, match="no term 'qoute'"):
        _ = LEG.qoute


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_a_prefixed_name_reads_back(prefix: str) -> None:
    node = NamedNode(PREFIXES[prefix] + "some-thing")
    assert expand(compact(node)) == node


@pytest.mark.parametrize(
    "text", ["", "Kim", "nobody:x", "leg:", "leg:a b", "https://e/<x>", 'state:"}', "<leg>"]
)
def test_what_is_no_iri_is_not_taken_for_one(text: str) -> None:
    assert expand(text) is None


def test_an_iri_that_needs_escapes_is_written_whole() -> None:
    assert compact("https://w3id.org/legation/id/event/a(b)").startswith("<")
    assert expand("<https://e/x>") == expand("https://e/x") == NamedNode("https://e/x")

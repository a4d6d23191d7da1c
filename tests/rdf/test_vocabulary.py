"""The terms the code names are terms of the ontology."""

import pytest
from pyoxigraph import NamedNode

from legation.graph import workspace
from legation.rdf.vocabulary import LEG, PREFIXES, compact, expand, local_name


def test_every_term_the_code_names_is_in_the_ontology() -> None:
    known = {local_name(term) for term in workspace.bundled().ontology.terms}
    assert LEG.names - known == set()


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

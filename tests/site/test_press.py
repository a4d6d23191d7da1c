"""Pages made in several processes are those made in one."""

import os
from collections.abc import Iterator, Sequence

import pytest
from pyoxigraph import NamedNode

from legation.site import press

THINGS = [NamedNode(f"urn:{number}") for number in range(40)]


def _pages(things: Sequence[NamedNode]) -> Iterator[tuple[str, str]]:
    for thing in things:
        yield thing.value, f"page of {thing.value}"


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_many_processes_make_what_one_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    one = dict(press.printed(THINGS, _pages))
    monkeypatch.setattr(press, "_FEW", 1)
    assert dict(press.printed(THINGS, _pages)) == one
    assert len(one) == len(THINGS)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_the_share_of_a_process_that_died_is_made_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(press, "_FEW", 1)
    here = os.getpid()

    def dying(things: Sequence[NamedNode]) -> Iterator[tuple[str, str]]:
        for number, page in enumerate(_pages(things)):
            if os.getpid() != here and number == 3:
                os._exit(9)
            yield page

    assert dict(press.printed(THINGS, dying)) == dict(_pages(THINGS))

"""While a query is answered, the process that answers can open nothing."""

import socket
from pathlib import Path
from typing import Any

import pytest

from legation.serve.served import ServedGraph
from legation.serve.solved import MOST_ROWS, Put, TooLong, answered, few


def test_nothing_can_be_opened_while_the_engine_works(holding: ServedGraph) -> None:
    def reaching_out(_: Any) -> str:
        with pytest.raises(OSError, match="Too many open files"):
            socket.socket()
        with pytest.raises(OSError, match="Too many open files"):
            Path(__file__).read_bytes()
        return "nowhere"

    assert answered(holding, Put("ASK {}"), reaching_out) == "nowhere"
    assert Path(__file__).read_bytes()


def test_what_slips_past_the_guard_finds_no_network(holding: ServedGraph) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"

        def federating(_: Any) -> str:
            engine = holding.store._engine  # as it is, without the guard before it
            with pytest.raises(OSError, match="Too many open files"):
                list(engine.query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
            return "nobody"

        assert answered(holding, Put("ASK {}"), federating) == "nobody"
        with pytest.raises(TimeoutError):
            listener.accept()


def test_more_triples_than_are_given_are_given_not_at_all() -> None:
    assert len(few(iter(range(MOST_ROWS)))) == MOST_ROWS
    with pytest.raises(TooLong, match="100,000 rows and is not given in part"):
        few(iter(range(MOST_ROWS + 1)))

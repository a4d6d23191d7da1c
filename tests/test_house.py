"""The house rules that no linter knows."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

MODULE_CEILING = 300
FUNCTION_CEILING = 40


def _modules(checkout: Path) -> list[tuple[str, str]]:
    paths = sorted((checkout / "src").rglob("*.py"))
    return [(path.relative_to(checkout).as_posix(), path.read_text("utf-8")) for path in paths]


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring, which may take the room it needs."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return lines
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1)


def test_no_module_outgrows_its_ceiling(checkout: Path) -> None:
    lengths = {name: len(text.splitlines()) for name, text in _modules(checkout)}
    assert {name: length for name, length in lengths.items() if length > MODULE_CEILING} == {}


def test_no_function_outgrows_its_ceiling(checkout: Path) -> None:
    lengths = {
        f"{name}:{node.lineno} {node.name}": _length(node)
        for name, text in _modules(checkout)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > FUNCTION_CEILING} == {}


def test_every_module_says_what_it_is_for(checkout: Path) -> None:
    assert [
        name for name, text in _modules(checkout) if not ast.get_docstring(ast.parse(text))
    ] == []


def _shared(names: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """The names that stand in several places, with these."""
    places = defaultdict(list)
    for name, place in names:
        places[name].append(place)
    return {name: found for name, found in places.items() if len(found) > 1}


def test_a_module_has_a_name_of_its_own(checkout: Path) -> None:
    paths = (Path(name) for name, _ in _modules(checkout))
    names = ((p.parent.name if p.stem == "__init__" else p.stem, str(p)) for p in paths)
    assert _shared(names) == {}


def test_a_public_class_has_a_name_of_its_own(checkout: Path) -> None:
    names = (
        (node.name, name)
        for name, text in _modules(checkout)
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert _shared(names) == {}

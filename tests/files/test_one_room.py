"""The answer to "where is a file written?" is one room."""

import ast
from pathlib import Path

WRITING = {
    *("write_bytes", "write_text", "mkdir", "makedirs", "unlink", "rmdir", "rmtree", "touch"),
    *("symlink_to", "hardlink_to", "mkstemp", "mkdtemp", "TemporaryDirectory", "fsync", "fdopen"),
    *("NamedTemporaryFile", "TemporaryFile", "copyfile", "copytree", "copy2", "removedirs"),
}
OF_OS = {"rename", "replace", "remove", "truncate", "link", "symlink", "chmod", "open"}
DEVICES = {
    "legation/cli/__init__.py",  # gives a closed stream the null device
    "legation/rdf/worker.py",  # and so does a child that may say nothing
}


def _writes(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id in WRITING or (function.id == "open" and len(call.args) > 1)
    if not isinstance(function, ast.Attribute):
        return False
    is_os = isinstance(function.value, ast.Name) and function.value.id in ("os", "shutil")
    return function.attr in WRITING or (is_os and function.attr in OF_OS)


def _places(source: Path) -> list[str]:
    found = []
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _writes(node):
                found.append(name)
    return found


def test_no_file_is_written_outside_the_room_of_files(checkout: Path) -> None:
    places = set(_places(checkout / "src"))
    assert {name for name in places if not name.startswith("legation/files/")} <= DEVICES
    assert {"legation/files/document.py", "legation/files/journal.py"} <= places

"""Every notebook runs from top to bottom, and what it shows is clean and small."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.md"))
LARGEST_OUTPUT = 250_000
LARGEST_NOTEBOOK = 600_000


@pytest.fixture(scope="module")
def kernel() -> Iterator[Any]:
    """One kernel in the folder of the notebooks, which starts once; it forgets between them."""
    pytest.importorskip("jupytext", reason="notebooks need legation[notebook]")
    import nbclient
    import nbformat

    place = {"metadata": {"path": str(NOTEBOOKS[0].parent)}}
    client = nbclient.NotebookClient(nbformat.v4.new_notebook(), resources=place)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        with client.setup_kernel():
            yield client


def _executed(notebook: Path, kernel: Any) -> dict[str, Any]:
    """The notebook as Jupyter would save it after running it in its folder."""
    import jupytext
    import nbclient
    import nbformat

    book = jupytext.read(notebook)
    anew = f"%cd -q {notebook.parent}\n%reset -f"
    book.cells.insert(0, nbformat.v4.new_code_cell(anew))
    client = nbclient.NotebookClient(book, km=kernel.km, timeout=240, resources=kernel.resources)
    client.kc = kernel.kc
    client.execute()
    saved = nbformat.writes(book)
    assert len(saved) < LARGEST_NOTEBOOK
    return json.loads(saved)  # type: ignore[no-any-return]


def _text(output: dict[str, Any]) -> str:
    parts = [output.get("text", ""), *output.get("data", {}).values()]
    return "\n".join("".join(part) if isinstance(part, list) else str(part) for part in parts)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_its_outputs_are_clean_and_small(notebook: Path, kernel: Any) -> None:
    cells = [c for c in _executed(notebook, kernel)["cells"] if c["cell_type"] == "code"]
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        for output in cell["outputs"]:
            shown = _text(output)
            told = output["output_type"] == "error" or output.get("name") == "stderr"
            assert not told or "raises-exception" in tags, shown
            assert len(shown) < LARGEST_OUTPUT
            pictureless = re.sub(r"[A-Za-z0-9+/=\n]{400,}", "", shown)
            assert str(CHECKOUT) not in pictureless
            assert not re.search(r"\b0x[0-9a-f]{6,}|\x1b\[", pictureless)
    assert any(cell["outputs"] for cell in cells)


def test_notebooks_hold_prose_and_calls_but_no_definitions() -> None:
    assert len(NOTEBOOKS) == 7
    for notebook in NOTEBOOKS:
        text = notebook.read_text("utf-8")
        code = "\n".join(re.findall(r"```python.*?\n(.*?)```", text, flags=re.DOTALL))
        assert not re.search(r"^\s*(def|class) ", code, flags=re.MULTILINE), notebook.name
        prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        assert len(prose.split()) > 120, notebook.name


def test_the_first_steps_are_ten_cells() -> None:
    assert NOTEBOOKS[0].read_text("utf-8").count("\n```python") == 10


def test_links_between_notebooks_lead_somewhere() -> None:
    for notebook in NOTEBOOKS:
        for target in re.findall(r"\]\(([\w-]+\.md)\)", notebook.read_text("utf-8")):
            assert (notebook.parent / target).is_file(), f"{notebook.name}: {target}"

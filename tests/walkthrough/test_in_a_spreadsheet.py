"""The example in CONTRIBUTING's "In a spreadsheet": a table becomes an article that passes."""

import re
import shlex
import shutil
from pathlib import Path

HERE = Path(__file__).parent


def test_ten_rows_make_an_article_that_passes_its_check(
    command, tmp_path: Path, checkout: Path
) -> None:
    shutil.copytree(HERE, tmp_path / "tests/walkthrough", ignore=shutil.ignore_patterns("*.py"))
    page = (checkout / "CONTRIBUTING.md").read_text("utf-8")
    section = page[page.index("## In a spreadsheet") :].partition("\n## ")[0]
    folder, printed = tmp_path, []
    for line in re.findall(r"^    (\S.*)$", section, re.MULTILINE):
        words = shlex.split(line)
        if words[0] == "cd":
            folder = folder / words[1]
        else:
            ran = command(folder, *words[1:])
            assert ran.code == 0, f"{line}: {ran.err}{ran.out}"
            printed.append(ran.out)
    _, _, named, rehearsed, written, checked, complete, _, again = printed
    assert "  instrument:lismore-declaration\n" in named
    assert rehearsed.startswith("10 rows are new, 0 changed, 0 as they were (not written)")
    assert written.startswith("10 rows are new, 0 changed, 0 as they were\n")
    assert "new: event:extension-of-the-lismore-declaration “extension of the Lismore" in written
    assert checked.startswith("no findings") and complete.startswith("harbour-talks: 100 %")
    assert again == "0 rows are new, 0 changed, 10 as they were\n"
    file = folder / "graph/articles/harbour-talks.trig"
    text = file.read_text("utf-8")
    assert "“This is a good day for our ports,” Thornquist said" in text

    table = folder / "by-hand.csv"
    rows = (HERE / "harbour-talks.csv").read_text("utf-8")
    table.write_text(rows.replace(",2017,", ",2017~,"), "utf-8")
    ran = command(folder, "import", "by-hand.csv", "--article", "harbour-talks")
    assert ran.out.startswith("0 rows are new, 1 changed, 9 as they were\n")
    assert file.read_text("utf-8") == text.replace('"2017"', '"2017~"')

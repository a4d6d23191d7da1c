"""The recipes for a container and a service call commands and options that there are."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RECIPES = Path("src/legation/serve/recipes")


def words(checkout: Path, name: str) -> list[str]:
    """The command that a recipe runs, without the program."""
    text = (checkout / RECIPES / name).read_text("utf-8")
    if name == "Containerfile":
        (found,) = re.findall(r"^CMD (\[.*\])$", text, re.M)
        return list(map(str, json.loads(found)))[1:]
    (found,) = re.findall(r"^ExecStart=(.*)$", text, re.M)
    return shlex.split(found)[1:]


@pytest.mark.parametrize("name", ["Containerfile", "legation.service"])
def test_a_recipe_runs_a_command_that_there_is(
    endpoint_extra: None, checkout: Path, command: Callable[..., Any], name: str
) -> None:
    said = words(checkout, name)
    assert said[0] == "serve"
    # Each option is understood: what stops it is the folder that is not there, and nothing before.
    options = said[: said.index("--workspace")] if "--workspace" in said else said
    ran = command(checkout, *options, "--workspace", "nowhere")
    assert ran.code == 2 and "nowhere" in ran.err


def test_the_image_has_a_python_that_is_supported(checkout: Path) -> None:
    text = (checkout / RECIPES / "Containerfile").read_text("utf-8")
    (version,) = re.findall(r"^FROM python:3\.(\d+)-slim$", text, re.M)
    assert 11 <= int(version) <= 14


def test_the_unit_is_one_that_systemd_understands(checkout: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    unit = tmp_path / "legation.service"
    text = (checkout / RECIPES / unit.name).read_text("utf-8")
    program = shutil.which("true") or "true"
    unit.write_text(text.replace("/opt/legation/bin/legation", program), "utf-8")
    ran = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    about = [line for line in ran.stderr.splitlines() if unit.name in line]
    assert (ran.returncode, about) == (0, [])

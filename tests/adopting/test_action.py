"""The GitHub action: valid, safe, and its shell steps really run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.adopting.github_runner import action_at, run_action
from tests.adopting.test_hooks import BAD, GOOD
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.adopting.github_runner import Job

ACTION = PROJECT / ".github" / "actions" / "check"
SCHEMAS = {
    "vendor.github-actions": sorted((PROJECT / ".github" / "actions").rglob("action.yml")),
    "vendor.github-workflows": sorted((PROJECT / ".github" / "workflows").glob("*.yml")),
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_github_reads_is_valid(schema: str) -> None:
    if find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema, which carries the schemas of GitHub, is not installed here")
    assert SCHEMAS[schema]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    ran = subprocess.run(  # noqa: S603 a validator on our own files
        [*command, *map(str, SCHEMAS[schema])], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_no_input_becomes_a_command() -> None:
    for step in action_at(ACTION)["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert re.fullmatch(r"[\w./-]+@v\d+", step.get("uses", "a/b@v1"))
    for script in ACTION.glob("*.sh"):
        assert "${{" not in script.read_text(encoding="utf-8")
        assert "eval" not in script.read_text(encoding="utf-8")


def test_the_scripts_please_shellcheck() -> None:
    if (shellcheck := shutil.which("shellcheck")) is None:
        pytest.skip("shellcheck is not installed here")
    scripts = [str(each) for each in sorted(ACTION.glob("*.sh"))]
    ran = subprocess.run(  # noqa: S603 a linter on our own files
        [shellcheck, *scripts], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


@pytest.fixture
def job(published: Path, offline: Mapping[str, str], tmp_path: Path) -> Callable[..., Job]:
    """Runs the action on a checkout with one consistent and one contradictory document."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed here")
    place = tmp_path / "checkout"
    place.mkdir()
    (place / "good.csv").write_text(GOOD, encoding="utf-8")
    (place / "new figures.csv").write_text(BAD, encoding="utf-8")

    def run(**given: str) -> Job:
        inputs = {key.replace("_", "-"): text for key, text in given.items()}
        folder = published / ".github" / "actions" / "check"
        return run_action(folder, place, inputs, offline)

    return run


def test_findings_are_annotated_summarised_uploaded_and_fail(job: Callable[..., Job]) -> None:
    ran = job(sarif="true", formats="json=report.json\njunit=report.xml\n")
    assert ran.code == 1, ran.shown
    assert "::error file=new figures.csv,line=5,title=ARI101 column-total::" in ran.shown
    assert "ARI101" in ran.summary
    uploaded = ran.used["github/codeql-action/upload-sarif"]["sarif_file"]
    with open(uploaded, encoding="utf-8") as stream:  # noqa: PTH123 the name is a text
        assert json.load(stream)["runs"][0]["results"]
    assert ran.outputs["steps.check.outputs.exit-code"] == "1"

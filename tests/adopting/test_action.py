"""The GitHub action: valid, safe, and its shell steps really run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.adopting.github_runner import action_at, run_action
from tests.adopting.test_hooks import BAD, GOOD
from tests.conftest import PROJECT
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def checkout_in(folder: Path) -> Path:
    """A checkout with one consistent and one contradictory document."""
    place = folder / "checkout"
    place.mkdir()
    (place / "good.csv").write_text(GOOD, encoding="utf-8")
    (place / "new figures.csv").write_text(BAD, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, published: Path, offline: Mapping[str, str]
) -> Job:
    """The whole action, which installs what lies beside it, with everything asked for."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed here")
    place = checkout_in(tmp_path_factory.mktemp("whole"))
    formats = "json=report.json\njunit=report.xml\n"
    given = {"sarif": "true", "formats": formats}
    job = run_action(published / ACTION.relative_to(PROJECT), place, given, offline)
    for name in ("report.json", "report.xml"):
        assert (place / name).is_file(), job.shown
    return job


@pytest.fixture
def job(
    whole: Job, published: Path, offline: Mapping[str, str], tmp_path: Path
) -> Callable[..., Job]:
    """Runs the action with what was installed once."""
    place = checkout_in(tmp_path)
    environment = {**offline, "UNBUDGET_BIN": whole.env["UNBUDGET_BIN"]}

    def run(**given: str) -> Job:
        inputs = {key.replace("_", "-"): text for key, text in given.items()}
        folder = published / ACTION.relative_to(PROJECT)
        return run_action(folder, place, inputs, environment, ["Install unbudget-check"])

    return run


def test_findings_are_annotated_summarised_uploaded_and_fail(whole: Job) -> None:
    assert whole.code == 1, whole.shown
    title = "ARI101 column-total (finding 1)"
    assert f"::error file=new figures.csv,line=5,title={title}::" in whole.shown
    assert whole.summary.count("## unbudget-check: ") == 1
    assert "ARI101" in whole.summary
    uploaded = whole.used["github/codeql-action/upload-sarif"]["sarif_file"]
    sarif = json.loads(Path(uploaded).read_text(encoding="utf-8"))
    assert sarif["runs"][0]["results"]
    assert whole.outputs["steps.check.outputs.exit-code"] == "1"
    assert whole.used["actions/setup-python"] == {"python-version": "3.13"}


def test_what_was_installed_is_what_lies_beside_the_action(whole: Job, published: Path) -> None:
    assert f"unbudget-check, version {__version__}" in whole.shown
    assert not whole.env["UNBUDGET_BIN"].startswith(str(published))


def test_consistent_documents_pass(job: Callable[..., Job]) -> None:
    ran = job(paths="good.csv\n", annotations="false", summary="false", python_version="")
    assert (ran.code, ran.summary, ran.used) == (0, "", {})
    assert "::" not in ran.shown
    assert "result: no contradiction" in ran.shown


def test_what_fails_is_a_matter_of_choice(job: Callable[..., Job]) -> None:
    ran = job(fail_on="never", summary="false")
    assert (ran.code, ran.summary) == (0, "")
    assert "::error file=new figures.csv" in ran.shown


def test_a_summary_needs_no_annotations(job: Callable[..., Job]) -> None:
    ran = job(annotations="false")
    assert ran.code == 1
    assert "::error" not in ran.shown
    assert ran.summary.count("## unbudget-check") == 1


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({"paths": " \n"}, 2, "the input 'paths' names no file"),
        ({"paths": "nowhere.docx"}, 3, "nowhere.docx"),
        ({"formats": "jsn=a.json"}, 2, "did you mean 'json'?"),
        ({"paths": "$(touch seized)\n`touch seized`\n; touch seized"}, 3, "$(touch seized)"),
        ({"paths": "--version"}, 3, "--version"),
        ({"fail-on": '"; touch seized; "'}, 2, "is not one of"),
    ],
)
def test_whatever_is_given_is_a_name_and_never_a_command(
    job: Callable[..., Job], tmp_path: Path, given: dict[str, str], code: int, said: str
) -> None:
    ran = job(**given)
    assert ran.code == code, ran.shown
    assert said in ran.shown
    assert not list(tmp_path.rglob("seized"))


@pytest.mark.parametrize("version", ["0.1; touch seized", "-e .", "git+https://example.org/x"])
def test_a_version_is_a_version(
    published: Path, offline: Mapping[str, str], tmp_path: Path, version: str
) -> None:
    folder = published / ACTION.relative_to(PROJECT)
    ran = run_action(folder, checkout_in(tmp_path), {"version": version}, offline)
    assert ran.code == 2
    assert "the input 'version' must be a version such as 0.1.0" in ran.shown
    assert not list(tmp_path.rglob("seized"))

"""``init``: what it writes is valid for whoever reads it, and nothing that is there is touched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from tests.adopting.test_hooks import BAD
from tests.conftest import PROJECT
from unbudget_check.cli.init import RELEASE, own_requirement
from unbudget_check.cli.starters import guess_columns
from unbudget_check.model.options import TidyMapping
from unbudget_check.reporters import FORMATS
from unbudget_check.settings import SETTINGS as DECLARED
from unbudget_check.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

SETTINGS = "unbudget-check.toml"
WORKFLOW = ".github/workflows/unbudget-check.yml"
HOOKS = ".pre-commit-config.yaml"
DATA = """Section,"Item ""x""\",2025,2026
1,Posts,10.0,11.0
1,Travel,1.0,2.0
2,Posts,3.0,(2
2,Travel,1.0,1.0
3,Posts,1.0,1.0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a folder ``my budget's`` that holds documents, data and other texts."""
    folder = tmp_path / "my budget's"
    (folder / "exports").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("a.docx", "B.DOCX", "c.xlsx", "d.txt", "requirements-dev.txt", "~$a.docx"):
        (folder / name).touch()
    (folder / "exports" / "items.csv").write_text(DATA, encoding="utf-8")
    return folder


def switched_on(text: str) -> str:
    """The settings with every example in force."""
    return re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)


def loaded(path: Path) -> Any:  # noqa: ANN401 whatever the file holds
    return YAML(typ="safe").load(path)


def test_everything_is_written_and_said(command: Command, folder: Path) -> None:
    ran = command("init", str(folder))
    assert (ran.code, ran.err) == (0, "")
    assert f"found in {folder}: 2 Word documents, 1 workbook, 1 CSV file, 1 text file\n" in ran.out
    for path in (folder / SETTINGS, folder.parent / WORKFLOW, folder.parent / HOOKS):
        assert path.is_file()
        assert f"written: {path}\n" in ran.out
    assert f"unbudget-check check '{folder.parent}/my budget'\"'\"'s'" in ran.out


def test_the_settings_load_as_they_are_and_with_everything_switched_on(
    command: Command, folder: Path
) -> None:
    command("init", str(folder))
    written = folder / SETTINGS
    assert load_settings(None, str(folder)).wishes.exclude == ("requirements*.txt",)
    text = switched_on(written.read_text(encoding="utf-8"))
    assert set(tomllib.loads(text)) == set(DECLARED.keys), (
        "each key that exists is explained, no other"
    )
    written.write_text(text, encoding="utf-8")
    wishes = load_settings(None, str(folder)).wishes
    assert wishes.tidy["exports/items.csv"] == TidyMapping(
        labels=("Section", 'Item "x"'), measures=("2025", "2026")
    )


def test_an_empty_folder_gets_examples(command: Command, tmp_path: Path) -> None:
    ran = command("init", str(tmp_path))
    assert ran.code == 0
    assert "no document yet" in ran.out
    assert "no workflow and no hook: this folder is in no git repository" in ran.out
    text = switched_on((tmp_path / SETTINGS).read_text(encoding="utf-8"))
    assert set(tomllib.loads(text)) == set(DECLARED.keys)
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS]


def test_the_workflow_is_valid_and_asks_for_formats_that_exist(
    command: Command, folder: Path
) -> None:
    command("init", str(folder), "--install", "git+https://example.org/it's.git@v1")
    job = loaded(folder.parent / WORKFLOW)["jobs"]["check"]
    assert job["env"] == {
        "UNBUDGET_CHECK": "git+https://example.org/it's.git@v1",
        "DOCUMENTS": "my budget's",
    }
    scripts = " ".join(step.get("run", "") for step in job["steps"])
    assert "${{" not in scripts
    asked = re.findall(r"-o \"?([a-z]+)", scripts)
    assert asked
    assert set(asked) <= set(FORMATS)


def test_the_workflow_checks_what_lies_there(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """Its own shell steps are run; only the installation is left out."""
    for name in ("a.docx", "B.DOCX", "c.xlsx", "d.txt", "exports/items.csv"):
        (folder / name).unlink()
    (folder / "bad.csv").write_text(BAD, encoding="utf-8")
    command("init", str(folder))
    job = loaded(tmp_path / WORKFLOW)["jobs"]["check"]
    script = tmp_path / "bin" / "unbudget-check"
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m unbudget_check "$@"\n', encoding="utf-8"
    )
    script.chmod(0o755)
    environment = {
        **os.environ,
        **job["env"],
        "PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(PROJECT),
        "GITHUB_STEP_SUMMARY": str(script.parent / "summary"),
    }
    steps = [step["run"] for step in job["steps"] if "run" in step]
    (check,) = (run_in_bash(step, tmp_path, environment) for step in steps[1:])
    assert check.returncode == 1, check.stderr
    assert "::error file=my budget's/bad.csv,line=5,title=ARI101" in check.stdout
    assert "ARI101" in (script.parent / "summary").read_text(encoding="utf-8")


def run_in_bash(
    script: str, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    bash = shutil.which("bash") or pytest.skip("bash is not installed here")
    return subprocess.run(  # noqa: S603 a step of our own workflow
        [bash, "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**environment, "GITHUB_WORKSPACE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_github_would_take_the_workflow(command: Command, folder: Path) -> None:
    if find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema, which carries the schemas of GitHub, is not installed here")
    command("init", str(folder))
    validator = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    ran = subprocess.run(  # noqa: S603 a validator on our own file
        [*validator, "vendor.github-workflows", str(folder.parent / WORKFLOW)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_pre_commit_would_take_the_hook(command: Command, folder: Path) -> None:
    if find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed here")
    command("init", str(folder))
    path = folder.parent / HOOKS
    ran = subprocess.run(  # noqa: S603 a validator on our own file
        [sys.executable, "-m", "pre_commit", "validate-config", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (hook,) = loaded(path)["repos"][0]["hooks"]
    files = re.compile(hook["files"])
    names = ("a.docx", "B.DOCX", "exports/items.csv", "d.txt", "deep/er/c.xlsx")
    assert all(files.search(f"my budget's/{name}") for name in names)
    assert not files.search("a.docx")
    assert not files.search("my budget's/a.pdf")
    for name in ("my budget's/requirements-dev.txt", ".github/a.csv", "my budget's/~$a.docx"):
        assert re.search(hook["exclude"], name)
    assert not re.search(hook["exclude"], "my budget's/a.docx")


def test_what_is_there_is_never_touched(command: Command, folder: Path) -> None:
    (folder / SETTINGS).write_text("mine", encoding="utf-8")
    (folder.parent / HOOKS).write_text("repos: []\n", encoding="utf-8")
    ran = command("init", str(folder))
    assert ran.code == 0
    assert (folder / SETTINGS).read_text(encoding="utf-8") == "mine"
    assert (folder.parent / HOOKS).read_text(encoding="utf-8") == "repos: []\n"
    assert f"left as it is: {folder / SETTINGS}: it is there already\n" in ran.out
    assert f"{HOOKS}: it is there already; add this to its `repos:`\n  # Checks" in ran.out
    assert "\n  - repo: local\n" in ran.out


def test_the_second_time_there_is_nothing_to_do(command: Command, folder: Path) -> None:
    assert command("init", str(folder)).code == 0
    before = (folder / SETTINGS).stat().st_mtime_ns
    ran = command("init", str(folder))
    assert ran.code == 2
    assert ran.out.count("left as it is: ") == 3
    assert "- repo: local" not in ran.out
    assert (folder / SETTINGS).stat().st_mtime_ns == before


def test_settings_in_a_shared_file_are_settings(command: Command, tmp_path: Path) -> None:
    shared = tmp_path / "pyproject.toml"
    shared.write_text('[tool.unbudget_check]\nselect = ["ARI"]\n', encoding="utf-8")
    ran = command("init", str(tmp_path))
    assert ran.code == 2
    assert "pyproject.toml has settings in [tool.unbudget_check]" in ran.out
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


def test_a_dry_run_writes_nothing(command: Command, folder: Path) -> None:
    ran = command("init", str(folder), "--dry-run")
    assert ran.code == 0
    assert f"would be written: {folder / SETTINGS}\n# Settings of unbudget-check" in ran.out
    assert "\nrepos:\n" in ran.out
    assert not (folder / SETTINGS).exists()
    assert not (folder.parent / ".github").exists()


def test_a_folder_that_is_not_there_is_wrong_use(command: Command, tmp_path: Path) -> None:
    ran = command("init", str(tmp_path / "nowhere"))
    assert (ran.code, ran.out) == (2, "")
    assert "there is no such folder" in ran.err


@pytest.mark.parametrize(
    ("text", "mapping"),
    [
        ("Item,2025,2026\nPosts,1.0,2.0\nTotal,1.0,2.0\n", None),
        ("no figures,at all\na,b\n", None),
        ("a,a,b\nx,y,1\n", None),
        ("", None),
        (
            "section;item;year;amount\n1A;Posts;2025;10\n1A;Posts;2026;12\n",
            TidyMapping(labels=("section", "item"), measure="year", value="amount"),
        ),
        (
            "item;year;posts;travel\nA;2025;10;1\nB;2026;12;2\n",
            TidyMapping(labels=("item", "year"), measures=("posts", "travel")),
        ),
    ],
)
def test_data_are_told_from_printed_tables(
    tmp_path: Path, text: str, mapping: TidyMapping | None
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert guess_columns(path) == mapping


@pytest.mark.parametrize(
    ("said", "requirement"),
    [
        (None, RELEASE),
        ('{"url": "file:///x", "dir_info": {"editable": true}}', RELEASE),
        (
            '{"url": "https://h/x.git", "vcs_info": {"vcs": "git", "commit_id": "0f"}}',
            "unbudget-check @ git+https://h/x.git@0f",
        ),
    ],
)
def test_the_program_knows_where_it_came_from(
    monkeypatch: pytest.MonkeyPatch, said: str | None, requirement: str
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return said

    monkeypatch.setattr("importlib.metadata.distribution", lambda _: Installed())
    assert own_requirement() == requirement

"""The published hooks, run by pre-commit itself on a scratch repository."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.adopting.conftest import git
from tests.conftest import PROJECT
from unbudget_check.readers.paths import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GOOD = "Item,2025,2026\nPosts,10.0,11.0\nTravel,1.0,2.0\nSupplies,2.0,3.0\nTotal,13.0,16.0\n"
BAD = GOOD.replace("16.0", "17.0")
OLD = """\
Item,2022,2023,2024,2025,2026,2027
Posts,10.0,14.0,10.0,11.0,12.0,13.0
Travel,1.0,2.5,1.0,2.0,3.5,4.0
Supplies,2.0,2.0,2.0,3.0,4.5,6.0
Total,13.0,18.5,13.0,16.0,20.0,32.0
"""


@pytest.fixture(scope="module")
def scratch(
    tmp_path_factory: pytest.TempPathFactory, published: Path, offline: Mapping[str, str]
) -> Path:
    """A repository with one consistent document, and the hooks installed from the project."""
    if find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed here")
    folder = tmp_path_factory.mktemp("scratch")
    hooks = "[{id: unbudget-check}, {id: unbudget-check-edit}, {id: unbudget-check-all}]"
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {published}\n  rev: {git(published, 'rev-parse', 'HEAD')}\n"
        f"  hooks: {hooks}\n",
        encoding="utf-8",
    )
    (folder / "good.csv").write_text(GOOD, encoding="utf-8")
    (folder / "notes.txt").write_text("No figures here.\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begun")
    ran = pre_commit(folder, offline, "install-hooks")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


def pre_commit(
    folder: Path, environment: Mapping[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 pre-commit, with arguments of the tests
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "PRE_COMMIT_HOME": str(folder.parent / "pre-commit-home")},
    )


def test_the_hooks_pass_what_is_consistent(scratch: Path, offline: Mapping[str, str]) -> None:
    ran = pre_commit(scratch, offline, "run", "--all-files")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("Passed") == 3


@pytest.mark.parametrize("hook", ["unbudget-check", "unbudget-check-all"])
def test_the_hooks_stop_a_contradiction(
    scratch: Path, offline: Mapping[str, str], hook: str
) -> None:
    bad = scratch / "new figures.csv"
    bad.write_text(BAD, encoding="utf-8")
    git(scratch, "add", "--all")
    try:
        ran = pre_commit(scratch, offline, "run", hook)
    finally:
        bad.unlink()
        git(scratch, "add", "--all")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "new figures.csv:5: error ARI101 column-total" in ran.stdout
    assert ("good.csv" in ran.stdout) is (hook == "unbudget-check-all")


def test_the_hook_for_edits_stops_what_a_commit_breaks(
    scratch: Path, offline: Mapping[str, str]
) -> None:
    old = scratch / "old.csv"
    old.write_text(OLD, encoding="utf-8")
    git(scratch, "add", "--all")
    git(scratch, "commit", "--quiet", "--no-verify", "--message", "An old mistake")
    old.write_text(OLD.replace("10.0,11.0", "10.0,19.0"), encoding="utf-8")
    (scratch / "good.csv").write_text(GOOD + "\n", encoding="utf-8")
    git(scratch, "add", "--all")
    try:
        ran = pre_commit(scratch, offline, "run", "unbudget-check-edit")
    finally:
        old.unlink()
        (scratch / "good.csv").write_text(GOOD, encoding="utf-8")
        git(scratch, "add", "--all")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "old.csv:5: error ARI101 column-total: Total, 2025" in ran.stdout
    assert re.search(r"11\.0 was changed to 19\.0: .*row Posts, column 2025", ran.stdout)


def test_files_without_figures_bother_nobody(scratch: Path, offline: Mapping[str, str]) -> None:
    ran = pre_commit(scratch, offline, "run", "--files", "notes.txt")
    assert ran.returncode == 0
    assert ran.stdout.count("no files to check") == 3


def test_the_file_of_hooks_is_valid() -> None:
    if find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed here")
    command = [sys.executable, "-m", "pre_commit", "validate-manifest"]
    path = str(PROJECT / ".pre-commit-hooks.yaml")
    ran = subprocess.run(  # noqa: S603 pre-commit on our own file
        [*command, path], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_hooks_see_every_format_but_text_and_web_pages() -> None:
    text = (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    patterns = re.findall(r"^  files: (.*)$", text, flags=re.MULTILINE)
    assert len(patterns) == 3
    for suffix, reader in FORMATS.items():
        seen = {bool(re.search(pattern, f"a/B{suffix.upper()}")) for pattern in patterns}
        assert seen == {reader.partition(".")[0] not in {"text", "html", "markdown"}}, suffix
    assert re.search(patterns[-1], "budget/unbudget-check.toml")

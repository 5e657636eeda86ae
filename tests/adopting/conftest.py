"""The project as other programs fetch it, and an environment in which pip needs no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a tool needs of the project to install it.
PARTS = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", ".github")
FOLDERS = ("unbudget_check", "rules")


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as nobody in particular and heeding no settings of this machine."""
    ran = subprocess.run(  # noqa: S603 git, with arguments of the tests
        [
            *(shutil.which("git") or "git", "-c", "user.name=Tester"),
            *("-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false", *arguments),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )
    return ran.stdout.strip()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a git repository of its own, with all that is here and one commit."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed here")
    folder = tmp_path_factory.mktemp("published")
    for name in (*PARTS, *FOLDERS):
        source, ignored = PROJECT / name, shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "All of it")
    return folder


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Variables with which pip builds and installs the project into any environment, offline.

    The libraries are those of this environment, lent by links; the project itself is not lent, so
    what runs is what was installed.
    """
    if find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the project, is not installed here")
    lent = tmp_path_factory.mktemp("lent")
    for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for source in Path(folder).iterdir():
            own = source.name.casefold().lstrip("_").startswith(("unbudget_check", "editable"))
            if not own and source.suffix != ".pth":
                (lent / source.name).symlink_to(source)
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(lent),
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads this as it stands: no isolation
        "PIP_NO_COMPILE": "1",  # it takes longer than to run from source once
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "NO_COLOR": "1",
    }

"""The Dockerfile: well-formed, complete, for nobody in particular, and built where Docker runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

IMAGE = "unbudget-check:test"


def instructions() -> list[tuple[str, str]]:
    """Each instruction with what it is told."""
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row.strip() and not row.startswith("#")]
    joined = "\n".join(rows).replace("\\\n", " ")
    return [(name, " ".join(said.split())) for name, _, said in map(_parted, joined.splitlines())]


def _parted(row: str) -> tuple[str, str, str]:
    return row.partition(" ")


def context_patterns() -> list[str]:
    text = (PROJECT / ".dockerignore").read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]


def is_in_context(name: str) -> bool:
    """Whether .dockerignore lets a file into the build; the last pattern that fits decides."""
    kept = True
    parts = PurePosixPath(name).parts
    paths = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    for row in context_patterns():
        pattern = row.removeprefix("!")
        forms = {pattern, pattern.removeprefix("**/")}
        deep = pattern.startswith("**/") and any(fnmatchcase(part, pattern[3:]) for part in parts)
        if deep or any("*" not in form and form in paths for form in forms) or pattern == "*":
            kept = row.startswith("!")
    return kept


def test_it_runs_as_nobody_in_particular_and_starts_the_program() -> None:
    told = dict(instructions())  # what the last stage says counts
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", told["USER"])
    assert told["ENTRYPOINT"] == '["unbudget-check"]'
    names = [name for name, _ in instructions()]
    assert names.count("FROM") == 2
    assert names.index("USER") > max(at for at, name in enumerate(names) if name == "COPY")
    assert "ADD" not in names
    bases = {said.partition(" AS ")[0] for name, said in instructions() if name == "FROM"}
    assert len(bases) == 1, "an environment is moved between stages: both need the same Python"
    assert re.fullmatch(r"python:3\.1\d-slim", bases.pop())


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first stage sees: files that .dockerignore lets in and a COPY takes."""
    folder = tmp_path_factory.mktemp("context")
    for name, said in instructions():
        if name != "COPY" or said.startswith("--from"):
            continue
        *sources, target = said.split(" ")
        for source in sources:
            _copy(PROJECT / source, folder / ("" if target == "./" else target))
    return folder


def _copy(source: Path, target: Path) -> None:
    assert source.exists(), source
    files = [source] if source.is_file() else sorted(source.rglob("*"))
    for file in files:
        name = file.relative_to(PROJECT).as_posix()
        if file.is_file() and is_in_context(name):
            inside = file.name if source.is_file() else file.relative_to(source).as_posix()
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target / inside)


def test_what_is_copied_suffices_to_build_the_program(
    context: Path, offline: Mapping[str, str], tmp_path: Path
) -> None:
    ran = subprocess.run(  # noqa: S603 pip on our own project
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(tmp_path), "."],
        cwd=context,
        env=offline,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "unbudget_check/cli/main.py" in names
    assert "unbudget_check/cli/templates/workflow.yml" in names
    assert any(name.startswith("unbudget_check/_rules/footing/") for name in names)
    assert not any("__pycache__" in name for name in names)


def test_nothing_else_goes_into_the_context() -> None:
    assert not any(
        is_in_context(name) for name in (".git/config", "tests/a.py", ".venv/x", "a.docx")
    )
    assert not is_in_context("unbudget_check/cli/__pycache__/main.cpython-311.pyc")
    assert is_in_context("unbudget_check/cli/main.py")


@pytest.fixture(scope="module")
def image() -> str:
    """The image, built where Docker runs and its base can be had."""
    docker = shutil.which("docker")
    if docker is None or docker_run(docker, "info").returncode:
        pytest.skip("no Docker daemon runs here")
    base = next(said.partition(" AS ")[0] for name, said in instructions() if name == "FROM")
    if (
        docker_run(docker, "image", "inspect", base).returncode
        and docker_run(docker, "pull", "--quiet", base).returncode
    ):
        pytest.skip(f"the image {base} cannot be fetched here")
    built = docker_run(docker, "build", "--quiet", "--tag", IMAGE, str(PROJECT))
    assert built.returncode == 0, built.stderr
    return docker


def docker_run(docker: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 docker, with arguments of the tests
        [docker, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("samples", "code"), [("clean", 0), ("broken", 1)])
def test_the_image_checks_without_a_network(image: str, samples: str, code: int) -> None:
    mounted = f"{PROJECT / 'sample_data'}:/work:ro"
    started = ("run", "--rm", "--network", "none", "--read-only", "--volume", mounted)
    ran = docker_run(image, *started, IMAGE, "check", samples)
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert "result: " in ran.stdout

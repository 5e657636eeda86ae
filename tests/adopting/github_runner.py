"""A small stand-in for the machines of GitHub: runs the shell steps of a composite action."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

EXPRESSION = re.compile(r"\$\{\{ (inputs|steps)\.([a-z.-]+) \}\}")


@dataclass(slots=True)
class Job:
    """What is left of a job: exit code, what was shown and written, and which actions were used."""

    env: dict[str, str]
    code: int = 0
    shown: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)


def action_at(folder: Path) -> dict[str, Any]:
    """The action in a folder, as data."""
    loaded: dict[str, Any] = YAML(typ="safe").load(folder / "action.yml")
    return loaded


def run_action(
    folder: Path,
    place: Path,
    given: Mapping[str, str],
    environment: Mapping[str, str],
    done: Collection[str] = (),
) -> Job:
    """Run an action in the folder ``place`` with these inputs until a step fails.

    Steps whose names are in ``done`` are left out: they were run before.
    """
    action = action_at(folder)
    inputs = {name: each.get("default", "") for name, each in action["inputs"].items()}
    assert set(given) <= set(inputs)
    files = place.parent / f"{place.name}-runner"
    files.mkdir()
    env = {**environment, "GITHUB_ACTION_PATH": str(folder), "RUNNER_TEMP": str(files)}
    env |= {"GITHUB_WORKSPACE": str(place), "GITHUB_ACTIONS": "true"}
    job = Job(env)
    for number, step in enumerate(action["runs"]["steps"]):
        wanted = _is_wanted(step.get("if", ""), inputs | dict(given), job)
        if not wanted or step["name"] in done:
            continue
        values = {**inputs, **given, **job.outputs}
        if "uses" in step:
            told = {key: _filled(text, values) for key, text in step["with"].items()}
            job.used[step["uses"].partition("@")[0]] = told
            continue
        given_here = {key: _filled(text, values) for key, text in step.get("env", {}).items()}
        _run_step(step, job, files / str(number), (place, env | given_here))
        if job.code:
            break
    return job


def _is_wanted(condition: str, inputs: Mapping[str, str], job: Job) -> bool:
    """Whether the condition of a step holds: comparisons joined by ``&&``."""
    for part in filter(None, condition.split(" && ")):
        name, sign, text = part.split(" ")
        value = {**inputs, **job.outputs}
        said = value.get(name.removeprefix("inputs."), "")
        if (said == text.strip("'")) is (sign == "!="):
            return False
    return True


def _filled(text: str, values: Mapping[str, str]) -> str:
    def value_of(found: re.Match[str]) -> str:
        return values[found[2] if found[1] == "inputs" else f"steps.{found[2]}"]

    return EXPRESSION.sub(value_of, text)


def _run_step(
    step: Mapping[str, str], job: Job, files: Path, place: tuple[Path, dict[str, str]]
) -> None:
    files.mkdir()
    names = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")
    for name in names:
        (files / name).touch()
    folder, env = place
    files_of_step = {name: str(files / name) for name in names}
    assert step["shell"] == "bash"
    ran = subprocess.run(  # noqa: S603 the step under test
        [
            *(shutil.which("bash") or "bash", "--noprofile", "--norc", "-eo", "pipefail"),
            *("-c", step["run"]),
        ],
        cwd=folder,
        env=env | files_of_step,
        capture_output=True,
        text=True,
        check=False,
    )
    job.code = ran.returncode
    job.shown += ran.stdout + ran.stderr
    job.summary += (files / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    job.env |= _pairs(files / "GITHUB_ENV")
    found = _pairs(files / "GITHUB_OUTPUT")
    job.outputs |= {f"steps.{step.get('id')}.outputs.{key}": text for key, text in found.items()}


def _pairs(path: Path) -> dict[str, str]:
    rows = path.read_text(encoding="utf-8").splitlines()
    return dict(row.split("=", 1) for row in rows)

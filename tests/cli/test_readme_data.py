"""The section "Data in a CI gate" of README works as it is written, on a scratch repository."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from tests.adopting.conftest import git
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

DATA = """\
office,item,actual,budget,variance
Harbour,Rent,120.50,118.00,2.50
Harbour,Paint,12.30,15.00,-2.70
Harbour,Total,132.80,133.00,-0.20
Market,Rent,80.00,80.00,0.00
Market,Boats,20.00,17.50,2.50
Market,Nets,4.75,5.00,-0.25
Market,Total,104.75,102.50,2.25
"""


def section() -> str:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    return text.partition("## Data in a CI gate\n")[2].partition("\n## ")[0]


def blocks() -> list[str]:
    """The indented blocks, without their indentation."""
    found = re.findall(r"(?:^(?: {4}.*)?\n)+", section(), flags=re.MULTILINE)
    return [
        re.sub(r"^ {4}", "", each, flags=re.MULTILINE).strip() for each in found if each.strip()
    ]


def test_every_command_does_what_the_section_says(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "exports" / "items.csv"
    path.parent.mkdir()
    path.write_text(DATA, encoding="utf-8")
    ran = command(*shlex.split(blocks()[0])[1:])
    assert ran.code == 0
    assert ran.out.strip() == blocks()[1]
    check, against = (row.partition("#")[0] for row in blocks()[2].splitlines())
    (tmp_path / "unbudget-check.toml").write_text(ran.out, encoding="utf-8")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "first")):
        git(tmp_path, *words)
    whole = command(*shlex.split(check)[1:])
    assert whole.code == 0
    assert "13 passed" in whole.out
    assert command(*shlex.split(against)[1:]).code == 0
    path.write_text(DATA.replace("Nets,4.75,5.00,-0.25", "Nets,7.75,5.00,2.75"), encoding="utf-8")
    edited = command(*shlex.split(against)[1:])
    assert edited.code == 1
    assert (
        "unchanged since HEAD, although Nets, Market, actual was changed to 7.75 (before: 4.75)"
        in edited.out
    )


def test_the_hook_and_the_input_of_the_action_exist() -> None:
    hook, step = blocks()[3], blocks()[4]
    name = hook.rpartition("id: ")[2]
    assert f"- id: {name}\n" in (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    action = (PROJECT / ".github/actions/check/action.yml").read_text(encoding="utf-8")
    for given in re.findall(r"^ {6}(\w+):", step.partition("REVISION")[2], flags=re.MULTILINE):
        assert f"\n  {given}:\n" in action

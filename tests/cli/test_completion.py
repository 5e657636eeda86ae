"""What a shell completes: asked of the real shells where they are here, else of the protocol."""

from __future__ import annotations

import os
import select
import shutil
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import click
import pytest
from click.shell_completion import CompletionItem, ShellComplete

from tests.conftest import PROJECT
from tests.test_startup import FRAMES, run_fresh
from unbudget_check.cli.completion import SHELLS
from unbudget_check.cli.main import NAME, program
from unbudget_check.reporters import FORMATS, OFFICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Ran

PATIENCE = 60  # seconds; a machine may be busy


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the command ``unbudget-check``, which is also the first on the search path."""
    script = tmp_path / "bin" / NAME
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH="{PROJECT}" exec "{sys.executable}" -m unbudget_check "$@"\n',
        encoding="utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    return script.parent


def shell_at(name: str) -> str:
    return shutil.which(name) or pytest.skip(f"the shell {name} is not installed here")


def typed(command: list[str], keys: list[tuple[str, str]]) -> str:
    """All that a terminal shows of a shell in which these keys are pressed, each after its cue."""
    shown = ""
    with subprocess.Popen(  # noqa: S603 the shell under test, at a terminal of its own
        [sys.executable, "-c", "import pty, sys; pty.spawn(sys.argv[1:])", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env={**os.environ, "TERM": "dumb", "PS1": "ready> "},
    ) as process:
        assert process.stdin
        try:
            for cue, text in keys:
                shown += _until(process, cue)
                process.stdin.write(text.encode())
        finally:
            process.kill()
    return shown


def _until(process: subprocess.Popen[bytes], cue: str) -> str:
    """What the terminal shows until the cue stands in it."""
    assert process.stdout
    read, end = "", time.monotonic() + PATIENCE
    while cue not in read:
        ready, _, _ = select.select([process.stdout], [], [], max(0, end - time.monotonic()))
        assert ready, f"no {cue!r} in: {read!r}"
        more = process.stdout.read(4096)
        assert more, f"the shell ended without {cue!r}: {read!r}"
        read += more.decode("utf-8", "replace")
    return read


def typed_and_run(shell: list[str], script: str) -> str:
    """What is shown when a rule is half typed, completed by the Tab key and explained."""
    return typed(
        shell,
        [
            ("ready> ", f'{script}; echo lo""aded\n'),
            ("loaded", f"{NAME} explain column-tot\t"),
            ("column-total", "\n"),
            ("What to do", "exit\n"),
        ],
    )


def test_bash_completes_what_is_typed(installed: Path) -> None:
    bash = [shell_at("bash"), "--norc", "--noprofile", "-i"]
    assert installed.is_dir()
    assert "ARI101 column-total" in typed_and_run(bash, f'eval "$({NAME} dev completion bash)"')


def test_zsh_completes_what_is_typed(installed: Path) -> None:
    zsh = [shell_at("zsh"), "-f", "-i"]
    script = f'autoload -U compinit; compinit -u -D; eval "$({NAME} dev completion zsh)"'
    assert installed.is_dir()
    assert "ARI101 column-total" in typed_and_run(zsh, script)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("dev comple", "completion"),
        ("explain column-tot", "column-total\tARI101: The printed total"),
        ("check a.docx --select ARI101,NOT10", "ARI101,NOT101\tmalformed-figure: "),
        ("check a.docx --fail-on e", "error"),
    ],
)
def test_fish_completes_what_is_typed(installed: Path, words: str, offered: str) -> None:
    asked = f"{NAME} dev completion fish | source; complete -C '{NAME} {words}'"
    ran = subprocess.run(  # noqa: S603 the shell under test
        [shell_at("fish"), "--no-config", "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HOME": str(installed)},
    )
    assert any(row.startswith(offered) for row in ran.stdout.splitlines()), ran.stdout


def offers(*words: str) -> list[CompletionItem[str]]:
    """What is offered for the last of these words."""
    asked = ShellComplete(program, {}, NAME, "_UNBUDGET_CHECK_COMPLETE")
    return asked.get_completions(list(words[:-1]), words[-1])


def values(*words: str) -> list[str]:
    return [each.value for each in offers(*words)]


def test_everything_with_a_name_is_offered() -> None:
    assert "dev" in values("")
    assert "completion" not in values("")
    assert "completion" in values("dev", "")
    assert values("waivers", "a") == ["add", "audit"]
    assert "--explain-proof" in values("check", "a.docx", "--e")
    assert values("explain", "ari101") == ["ARI101"]
    assert "column-total" in values("check", "--select", "")
    assert values("check", "--ignore", "column-total,ARI10")[0] == "column-total,ARI101"
    assert values("check", "-o", "") == [*FORMATS, *OFFICE]
    assert values("extract", "-o", "p") == ["parquet"]
    assert values("inspect", "--language", "z") == ["zh"]
    assert "footing" in values("rules", "--family", "")


def test_rules_of_ones_own_are_offered_and_a_mistake_in_them_is_silent(tmp_path: Path) -> None:
    missing = tmp_path / "unbudget-check.toml"
    missing.write_text('rules = "nowhere"\n', encoding="utf-8")
    assert values("explain", "--config", str(missing), "ARI101") == ["ARI101"]


def all_commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        yield from all_commands(command) if isinstance(command, click.Group) else [command]


@pytest.mark.parametrize("command", tuple(all_commands(program)), ids=lambda each: each.name)
def test_whatever_names_a_file_or_a_rule_is_completed(command: click.Command) -> None:
    completed = {"FILE", "FOLDER", "PATH...", "RULES", "CODE|NAME", "FORMAT[=FILE]"}
    context = click.Context(command)
    for parameter in command.params:
        if parameter.metavar in completed or (parameter.metavar or "").endswith(".json"):
            said = f"{parameter.name}: add type=click.Path() or a function of completing.py"
            assert parameter.shell_complete(context, ""), said


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_script(command: Callable[..., Ran], shell: str) -> None:
    ran = command("dev", "completion", shell)
    assert ran.code == 0
    assert f"{shell}_complete" in ran.out
    assert NAME in ran.out


def test_a_shell_without_a_script_is_told_which_have_one(command: Callable[..., Ran]) -> None:
    ran = command("dev", "completion", "tcsh")
    assert (ran.code, ran.out) == (2, "")
    assert "'bash', 'zsh', 'fish', 'powershell'" in ran.err


def test_completion_loads_nothing_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_UNBUDGET_CHECK_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", f"{NAME} check --select ")
    monkeypatch.setenv("COMP_CWORD", "3")
    run_fresh([], ["numpy", "lxml", "rich", *FRAMES])

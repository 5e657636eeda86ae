"""The example of a plug-in, really installed: its rule, check, reader and format at work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT
from unbudget_check.rulebook.load import load_rules, rules_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ran = subprocess.CompletedProcess[str]

WHERE = "tests/plugin_example"
INSTALL = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation")
LEDGER = """\
Ledger of the year
Item   ; Opening ; Received ; Paid ; Closing
Cash   ;     120 ;       40 ;   35 ;     125
Stamps ;      30 ;       12 ;   20 ;      {closing}
"""


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which pip installed the plug-in, from a copy of its source."""
    folder = tmp_path_factory.mktemp("plugin")
    shutil.copytree(PROJECT / WHERE, folder / "source")
    target = folder / "target"
    command = [sys.executable, *INSTALL, "--target", str(target), str(folder / "source")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert ran.returncode == 0, ran.stderr
    return target


@pytest.fixture
def command(installed: Path, tmp_path: Path) -> Callable[..., Ran]:
    """Runs ``unbudget-check`` where two ledgers lie, one of them with a planted error."""
    (tmp_path / "wrong.ledger").write_text(LEDGER.format(closing=32), encoding="utf-8")
    (tmp_path / "right.ledger").write_text(LEDGER.format(closing=22), encoding="utf-8")
    paths = os.pathsep.join([str(PROJECT), str(installed)])
    return partial(_run, {**os.environ, "PYTHONPATH": paths, "COLUMNS": "80"}, tmp_path)


def _run(environment: dict[str, str], folder: Path, *arguments: str) -> Ran:
    return subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-m", "unbudget_check", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_its_reader_check_and_rule_find_the_planted_error(command: Callable[..., Ran]) -> None:
    ran = command("check", ".", "-o", "concise")
    assert ran.returncode == 1
    (row,) = (row for row in ran.stdout.splitlines() if "LED101" in row)
    assert row.startswith("wrong.ledger")
    assert "opening, received and paid give 22" in row
    assert "documents: 2 read" in ran.stdout


def test_its_format_renders(command: Callable[..., Ran]) -> None:
    assert command("check", "right.ledger", "-o", "slips").stdout == "Nothing to do.\n"
    ran = command("check", "wrong.ledger", "-o", "slips=slips.txt", "-o", "json")
    assert ran.returncode == 1
    report = json.loads(ran.stdout)
    assert report["tool"]["rules_hash"] != rules_hash(load_rules())
    assert [finding["code"] for finding in report["findings"]] == ["LED101"]


def test_its_format_renders_a_saved_report(command: Callable[..., Ran], tmp_path: Path) -> None:
    command("check", "wrong.ledger", "-o", "json=report.json")
    assert command("render", "report.json", "-o", "slips=slips.txt").returncode == 0
    (slip,) = (tmp_path / "slips.txt").read_text(encoding="utf-8").splitlines()
    assert slip.startswith("[ ] LED101: Stamps: the closing balance is 32, but")


def test_rules_say_where_they_come_from(command: Callable[..., Ran]) -> None:
    listed = {rule["code"]: rule for rule in json.loads(command("rules", "-o", "json").stdout)}
    assert listed["LED101"]["origin"] == "ledger-plugin 1.2"
    assert listed["ARI101"]["origin"] == "unbudget-check"
    assert "(from ledger-plugin 1.2)" in command("rules", "--family", "ledger").stdout


def test_its_author_tries_the_examples_of_its_rules(
    command: Callable[..., Ran], installed: Path
) -> None:
    ran = command("dev", "test-rules", str(installed / "ledger_plugin" / "rules"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1] == "3 examples tried, none wrong."


def test_the_schema_of_rule_files_knows_its_check(command: Callable[..., Ran]) -> None:
    schema = json.loads(command("schema", "rule").stdout)
    assert "balance" in schema["properties"]["check"]["enum"]
    (its,) = (
        each["then"]["properties"]["parameters"]
        for each in schema["allOf"]
        if each["if"]["properties"]["check"]["const"] == "balance"
    )
    assert its["properties"]["balance"]["enum"] == ["Closing", "Balance"]


def test_a_format_of_a_plug_in_is_suggested(command: Callable[..., Ran]) -> None:
    ran = command("check", "right.ledger", "-o", "slip")
    assert ran.returncode == 2
    assert "there is no format 'slip'; did you mean 'slips'?" in ran.stderr

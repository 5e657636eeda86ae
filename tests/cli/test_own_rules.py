"""Rules of one's own, as a person makes them: ``new-rule``, ``test-rules``, ``--rules-dir``."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import jsonschema
import pytest

from unbudget_check.rulebook.load import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

BALANCES = """\
Table 1
Use of resources
(Thousands of United States dollars)
Item\tApproved\tExpenditure\tVariance
Posts\t100.0\t90.0\t10.0
Travel\t20.0\t12.0\t8.0
Supplies\t7.5\t5.0\t2.0
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def own(command: Command, here: Path) -> Path:
    """The file of a new rule."""
    assert command("dev", "new-rule", "unspent-balance", "--code", "OWN101").code == 0
    return here / "our-rules" / "own" / "unspent-balance.toml"


def test_a_new_rule_is_valid_at_once(command: Command, own: Path) -> None:
    ran = command("dev", "test-rules", "our-rules")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "OWN101 unspent-balance: 3 examples, all give what they list",
        "3 examples tried, none wrong.",
    ]
    schema = json.loads(command("dev", "schema", "rule").out)
    jsonschema.validate(tomllib.loads(own.read_text(encoding="utf-8")), schema)


def test_a_new_rule_says_what_to_do_next(command: Command, here: Path) -> None:
    ran = command(
        "dev", "new-rule", "cash", "--code", "OWN102", "--family", "money", "--dir", "mine"
    )
    assert ran.code == 0
    assert (here / "mine" / "money" / "cash.toml").is_file()
    assert "unbudget-check dev test-rules mine " in ran.out
    assert 'rules = "mine"' in ran.out


def test_a_new_rule_joins_those_that_the_settings_name(command: Command, here: Path) -> None:
    (here / "unbudget-check.toml").write_text('rules = "office"\n', encoding="utf-8")
    assert command("dev", "new-rule", "cash", "--code", "OWN102").code == 0
    assert (here / "office" / "own" / "cash.toml").is_file()
    assert command("dev", "test-rules").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["unspent-balance", "--code", "OWN102"], "unspent-balance.toml already exists"),
        (["other", "--code", "OWN101"], "there is already a rule OWN101 unspent-balance (own)"),
        (["other", "--code", "ARI101"], "there is already a rule ARI101 column-total (footing)"),
        (["column-total", "--code", "OWN102"], "there is already a rule ARI101 column-total"),
        (["Other", "--code", "OWN102"], "name = 'Other' is not lower-case words"),
        (["other", "--code", "OWN"], "code = 'OWN' is not three capitals and three digits"),
        (["other", "--code", "OWN102", "--family", "../x"], "family = '../x' is not lower-case"),
    ],
)
def test_a_new_rule_is_never_written_over_another(
    command: Command, own: Path, arguments: list[str], said: str
) -> None:
    before = own.read_bytes()
    ran = command("dev", "new-rule", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert own.read_bytes() == before
    assert len(list(own.parents[1].rglob("*"))) == 2


def test_an_example_that_gives_something_else_is_told(command: Command, own: Path) -> None:
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace('stated = "2.0"', 'stated = "3.0"'), encoding="utf-8")
    ran = command("dev", "test-rules", "our-rules")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "OWN101 unspent-balance: 3 examples, 1 wrong",
        "  fails: A balance that is 0.5 too low",
        "    not found: Supplies / Variance: stated 3.0, computed 2.5",
        "    not listed, but found: Supplies / Variance: stated 2.0, computed 2.5",
        "3 examples tried, 1 wrong.",
    ]


def test_a_rule_that_another_one_forestalls_is_told(command: Command, here: Path) -> None:
    rule = next(each for each in load_rules() if each.code == "ARI101")
    text = rule.path.read_text(encoding="utf-8").replace("ARI101", "OWN101")
    (here / "footing").mkdir()
    text = text.replace('"column-total"', '"our-total"')
    (here / "footing" / "our-total.toml").write_text(text, encoding="utf-8")
    ran = command("dev", "test-rules", ".")
    assert ran.code == 1
    assert "ARI101 finds it; of two rules for one tie, the first tells it" in ran.out


def test_a_table_that_is_no_table_is_one_sentence(command: Command, own: Path) -> None:
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("|      2.0", "|      2.0 | 1"), encoding="utf-8")
    ran = command("dev", "test-rules", "our-rules")
    assert (ran.code, ran.out) == (2, "")
    assert "is 5 columns wide, and the first row 4" in ran.err
    assert "OWN101, example 'A balance that is 0.5 too low': the row " in ran.err


def test_ones_own_rules_are_checked_listed_and_explained(
    command: Command, own: Path, here: Path
) -> None:
    assert own.is_file()
    (here / "use.txt").write_text(BALANCES, encoding="utf-8")
    assert command("check", "use.txt").code == 3  # no rule but ours knows this tie
    ran = command("check", "use.txt", "--rules-dir", "our-rules", "--fail-on", "warning")
    assert ran.code == 1
    assert "OWN101" in ran.out
    listed = command("rules", "--rules-dir", "our-rules").out
    assert "less expenditure (from our-rules)" in listed
    assert "comes from: our-rules" in command("explain", "OWN101", "--rules-dir", "our-rules").out


def test_a_folder_without_rules_is_said(command: Command, here: Path) -> None:
    (here / "use.txt").write_text(BALANCES, encoding="utf-8")
    for arguments in (["check", "use.txt"], ["rules"], ["explain", "ARI101"]):
        ran = command(*arguments, "--rules-dir", "nowhere")
        assert ran.code == 2
        assert "nowhere: this folder of rule files does not exist" in ran.err
    ran = command("dev", "test-rules")
    assert ran.code == 2
    assert "give a folder of rule files" in ran.err

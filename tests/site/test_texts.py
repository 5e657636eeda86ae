"""What the documentation shows: settings, rules, waivers, programs and reports that work."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tests.site.texts import texts
from unbudget_check.cli.main import run
from unbudget_check.model.outcome import Rounding
from unbudget_check.rulebook.load import load_rules
from unbudget_check.settings import load_settings
from unbudget_check.site.markdown import code_blocks
from unbudget_check.triage.decisions_file import parse_decisions
from unbudget_check.trials import try_example

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = texts()
DRAWN = "error ARI101 column-total"
PROGRAMS = [
    block for text in TEXTS.values() for _, block in code_blocks(text) if "from unbudget_" in block
]


def told(name: str, mark: str) -> str:
    """The one block of code on a page with this in it."""
    (block,) = (block for _, block in code_blocks(TEXTS[name]) if mark in block)
    return block


@pytest.mark.parametrize("name", ["README", "configuration"])
def test_settings_that_are_shown_can_be_used(name: str, tmp_path: Path) -> None:
    for mark in ("fail-on =", "[tidy."):
        path = tmp_path / "unbudget-check.toml"
        path.write_text(told(name, mark), encoding="utf-8")
        load_settings(str(path), ".")


def test_waivers_that_are_shown_can_be_used() -> None:
    (waiver,) = parse_decisions(told("waivers", "[[waivers]]"), "waivers")
    assert waiver.place == {"table": "40.3", "row": "Total"}


def test_decisions_that_are_shown_can_be_used() -> None:
    (decision,) = parse_decisions(told("waivers", "decisions = ["), "decisions")
    assert (decision.verdict, decision.by) == ("wrong", "B. Reader")


def test_the_rule_that_is_shown_finds_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "ours" / "net-of-assessment.toml"
    path.parent.mkdir()
    path.write_text(told("write-a-rule", "[[examples]]"), encoding="utf-8")
    (rule,) = load_rules(tmp_path)
    for example in rule.examples:
        assert try_example(rule, example, (rule,)).passed


@pytest.mark.parametrize("name", ["README", "officer"])
def test_the_finding_that_is_shown_is_what_is_printed(name: str, project: Path) -> None:
    document = project / "sample_data" / "broken" / "word" / "section-40.docx"
    runner = CliRunner(env={"COLUMNS": "80"})
    with runner.isolation() as (out, *_):
        run(["check", str(document), "-o", "full"])
        rows = {row.rstrip() for row in out.getvalue().decode().splitlines()}
    shown = told(name, DRAWN).splitlines()
    assert [row for row in shown if row.strip() not in {"", "..."} and row not in rows] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_that_are_shown_run(
    program: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = project / "sample_data" / "broken" / "word" / "section-40.docx"
    shutil.copy(sample, tmp_path / "section.docx")
    (tmp_path / "exports").mkdir()
    data = "division,office,item,amount\nNorth,Quay,Rent,7\nNorth,Quay,Total,7\n"
    (tmp_path / "exports" / "items.csv").write_text(data, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(program, "shown", "exec"), {})  # noqa: S102 the programs of our own pages


def test_every_way_of_rounding_is_described() -> None:
    rows = [row for row in TEXTS["rounding"].splitlines() if row.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [str(each) for each in Rounding]


def test_the_action_takes_what_the_page_gives_it(project: Path) -> None:
    action = (project / ".github" / "actions" / "check" / "action.yml").read_text(encoding="utf-8")
    inputs = action.partition("\ninputs:\n")[2].partition("\noutputs:\n")[0]
    given = re.findall(r"^ {10}([a-z-]+):", told("ci", "actions/check@"), re.MULTILINE)
    assert given
    assert set(given) <= set(re.findall(r"^  ([a-z-]+):", inputs, re.MULTILINE))


def test_the_plug_in_that_is_shown_is_the_one_that_is_tested(project: Path) -> None:
    folder = project / "tests" / "plugin_example"
    files = [*folder.glob("*.toml"), *folder.glob("ledger_plugin/*.py")]
    tested = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for name, block in code_blocks(TEXTS["plug-ins"]):
        assert not name or block in tested, block

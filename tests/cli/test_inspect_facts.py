"""``inspect --facts``: an officer sees what each figure was taken to mean, and what was not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from unbudget_check import engine
from unbudget_check.cli.meanings_page import SAYS
from unbudget_check.model.prose import MentionKind
from unbudget_check.rulebook.example_tables import document_of
from unbudget_check.rulebook.rule import Example
from unbudget_check.understand.tables.meaning import PERCENTAGES, UNCOUNTED, gaps_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

TITLE = "Overall: evolution of financial resources by object of expenditure"
TEXT = """
Object of expenditure | 2025 approved | Changes | Percentage | 2026 estimate
Posts                 |       1 250.5 |  (20.5) |      (1.6) |       1 230.0
Travel of staff       |          49.5 |       – |          – |          49.5
Total                 |       1 300.0 |  (20.5) |      (1.6) |       1 279.5
¶ Table 4.2
¶ Berths of ports
Ports | Berths
North | 4
South | 5
¶ Overview
¶ 4.7 As shown in table 4.1, the overall resources proposed for 2026 amount to $1,279,500, \
reflecting a net decrease of $20,500 (or 1.6 per cent) compared with the approved budget for 2025.
¶ 4.8 The rent of $12,300 is paid in advance.
"""


@pytest.fixture
def section(project: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(project / "sample_data" / "clean" / "word")
    return "section-40.docx"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> str:
    """A document with one table that is understood, one that is not, and two paragraphs."""
    before = ("Table 4.1", TITLE, "(Thousands of United States dollars)")
    document = document_of(Example("a [1].docx", "passes", TEXT, before))
    monkeypatch.setattr("unbudget_check.engine.read", lambda *_: document)
    return document.path


def test_tables_and_sentences_read_well(
    command: Command, small: str, snapshot: SnapshotAssertion
) -> None:
    assert command("inspect", small, "--facts").out == snapshot


def test_one_table_is_shown_with_the_sentences_that_state_it(command: Command, small: str) -> None:
    out = command("inspect", small, "--facts", "--table", "4.1").out
    assert "Table 4.1  " in out
    assert "without a number" not in out
    assert "paragraph 4.7" in out
    assert "paragraph 4.8" not in out


def test_every_table_and_sentence_is_shown(command: Command, section: str) -> None:
    out = command("inspect", section, "--facts").out
    facts = engine.understand(section).facts
    for table in facts.tables:
        assert f"Table {table.number or 'without a number'}" in out
    assert out.count('"') >= 2 * len(facts.prose.statements)
    for chart in facts.charts:
        assert f"Figure {chart.number}" in out


def test_every_figure_has_a_meaning_or_a_reason(section: str) -> None:
    facts = engine.understand(section).facts
    figures = sum(figure >= 0 for table in facts.tables for row in table.grid for figure in row)
    reasons = [reason for counts in gaps_of(facts).values() for reason in counts]
    missing = sum(count for counts in gaps_of(facts).values() for count in counts.values())
    assert len(facts.meanings) + missing == figures
    assert {PERCENTAGES, UNCOUNTED} <= set(reasons)


def test_a_sentence_that_is_tied_to_no_table_has_its_reason(command: Command, section: str) -> None:
    prose = engine.understand(section).facts.prose
    out = " ".join(command("inspect", section, "--facts").out.split())
    told = out.count(": not matched: ") + out.count(": must add up, with others, to ")
    assert told == sum(not each.facts for each in prose.statements)
    assert 'must add up, with others, to "' in out
    assert not re.search(r": not matched: (?:\"|$)", out)


@pytest.mark.parametrize("name", ["word/section-40.docx", "chinese/section-40.txt"])
def test_it_fits_80_columns(command: Command, project: Path, name: str) -> None:
    path = project / "sample_data" / "clean" / name
    ran = command("inspect", str(path), "--facts")
    assert ran.code == 0
    rows = ran.out.splitlines()
    assert max(cell_len(row) for row in rows if str(path.parent) not in row) <= 80


def test_a_table_that_is_not_there_is_said(command: Command, section: str) -> None:
    ran = command("inspect", section, "--facts", "--table", "40.111")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no table 40.111" in ran.err


def test_every_kind_of_figure_in_sentences_can_be_shown() -> None:
    """An appropriation that a sentence compares with had no words: the page was lost whole."""
    assert set(SAYS) == set(MentionKind)

"""``inspect``: an officer sees which rows and columns were understood to add up, and how surely."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from unbudget_check.engine import Understood
from unbudget_check.model.facts import (
    Column,
    ColumnRole,
    DocumentFacts,
    Footing,
    Numeral,
    Reading,
    Row,
    RowRole,
    TableFacts,
    Tie,
)
from unbudget_check.model.number import Number
from unbudget_check.model.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

COLUMNS = (
    Column(0, "Component [all]", ColumnRole.LABEL),
    Column(1, "2025 appropriation", ColumnRole.BASE, year=2025, mark="(1)"),
    Column(2, "Total", ColumnRole.CHANGE, group="Changes", mark="(2)"),
    Column(3, "2026 estimate", ColumnRole.ESTIMATE, year=2026, formula="(3)=(1)+(2)"),
)
ROWS = (
    Row(2, "Executive direction", RowRole.ITEM, marker="A"),
    Row(3, "Programme of work", RowRole.HEADING, marker="B"),
    *(
        Row(
            3 + number, f"Subprogramme {number} [of ten]", RowRole.ITEM, marker=str(number), depth=1
        )
        for number in range(1, 11)
    ),
    Row(14, "Subtotal, B", RowRole.SUBTOTAL),
    Row(15, "Total", RowRole.TOTAL),
)
PLACES = {"money expenditure": "drifts", "money resources": "exact", "posts resources": "exact"}


def facts(*tables: TableFacts) -> DocumentFacts:
    remarks = (Saying("a remark"),)
    return DocumentFacts("a [1].docx", "A/99/6 (Sect. 4)", "en", tables, (), (), (), remarks)


def table() -> TableFacts:
    figures = tuple(tuple(range(4 * row, 4 * row + 4)) for row in range(len(ROWS)))
    numeral = Numeral(Reading.FIGURE, Number(1))
    return TableFacts(
        ordinal=1,
        number="4.7",
        part="(1)",
        title="Evolution of resources by component",
        unit="money",
        scale=3,
        columns=COLUMNS,
        rows=ROWS,
        cells=((None,) * 4,) * len(ROWS),
        numerals=((numeral,) * 4,) * len(ROWS),
        grid=tuple((-1, *row[1:]) for row in figures),
        footings=(
            Footing(12, tuple(range(2, 12)), agreed=3, voted=3, labelled=True),
            Footing(13, (0, 12), agreed=2, voted=3, labelled=False),
        ),
        ties=(Tie(3, ((1, 1), (2, 1)), agreed=13, voted=13, origin="formula"),),
        doubt="column borders were lost",
        unclear=("Of which: security",),
    )


def prepare(
    monkeypatch: pytest.MonkeyPatch, found: DocumentFacts, places: Mapping[str, str] | None = None
) -> None:
    """Let ``inspect`` see these facts, with some figures in relations and some in two."""
    understood = Understood(found, places or {}, frozenset(range(4, 40)), frozenset(range(8, 30)))
    monkeypatch.setattr("unbudget_check.engine.understand", lambda *_: understood)


@pytest.fixture
def inspect(command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """``inspect`` of a document whose facts are prepared."""
    other = replace(table(), number="4.8", part=None, footings=(), ties=(), doubt="", unclear=())
    understood = facts(table(), other)
    prepare(monkeypatch, understood, PLACES)
    return lambda *options: command("inspect", "a.docx", *options)


def test_what_was_understood_reads_well(inspect: Command, snapshot: SnapshotAssertion) -> None:
    assert inspect().out == snapshot


def test_every_row_is_shown_on_demand(inspect: Command, snapshot: SnapshotAssertion) -> None:
    assert inspect("-v", "--table", "4.7").out == snapshot


def test_one_table_is_shown(inspect: Command) -> None:
    out = inspect("--table", "4.8").out
    assert "Table 4.8" in out
    assert "Table 4.7" not in out


def test_a_table_that_is_not_there_is_met_with_the_nearest(inspect: Command) -> None:
    ran = inspect("--table", "4.77")
    assert ran.code == 2
    assert "there is no table 4.77 in this document; did you mean '4.7'?" in ran.err


def test_it_fits_80_columns(inspect: Command) -> None:
    assert max(map(cell_len, inspect("-v").out.splitlines())) <= 80


def test_footings_that_run_in_a_circle_end(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = (Footing(0, (1,), 1, 1, labelled=True), Footing(1, (0,), 1, 1, labelled=True))
    understood = facts(replace(table(), footings=circle))
    prepare(monkeypatch, understood)
    assert command("inspect", "a.docx").code == 0


def test_the_total_of_all_parts_names_the_parts_above(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = Footing(13, (12,), 3, 3, labelled=True, above=((0, 13),), kind="parts")
    second = replace(table(), part="(2)", footings=(last,))
    prepare(monkeypatch, facts(table(), second))
    assert "+ Total of part (1)" in command("inspect", "a.docx").out

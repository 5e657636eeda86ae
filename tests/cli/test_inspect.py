"""``inspect``: an officer sees which rows and columns were understood to add up, and how surely."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from unbudget_check.diagnosis.judging import judge_claims
from unbudget_check.diagnosis.proofs import Case
from unbudget_check.engine import UnderstoodDocument
from unbudget_check.model.claims import Claims
from unbudget_check.model.facts import (
    CellKind,
    Column,
    ColumnRole,
    DocumentFacts,
    Footing,
    Numeral,
    Row,
    RowRole,
    TableFacts,
    Tie,
    Weight,
)
from unbudget_check.model.message import Message
from unbudget_check.model.number import Number
from unbudget_check.model.outcome import Rounding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

SCHEMA = json.loads(
    (files("unbudget_check.reporters") / "relations.schema.json").read_text(encoding="utf-8")
)
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
    remarks = (Message("a remark"),)
    return DocumentFacts("a [1].docx", "A/99/6 (Sect. 4)", "en", tables, (), (), (), remarks)


def table() -> TableFacts:
    figures = tuple(tuple(range(4 * row, 4 * row + 4)) for row in range(len(ROWS)))
    numeral = Numeral(CellKind.FIGURE, Number(1))
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
            Footing(12, tuple(range(2, 12)), labelled=True, weight=Weight(3)),
            Footing(13, (0, 12), labelled=False, weight=Weight(2, 1)),
        ),
        ties=(Tie(3, ((1, 1), (2, 1)), agreed=13, voted=13, origin="formula"),),
        doubt="column borders were lost",
        unclear=("Of which: security",),
    )


def prepare(
    monkeypatch: pytest.MonkeyPatch, found: DocumentFacts, places: Mapping[str, str] | None = None
) -> None:
    """Let ``inspect`` see these facts, with some figures in relations and some in two."""
    case = Case(found, (), Claims(), judge_claims(found, Claims(), Rounding.UNKNOWN))
    understood = UnderstoodDocument(
        found, places or {}, frozenset(range(4, 40)), frozenset(range(8, 30)), case
    )
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
    circle = (Footing(0, (1,), labelled=True), Footing(1, (0,), labelled=True))
    understood = facts(replace(table(), footings=circle))
    prepare(monkeypatch, understood)
    assert command("inspect", "a.docx").code == 0


def test_the_total_of_all_parts_names_the_parts_above(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = Footing(13, (12,), labelled=True, above=((0, 13),), kind="parts")
    second = replace(table(), part="(2)", footings=(last,))
    prepare(monkeypatch, facts(table(), second))
    assert "+ Total of part (1)" in command("inspect", "a.docx").out


SMALL = "Item,2026,2027\nTravel,12.5,13.1\nRent,31.2,30.9\nTotal,43.7,44.0\n"


def test_relations_of_files_and_folders_are_listed_as_data(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "inner").mkdir()
    for name in ("one.csv", "inner/two.csv"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    (tmp_path / "torn.docx").write_bytes(b"PK torn")
    names = [str(tmp_path / name) for name in ("one.csv", "inner", "torn.docx")]
    ran = command("inspect", *names, "-o", "json")
    said = json.loads(ran.out)
    Draft202012Validator(SCHEMA).validate(said)
    one, two, torn = said["documents"]
    assert one["relations"] == two["relations"]
    stated, parts = "row 4, column B", ["row 2, column B", "row 3, column B"]
    assert {"kind": "sum", "stated": stated, "parts": parts} in one["relations"]
    assert (one["status"], torn["status"], torn["relations"]) == ("read", "unreadable", [])
    assert ran.code == 3


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        ("12.5,13.1\n\nRent,31.2,30.9\n\nFuel,4.1,4.4\n\nTotal,47.8,48.4", (2, 3, 4, 5, 6)),
        ("12.5,13.1\n\nRent,31.2,30.9\n\nTotal,43.7,44.0", (2, 4)),
    ],
)
def test_a_sum_of_three_parts_or_more_is_listed_as_its_range(
    command: Command, tmp_path: Path, parts: str, rows: tuple[int, ...]
) -> None:
    source = tmp_path / "a.csv"
    source.write_text(f"Item,2026,2027\nTravel,{parts}\n", encoding="utf-8")
    (document,) = json.loads(command("inspect", str(source), "-o", "json").out)["documents"]
    wanted = [f"row {row}, column B" for row in rows]
    assert document["relations"][0]["parts"] == wanted


def test_relations_go_to_a_file(command: Command, tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "relations.json"
    source.write_text(SMALL, encoding="utf-8")
    ran = command("inspect", str(source), "-o", f"json={target}")
    assert (ran.code, ran.out) == (0, "")
    assert len(json.loads(target.read_text(encoding="utf-8"))["documents"]) == 1


def test_the_page_shows_one_document_at_a_time(command: Command, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(SMALL, encoding="utf-8")
    ran = command("inspect", str(source), str(source))
    assert ran.code == 2
    assert "-o json" in ran.err


def test_why_shows_each_reading_with_its_evidence_as_a_sum(command: Command, project: Path) -> None:
    sample = project / "sample_data" / "broken" / "word" / "section-40.docx"
    ran = command("inspect", str(sample), "--why", "40.3")
    assert ran.code == 0
    read = " ".join(ran.out.split())
    assert "confirmed: table 40.3" in read
    assert "repeat those of table 40.3" in read
    for sums in re.findall(r"((?:[^=]*?[+-]\d+,? ?)+)= (-?\d+) bits", read):
        assert sum(map(int, re.findall(r"[+-]\d+", sums[0]))) == int(sums[1])


def test_why_of_a_place_without_readings_says_what_to_give(command: Command, project: Path) -> None:
    sample = project / "sample_data" / "clean" / "word" / "section-40.docx"
    ran = command("inspect", str(sample), "--why", "99.1")
    assert ran.code == 2
    assert "there is no 99.1 here" in ran.err

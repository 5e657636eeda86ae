"""Findings as a pandas frame, and data files as frames in which nothing was converted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandera.pandas as pa
import pytest

from tests.cli.test_extract import FACT
from tests.in_english import complaints
from unbudget_check.frames.data import data_frame
from unbudget_check.frames.facts import facts_frame
from unbudget_check.frames.findings import COLUMNS
from unbudget_check.frames.schema import complaints_of
from unbudget_check.languages import load_language
from unbudget_check.model.finding import Confidence, Finding, Severity
from unbudget_check.model.location import Where
from unbudget_check.model.report import Coverage, DocumentResult, Report, Tool
from unbudget_check.model.wishes import TidyMapping

FINDING = Finding(
    code="ARI101",
    name="column-total",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    document="a.docx",
    where=Where("a.docx", table="2.4", row="Total", column="2026", address="w:tbl[1]"),
    stated_text="12.0",
    stated=Decimal("12.0"),
    computed=Decimal("11.7"),
    residual=Decimal("0.3"),
    allowance=None,
    message="The parts add up to 11.7",
    fingerprint="f1",
)


def report_of(*findings: Finding) -> Report:
    result = DocumentResult("a.docx", None, "en", "", "checked", "", Coverage(), findings)
    return Report(Tool("unbudget-check", "0", ""), (result,))


def place(row: int, name: str) -> str:
    return f"{row}/{name}"


def test_one_row_a_finding_with_exact_amounts() -> None:
    frame = report_of(FINDING, FINDING).to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == 2
    row = frame.iloc[0].to_dict()
    assert row["code"] == "ARI101"
    assert row["severity"] == "error"
    assert (row["table"], row["row"], row["column"]) == ("2.4", "Total", "2026")
    assert (row["part"], row["paragraph"], row["allowance"]) == (None, None, None)
    assert row["stated"] == Decimal("12.0")
    assert isinstance(row["residual"], Decimal)
    assert str(row["stated"]) == "12.0"
    assert frame["residual"].sum() == Decimal("0.6")


def test_no_findings_give_an_empty_frame_with_all_columns() -> None:
    frame = report_of().to_frame()
    assert frame.empty
    assert tuple(frame.columns) == COLUMNS


def test_a_data_frame_keeps_every_text_as_it_is() -> None:
    rows = [["NA", "1e3", "007"], ["None", "", "n/a"]]
    frame = data_frame(["a", "b", "c"], rows, [4, 9])
    assert frame.to_numpy().tolist() == rows
    assert frame.index.tolist() == [4, 9]


def test_failures_of_the_schema_are_told_in_our_words() -> None:
    mapping = TidyMapping(("item",), ("2026", "2027"))
    rows = [["Posts", "1.5"], ["", "2"], ["Posts", "3"], ["Rent", "a lot"]]
    found = complaints_of(
        data_frame(["item", "2026"], rows, [1, 2, 3, 4]),
        mapping,
        [load_language("en").numbers],
        place,
    )
    assert set(complaints(found)) == {
        ("heading row", 'the column "2027" is missing'),
        ("2/item", "the label is blank, so the row was left out"),
        ("3/item", 'the row has the same "item" as an earlier one and was left out'),
        ("4/2026", '"a lot" is not a figure'),
    }


def test_an_empty_data_file_has_nothing_to_complain_about_but_its_columns() -> None:
    mapping = TidyMapping(("item",), ("2026",))
    styles = [load_language("en").numbers]
    assert not complaints_of(data_frame(["item", "2026"], [], []), mapping, styles, place)
    missing = complaints_of(data_frame([], [], []), mapping, styles, place)
    assert len(missing) == 2


def test_one_row_a_fact_with_a_declared_type_for_each_column() -> None:
    sentence = replace(FACT, value=Decimal("0.8"), unit="percent", kind="rate", year=None)
    frame = facts_frame([FACT, sentence])
    row = frame.iloc[0].to_dict()
    assert (row["entity"], row["year"], row["checked"]) == ("overall", 2026, True)
    assert (str(frame["year"].dtype), str(frame["checked"].dtype)) == ("Int64", "bool")
    assert [str(value) for value in frame["value"]] == ["1970500", "0.8"]
    assert frame["part"].isna().all()
    assert frame["year"].isna().tolist() == [False, True]


def test_no_facts_give_an_empty_frame_with_the_same_types() -> None:
    assert facts_frame([]).dtypes.tolist() == facts_frame([FACT]).dtypes.tolist()


@pytest.mark.parametrize(
    "wrong", [{"value": 1.5}, {"kind": "guessed"}, {"unit": "tons"}, {"entity": None}]
)
def test_what_is_no_fact_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(pa.errors.SchemaError):
        facts_frame([replace(FACT, **wrong)])  # type: ignore[arg-type]


def test_a_path_that_is_no_text_is_still_a_cell() -> None:
    frame = facts_frame([replace(FACT, document="notes-\udce9.docx")])
    assert frame["document"].tolist() == ["notes-\\udce9.docx"]

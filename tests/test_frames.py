"""Findings and facts as pandas frames with a declared shape."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pandera.pandas as pa
import pytest

from tests.cli.test_extract import FACT
from unbudget_check.frames.facts import facts_frame
from unbudget_check.frames.findings import COLUMNS
from unbudget_check.model.decision import Decision, Verdict
from unbudget_check.model.document import Where
from unbudget_check.model.finding import Confidence, Finding, Severity, Suspect
from unbudget_check.model.report import Coverage, DocumentResult, Report, Tool
from unbudget_check.reporters.data import csv
from unbudget_check.reporters.data.json import render
from unbudget_check.reporters.options import RenderOptions

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


def test_the_columns_are_those_of_the_table_for_spreadsheets() -> None:
    assert set(COLUMNS) <= set(csv.COLUMNS)
    elsewhere = Suspect(Where("a.docx", table="2.4", row="Rent"), "1.0", Decimal("0.7"))
    own = replace(elsewhere, where=FINDING.where, stated="12.0", proposed=Decimal("11.7"))
    findings = (replace(FINDING, suspects=(elsewhere,)), replace(FINDING, suspects=(own,)))
    report = report_of(*findings)
    frame = report.to_frame()
    assert [each and str(each) for each in frame["proposed"]] == [None, "11.7"]
    assert list(frame["printed"]) == ["12.0", "12.0"]
    saved = json.loads(render(report, RenderOptions()))["findings"]
    assert [each["proposed"] for each in saved] == [None, "11.7"]


def test_a_decision_has_its_column() -> None:
    wrong = Decision("ARI101", "a.docx", "see note", verdict=Verdict.WRONG, by="B. Reader")
    report = report_of(FINDING, replace(FINDING, status="waived", decision=wrong))
    assert list(report.to_frame()["decision"]) == [None, "wrong"]
    rows = csv.render(report, RenderOptions()).splitlines()
    assert [row.rpartition(",")[2] for row in (rows[0], *rows[-2:])] == ["decision", "", "wrong"]


def test_no_findings_give_an_empty_frame_with_all_columns() -> None:
    frame = report_of().to_frame()
    assert frame.empty
    assert tuple(frame.columns) == COLUMNS


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

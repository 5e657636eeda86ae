"""CSV and JSON Lines: one finding a row, read back as it was, and never a formula."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.reports import WORD, column_total, empty_report, whole_report
from tests.spoiled import with_findings
from unbudget_check.reporters.data import csv as csv_format
from unbudget_check.reporters.data import json as json_format
from unbudget_check.reporters.data import jsonl
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from unbudget_check.model.report import Report


def table_of(report: Report) -> list[dict[str, str]]:
    text = csv_format.render(report, RenderOptions())
    return list(csv.DictReader(StringIO(text.encode().decode("utf-8-sig"), newline="")))


def test_a_row_tells_the_whole_finding() -> None:
    first = table_of(whole_report())[0]
    assert first["document"] == WORD
    assert first["symbol"] == "A/99/6 (Sect. 4)"
    assert first["place"].startswith("table 4.7 (1), row Total, column 2026 estimate")
    assert first["table"] == "4.7"
    assert first["row"] == "Total"
    assert first["printed"] == "27 138.0"
    assert [
        first[name] for name in ("stated", "computed", "residual", "allowance", "proposed")
    ] == [
        "27138.0",
        "27183.0",
        "-45.0",
        "0.15",
        "27183.0",
    ]
    assert first["fingerprint"] == "1f0e9d8c7b6a5948"


def test_what_was_not_checked_has_a_row_without_severity() -> None:
    torn = table_of(whole_report())[-1]
    assert (torn["severity"], torn["status"]) == ("", "unreadable")
    assert torn["message"] == "the file ends too early; copy it anew"
    (nothing,) = table_of(empty_report())
    assert nothing["status"] == "nothing checked"
    assert nothing["message"].startswith("nothing was checked")


@given(
    st.text(max_size=30), st.sampled_from(["", "=", "+", "-", "@", "\t=", " =", ";=", "＝", "\r="])
)
def test_no_text_is_a_formula(text: str, sign: str) -> None:
    finding = replace(column_total(), message=sign + text, stated_text=sign + text)
    (row,) = table_of(with_findings(finding))
    for name in ("message", "printed"):
        assert not re.match(r"[=+\-@＝＋－＠]", row[name]) or re.fullmatch(
            r"[+-]?[\d\s.,]*\d", row[name]
        )


@given(st.text(st.characters(exclude_characters="=+-@＝＋－＠;"), max_size=30))
def test_a_harmless_text_comes_back_as_shown(text: str) -> None:
    (row,) = table_of(with_findings(replace(column_total(), message=text)))
    assert row["message"] == shown(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_an_amount_comes_back_digit_by_digit(amount: Decimal) -> None:
    (row,) = table_of(with_findings(replace(column_total(), residual=amount)))
    assert Decimal(row["residual"]) == amount
    assert "E" not in row["residual"]


def test_json_lines_hold_the_run_and_the_findings_of_the_json_report() -> None:
    run, *findings = map(json.loads, jsonl.render(whole_report(), RenderOptions()).splitlines())
    whole = json.loads(json_format.render(whole_report(), RenderOptions()))
    assert findings == whole["findings"]
    assert run["coverage"] == whole["coverage"]
    assert [each["status"] for each in run["documents"]][-1] == "unreadable"
    assert run["schema_version"] == whole["schema_version"]


@given(st.text(max_size=30))
def test_a_finding_is_one_row_whatever_its_text(text: str) -> None:
    finding = replace(column_total(), message=text)
    rows = jsonl.render(with_findings(finding), RenderOptions()).splitlines()
    assert len(rows) == 2
    assert json.loads(rows[1])["message"] == text


def test_what_another_cell_should_be_is_not_proposed_for_this_one() -> None:
    finding = column_total()
    elsewhere = replace(finding.suspects[0], where=replace(finding.where, row="2. Lighthouses"))
    report = with_findings(replace(finding, suspects=(elsewhere,)))
    (row,) = table_of(report)
    assert (row["printed"], row["proposed"]) == ("27 138.0", "")

"""A report that was saved as JSON is read back whole, or refused in one sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.reports import empty_report, whole_report
from unbudget_check import check
from unbudget_check.errors import UserError
from unbudget_check.reporters.data.json import render
from unbudget_check.reporters.data.saved import read_report
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.report import Report

SAVED = render(whole_report(), RenderOptions())


@pytest.mark.parametrize("report", [whole_report(), empty_report()], ids=["whole", "empty"])
def test_nothing_is_lost_on_the_way(report: Report) -> None:
    assert read_report(render(report, RenderOptions()), "report.json") == report


def test_the_report_of_the_samples_comes_back_as_it_was(project: Path) -> None:
    report = check([str(project / "sample_data" / "broken")])
    assert report.findings
    assert all(document.tables for document in report.documents)
    assert read_report(render(report, RenderOptions()), "report.json") == report


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a report"),
        ("[]", "is not a report"),
        ('{"a": 1}', "is not a report"),
        ("[" * 100_000, "is not a report"),
        (SAVED[: len(SAVED) // 2], "is not a report"),
        (SAVED.replace('"schema_version": 1', '"schema_version": 9'), "of version 9"),
        (SAVED.replace('"27138.0"', '"1e999"'), "changed by hand"),
        (SAVED.replace('"27138.0"', '"NaN"'), "changed by hand"),
        (SAVED.replace('"severity": "error"', '"severity": "grave"'), "changed by hand"),
        (SAVED.replace('"findings"', '"found"'), "changed by hand"),
        (json.dumps(json.loads(SAVED) | {"documents": 3}), "changed by hand"),
    ],
)
def test_what_is_no_report_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as caught:
        read_report(text, "report.json")
    assert str(caught.value).startswith("report.json ")
    assert "\n" not in str(caught.value)


def test_no_advice_would_write_over_what_was_taken_for_a_report() -> None:
    with pytest.raises(UserError) as caught:
        read_report("section,2026", "costs.csv")
    assert "=costs.csv" not in str(caught.value)

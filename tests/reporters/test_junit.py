"""JUnit: those who publish it read every case, passes too, and nothing unchecked is green."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree

from tests.reports import WORD, column_total, empty_report, lone_relation, notation, whole_report
from tests.spoiled import with_findings
from unbudget_check.model.document import Where
from unbudget_check.model.report import Report, Tally
from unbudget_check.reporters.ci.junit import render
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from junitparser import TestSuite


def suites_of(report: Report) -> list[TestSuite]:
    return list(JUnitXml.fromstring(render(report, RenderOptions()).encode("utf-8")))


def outcomes_of(suite: TestSuite) -> dict[str, list[type]]:
    return {case.name: [type(each) for each in case.result] for case in suite}


def test_a_document_is_a_suite_and_a_rule_in_a_table_is_a_case() -> None:
    word, book, text, torn = suites_of(whole_report())
    assert [each.name for each in (word, book)] == ["A/99/6 (Sect. 4)", "annual/outlay.xlsx"]
    assert outcomes_of(word) == {
        "ARI101 column-total: table 4.7 (1)": [Failure],
        "ARI101 column-total: table 4.8": [],
        "ARI302 row-total: table 4.7 (1)": [Skipped],
    }
    assert outcomes_of(book) == {"NOT101 malformed-figure: table Outlay": [Skipped]}
    assert outcomes_of(text) == {"ARI501 grade-list: the document": [Failure]}
    assert outcomes_of(torn) == {"the document is read": [Error]}


def test_the_counts_are_those_of_the_cases() -> None:
    found = JUnitXml.fromstring(render(whole_report(), RenderOptions()).encode("utf-8"))
    given = found.tests, found.failures, found.errors, found.skipped
    found.update_statistics()  # type: ignore[no-untyped-call] # of a library
    assert given == (found.tests, found.failures, found.errors, found.skipped) == (6, 2, 1, 2)


def test_a_failure_says_where_and_shows_the_proof() -> None:
    case = next(iter(suites_of(whole_report())[0]))
    (failure,) = case.result
    assert case.classname == WORD
    assert failure.type == "error"
    assert failure.message.startswith("1. error: Table 4.7 (1), row Total, column 2026 estimate")
    assert "-> 27 138.0" in failure.text
    assert "What to do: Foot the column anew" in failure.text


def test_a_case_counts_its_relations() -> None:
    root = etree.fromstring(render(whole_report(), RenderOptions()).encode("utf-8"))
    assert root.xpath("string(//testcase[1]/@assertions)") == "13"


def test_where_nothing_was_checked_no_case_passes() -> None:
    (suite,) = suites_of(empty_report())
    assert outcomes_of(suite) == {"something is checked": [Skipped]}
    (suite,) = suites_of(Report(whole_report().tool, ()))
    assert outcomes_of(suite) == {"something is checked": [Skipped]}


def test_accepted_findings_and_notes_fail_nothing_and_say_why() -> None:
    waived = replace(column_total(), status="waived")
    (suite,) = suites_of(with_findings(waived, replace(notation(), document=WORD)))
    case = next(iter(suite))
    (skipped,) = case.result
    assert isinstance(skipped, Skipped)
    assert skipped.message.endswith("[waived]")
    assert suite.failures == 0


def test_findings_of_one_rule_in_one_table_are_one_case() -> None:
    other = replace(column_total(), where=replace(column_total().where, column="2025"))
    (suite,) = suites_of(with_findings(column_total(), other))
    (failure,) = next(iter(suite)).result
    assert failure.message.endswith("(and 1 more finding)")
    assert failure.text.count("ARI101 column-total") == 2


def test_a_finding_in_no_counted_table_belongs_to_the_document() -> None:
    report = whole_report()
    tally = Tally("ARI501", Where(WORD), 3, 0, 1)
    finding = replace(lone_relation(), document=WORD, stated=Decimal(44))
    document = replace(report.documents[0], findings=(finding,), tallies=(tally,))
    (suite,) = suites_of(replace(report, documents=(document,)))
    assert outcomes_of(suite) == {"ARI501 grade-list: the document": [Failure]}

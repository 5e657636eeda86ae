"""A waiver accepts one difference, for one reason, until one day; nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.reports import column_total, whole_report
from unbudget_check.errors import UserError
from unbudget_check.model.decision import Decision, DecisionState, Verdict
from unbudget_check.triage.decisions import apply_decisions, decision_on, finding_meant, states_of
from unbudget_check.triage.decisions_file import parse_decisions

WORD = whole_report().documents[0]
TODAY, LAST = date(2026, 11, 21), date(2027, 3, 31)
WAIVER = Decision(
    "column-total",
    "A/99/6 (Sect. 4)",
    "Rounded by the publisher",
    "A. Officer",
    LAST,
    {"table": "4.7", "row": "total"},
    Decimal(-45),
)


def test_what_is_accepted_stays_in_the_report_with_its_reason() -> None:
    document = apply_decisions(WORD, [WAIVER], TODAY)
    assert [each.status for each in document.findings] == ["waived"]
    assert "A. Officer until 2027-03-31: Rounded" in document.findings[0].acceptance
    assert document.coverage == WORD.coverage
    assert states_of([WAIVER], WORD, TODAY)[0] is DecisionState.USED


def test_the_last_day_is_included_and_the_next_one_is_not() -> None:
    assert apply_decisions(WORD, [WAIVER], LAST).findings[0].status == "waived"
    over = apply_decisions(WORD, [WAIVER], date(2027, 4, 1)).findings[0]
    assert over.status == "open"
    assert "expired on 2027-03-31" in over.acceptance
    assert states_of([WAIVER], WORD, date(2027, 4, 1))[0] is DecisionState.EXPIRED


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Decimal(45), "is now -45.0"),
        (Decimal("-45.1"), "is now -45.0"),
        (None, "now has one: -45.0"),
    ],
)
def test_another_difference_lapses(difference: Decimal | None, said: str) -> None:
    waiver = replace(WAIVER, difference=difference)
    finding = apply_decisions(WORD, [waiver], TODAY).findings[0]
    assert finding.status == "open"
    assert said in finding.acceptance
    assert states_of([waiver], WORD, TODAY)[0] is DecisionState.LAPSED


@pytest.mark.parametrize(
    "waiver",
    [
        replace(WAIVER, rule="ARI102"),
        replace(WAIVER, place={"table": "4.8"}),
        replace(WAIVER, place={"table": "4.7", "row": "Total", "item": "(a)"}),
    ],
)
def test_a_waiver_without_a_finding_is_a_remark(waiver: Decision) -> None:
    document = apply_decisions(WORD, [waiver], TODAY)
    assert document.findings == WORD.findings
    (remark,) = document.coverage.remarks
    assert "A. Officer" in remark.reason
    assert remark.where.table == waiver.place.get("table")
    assert states_of([waiver], WORD, TODAY)[0] is DecisionState.UNUSED


@pytest.mark.parametrize("name", ["annual/*.docx", "section 4*", "*/section 4*.docx"])
def test_a_document_may_be_named_by_its_path(name: str) -> None:
    found = apply_decisions(replace(WORD, symbol=None), [replace(WAIVER, document=name)], TODAY)
    assert found.findings[0].status == "waived"


@pytest.mark.parametrize("name", ["A/99/6 (Sect. 5)", "other/*.docx"])
def test_another_document_is_not_concerned(name: str) -> None:
    waiver = replace(WAIVER, document=name)
    assert apply_decisions(WORD, [waiver], TODAY) == WORD
    assert states_of([waiver], WORD, TODAY)[0] is DecisionState.ELSEWHERE


def test_a_waiver_made_of_a_finding_accepts_it() -> None:
    waiver = decision_on(
        finding_meant(column_total(), "A/99/6 (Sect. 4)"),
        Verdict.ACCEPT,
        by="Me",
        on=TODAY,
        reason="Known",
        owner="Me",
        until=LAST,
    )
    assert apply_decisions(WORD, [waiver], TODAY).findings[0].status == "waived"


GOOD = """[[waivers]]
rule = "column-total"
document = "A/99/6 (Sect. 4)"
table = "4.7"
row = "total"
difference = "-45"
reason = "Rounded by the publisher"
owner = "A. Officer"
until = 2027-03-31
"""


def test_a_waiver_in_a_table_of_its_own_is_read() -> None:
    (read,) = parse_decisions(GOOD, "w.toml")
    assert replace(read, source="") == WAIVER


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('owner = "A. Officer"\n', "", "'owner' is missing"),
        ('"A. Officer"', '" "', "'owner' is empty"),
        ('reason = "Rounded by the publisher"', 'reason = ""', "'reason' is empty"),
        ("until = 2027-03-31", 'until = "soon"', "'until' must be the last day"),
        ("until = 2027-03-31", "until = 2027-03-31T10:00:00", "'until' must be the last day"),
        ('"-45"', '"a lot"', "'difference' must be a number"),
        ('"-45"', "nan", "'difference' must be"),
        ('row = "total"', 'rwo = "total"', "unknown key 'rwo'; did you mean 'row'"),
        ("[[waivers]]", "[[waiver]]", "unknown key 'waiver'; did you mean 'waivers'"),
        ("[[waivers]]", "[[waivers", "not valid TOML"),
    ],
)
def test_a_slip_in_the_file_is_one_sentence_with_its_place(old: str, new: str, said: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    with pytest.raises(UserError, match=said) as caught:
        parse_decisions(text, "w.toml")
    assert str(caught.value).startswith("w.toml")

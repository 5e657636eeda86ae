"""What an edit fixed and what it broke: by identity, and only where it was checked again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edits import at, edited
from tests.reports import column_total, empty_report, lone_relation, whole_report
from tests.spoiled import with_findings
from unbudget_check.model.comparison import Fate, Turn
from unbudget_check.model.document import Where
from unbudget_check.model.message import saying
from unbudget_check.model.report import Tally
from unbudget_check.triage.differences import compare
from unbudget_check.triage.identity import identified

if TYPE_CHECKING:
    from unbudget_check.model.report import Report

NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True)


def with_names(names: list[str]) -> Report:
    return with_findings(*(at(name, lone_relation()) for name in names))


def turns_of(before: Report, now: Report) -> Counter[Turn]:
    return Counter(
        finding.turn for document in compare(before, now).documents for finding in document.findings
    )


def test_every_turn_is_told_apart() -> None:
    first = compare(*edited()).documents[0]
    assert {each.told.fingerprint: each.turn for each in first.findings} == {
        "broken [1]": Turn.BROKEN,
        "broken note": Turn.BROKEN,
        "worse": Turn.WORSE,
        "graver": Turn.WORSE,
        "reopened": Turn.REOPENED,
        "changed": Turn.CHANGED,
        "gone": Turn.GONE,
        "fixed": Turn.FIXED,
        "mended note": Turn.FIXED,
        "accepted": Turn.ACCEPTED,
        "same": Turn.SAME,
    }
    assert [each.turn for each in first.findings] == sorted(
        (each.turn for each in first.findings), key=list(Turn).index
    )


def test_what_became_of_the_documents() -> None:
    documents = compare(*edited()).documents
    assert [each.fate for each in documents] == [
        Fate.COMPARED,
        Fate.UNREADABLE,
        Fate.READABLE,
        Fate.APPEARED,
        Fate.DISAPPEARED,
    ]
    assert [each.unknown for each in documents] == [0, 1, 0, 0, 1]
    assert not documents[1].findings
    assert [each.turn for each in documents[3].findings] == [Turn.BROKEN]


def test_that_the_rules_are_others_is_remarked() -> None:
    before, now = edited()
    assert compare(before, now).remarks == (saying("reports-rules"),)
    narrower = replace(before, select=("ARI",))
    assert compare(before, narrower).remarks == (saying("reports-choices"),)
    newer = replace(before, tool=replace(before.tool, version="9"))
    assert compare(before, newer).remarks == (saying("reports-versions", before="0.1.0", now="9"),)


@settings(max_examples=40)
@given(NAMES, NAMES)
def test_it_is_a_comparison_of_sets(before: list[str], now: list[str]) -> None:
    turns = turns_of(with_names(before), with_names(now))
    assert turns[Turn.BROKEN] == len(set(now) - set(before))
    assert turns[Turn.FIXED] == len(set(before) - set(now))
    assert turns[Turn.SAME] == len(set(before) & set(now))


@settings(max_examples=40)
@given(NAMES, NAMES)
def test_what_was_broken_one_way_is_fixed_the_other(before: list[str], now: list[str]) -> None:
    there = turns_of(with_names(before), with_names(now))
    back = turns_of(with_names(now), with_names(before))
    assert there[Turn.BROKEN] == back[Turn.FIXED]
    assert there[Turn.SAME] == back[Turn.SAME]


@pytest.mark.parametrize("report", [whole_report(), empty_report(), edited()[0]])
def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    differences = compare(report, report)
    assert not differences.broken
    assert not differences.remarks
    turns = {each.turn for document in differences.documents for each in document.findings}
    assert turns <= {Turn.SAME}


@pytest.mark.parametrize(
    ("before", "now", "turn"),
    [
        ("0.1", "0.1", Turn.SAME),
        ("0.1", "-0.2", Turn.WORSE),
        ("-0.2", "0.1", Turn.CHANGED),
        ("0.1", "-0.1", Turn.CHANGED),
        ("0.1", "0.10000000000000000000000000000001", Turn.WORSE),
        (None, "0.1", Turn.CHANGED),
    ],
)
def test_only_a_difference_that_grew_is_worse(before: str | None, now: str, turn: Turn) -> None:
    def report(residual: str | None) -> Report:
        amount = None if residual is None else Decimal(residual)
        return with_findings(replace(column_total(), residual=amount))

    assert turns_of(report(before), report(now)) == {turn: 1}


def test_a_document_under_another_name_keeps_its_findings() -> None:
    before = with_findings(*identified([lone_relation(), column_total()], "A/99/6 (Sect. 4)"))
    document = before.documents[0]
    moved = replace(
        document,
        path="drafts/second.docx",
        symbol=None,
        sha256="other",
        findings=tuple(identified(document.findings, "second.docx")),
    )
    assert document.findings[0].fingerprint != moved.findings[0].fingerprint
    assert turns_of(before, replace(before, documents=(moved,))) == {Turn.SAME: 2}


def test_documents_of_one_symbol_are_told_apart_by_their_files() -> None:
    one = with_names(["a"]).documents[0]
    other = replace(one, path="chinese.docx", findings=(at("b", lone_relation()),))
    before = replace(whole_report(), documents=(one, other))
    now = replace(whole_report(), documents=(other, one))
    assert turns_of(before, now) == {Turn.SAME: 2}


def test_what_is_checked_no_more_is_not_fixed() -> None:
    before = with_findings(column_total())
    document = replace(before.documents[0], findings=(), tallies=())
    assert turns_of(before, replace(before, documents=(document,))) == {Turn.GONE: 1}
    elsewhere = replace(document, tallies=before.documents[0].tallies[1:2])
    assert turns_of(before, replace(before, documents=(elsewhere,))) == {Turn.GONE: 1}
    kept = replace(document, tallies=before.documents[0].tallies)
    assert turns_of(before, replace(before, documents=(kept,))) == {Turn.FIXED: 1}


def test_a_sentence_that_is_right_now_is_counted_by_another_rule() -> None:
    """An increase printed for a decrease is a rule of its own, under which nothing can pass."""
    wrong = replace(lone_relation(), code="TXT103")
    sentence = Tally("TXT103", Where(wrong.document), exact=0, rounding=0, broken=1)
    before = with_findings(wrong)
    document = replace(before.documents[0], tallies=(sentence,))
    before = replace(before, documents=(document,))

    def turns(code: str) -> Counter[Turn]:
        tally = replace(sentence, code=code, exact=1, broken=0)
        after = replace(document, findings=(), tallies=(tally,))
        return turns_of(before, replace(before, documents=(after,)))

    assert turns("TXT102") == {Turn.FIXED: 1}
    assert turns("TXT204") == turns("ARI102") == {Turn.GONE: 1}

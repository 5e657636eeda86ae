"""A baseline knows findings by identity and difference, never by a count."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.reports import whole_report
from unbudget_check.errors import UserError
from unbudget_check.triage.baseline import baseline_of, pruned, read_baseline, set_aside, written

REPORT = whole_report()
WORD = REPORT.documents[0]
KNOWN = baseline_of(REPORT, {})


def test_what_was_known_is_set_aside() -> None:
    assert [each.status for each in set_aside(WORD, KNOWN).findings] == ["baselined"]
    assert set_aside(WORD, {}) == WORD


def test_another_difference_or_another_finding_is_new() -> None:
    (finding,) = WORD.findings
    worse = replace(finding, residual=Decimal(500))
    fresh = replace(finding, fingerprint="0000000000000000")
    for each in (worse, fresh):
        document = replace(WORD, findings=(each,))
        assert set_aside(document, KNOWN) == document


def test_a_waived_finding_stays_waived_and_is_not_taken_in() -> None:
    waived = replace(WORD.findings[0], status="waived")
    document = replace(WORD, findings=(waived,))
    assert set_aside(document, KNOWN) == document
    report = replace(REPORT, documents=(document, *REPORT.documents[1:]))
    assert set(baseline_of(report, {})) == set(KNOWN) - {waived.fingerprint}


def test_pruning_only_removes_what_is_mended() -> None:
    mended = replace(REPORT, documents=(replace(WORD, findings=()), *REPORT.documents[1:]))
    assert set(pruned(KNOWN, mended)) == set(KNOWN) - {WORD.findings[0].fingerprint}
    assert pruned({}, REPORT) == {}
    assert pruned(KNOWN, replace(REPORT, documents=())) == KNOWN  # nothing was looked at


def test_it_is_written_and_read_again() -> None:
    text = written(KNOWN.values())
    assert read_baseline(text, "b.json") == KNOWN
    assert len(text.splitlines()) == len(KNOWN) + 5
    assert read_baseline(written([]), "b.json") == {}


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"baseline_version": 2, "findings": []}', '{"baseline_version": 1}', "[" * 9999],
)
def test_what_is_no_baseline_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^b\.json is"):
        read_baseline(text, "b.json")
    assert json.loads(written([]))["findings"] == []

"""No text of a document moves a cursor, turns a direction or breaks a format."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import whole_report
from tests.spoiled import spoiled
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from unbudget_check.model.report import Report

# What a terminal obeys, or what hides or turns what it shows; ends of rows are the formats' own.
HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0001]"
)
ATTACKS = [
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m",
    "\u202e5.2\u2066",
    "\r\n::error::injected\r\n",
    "\x00\x08\x7f",
    "\udce9\U000e0001",
    "\u2028\u2029\x85",
]
TEXT_FORMATS = tuple(FORMATS)
EACH = pytest.mark.parametrize("name", TEXT_FORMATS)


def rendered(name: str, report: Report) -> str:
    render: Callable[[Report, RenderOptions], str] = import_module(FORMATS[name]).render
    return render(report, RenderOptions(verbose=True, proofs=True))


@EACH
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_nothing_harmful_is_printed(name: str, attack: str) -> None:
    text = rendered(name, spoiled(whole_report(), attack))
    assert not HARMFUL.search(text.removeprefix("\ufeff"))
    text.encode("utf-8")


@EACH
@given(attack=st.text(max_size=8))
@settings(max_examples=15, deadline=None)
def test_no_text_breaks_a_format(name: str, attack: str) -> None:
    assert not HARMFUL.search(rendered(name, spoiled(whole_report(), attack)))


@EACH
def test_accepted_findings_are_told_or_left_out_but_never_fail(name: str) -> None:
    report = whole_report()
    first = report.documents[0]
    waived = replace(first.findings[0], status="waived", acceptance="Accepted\x1b by A. Officer")
    text = rendered(name, replace(report, documents=(replace(first, findings=(waived,)),)))
    assert not HARMFUL.search(text)
    assert "::error" not in text
    assert "<failure" not in text

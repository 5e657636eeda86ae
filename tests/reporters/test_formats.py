"""Every format, as it is read: one reviewed snapshot each, and what holds for all of them."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.reports import empty_report, whole_report
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from unbudget_check.model.report import Report

    Render = Callable[[Report, RenderOptions], str]

EACH = pytest.mark.parametrize("name", FORMATS)
# A page has its own snapshot, without its style and script, in tests/reporters/html.
REVIEWED = pytest.mark.parametrize("name", [each for each in FORMATS if each != "html"])
FOR_PEOPLE = pytest.mark.parametrize("name", ["full", "concise"])


def render_of(name: str) -> Render:
    render: Render = import_module(FORMATS[name]).render
    return render


@REVIEWED
def test_a_whole_report_reads_well(name: str, snapshot: SnapshotAssertion) -> None:
    assert render_of(name)(whole_report(), RenderOptions()) == snapshot


@REVIEWED
def test_a_report_of_nothing_says_so(name: str, snapshot: SnapshotAssertion) -> None:
    assert render_of(name)(empty_report(), RenderOptions()) == snapshot


@EACH
def test_all_formats_have_one_signature(name: str) -> None:
    names = [each.lstrip("_") for each in inspect.signature(render_of(name)).parameters]
    assert names == ["report", "options"]


@pytest.mark.parametrize("name", [each for each in FORMATS if each != "email"])
def test_every_finding_is_told(name: str) -> None:
    text = render_of(name)(whole_report(), RenderOptions())
    for finding in whole_report().findings:
        assert finding.code in text
        assert finding.name in text
        assert finding.severity in text


@FOR_PEOPLE
def test_what_was_not_checked_is_told_with_its_reason(name: str) -> None:
    text = " ".join(render_of(name)(whole_report(), RenderOptions()).split())
    assert "the structure of its rows is unclear (40 figures)" in text
    assert "table 4.3; table 4.9 (2)" in text
    assert "annual/torn.docx: the file ends too early; copy it anew" in text
    assert "the sheet is hidden; it was read" in text


@FOR_PEOPLE
def test_quiet_leaves_findings_only(name: str) -> None:
    text = render_of(name)(whole_report(), RenderOptions(quiet=True))
    assert "ARI101" in text
    assert "result" not in text
    assert "not checked" not in text


@FOR_PEOPLE
def test_without_colour_there_is_no_escape(name: str) -> None:
    assert "\x1b" not in render_of(name)(whole_report(), RenderOptions())


def test_colour_changes_no_letter() -> None:
    import re

    render = render_of("full")
    colored = render(whole_report(), RenderOptions(color=True))
    assert "\x1b[" in colored
    plain = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert plain == render(whole_report(), RenderOptions())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_row_is_wider_than_the_terminal(width: int) -> None:
    text = render_of("full")(whole_report(), RenderOptions(width=width, verbose=True))
    assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_figure_is_split(width: int) -> None:
    text = render_of("full")(whole_report(), RenderOptions(width=width))
    for figure in ("27 138.0", "27 183.0", "25 872.5", "(45.0)", "2.679.6"):
        assert figure in text


def test_a_reason_may_name_the_path_itself() -> None:
    from dataclasses import replace

    report = whole_report()
    torn = replace(report.documents[-1], reason="annual/torn.docx does not exist")
    text = render_of("concise")(replace(report, documents=(torn,)), RenderOptions())
    assert "unreadable: annual/torn.docx: does not exist\n" in text

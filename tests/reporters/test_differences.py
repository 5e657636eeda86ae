"""A comparison as a reviewer reads it: one reviewed snapshot a format, and what holds for all."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.compare.drafts import CARRIED, FORGOTTEN, OFFICES, Draft, compared
from tests.edits import at, edited
from tests.reporters.test_untrusted_text import ATTACKS, HARMFUL
from tests.reports import empty_report, notation, whole_report
from tests.spoiled import spoiled, with_findings
from unbudget_check.reporters.differences import FORMATS
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.triage.differences import compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from unbudget_check.model.comparison import Comparison

# The page and the workbook have tests of their own.
EACH = pytest.mark.parametrize("name", ["full", "json", "markdown"])


def rendered(name: str, differences: Comparison, options: RenderOptions | None = None) -> str:
    render: Callable[[Comparison, RenderOptions], str] = import_module(FORMATS[name]).render
    return render(differences, options or RenderOptions())


@EACH
def test_an_edit_reads_well(name: str, snapshot: SnapshotAssertion) -> None:
    assert rendered(name, compare(*edited())) == snapshot


@EACH
def test_no_edit_says_so(name: str) -> None:
    text = rendered(name, compare(whole_report(), whole_report()))
    if name == "json":
        assert json.loads(text)["counts"]["broken"] == 0
        assert all(not each["findings"] for each in json.loads(text)["documents"])
    else:
        assert "no new findings; 3 unchanged." in text


def test_where_nothing_was_compared_it_does_not_sound_well() -> None:
    whole, empty = whole_report(), empty_report()
    assert "nothing was compared" in rendered("full", compare(whole, empty))
    assert "nothing was compared" in rendered("markdown", compare(empty, whole))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_row_is_wider_than_the_terminal(width: int) -> None:
    options = RenderOptions(width=width, verbose=True)
    text = rendered("full", compare(*edited()), options)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "  1 unchanged" in text


def test_colour_changes_no_letter() -> None:
    import re

    colored = rendered("full", compare(*edited()), RenderOptions(color=True))
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == rendered("full", compare(*edited()))


def test_quiet_leaves_the_findings() -> None:
    for name in ("full", "markdown"):
        text = rendered(name, compare(*edited()), RenderOptions(quiet=True))
        assert "relations" not in text
        assert "ARI101" in text


@EACH
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_nothing_harmful_is_printed(name: str, attack: str) -> None:
    before, now = (spoiled(each, attack) for each in edited())
    assert not HARMFUL.search(rendered(name, compare(before, now), RenderOptions(verbose=True)))


def test_a_comment_has_room() -> None:
    many = with_findings(*(at(str(number), notation()) for number in range(600)))
    text = rendered("markdown", compare(with_findings(), many))
    assert len(text) <= 65_536
    missing = 600 - text.count("\n- **")
    assert f"- and {missing} more\n" in text


def test_json_holds_a_finding_as_it_was_and_as_it_is() -> None:
    data = json.loads(rendered("json", compare(*edited())))
    findings = {
        (each["now"] or each["before"])["fingerprint"]: each
        for each in data["documents"][0]["findings"]
    }
    assert findings["worse"]["before"]["residual"] == "0.1"
    assert findings["worse"]["now"]["residual"] == "-45.0"
    assert findings["fixed"]["now"] is None
    assert findings["broken [1]"]["before"] is None
    assert "same" not in findings
    assert data["counts"]["unchanged"] == 1


@pytest.mark.parametrize("name", ["full", "markdown"])
def test_an_edit_of_figures_reads_well(name: str, snapshot: SnapshotAssertion) -> None:
    assert rendered(name, compared(OFFICES, FORGOTTEN)) == snapshot


def test_a_forgotten_figure_is_told_in_every_format() -> None:
    for name in ("full", "markdown"):
        assert "1 figure forgotten" in rendered(name, compared(OFFICES, FORGOTTEN))
        assert "forgotten" not in rendered(name, compared(FORGOTTEN, CARRIED)).replace(
            "0 forgotten", ""
        )


def test_a_figure_that_depends_on_two_changes_has_one_heading() -> None:
    comparison = compared(OFFICES, FORGOTTEN)
    (document,) = comparison.documents
    assert document.edit
    (left,) = document.edit.left
    further = replace(left.changes[0], where=replace(left.where, row="Further"))
    twice = replace(left, changes=(*left.changes, further))
    edit = replace(document.edit, left=(twice,))
    both = replace(comparison, documents=(replace(document, edit=edit),))
    page = rendered("html", both)
    (heading,) = re.findall(r'<article class="card error">\s*<h4>(.*?)</h4>\s*<dl>', page)
    assert heading.count("was changed to") == 2
    told = rendered("full", both).split("1 figure forgotten")[1].split("\n\n")[0]
    headings = [row for row in told.splitlines() if row[:4] == "    " and row[4:5] not in {"", " "}]
    assert len(headings) == 1


def test_json_holds_every_change_and_what_was_forgotten() -> None:
    edit = json.loads(rendered("json", compared(OFFICES, FORGOTTEN)))["documents"][0]["edit"]
    assert (edit["changed"], edit["added"], edit["removed"], edit["layout"]) == (1, 0, 0, [])
    (change,) = edit["changes"]
    assert [change[key] for key in ("before", "now", "difference")] == ["2 460.7", "2 461.7", "1.0"]
    (left,) = edit["left_unchanged"]
    assert (left["where"]["row"], left["stated"], left["expected"]) == ("Total", "4905.3", "4906.3")
    assert (left["kind"], left["rule"], left["severity"]) == ("total", "ARI101", "error")
    assert left["changes"] == [change]


def test_many_changes_are_cut_unless_all_are_asked_for() -> None:
    rows = tuple((f"Item {line}", f"{line}.5", f"{line}.6") for line in range(30))
    old = Draft((("Table 1. Stores", (("Item", "2025", "2026"), *rows)),))
    new = old
    for line in range(30):
        new = new.with_cell(0, f"Item {line}", 1, f"{line + 100}.5")
    comparison = compared(old, new)
    assert "and 10 more; -v lists all" in rendered("full", comparison)
    text = rendered("full", comparison, RenderOptions(verbose=True))
    assert "more; -v" not in text
    assert text.count("(difference 100.0)") == 30
    assert len(json.loads(rendered("json", comparison))["documents"][0]["edit"]["changes"]) == 30

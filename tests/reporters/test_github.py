"""GitHub: commands as its runner decodes them, the gravest first, and no more than it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import column_total, empty_report, lone_relation, notation, whole_report
from tests.spoiled import with_findings
from unbudget_check.reporters.ci.github import render
from unbudget_check.reporters.ci.hosting import stable_path
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from unbudget_check.model.report import Report


def commands_of(
    report: Report, options: RenderOptions | None = None
) -> list[tuple[str, dict[str, str], str]]:
    """The commands as the runner of a workflow takes them apart and decodes them."""
    found = []
    for row in render(report, options or RenderOptions()).splitlines():
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", row)
        assert match, row
        pairs = (pair.split("=", 1) for pair in match[2].split(","))
        properties = {name: decoded(text, whole=True) for name, text in pairs}
        found.append((match[1], properties, decoded(match[3])))
    return found


def decoded(text: str, *, whole: bool = False) -> str:
    codes = {"%0D": "\r", "%0A": "\n", **({"%3A": ":", "%2C": ","} if whole else {}), "%25": "%"}
    for code, character in codes.items():
        text = text.replace(code, character)
    return text


def test_each_finding_is_an_annotation_of_its_severity() -> None:
    names = [command for command, *_ in commands_of(whole_report())]
    assert names == ["error", "error", "warning", "notice", "notice"]
    _, properties, said = commands_of(whole_report())[2]
    assert properties == {
        "file": "annual/narrative.txt",
        "line": "812",
        "title": "ARI501 grade-list (finding 1)",
    }
    assert said.startswith("Paragraph 4.31: the grades listed add up to 43 posts")
    assert "\nWhat to do: Compare the list" in said


def test_an_unreadable_document_is_an_error_and_the_result_comes_last() -> None:
    commands = commands_of(whole_report())
    assert commands[0][:2] == (
        "error",
        {"file": "annual/torn.docx", "title": "unreadable"},
    )
    assert commands[-1][2].startswith("3 findings: 1 error")


def test_nothing_checked_is_a_warning() -> None:
    ((command, _, said),) = commands_of(empty_report())
    assert command == "warning"
    assert said.startswith("nothing was checked")


def test_no_more_than_a_step_shows_and_the_rest_is_counted() -> None:
    report = with_findings(*[notation()] * 30, *[lone_relation()] * 30, *[column_total()] * 30)
    commands = commands_of(report)
    names = [command for command, *_ in commands]
    assert [names.count(each) for each in ("error", "warning", "notice")] == [10, 10, 10]
    assert names == sorted(names, key=["error", "warning", "notice"].index)
    assert [each["title"] for _, each, _ in commands if each["title"].startswith("and")] == [
        "and 21 more",
        "and 21 more",
        "and 22 more",
    ]


@pytest.mark.parametrize("count", [10, 11])
def test_ten_errors_are_shown_whole(count: int) -> None:
    titles = [each["title"] for _, each, _ in commands_of(with_findings(*[column_total()] * count))]
    assert ("and 2 more" in titles) == (count == 11)
    assert len(titles) == 11


def test_accepted_findings_are_left_out() -> None:
    report = with_findings(replace(column_total(), status="waived"))
    assert [command for command, *_ in commands_of(report)] == ["notice"]


@given(st.text(), st.text(st.characters(exclude_characters="\\"), min_size=1))
def test_what_is_said_comes_back_as_it_was(said: str, path: str) -> None:
    finding = replace(lone_relation(), message=said, document=path, advice="")
    command, properties, text = commands_of(with_findings(finding))[0]
    assert command == "warning"
    assert set(properties) == {"file", "line", "title"}
    assert text.endswith(f"{shown(said)[1:]} [medium confidence]")


@pytest.mark.parametrize(
    ("path", "root", "folder", "stable"),
    [
        ("annual/a.docx", "", "", "annual/a.docx"),
        ("./annual//a.docx", "", "", "annual/a.docx"),
        ("a.docx", "/top", "annual", "annual/a.docx"),
        ("../a.docx", "/top", "annual", "a.docx"),
        ("/top/annual/a.docx", "/top", ".", "annual/a.docx"),
        ("/topmost/a.docx", "/top", ".", "/topmost/a.docx"),
        ("annual\\a.docx", "", "", "annual/a.docx"),
        ("C:\\top\\annual\\a.docx", "C:/top", ".", "annual/a.docx"),
    ],
)
def test_a_path_is_said_from_the_top(path: str, root: str, folder: str, stable: str) -> None:
    assert stable_path(path, RenderOptions(root=root, folder=folder)) == stable

"""Copies of web pages: boxes around what is wrong, the findings at the end, nothing that runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from unbudget_check.engine import check
from unbudget_check.errors import UserError
from unbudget_check.messages.telling import told_in
from unbudget_check.model.document import Table
from unbudget_check.readers import html
from unbudget_check.readers.source import Source
from unbudget_check.reporters.office.page import files, mark_page
from unbudget_check.reporters.office.remarks import Original

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.report import Report

PAGE = """<html><head><meta http-equiv=refresh content="0;url=https://example.org">
<meta charset=utf-8><title>Berths</title><script>alert(1)</script>
<base href="https://example.org/"></head><body onload="go()">
<p>Table 4</p><p>Cost of berths</p><p>(Thousands of dollars)</p>
<table><thead><tr><th>Item<th>2025<th>2026</thead><tr><td>Alder<td>120<td>131<tr><td>Birch<td>80
<td>62<tr><td>Cedar<td>43<td>57<tr><td>Total<td>243<td style="color: red">260</table>
<p><a href=" java&#10;script:go()" onclick="go()">more</a> at &lt;Café&gt;</p>
<iframe src=x></iframe>
"""


def report_on(path: Path, text: str = PAGE) -> Report:
    path.write_text(text, encoding="utf-8")
    return check([str(path)])


def copy_of(report: Report, data: bytes = PAGE.encode()) -> str:
    (document,) = report.documents
    return mark_page(data, document, report.lang).decode()


def test_the_cell_is_boxed_and_the_finding_told(tmp_path: Path) -> None:
    report = report_on(tmp_path / "a.html")
    assert [each.code for each in report.findings] == ["ARI101"]
    copy = copy_of(report)
    boxed = re.findall(r'<td style="color: red; outline: 3px solid [^"]*">260<a [^>]*>1</a>', copy)
    assert len(boxed) == 1
    told = copy.partition('id="unbudget-check-note"')[2]
    assert "250" in told
    assert 'href="#unbudget-check-note-at-1"' in told


def test_nothing_in_it_runs_or_leads_away(tmp_path: Path) -> None:
    copy = copy_of(report_on(tmp_path / "a.html"))
    assert not re.search(r"<script|<iframe|<base|onload|onclick|script:|refresh", copy)
    assert "Content-Security-Policy" in copy
    assert copy.startswith("<!doctype html>")


def test_the_text_stays_as_it_was(tmp_path: Path) -> None:
    report = report_on(tmp_path / "a.html")
    copy = html.read(Source("copy.html", copy_of(report).encode()))
    original = html.read(Source("a.html", PAGE.encode()))
    assert len(copy.blocks) > len(original.blocks)
    for found, block in zip(copy.blocks, original.blocks, strict=False):
        if isinstance(block, Table):
            assert isinstance(found, Table)
            assert [[c.text for c in row] for row in found.rows] == [
                [c.text for c in row] for row in block.rows
            ]
        else:
            assert found == block


def test_it_is_no_document_of_its_folder(tmp_path: Path) -> None:
    report = report_on(tmp_path / "a.html")
    (tmp_path / "copy.html").write_text(copy_of(report), encoding="utf-8")
    assert [each.path for each in check([str(tmp_path)]).documents] == [str(tmp_path / "a.html")]


def test_it_speaks_the_language_of_the_report(tmp_path: Path) -> None:
    copy = copy_of(told_in(report_on(tmp_path / "a.html"), "zh"))
    assert 'lang="zh"' in copy
    assert "应为" in copy or "合计" in copy or "之和" in copy


def test_a_page_that_changed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not the file that was checked"):
        copy_of(report_on(tmp_path / "a.html"), b"<p>other")


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    hostile = PAGE.replace("Total", "Total &lt;script&gt;alert(2)&lt;/script&gt;")
    report = report_on(tmp_path / "a.html", hostile)
    assert report.findings
    assert "<script" not in copy_of(report, hostile.encode())


def test_an_archive_of_a_page_becomes_a_page(tmp_path: Path) -> None:
    body = f"Content-Type: text/html; charset=utf-8\n\n{PAGE}"
    report = report_on(tmp_path / "a.mht", body)
    (made,) = files(report, Original(lambda _: (tmp_path / "a.mht").read_bytes()))
    assert made.copy_of == str(tmp_path / "a.html")
    assert b"outline" in made.content


def test_without_a_page_there_is_nothing_to_copy(tmp_path: Path) -> None:
    report = report_on(tmp_path / "a.csv", "Item,2026\nA,1\nB,2\nTotal,3\n")
    with pytest.raises(UserError, match="none of the documents is a web page"):
        files(report, Original(lambda _: b""))

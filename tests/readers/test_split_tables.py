"""A table cut in two by a blank paragraph is one table; what has headings of its own is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check import check

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.report import Report

HEADING = ("", "2025", "2026")
ROWS = (("Dredging", "1,204", "1,310"), ("Pilots", "804", "900"), ("Lamps", "96", "88"))
REST = (("Buoys", "451", "472"), ("Total", "2,555", "2,770"))
NUMBERED = tuple((str(at), *row) for at, row in enumerate(ROWS, 1))
NUMBERED_REST = (("4", "Buoys", "451", "472"), ("", "Total", "2,555", "2,770"))


def report_of(folder: Path, *parts: str | tuple[tuple[str, ...], ...]) -> Report:
    """The report on a page of tables, and of paragraphs between them."""
    path = folder / "page.html"
    body = "".join(
        f"<p>{part}</p>"
        if isinstance(part, str)
        else "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in part)
        + "</table>"
        for part in parts
    )
    path.write_text(f"<html><meta charset=utf-8><body>{body}</body></html>", "utf-8")
    return check(path)


@pytest.mark.parametrize("between", [(), ("",), ("&nbsp;", "")], ids=["bare", "blank", "two"])
@pytest.mark.parametrize("total", ["2,770", "2,707"], ids=["right", "wrong"])
def test_rows_below_a_blank_paragraph_go_on(
    tmp_path: Path, between: tuple[str, ...], total: str
) -> None:
    rest = (REST[0], ("Total", "2,555", total))
    report = report_of(tmp_path, (HEADING, *ROWS), *between, rest)
    assert report.coverage.tables_read == 1
    assert [str(each.computed) for each in report.findings] == (
        [] if total == "2,770" else ["2770"]
    )


def test_numbered_rows_go_on(tmp_path: Path) -> None:
    heading = ("No.", "Outlay", "2025", "2026")
    report = report_of(tmp_path, (heading, *NUMBERED), "", NUMBERED_REST)
    assert report.coverage.tables_read == 1
    assert not report.findings
    assert report.coverage.figures_checked > 0


@pytest.mark.parametrize(
    "parts",
    [
        ((HEADING, *ROWS), "Of which outside the harbour:", REST),
        ((HEADING, *ROWS), "", (HEADING, *REST)),
        (ROWS, "", REST),
        ((HEADING, *ROWS), "", tuple((*row, "1") for row in REST)),
    ],
    ids=["words between", "headings", "no headings", "more columns"],
)
def test_other_tables_stay_apart(
    tmp_path: Path, parts: tuple[str | tuple[tuple[str, ...], ...], ...]
) -> None:
    assert report_of(tmp_path, *parts).coverage.tables_read == 2

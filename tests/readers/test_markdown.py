"""Markdown files: tables, lists and headings as a page shows them, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import RULES
from unbudget_check.engine import check, check_document
from unbudget_check.errors import UnreadableError
from unbudget_check.model.document import Document, Paragraph, Table
from unbudget_check.readers.html import read
from unbudget_check.readers.source import Source
from unbudget_check.reporters.office.page import mark_page

if TYPE_CHECKING:
    from pathlib import Path

BUDGET = """---
title: Harbour
---

# Harbour budget

**Table 4**

Cost of berths[^1]

| Item      |    2025 |    2026 |
| --------- | ------: | ------: |
| Alder     |   1,120 | 131 \\| |
| *Birch*   |      80 |  ~~61~~ 62 |
| Cedar     |      43 |      57 |
| **Total** | **1,243** | **260** |

[^1]: Net of tax.

3. First
4. Second
"""


def read_text(text: str) -> Document:
    return read(Source("a.md", text.encode()))


def texts(text: str) -> list[str]:
    return [b.text for b in read_text(text).blocks if isinstance(b, Paragraph)]


def test_a_table_with_its_lines() -> None:
    (table,) = (b for b in read_text(BUDGET).blocks if isinstance(b, Table))
    assert [[c.text for c in row] for row in table.rows] == [
        ["Item", "2025", "2026"],
        ["Alder", "1,120", "131 |"],
        ["Birch", "80", "62"],
        ["Cedar", "43", "57"],
        ["Total", "1,243", "260"],
    ]
    assert [row[0].line for row in table.rows] == [11, 13, 14, 15, 16]


def test_texts_around_it() -> None:
    assert texts(BUDGET) == [
        "Harbour budget",
        "Table 4",
        "Cost of berths",
        "Net of tax.",
        "3. First",
        "4. Second",
    ]


def test_a_wrong_total_is_told_at_its_line() -> None:
    plain = BUDGET.replace(" \\|", "").replace("1,120", "120").replace("1,243", "243")
    (finding,) = check_document(read_text(plain), RULES).findings
    assert (finding.code, finding.where.table, finding.where.line) == ("ARI101", "4", 16)


def test_tables_of_raw_html_and_set_in_lines() -> None:
    raw = "Text\n\n<table><tr><td>A</td><td>1</td></tr></table>\n"
    rows = "Item        2025    2026", "Dredging   120.5   130.5", "Lighting    80.5    69.5"
    lined = "\n".join(("```", "Table 3", "Cost", "", *rows, "Total      201.0   200.0", "```"))
    for text in (raw, lined):
        (table,) = (b for b in read_text(text).blocks if isinstance(b, Table))
        assert table.rows[-1][1].text in {"1", "201.0"}


def test_line_ends_of_other_systems() -> None:
    (table,) = (b for b in read_text(BUDGET.replace("\n", "\r\n")).blocks if isinstance(b, Table))
    assert table.rows[-1][0].line == 16


def test_a_copy_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(BUDGET.replace(" \\|", "").replace("1,", ""), encoding="utf-8")
    (document,) = check([str(path)]).documents
    assert b"outline: 3px" in mark_page(path.read_bytes(), document)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"%PDF-1.4"])
def test_what_is_no_text_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a\.md"):
        read(Source("a.md", data))

"""The sound documents that are damaged: small, of every format, with figures that must agree."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import openpyxl

from tests.compose.pdf import Look, render_pdf
from tests.compose.printed import Grid, Heading, Paragraph
from tests.readers.odt_file import odt_file
from tests.readers.odt_file import row as odt_row
from tests.readers.odt_file import table as odt_table
from tests.readers.word_file import (
    RAISED,
    cell,
    paragraph,
    row,
    run,
    span,
    table,
    text_box,
    word_file,
)

if TYPE_CHECKING:
    from tests.compose.printed import Block

SENTINEL = b"Item,2024,2025\nBeds,12.5,13.0\nLinen,4.5,4.0\nTotal,17.0,18.0\n"  # 17.0 is right
ROWS = (
    ("Posts", "100.5", "4.5", "105.0"),
    ("Consultants", "20.0", "(1.5)", "18.5"),
    ("Travel of staff", "5.5", "–", "5.5"),
    ("Total", "126.0", "3.0", "129.0"),
)
HEAD = ("Object of expenditure", "2025 appropriation", "Change", "2026 estimate")
POSTS = (("P-5", "3", "1", "4"), ("P-4", "7", "(2)", "5"), ("Total", "10", "(1)", "9"))
PROSE = (
    (
        "4.1 The proposed resources for 2026 amount to $129,000 and reflect an increase of $3,000, "
        "or 2.4 per cent, compared with the appropriation for 2025, as shown in table 4.1."
    ),
    (
        "4.2 The increase of $4,500 under posts relates to: (a) $3,000 for one P-5 post; and (b) "
        "$1,500 for two GS (OL) posts."
    ),
    "4.3 拟议资源为 129 000 美元，增加 3 000 美元。",
)
NOTE = "a/ Includes 4.5 for 2024."


@dataclass(frozen=True, slots=True)
class Seed:
    """One sound document: the ending of its name, and its bytes."""

    suffix: str
    data: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    """One document of each format that carries a table and what depends on it."""
    return (
        Seed(".docx", _word()),
        Seed(".xlsx", _workbook()),
        Seed(".csv", _csv()),
        Seed(".txt", _text("   ")),
        Seed(".txt", _text("\t")),
        Seed(".html", _page()),
        Seed(".odt", _open_text()),
        *(Seed(".pdf", _print(rules)) for rules in ("heading", "grid")),
    )


def _word() -> bytes:
    rows = [row(*HEAD), *(row(*each) for each in ROWS)]
    posts = [row(cell("Category", settings=span(2)), "Change", "2026"), *(row(*e) for e in POSTS)]
    return word_file(
        paragraph("Table 4.1")
        + paragraph("Resources by object (Thousands of United States dollars)")
        + table(*rows)
        + paragraph("a", run("a", RAISED), NOTE)
        + "".join(paragraph(each) for each in PROSE)
        + paragraph("Table 4.2 Posts", text_box(paragraph("Office: 1 P-5, 2 P-4")))
        + table(*posts)
    )


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Table 4.1 Resources by object"])
    sheet.append(list(HEAD))
    for label, *figures in ROWS:
        sheet.append([label, *(_number(each) for each in figures)])
    other = book.create_sheet("Posts & grades")
    for grade, *counts in (HEAD, *POSTS):
        other.append([grade, *(_number(each) for each in counts)])
    other["B9"] = "=SUM(B2:B3)"
    other["B2"].number_format = "#,##0.0;(#,##0.0)"
    other.merge_cells("A9:A10")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _number(text: str) -> int | str:
    """A cell of a workbook: a count as a number, everything else as it is printed."""
    plain = text.replace("(", "-").replace(")", "")
    return int(plain) if plain.lstrip("-").isdecimal() else text


def _page() -> bytes:
    """A page with a heading of two rows, a foot, a list, and a note."""
    first, last = ROWS[:-1], ROWS[-1]
    cells = "".join(f"<tr><th scope=row>{'<td>'.join(each)}</tr>\n" for each in first)
    body = [
        "<html><head><meta charset=utf-8><style>.in{padding-left:30px}</style></head><body>",
        "<h2>Table 4.1</h2><p>Resources by object</p><p>(Thousands of United States dollars)</p>",
        "<table><thead><tr><th rowspan=2>Object<th colspan=3>Regular budget<tr>",
        f"<th>{'<th>'.join(HEAD[1:])}</thead><tbody>{cells}</tbody>",
        f"<tfoot><tr><td>{'<td>'.join(last)}</tr></tfoot></table><p>{NOTE}</p><ol>",
        *(f"<li>{each}</li>" for each in PROSE),
        "</ol><table><caption>Table 4.2 Posts</caption><tr><td>Category<td>2025<td>Change<td>2026",
        *(f"<tr class=in><td>{'<td>'.join(each)}" for each in POSTS),
        "</table></body></html>",
    ]
    return "\n".join(body).encode()


def _open_text() -> bytes:
    paragraphs = (
        "Table 4.1",
        "Resources by object",
        "(Thousands of United States dollars)",
    )
    lists = "".join(f"<text:list-item><text:p>{each}</text:p></text:list-item>" for each in PROSE)
    return odt_file(
        "".join(f"<text:p>{each}</text:p>" for each in paragraphs)
        + odt_table(*(odt_row(*each) for each in (HEAD, *ROWS)))
        + f"<text:p>{NOTE}</text:p><text:list text:style-name='L'>{lists}</text:list>"
    )


def _print(rules: str) -> bytes:
    heads = tuple(Heading(each) for each in HEAD)
    counts = (Heading("Category"), *heads[1:])
    blocks: tuple[Block, ...] = (
        *(Paragraph(each) for each in PROSE[:2]),
        Paragraph("Table 4.1", "caption"),
        Paragraph("Resources by object (Thousands of United States dollars)", "caption"),
        Grid("4.1", (heads,), ROWS),
        Paragraph(NOTE, "note"),
        Paragraph("Table 4.2 Posts", "caption"),
        Grid("4.2", (counts,), POSTS),
    )
    return render_pdf(blocks, Look(rules=rules))


def _csv() -> bytes:
    return "".join(",".join(each) + "\n" for each in (HEAD, *ROWS)).encode()


def _text(gap: str) -> bytes:
    lines = [
        PROSE[0],
        "",
        "Table 4.1",
        "Resources by object (Thousands of United States dollars)",
        *(gap.join(each) for each in (HEAD, *ROWS)),
        "",
        *PROSE[1:],
    ]
    return "\n".join(lines).encode()

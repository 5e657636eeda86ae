"""The same tables on other pages: other rules, papers, columns, scripts, and over several pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from tests.compose.pdf import Look, render_pdf
from tests.compose.printed import Grid, Heading, Paragraph, Piece
from tests.readers.drawing import draw, tables
from tests.readers.pdf.test_reading import BARE, BLOCKS, ROWS, read_pdf
from unbudget_check.engine import check
from unbudget_check.model.document import Paragraph as Read
from unbudget_check.model.options import Wishes

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
NAMES = ("Quays", "Cranes", "Pilots", "Locks", "Buoys", "Sheds", "Piers", "Lamps")


def long_table(rows: int, total: int | None = None) -> Grid:
    """Rows of three figures each, and their total; ``total`` is printed instead of the first."""
    figures = [(17 + 13 * at % 71, 101 + 37 * at % 89, 5 + 29 * at % 97) for at in range(rows)]
    sums = [sum(column) for column in zip(*figures, strict=True)]
    printed = [total if total is not None else sums[0], *sums[1:]]
    return Grid(
        "7.3",
        (tuple(map(Heading, ("Facility", "2024 actual", "2025 approved", "2026 estimate"))),),
        (
            *(
                (f"{NAMES[at % 8]}, basin {'ABCDEFGH'[at // 8]}", *map(str, row))
                for at, row in enumerate(figures)
            ),
            ("Total", *map(str, printed)),
        ),
    )


@pytest.mark.parametrize("rules", ["heading", "grid", "none"])
@pytest.mark.parametrize("wide", [False, True], ids=["upright", "landscape"])
def test_rules_and_paper_change_nothing(rules: str, wide: bool) -> None:  # noqa: FBT001
    drawn = draw(read_pdf(render_pdf(BLOCKS, Look(rules=rules, wide=wide, running=BARE))))
    assert drawn[-5:-1] == [
        "Object of expenditure|2024 actual|Technical|Other|Total|2026 estimate",
        *ROWS,
    ]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_all_the_same(turned: int) -> None:
    straight = draw(read_pdf(render_pdf(BLOCKS, Look(running=BARE))))
    assert draw(read_pdf(render_pdf(BLOCKS, Look(turned=turned, running=BARE)))) == straight


@pytest.mark.parametrize("rules", ["heading", "grid", "none"])
def test_a_table_over_pages_is_one_table_without_repeated_headings(rules: str) -> None:
    look = Look(rules=rules, height=420.0)
    document = read_pdf(render_pdf([Paragraph("Table 7.3", "caption"), long_table(40)], look))
    (table,) = tables(document)
    assert [row[0].text for row in table.rows] == ["Facility", *(r[0] for r in long_table(40).rows)]
    pages = [row[0].address.partition(",")[0] for row in table.rows]
    assert len(set(pages)) > 2
    assert pages == sorted(pages)
    texts = [block.text for block in document.blocks if isinstance(block, Read)]
    assert texts == ["Table 7.3"]


@pytest.mark.parametrize("rules", ["heading", "grid", "none"])
def test_a_wrong_total_at_the_end_of_three_pages_is_found(rules: str, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    blocks: list[Piece] = [Paragraph("Table 7.3", "caption"), long_table(40, total=9)]
    path.write_bytes(render_pdf(blocks, Look(rules=rules, height=420.0)))
    (finding,) = check([str(path)]).findings
    assert (finding.code, finding.where.row, finding.where.page) == ("ARI101", "Total", "3")
    path.write_bytes(render_pdf([blocks[0], long_table(40)], Look(rules=rules, height=420.0)))
    assert not check([str(path)]).findings


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    words = [
        "the",
        "quays",
        "of",
        "the",
        "old",
        "harbour",
        "were",
        "dredged",
        "once",
        "more",
        "in",
        "that",
        "year,",
        "at",
        "no",
        "cost",
    ]
    texts = [f"7.{at} " + " ".join(words[at % 5 :] + words) + "." for at in range(1, 30)]
    data = render_pdf([Paragraph(text) for text in texts], Look(columns=2, running=BARE))
    read = [block.text for block in read_pdf(data).blocks if isinstance(block, Read)]
    assert [text.replace("\t", " ") for text in read] == texts


def test_chinese_without_blanks() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    grid = Grid(
        "7.2",
        (tuple(map(Heading, ("支出用途", "2024年实际", "2025年批准", "2026年估计"))),),
        (
            ("员额", "120", "130", "140"),
            ("差旅", "12", "13", "14"),
            ("订约承办事务", "8", "7", "6"),
            ("共计", "140", "150", "160"),
        ),
    )
    blocks: list[Piece] = [
        Paragraph("表 7.2", "caption"),
        Paragraph("按支出用途开列的资源", "caption"),
        grid,
    ]
    document = read_pdf(render_pdf(blocks, Look(font="STSong-Light", running=BARE)))
    assert document.language == "zh"
    assert draw(document)[-5:] == [
        "支出用途|2024年实际|2025年批准|2026年估计",
        *("|".join(row) for row in grid.rows),
    ]


@pytest.mark.skipif(not DEJAVU.is_file(), reason="no font with Arabic letters here")
def test_arabic_from_the_right(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU)))
    header = (tuple(map(Heading, ("وجه الإنفاق", "نفقات 2024", "اعتماد 2025", "تقديرات 2026"))),)
    rows = [
        ("الوظائف", "120", "130", "140"),
        ("السفر", "12", "13", "14"),
        ("الخدمات التعاقدية", "8", "7", "6"),
    ]
    path = tmp_path / "arabic.pdf"
    for total, found in ((("140", "150", "160"), 0), (("140", "105", "160"), 1)):
        grid = Grid("7.2", header, (*rows, ("المجموع", *total)))
        look = Look(font="DejaVu", running=BARE, from_right=True)
        path.write_bytes(render_pdf([Paragraph("الجدول 7.2", "caption"), grid], look))
        drawn = draw(read_pdf(path.read_bytes(), language="ar"))
        assert drawn[-5:] == [
            "وجه الإنفاق|نفقات 2024|اعتماد 2025|تقديرات 2026",
            *("|".join(row) for row in grid.rows),
        ]
        findings = check([str(path)], Wishes(language="ar")).findings
        assert len(findings) == found

"""The same tables on other pages: other rules, papers, columns, scripts, and over several pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from tests.compose.pdf import Look, render_pdf
from tests.compose.printed import Grid, Heading, Paragraph, Piece
from tests.readers.drawing import draw, tables
from tests.readers.pdf.test_files import drawn
from tests.readers.pdf.test_reading import BARE, BLOCKS, ROWS, read_pdf
from unbudget_check.engine import check
from unbudget_check.model.document import Paragraph as Read
from unbudget_check.model.options import Wishes

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

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


def put(canvas: Canvas, y: float, label: str, *figures: str) -> None:
    """One row of a table: its label at the left, each figure ending at its own place."""
    canvas.drawString(60, y, label)
    for at, figure in enumerate(figures):
        canvas.drawRightString(330 + 80 * at, y, figure)


def test_labels_over_the_only_row_of_a_group_stay_rows_of_their_own() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y in (700, 680, 606):
            canvas.line(60, y, 500, y)
        put(canvas, 688, "", "2024 actual", "2025 approved", "2026 estimate")
        put(canvas, 664, "Resources by kind of outlay")
        put(canvas, 649, "Other than wages")
        put(canvas, 635, "    Contributions", "4 896.1", "5 093.8", "5 147.0")
        put(canvas, 613, "    Total", "4 896.1", "5 093.8", "5 147.0")

    (table,) = tables(read_pdf(drawn(page)))
    assert [row[0].text for row in table.rows][-4:] == [
        "Resources by kind of outlay",
        "Other than wages",
        "Contributions",
        "Total",
    ]


@pytest.mark.parametrize("framed", [False, True])
def test_the_scales_of_a_chart_are_no_table(framed: bool) -> None:  # noqa: FBT001
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 720, "7.1 The number of calls is shown in the figure below.")
        if framed:
            canvas.setFillGray(1)
            canvas.rect(62, 480, 470, 210, stroke=0, fill=1)
        for at, height in enumerate((40, 90, 150)):
            canvas.setFillGray(0.5)
            canvas.rect(130 + 90 * at, 520, 40, height, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(140 + 90 * at, 525 + height, str(17 + 13 * at))
            canvas.drawString(130 + 90 * at, 505, f"{2024 + at}")
        canvas.line(92, 520, 500, 520)
        canvas.line(92, 520, 92, 680)
        canvas.line(500, 520, 500, 680)
        for at in range(6):
            canvas.drawRightString(86, 517 + 28 * at, str(10 * at))
            canvas.drawString(508, 517 + 28 * at, f"{4 * at} 500")

    document = read_pdf(drawn(page))
    assert [*draw(document)] == ["7.1 The number of calls is shown in the figure below."]
    (said,) = document.remarks
    assert said.name == "pdf-drawings"


NAMED = ("Overall aims", "Costs of the quays", "Costs of the pilots", "Staff by grade", "Annex")


@pytest.mark.parametrize("numbers", [(2, 3, 4, 5, 6), (3, 1, 4, 1, 5)], ids=["pages", "posts"])
def test_headings_with_their_pages_are_no_table(numbers: tuple[int, ...]) -> None:
    def contents(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for at, (name, number) in enumerate(zip(NAMED, numbers, strict=True)):
            canvas.drawString(60, 700 - 20 * at, f"{at + 1}. {name}")
            canvas.drawRightString(500, 700 - 20 * at, str(number))

    def headed(at: int) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 12)
            canvas.drawString(60, 700, f"{at + 1}  {NAMED[at]}")

        return page

    document = read_pdf(drawn(contents, *map(headed, range(len(NAMED)))))
    assert bool(tables(document)) == (numbers[0] != 2)


@pytest.mark.parametrize("ground", [False, True], ids=["paper", "shade"])
def test_white_text_is_read_where_it_is_seen(ground: bool) -> None:  # noqa: FBT001
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "7.1 The quays were dredged once more in that year.")
        if ground:
            canvas.setFillGray(0.2)
            canvas.rect(50, 630, 400, 30, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(60, 640, "7.2 The piers cost 12 345 dollars, whoever asks for them.")

    document = read_pdf(drawn(page))
    assert [text[:3] for text in draw(document)] == (["7.1", "7.2"] if ground else ["7.1"])
    assert [said.name for said in document.remarks] == ([] if ground else ["pdf-hidden"])

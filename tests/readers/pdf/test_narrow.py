"""Tables that are printed in too little room: headings, rows and figures broken over lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readers.drawing import draw, tables
from tests.readers.pdf.test_files import drawn
from tests.readers.pdf.test_layouts import put
from tests.readers.pdf.test_reading import read_pdf
from unbudget_check.engine import check

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas


def ruled(canvas: Canvas, *heights: float) -> None:
    """Lines across the page."""
    canvas.setFont("Helvetica", 9)
    for y in heights:
        canvas.line(60, y, 500, y)


def years(canvas: Canvas, y: float, label: str = "Kind of outlay") -> None:
    """A heading of two lines: years above, words below."""
    put(canvas, y, "", "2024", "2025", "2026")
    put(canvas, y - 10, label, "actual", "approved", "planned")


def rows_of(table: int, data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row] for row in tables(read_pdf(data))[table].rows]


def test_rows_far_below_a_heading_of_years_and_rows_of_text_below_it_go_on() -> None:
    def first(canvas: Canvas) -> None:
        ruled(canvas, 160, 130)
        years(canvas, 150)
        put(canvas, 116, "Dredging", "12", "14", "15")
        put(canvas, 102, "Buoys and lamps of the", "3", "4", "5")

    def second(canvas: Canvas) -> None:
        ruled(canvas, 760, 732, 650)
        years(canvas, 750)
        put(canvas, 695, "outer harbour")
        put(canvas, 681, "Pilots", "7", "8", "9")
        put(canvas, 667, "Training of crews who sail beyond the lights, and whoever asks for it")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 600, "7.2 The quays were dredged once more in that year.")

    def third(canvas: Canvas) -> None:
        ruled(canvas, 760, 732, 690)
        years(canvas, 750)
        put(canvas, 716, "Advice to masters of ships, at any hour of the day and of the night")
        put(canvas, 702, "Lessons for schools")

    (table, last) = tables(read_pdf(drawn(first, second, third)))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Kind of outlay", "2024 actual", "2025 approved", "2026 planned"],
        ["Dredging", "12", "14", "15"],
        ["Buoys and lamps of the outer harbour", "3", "4", "5"],
        ["Pilots", "7", "8", "9"],
        ["Training of crews who sail beyond the lights, and whoever asks for it", "", ""],
    ]
    assert [row[0].text[:7] for row in last.rows] == ["Kind of", "Advice ", "Lessons"]


def test_a_heading_over_the_labels_alone_opens_a_table_that_goes_on() -> None:
    def page(canvas: Canvas, *rows: tuple[str, ...]) -> None:
        ruled(canvas, 500, 480)
        put(canvas, 487, "Kind of outlay")
        for at, row in enumerate(rows):
            put(canvas, 466 - 14 * at, *row)

    data = drawn(
        lambda canvas: page(canvas, ("Meetings", "17", "12"), ("1. Of pilots", "14", "9")),
        lambda canvas: page(canvas, ("2. Of masters", "3", "3"), ("Lessons", "11", "20")),
    )
    (table,) = tables(read_pdf(data))
    labels = ["Kind of outlay", "Meetings", "1. Of pilots", "2. Of masters", "Lessons"]
    assert [row[0].text for row in table.rows] == labels


@pytest.mark.parametrize("gap", [10, 22], ids=["torn", "rows"])
def test_figures_torn_in_narrow_cells_are_put_together(gap: int, tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 760, 740, 672 - gap)
        put(canvas, 747, "Kind of outlay", "2025 approved", "2026 planned")
        put(canvas, 726, "Dredging", "37 789.8", "38 331.3")
        put(canvas, 704, "Buoys", "100.0", "100.0")
        put(canvas, 682, "", "37", "38")
        put(canvas, 682 - gap, "Total", "889.8", "431.3")

    path = tmp_path / "torn.pdf"
    path.write_bytes(drawn(page))
    assert rows_of(0, path.read_bytes())[3:] == (
        [["Total", "37 889.8", "38 431.3"]]
        if gap == 10
        else [["", "37", "38"], ["Total", "889.8", "431.3"]]
    )
    if gap == 10:
        assert not check([str(path)]).findings


@pytest.mark.parametrize("how", ["over each other", "cut off", "well"])
def test_figures_printed_over_each_other_or_cut_off_are_not_read(how: str, tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 760, 740, 650)
        put(canvas, 747, "Kind of outlay", "2025 approved", "2026 planned")
        put(canvas, 726, "Dredging", "120.5", "130.5")
        if how == "over each other":
            canvas.drawString(326, 726, "(587.4)")
        put(canvas, 704, "Lighting", "80.5", "69.5")
        if how == "cut off":
            put(canvas, 674, "", "1.4", "1.4")
        put(canvas, 668, "Total", "211.0" if how == "well" else "201.0", "200.0")

    path = tmp_path / "spoiled.pdf"
    path.write_bytes(drawn(page))
    report = check([str(path)])
    said = [each.name for each in read_pdf(path.read_bytes()).remarks]
    if how == "well":
        assert said == []
        assert [each.code for each in report.findings] == ["ARI101"]
    else:
        assert said == ["pdf-spoiled"]
        assert not report.findings
        assert "130.5" not in "".join(draw(read_pdf(path.read_bytes())))


def test_a_day_in_a_narrow_heading_and_a_torn_formula_are_no_rows() -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 760, 700, 650)
        put(canvas, 750, "", "", "Actual as at", "Variance")
        put(canvas, 740, "", "", "31")
        put(canvas, 730, "", "Approved", "December")
        put(canvas, 722, "", "2025", "2025")
        put(canvas, 715, "", "", "", "(3)=(2)-")
        put(canvas, 706, "Kind of outlay", "(1)", "(2)", "(1)")
        put(canvas, 686, "Dredging", "120", "130", "10")
        put(canvas, 672, "Lighting", "80", "70", "(10)")
        put(canvas, 658, "Total", "200", "200", "–")

    assert rows_of(0, drawn(page)) == [
        ["", "Approved 2025", "Actual as at 31 December 2025", "Variance"],
        ["Kind of outlay", "(1)", "(2)", "(3)=(2)- (1)"],
        ["Dredging", "120", "130", "10"],
        ["Lighting", "80", "70", "(10)"],
        ["Total", "200", "200", "–"],
    ]


def test_numbers_beside_few_labels_are_a_column() -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 760, 740, 630)
        canvas.line(200, 740, 280, 740)
        canvas.line(280, 740, 380, 740)
        rows = (
            ("Kind of outlay", "Paragraph", "Advice", "Saving"),
            ("Posts", "23", "Ten fewer posts", "(1 780)"),
            ("", "25", "One pilot less", "(148)"),
            ("", "26", "No new mate", "(984)"),
            ("Travel", "27", "Fewer journeys", "(54)"),
            ("Total", "", "", "(2 966)"),
        )
        for at, (label, number, words, figure) in enumerate(rows):
            y = 747 - 22 * at
            canvas.drawString(60, y, label)
            canvas.drawRightString(270, y, number)
            canvas.drawString(290, y, words)
            canvas.drawRightString(460, y, figure)

    assert rows_of(0, drawn(page))[1:] == [
        ["Posts", "23", "Ten fewer posts", "(1 780)"],
        ["", "25", "One pilot less", "(148)"],
        ["", "26", "No new mate", "(984)"],
        ["Travel", "27", "Fewer journeys", "(54)"],
        ["Total", "", "", "(2 966)"],
    ]


def test_the_mark_of_a_footnote_stands_before_a_tab() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "7.1 The quays were dredged.")
        canvas.setFont("Helvetica", 5)
        canvas.drawString(190, 704, "1")
        canvas.line(60, 110, 200, 110)
        canvas.drawString(66, 99, "1")
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(118, 96, "Those of the inner harbour are not counted.")

    texts = draw(read_pdf(drawn(page)))
    assert texts[0].startswith("7.1 The quays were dredged.")
    assert texts[1:] == ["Those of the inner harbour are not counted."] or texts[1:] == [
        "Those of the inner harbour are not counted.1"
    ]


def test_a_bracket_torn_beside_a_torn_label_is_one_figure() -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 760, 740, 650)
        put(canvas, 747, "Kind of outlay", "2025 approved", "Variance")
        put(canvas, 726, "Dredging", "120.5", "0.3")
        put(canvas, 704, "Buoys and lamps of", "", "(1")
        put(canvas, 694, "the outer harbour", "80.5", "124.5)")
        put(canvas, 672, "Total", "201.0", "(1 124.2)")

    assert rows_of(0, drawn(page))[2:] == [
        ["Buoys and lamps of the outer harbour", "80.5", "(1 124.5)"],
        ["Total", "201.0", "(1 124.2)"],
    ]


@pytest.mark.parametrize("last", ["043.9", "143.9"], ids=["padded", "bracket"])
def test_figures_torn_beside_a_torn_label_go_together_in_all_columns(last: str) -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 760, 740, 650)
        put(canvas, 747, "Kind of outlay", "2025 approved", "Variance", "2026 planned")
        put(canvas, 726, "Dredging", "120.5", "0.3", "120.8")
        put(canvas, 704, "Buoys and lamps of", "17", "(1" if last[0] == "1" else "", "15")
        put(canvas, 694, "the outer harbour", last, "124.5)" if last[0] == "1" else "1.1", "019.4")
        put(canvas, 672, "Pilots", "201.0", "1.2", "202.2")

    change = "(1 124.5)" if last[0] == "1" else "1.1"
    assert rows_of(0, drawn(page))[2] == [
        "Buoys and lamps of the outer harbour",
        f"17 {last}",
        change,
        "15 019.4",
    ]


@pytest.mark.parametrize(
    ("upper", "lower"), [("$68,791,1", "00"), ("4.058.70", "0,5"), ("(9,144,27", "3)")]
)
def test_a_figure_cut_within_its_digits_is_not_read(upper: str, lower: str, tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 760, 740, 630)
        put(canvas, 747, "Kind of outlay", "2025 approved", "2026 planned")
        for at, label in enumerate(("Dredging", "Buoys", "Pilots")):
            put(canvas, 726 - 26 * at, label, upper, "130.5")
            put(canvas, 714 - 26 * at, "", lower)

    path = tmp_path / "cut.pdf"
    path.write_bytes(drawn(page))
    assert [each.name for each in read_pdf(path.read_bytes()).remarks] == ["pdf-spoiled"]
    assert not check([str(path)]).findings


def test_the_only_row_of_a_table_has_its_figures_beside_the_label() -> None:
    def page(canvas: Canvas) -> None:
        ruled(canvas, 780, 740, 715)
        canvas.line(340, 757, 500, 757)
        canvas.drawCentredString(420, 762, "Changes")
        canvas.drawString(60, 746, "Object")
        places = (250, 320, 400, 490)
        headings, figures = ("2024", "2025", "New", "Other"), ("18 502.9", "19 011.9", "1.5", "–")
        for at, heading, figure in zip(places, headings, figures, strict=True):
            canvas.drawRightString(at, 746, heading)
            canvas.drawRightString(at, 722, figure)
        canvas.drawString(60, 722, "Grants and contributions")

    assert rows_of(0, drawn(page))[-1] == [
        "Grants and contributions",
        "18 502.9",
        "19 011.9",
        "1.5",
        "–",
    ]


def test_columns_of_figures_are_no_columns_of_text() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for at in range(16):
            y = 740 - 14 * at
            label = (
                f"Keeping the {('quays', 'piers', 'locks', 'sheds')[at % 4]} of harbour {at + 1}"
            )
            canvas.drawString(60, y, label)
            canvas.drawRightString(280, y, f"{10 + 7 * at} 204.5")
            for column in range(5):
                canvas.drawRightString(350 + 46 * column, y, f"{11 + at + column} 517.5")

    (table,) = tables(read_pdf(drawn(page)))
    assert (len(table.rows), table.columns) == (16, 7)

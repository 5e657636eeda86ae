"""What is a paragraph, a heading or an item on a printed page, and what belongs to a table."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.readers.drawing import draw, tables
from tests.readers.pdf.test_files import drawn
from tests.readers.pdf.test_reading import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

LINE = "The harbour office keeps the quays, the cranes and the lamps of the old basin in order,"
LAST = "as it did in the year before."


def page(*lines: tuple[float, float, str], rules: Sequence[float] = ()) -> Callable[..., None]:
    """A page with texts at their places, and rules from margin to margin."""

    def put(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        for y in rules:
            canvas.line(60, y, 535, y)

    return put


def texts(*pages: Callable[..., None]) -> list[str]:
    return [text.replace("\t", " ") for text in draw(read_pdf(drawn(*pages)))]


@pytest.mark.parametrize("mark", ["A.{}", "XII.{}", "29A.{}", "4.2.{}"])
def test_numbered_paragraphs_with_hanging_lines_are_no_table(mark: str) -> None:
    lines = []
    for at in range(4):
        y = 700 - 60 * at
        lines += [(60.0, y, mark.format(at + 1)), (110.0, y, LINE)]
        lines += [(110.0, y - 12, LINE), (110.0, y - 24, LAST)]
    expected = [f"{mark.format(at + 1)} {LINE} {LINE} {LAST}" for at in range(4)]
    assert texts(page(*lines)) == expected


RUNNING = [
    [
        (60.0, 790.0, "Harbour office"),
        (60.0, 762.0, f"{at} {LINE}"),
        (60.0, 750.0, LAST),
        (60.0, 50.0, f"{at}/6"),
    ]
    for at in range(2, 7)
]
REST = [page(*lines, rules=[780]) for lines in RUNNING]


def test_a_letterhead_and_the_number_of_a_print_are_no_paragraphs() -> None:
    first = page(
        (60, 790, "City of Quays"),
        (400, 760, "Circulation: general"),
        (400, 745, "14 March 2031"),
        (60, 640, "Budget of the harbour"),
        (60, 610, LINE),
        (60, 598, LAST),
        (60, 46, "31-00417"),
        rules=[780, 660],
    )
    assert texts(first, *REST)[:2] == ["Budget of the harbour", f"{LINE} {LAST}"]


@pytest.mark.parametrize("rules", [[780], [780, 660, 640, 560]])
def test_what_stands_above_a_table_or_no_rule_is_kept(rules: Sequence[float]) -> None:
    first = page(
        (60, 790, "City of Quays"),
        (60, 740, "Budget of the harbour"),
        (60, 700, "(Thousands of crowns)"),
        (60, 600, LINE),
        rules=rules,
    )
    assert texts(first, *REST)[:2] == ["Budget of the harbour", "(Thousands of crowns)"]


def test_a_heading_at_the_top_of_a_page_does_not_go_on_with_the_page_before() -> None:
    ended = [(60.0, 700.0, f"7.1 {LINE}"), (60.0, 688.0, LINE[:-1] + ".")]
    heading = [
        (60.0, 760.0, "Comparison of the quays of the old basin and those of others"),
    ]
    heading.append((60.0, 748.0, "of the new one"))
    read = texts(page(*ended), page(*heading, (60, 710, LINE), (60, 698, LAST)))
    assert read[0].startswith("7.1")
    assert read[0].endswith("order.")
    assert read[1].startswith("Comparison")


def test_an_item_that_names_others_goes_on_over_the_page() -> None:
    before = [(80.0, 700.0, "(c)"), (104.0, 700.0, LINE), (104.0, 688.0, LINE)]
    after = [(104.0, 760.0, "(ii) the cranes; (iii) the lamps."), (80.0, 740.0, "(d)")]
    read = texts(page(*before), page(*after, (104, 740, LINE), (104, 728, LAST)))
    assert read == [f"(c) {LINE} {LINE} {after[0][2]}", f"(d) {LINE} {LAST}"]


def test_words_kept_with_a_number_wrap_together() -> None:
    lines = [
        (60.0, 700.0, LINE),
        (60.0, 688.0, "under the authority that the council gave to the office in the (AC"),
        (60.0, 676.0, "(AC 2358/2031/7)."),
    ]
    assert len(texts(page(*lines[:1], (60, 688, LINE[:-6]), lines[2]))) == 1


def test_an_annex_in_the_contents_is_an_entry() -> None:
    dots = " . " * 12
    entries = ("A. Plan" + dots, "B. Costs" + dots, "C. Posts" + dots)
    lines = [(60.0, 700.0 - 18 * at, each) for at, each in enumerate(entries)]
    lines += [(60.0, 646.0, "Annex"), (80.0, 628.0, "Results of the year" + dots)]
    numbers = [(500.0, y, str(n)) for n, y in ((2, 700), (3, 682), (4, 664), (9, 628))]
    (table,) = tables(read_pdf(drawn(page(*lines, *numbers))))
    assert [row[-1].text for row in table.rows] == ["2", "3", "4", "", "9"]


def test_a_list_without_rules_keeps_its_longer_and_its_last_lines() -> None:
    lines = [(60.0, 740.0, "Resolutions of the council")]
    y = 720.0
    for at in range(4):
        lines += [(60, y, f"7{at}/15"), (135, y, "The upkeep of the lamps"[: 14 + 3 * at])]
        lines += [
            (135, y - 10, "a basin in the north, with all its quays and cranes"[: 20 + 8 * at])
        ]
        y -= 26
    (table,) = tables(read_pdf(drawn(page(*lines))))
    assert [row[0].text for row in table.rows] == ["70/15", "71/15", "72/15", "73/15"]


def test_words_in_the_middle_of_two_columns_span_them() -> None:
    def put(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        edges = ((60, 200, 350, 500), (60, 200, 290, 350, 430, 500), (60, 200, 350, 430, 500))
        for y, ends in zip((720, 700, 630), edges, strict=True):
            for left, right in pairwise(ends):
                canvas.line(left, y, right - 0.5, y)
        canvas.drawCentredString(275, 708, "Harbour of the north")
        canvas.drawCentredString(425, 708, "Harbour of the south")
        for y, label, a, b in ((685, "Posts", "419", "543"), (670, "Guards", "5 500", "11 836")):
            canvas.drawString(62, y, label)
            canvas.drawRightString(285, y, a)
            canvas.drawRightString(425, y, b)
            canvas.drawString(300, y, "1:13")
            canvas.drawString(440, y, "1:22")
        for y, label, b in ((655, "Bases", "49"), (640, "Offices", "6")):
            canvas.drawString(62, y, label)
            canvas.drawCentredString(275, y, "To be determined")
            canvas.drawRightString(425, y, b)

    (table,) = tables(read_pdf(drawn(put)))
    heading, *rows = [[(cell.text, cell.columns) for cell in row] for row in table.rows]
    assert ("Harbour of the north", 2) in heading
    assert ("Harbour of the south", 2) in heading
    assert [cell for row in rows for cell in row if cell[0] in {"5 500", "11 836", "49"}] == [
        ("5 500", 1),
        ("11 836", 1),
        ("49", 1),
    ]

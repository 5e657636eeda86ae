"""What each row is: its marker, its words, and whether they call it a total."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import MONEY, POSTS, table_of
from unbudget_check.model.document import Cell, Document, Table
from unbudget_check.model.facts import RowRole
from unbudget_check.understand.understand import understand

if TYPE_CHECKING:
    from unbudget_check.model.facts import Row


def row(label: str, language: str = "en") -> Row:
    """A row with this label, in the middle of a table of figures."""
    table = f"X | 2025 | 2026\nOne | 1.0 | 2.0\n{label} | 1.0 | 2.0\nTwo | 3.0 | 4.0\n"
    return table_of(table, MONEY, language).rows[1]


@pytest.mark.parametrize(
    ("text", "marker", "label"),
    [
        ("A. Executive direction", "A", "Executive direction"),
        ("A.Executive direction", "A", "Executive direction"),
        ("1. Policy analysis", "1", "Policy analysis"),
        ("12. Policy analysis", "12", "Policy analysis"),
        ("(1) Regular budget", "1", "Regular budget"),
        ("(a) Travel", "a", "Travel"),
        ("(iv) Travel", "iv", "Travel"),
        ("IV. Programme support", "IV", "Programme support"),
        ("29E. Administration, Geneva", "29E", "Administration, Geneva"),
        ("1.5 degrees", "", "1.5 degrees"),
        ("Posts", "", "Posts"),
        ("P-4", "", "P-4"),
        ("Travel of staff", "", "Travel of staff"),
    ],
)
def test_a_label_is_taken_apart(text: str, marker: str, label: str) -> None:
    found = row(text)
    assert (found.marker, found.label) == (marker, label)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Total", "total"),
        ("TOTAL", "total"),
        ("Total:", "total"),
        ("Grand total", "total"),
        ("Total (1+2+3)", "total"),
        ("Total, 2026", "total"),
        ("Total (net of staff assessment)", "total"),
        ("Posts, total", "total"),
        ("Subtotal", "subtotal"),
        ("Sub-total", "subtotal"),
        ("Subtotal, B", "subtotal"),
        ("Subtotal (1)", "subtotal"),
        ("Of which: overtime", "memo"),
        ("of which non-recurrent", "memo"),
        ("Including overtime", "memo"),
        ("Vacancy rate (percentage)", "memo"),
        ("Totally new mandates", "item"),
        ("Subtotals of interest to nobody else", "subtotal"),
        ("Inclusion of persons with disabilities", "item"),
        ("Travel of staff", "item"),
        ("A. Executive direction", "item"),
    ],
)
def test_words_tell_totals_from_items(text: str, role: str) -> None:
    assert row(text).role.value == role


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Subtotal, B", "B"),
        ("Subtotal B", "B"),
        ("Subtotal (B)", "B"),
        ("Subtotal, 1", "1"),
        ("Subtotal (2)", "2"),
        ("Subtotal, category I", "I"),
        ("Subtotal", ""),
        ("Subtotal, programme of work", ""),
    ],
)
def test_a_subtotal_may_say_what_it_adds_up(text: str, reference: str) -> None:
    assert row(text).reference == reference


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("P-4", "P-4"),
        ("P-2/1", "P-2/1"),
        ("P-2", "P-2/1"),
        ("D-1", "D-1"),
        ("USG", "USG"),
        ("GS (OL)", "GS (OL)"),
        ("GS(OL)", "GS (OL)"),
        ("General Service (Other level)", "GS (OL)"),
        ("Field Service", "FS"),
        ("Posts", ""),
        ("P-4 to P-5", ""),
    ],
)
def test_a_row_of_posts_has_a_grade(text: str, grade: str) -> None:
    assert row(text).grade == grade


@pytest.mark.parametrize(
    ("text", "role", "reference"),
    [
        ("共计", "total", ""),
        ("总计", "total", ""),
        ("合计：", "total", ""),
        ("员额资源共计", "total", ""),
        ("小计", "subtotal", ""),
        ("小计(B)", "subtotal", "B"),
        ("小计(1)", "subtotal", "1"),
        ("其中：差旅", "memo", ""),
        ("空缺率", "memo", ""),
        ("A. 行政领导和管理", "item", ""),
        ("一般事务及有关职类", "item", ""),
    ],
)
def test_rows_in_chinese(text: str, role: str, reference: str) -> None:
    found = row(text, "zh")
    assert (found.role.value, found.reference) == (role, reference)


def test_a_row_without_figures_is_a_heading_and_an_empty_one_a_spacer() -> None:
    table = "X | 2025\nA. One | \nPosts | 1.0\n | \nB. Two | n/a\nTravel | –\n | 5.0\n | 0.0\n"
    found = table_of(table, MONEY)
    assert [(r.label, r.role.value) for r in found.rows] == [
        ("One", "heading"),
        ("Posts", "item"),
        ("", "spacer"),
        ("Two", "heading"),
        ("Travel", "item"),
        ("", "item"),
        ("", "spacer"),  # what a formula left over in a blank row
    ]


def test_a_deeper_row_is_indented_or_has_a_lesser_marker() -> None:
    labels = (("A. One", 0), ("1. Two", 0), ("(a) Three", 0), ("Four", 1), ("Five", 2))
    rows = (
        (Cell("X", 0, 0), Cell("2025", 0, 1)),
        *(
            (Cell(text, at, 0, indent=indent), Cell("1.0", at, 1))
            for at, (text, indent) in enumerate(labels, 1)
        ),
    )
    (found,) = understand(Document("a.docx", blocks=(Table(rows, 2),))).tables
    depths = [r.depth for r in found.rows]
    assert depths == sorted(set(depths))


def test_grades_are_told_apart_from_their_categories() -> None:
    table = "Grade | 2025\nProfessional and higher | \nD-1 | 2\nP-5 | 3\nSubtotal | 5\n"
    found = table_of(table, POSTS)
    assert [(r.role.value, r.grade) for r in found.rows] == [
        ("heading", ""),
        ("item", "D-1"),
        ("item", "P-5"),
        ("subtotal", ""),
    ]


def test_a_rate_in_a_label_may_say_how_an_amount_was_reckoned() -> None:
    """Support cost at a rate is an addend; a row of rates is none."""
    table = """
    Poste               |   2031 |   2032
    Pompes              | 41 200 | 43 750
    Tuyaux              | 18 430 | 17 915
    Frais d'appui (8 %) |  4 770 |  4 933
    Total               | 64 400 | 66 598
    Part de 8 % ou plus |   71.4 |   69.3
    """
    found = table_of(table, language="fr")
    assert [row.role for row in found.rows][2:] == [RowRole.ITEM, RowRole.TOTAL, RowRole.MEMO]
    assert [len(footing.parts) for footing in found.footings] == [3]


@pytest.mark.parametrize(
    ("mark", "label", "read"),
    [
        ("2.", "Harbour board", ("2", "Harbour board")),
        ("(a)", "Travel of pilots", ("a", "Travel of pilots")),
        ("IV.", "Office of the pilot", ("IV", "Office of the pilot")),
        ("", "Total", ("", "Total")),
        ("Posts", "Harbour board", ("", "Posts")),
    ],
)
def test_a_marker_in_a_column_of_its_own_belongs_to_the_label_beside_it(
    mark: str, label: str, read: tuple[str, str]
) -> None:
    table = f"""
    | | 2030 approved | 2031 estimate
    1. | General assembly | 10.5 | 12.5
    {mark} | {label} | 7.5 | 8.5
    (b) | Customs | 2.5 | 3.5
    """
    found = table_of(table, MONEY).rows[1]
    assert (found.marker, found.label) == read


@pytest.mark.parametrize(
    ("language", "codes", "labels"),
    [
        ("en", ("1.1", "1.2", ""), ("Piped water", "Tank lorries", "Total")),
        ("fr", ("011", "6042", ""), ("Charges à caractère général", "Achats", "Total")),
        ("es", ("20", "21", ""), ("Arrendamientos", "Reparaciones", "Total")),
        ("ru", ("00010102", "00010601", ""), ("Налог на доходы", "Прочие налоги", "Всего")),
        ("zh", ("20502", "20508", ""), ("普通教育", "进修及培训", "合计")),
        ("ar", ("211", "212", ""), ("الرواتب", "الضمان الاجتماعي", "المجموع")),
    ],
)
def test_a_code_stands_before_the_label_that_it_belongs_to(
    language: str, codes: tuple[str, ...], labels: tuple[str, ...]
) -> None:
    figures = ((41, 57), (12, 13), (53, 70))
    lines = [
        f"{code} | {label} | {one} | {two}"
        for code, label, (one, two) in zip(codes, labels, figures, strict=True)
    ]
    found = table_of("\n".join(["No. | | 2030 | 2031", *lines]), language=language)
    assert tuple((row.code, row.label) for row in found.rows) == tuple(
        zip(codes, labels, strict=True)
    )
    assert found.rows[2].role is RowRole.TOTAL


def test_a_grade_or_a_code_without_words_beside_it_is_the_label() -> None:
    found = table_of("Grade | Title | 2030\nD-1 | Director | 2\nP-5 | Adviser | 3\n", POSTS)
    assert [row.label for row in found.rows] == ["D-1", "P-5"]
    found = table_of("Year | 2030 | Remark\n1998 | 41 | \n1999 | 12 | revised\n")
    assert [row.label for row in found.rows] == ["1998", "1999"]

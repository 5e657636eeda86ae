"""Figures that an edit forgot: named with what they depend on, and nothing else is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.compare.drafts import HARBOUR, OFFICES, Draft, edit_of, edit_of_bytes
from unbudget_check.model.comparison import Dependence, Edit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.compare.drafts import Rows


def left(edit: Edit) -> set[tuple[Dependence, str | None, str | None, str, Decimal | None]]:
    """The forgotten figures: how they depend, row, column, as printed, what they should be."""
    return {
        (each.kind, each.where.row, each.where.column, each.printed, each.expected)
        for each in edit.left
    }


def test_a_total_that_was_left_is_named_with_its_part() -> None:
    edit = edit_of(OFFICES, OFFICES.with_cell(0, "Dredging", 2, "2 461.7"))
    total = Dependence.TOTAL, "Total", "2025 approved", "4 905.3", Decimal("4906.3")
    assert left(edit) == {total}
    (part,) = edit.left[0].changes
    assert (part.where.row, part.before, part.now) == ("Dredging", "2 460.7", "2 461.7")


def test_an_edit_that_was_carried_through_forgot_nothing() -> None:
    draft = OFFICES.with_cell(0, "Dredging", 2, "2 461.7").with_cell(0, "Total", 2, "4 906.3")
    assert not edit_of(OFFICES, draft).left


def test_a_sentence_that_was_left_is_named(project: Path) -> None:
    old = (project / "sample_data/clean/web-page/section-40.html").read_bytes()
    assert old.count(b"to $1,290,700 and") == 1
    alone = edit_of_bytes(old, old.replace(b"to $1,290,700 and", b"to $1,390,700 and"), "a.html")
    assert {each.kind for each in alone.left} == {Dependence.REPEATED}
    assert [each.now for each in alone.changes] == ["$1,390,700"]
    # The text counts dollars, the tables thousands: no table prints 1 390.700.
    assert {str(each.expected) for each in alone.left} == {"1390.7"}
    rest = old.replace(b"1&nbsp;290.7", b"1&nbsp;390.7")
    direct = [each for each in edit_of_bytes(old, rest, "a.html").left if not each.is_indirect]
    forgotten = [each for each in direct if each.where.paragraph]
    assert [(each.kind, each.where.paragraph, each.printed) for each in forgotten] == [
        (Dependence.SENTENCE, "40.22", "$1,290,700")
    ]
    assert forgotten[0].expected == 1_390_700


PORT = Draft(
    (
        (
            "Table 1. Port office: resources (Thousands of dollars)",
            (
                HARBOUR[0],
                ("A. Harbour", "", "", ""),
                *HARBOUR[1:4],
                ("Subtotal, A", "4 479.9", "4 582.9", "4 712.1"),
                ("B. Market", "", "", ""),
                ("Stalls", "143.2", "151.9", "166.0"),
                ("Weighing house", "88.7", "90.1", "93.6"),
                ("Subtotal, B", "231.9", "242.0", "259.6"),
                ("Total", "4 711.8", "4 824.9", "4 971.7"),
            ),
        ),
    )
)


def test_what_depends_on_a_forgotten_total_is_named_up_to_the_grand_total() -> None:
    edit = edit_of(PORT, PORT.with_cell(0, "Dredging", 3, "2 508.9"))
    found = [(each.is_indirect, each.where.row, each.stated, each.expected) for each in edit.left]
    assert found == [
        (False, "Subtotal, A", Decimal("4712.1"), Decimal("4722.1")),
        (True, "Total", Decimal("4971.7"), Decimal("4981.7")),
    ]
    assert edit.left[1].changes == edit.left[0].changes


def test_two_forgotten_subtotals_move_one_grand_total() -> None:
    both = PORT.with_cell(0, "Dredging", 3, "2 508.9").with_cell(0, "Stalls", 3, "167.0")
    (total,) = [each for each in edit_of(PORT, both).left if each.is_indirect]
    assert (total.where.row, total.expected) == ("Total", Decimal("4982.7"))
    assert [each.now for each in total.changes] == ["2 508.9", "167.0"]


def test_a_grand_total_that_was_carried_through_follows_nothing() -> None:
    """The subtotal alone was forgotten: what is above it says so already."""
    draft = PORT.with_cell(0, "Dredging", 3, "2 508.9").with_cell(0, "Total", 3, "4 981.7")
    assert not [each for each in edit_of(PORT, draft).left if each.is_indirect]


def test_what_follows_reaches_sentences_and_other_tables(project: Path) -> None:
    old = (project / "sample_data/clean/web-page/section-40.html").read_bytes()
    edited = old.replace(b"<td>7.5<", b"<td>8.5<", 1)
    found = edit_of_bytes(old, edited, "a.html").left
    indirect = [each for each in found if each.is_indirect]
    said = {each.where.paragraph: each.printed for each in indirect if each.where.paragraph}
    assert said["40.30"] == "net increase of $124,500"
    assert {"40.6", "40.13"} <= {each.where.table for each in indirect}


def test_a_total_that_changed_alone_is_named() -> None:
    draft = replace(OFFICES, sentences=()).with_cell(0, "Total", 2, "4 950.3")
    edit = edit_of(replace(OFFICES, sentences=()), draft)
    parts = Dependence.PARTS, "Total", "2025 approved", "4 950.3", Decimal("4905.3")
    assert left(edit) == {parts}


def test_a_row_that_was_put_in_without_its_total() -> None:
    new = ("Ropes", "10.0", "20.0", "30.0")
    edit = edit_of(OFFICES, OFFICES.with_rows(0, lambda rows: [*rows[:2], new, *rows[2:]]))
    assert {each[1:] for each in left(edit) if each[0] is Dependence.TOTAL} == {
        ("Total", "2024 expenditure", "4 797.5", Decimal("4807.5")),
        ("Total", "2025 approved", "4 905.3", Decimal("4925.3")),
        ("Total", "2026 estimate", "5 041.4", Decimal("5071.4")),
    }


@pytest.mark.parametrize("at", [1, 2, 5])
def test_a_row_may_be_put_in_at_either_end(at: int) -> None:
    new = ("Ropes", "10.0", "20.0", "30.0")
    edit = edit_of(OFFICES, OFFICES.with_rows(0, lambda rows: [*rows[:at], new, *rows[at:]]))
    assert [each.expected for each in edit.left] == [
        Decimal("4807.5"),
        Decimal("4925.3"),
        Decimal("5071.4"),
    ]


def test_rows_that_share_out_another_one_leave_the_total_right() -> None:
    def split(rows: Rows) -> Sequence[tuple[str, ...]]:
        halves = (
            ("Dredging", "2 000.0", "2 000.0", "2 000.0"),
            ("Barges", "415.1", "460.7", "498.9"),
        )
        return [*rows[:3], *halves, *rows[4:]]

    assert not edit_of(OFFICES, OFFICES.with_rows(0, split)).left


def test_a_row_below_the_total_is_none_of_its_parts() -> None:
    new = ("Staff on loan", "10.0", "20.0", "30.0")
    assert not edit_of(OFFICES, OFFICES.with_rows(0, lambda rows: [*rows, new])).left


def test_a_row_that_was_taken_out_without_its_total() -> None:
    edit = edit_of(OFFICES, OFFICES.with_rows(0, lambda rows: [*rows[:4], *rows[5:]]))
    assert {each[1:] for each in left(edit)} == {
        ("Total", "2024 expenditure", "4 797.5", Decimal("4479.9")),
        ("Total", "2025 approved", "4 905.3", Decimal("4582.9")),
        ("Total", "2026 estimate", "5 041.4", Decimal("4712.1")),
    }


def test_a_row_that_replaced_another_without_the_total() -> None:
    new = ("Ropes", "10.0", "20.0", "30.0")
    edit = edit_of(OFFICES, OFFICES.with_rows(0, lambda rows: [*rows[:2], new, *rows[3:]]))
    assert {each[1:] for each in left(edit) if each[0] is Dependence.TOTAL} == {
        ("Total", "2024 expenditure", "4 797.5", Decimal("3947.0")),
        ("Total", "2025 approved", "4 905.3", Decimal("4054.1")),
        ("Total", "2026 estimate", "5 041.4", Decimal("4168.6")),
    }
    assert {each.before for each in edit.left[0].changes} == {"", "860.5"}


def test_a_total_that_was_wrong_before_was_not_forgotten() -> None:
    wrong = OFFICES.with_cell(0, "Total", 2, "4 915.3")
    assert not edit_of(wrong, wrong.with_cell(0, "Dredging", 2, "2 461.7")).left


def test_changes_that_cancel_out_forgot_nothing() -> None:
    draft = OFFICES.with_cell(0, "Dredging", 2, "2 461.7")
    assert not edit_of(OFFICES, draft.with_cell(0, "Signal station", 2, "321.4")).left


VARIANCE = Draft(
    (
        (
            "Table 1. Resources (Thousands of dollars)",
            (
                ("Item", "2025 approved", "Change", "Percentage", "2026 estimate"),
                ("Posts", "1 200.0", "60.0", "5.0", "1 260.0"),
                ("Travel", "300.0", "(45.0)", "(15.0)", "255.0"),
                ("Supplies", "80.0", "10.0", "12.5", "90.0"),
                ("Rent", "460.0", "23.0", "5.0", "483.0"),
                ("Total", "2 040.0", "48.0", "2.4", "2 088.0"),
            ),
        ),
    )
)


def test_a_percentage_that_was_left_is_named() -> None:
    draft = VARIANCE
    for label, column, text in (
        ("Travel", 2, "(15.0)"),
        ("Travel", 4, "285.0"),
        ("Total", 2, "78.0"),
        ("Total", 4, "2 118.0"),
        ("Total", 3, "3.8"),
    ):
        draft = draft.with_cell(0, label, column, text)
    percentage = Dependence.PERCENTAGE, "Travel", "Percentage", "(15.0)", Decimal("-5.0")
    assert left(edit_of(VARIANCE, draft)) == {percentage}


def test_a_percentage_that_rounding_keeps_was_not_forgotten() -> None:
    draft = VARIANCE
    for label, column, text in (("Posts", 2, "60.1"), ("Posts", 4, "1 260.1")):
        draft = draft.with_cell(0, label, column, text)
    for label, column, text in (("Total", 2, "48.1"), ("Total", 4, "2 088.1")):
        draft = draft.with_cell(0, label, column, text)
    assert edit_of(VARIANCE, draft).left == ()


SMALL = (
    ("10.0", "14.0", "10.0", "11.0"),
    ("1.0", "2.5", "1.0", "2.0"),
    ("11.0", "16.5", "11.0", "13.0"),
)


@pytest.mark.parametrize(
    ("language", "item", "labels"),
    [
        ("en", "Item", ("Posts", "Travel", "Total")),
        ("fr", "Rubrique", ("Postes", "Voyages", "Total")),
        ("es", "Partida", ("Puestos", "Viajes", "Total")),
        ("ru", "Статья", ("Должности", "Поездки", "Всего")),
        ("zh", "项目", ("员额", "差旅", "共计")),
        ("ar", "البند", ("الوظائف", "السفر", "المجموع")),
    ],
)
def test_it_speaks_of_tables_in_every_language(
    language: str, item: str, labels: tuple[str, ...]
) -> None:
    """Half of the totals are broken: the old version alone says what the table adds up."""
    lines = [(label, *line) for label, line in zip(labels, SMALL, strict=True)]
    rows = ((item, "2023", "2024", "2025", "2026"), *lines)
    draft = Draft((("", rows),), language=language)
    later = draft.with_cell(0, labels[0], 1, "19.0").with_cell(0, labels[1], 2, "8.5")
    assert left(edit_of(draft, later)) == {
        (Dependence.TOTAL, labels[2], "2023", "11.0", Decimal("20.0")),
        (Dependence.TOTAL, labels[2], "2024", "16.5", Decimal("22.5")),
    }


def test_the_same_document_forgot_nothing_though_it_is_wrong() -> None:
    wrong = Draft((("Table 1. Harbour", (*HARBOUR[:-1], ("Total", "1.0", "2.0", "3.0"))),))
    assert edit_of(wrong, wrong) == Edit()

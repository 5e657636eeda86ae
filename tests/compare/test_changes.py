"""What an edit did to the figures: each change told once, by what it is called, wherever it is."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compare.drafts import HARBOUR, OFFICES, Draft, Rows, edit_of, edit_of_bytes, told
from tests.readers.word_file import cell, paragraph, row, run, table, word_file
from unbudget_check.model.comparison import ChangeKind, Edit, Layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from unbudget_check.model.comparison import Change

NO_CHANGE = Edit()


def test_a_document_is_not_changed_beside_itself() -> None:
    assert edit_of(OFFICES, OFFICES) == NO_CHANGE


def test_a_changed_figure_is_told_once_with_what_it_was() -> None:
    edit = edit_of(OFFICES, OFFICES.with_cell(0, "Dredging", 2, "2 461.7"))
    assert told(edit) == {("Dredging", "2025 approved", "2 460.7", "2 461.7")}
    assert str(edit.changes[0].difference) == "1.0"
    assert (edit.changed, edit.added, edit.removed, edit.layout) == (1, 0, 0, ())


def test_another_way_to_print_a_figure_is_no_change() -> None:
    assert edit_of(OFFICES, OFFICES.with_cell(0, "Dredging", 2, "2,460.70")) == NO_CHANGE


def inserted(rows: Rows) -> Sequence[tuple[str, ...]]:
    return [*rows[:2], ("Ropes", "10.0", "20.0", "30.0"), *rows[2:]]


def test_a_row_that_was_put_in_changes_nothing_else() -> None:
    edit = edit_of(OFFICES, OFFICES.with_rows(0, inserted))
    assert (edit.changes, edit.added, edit.removed) == ((), 3, 0)
    assert [(each.kind, each.what, each.where.row) for each in edit.layout] == [
        (ChangeKind.ADDED, Layout.ROW, "Ropes")
    ]


def test_a_row_that_was_taken_out_changes_nothing_else() -> None:
    edit = edit_of(OFFICES.with_rows(0, inserted), OFFICES)
    assert (edit.changes, edit.added, edit.removed) == ((), 0, 3)
    assert [(each.kind, each.where.row) for each in edit.layout] == [(ChangeKind.REMOVED, "Ropes")]


def test_a_renamed_row_is_the_same_row() -> None:
    edit = edit_of(OFFICES, OFFICES.with_cell(0, "Dredging", 0, "Clearing of the channel"))
    assert (edit.changes, edit.added, edit.removed) == ((), 0, 0)
    (renamed,) = edit.layout
    assert (renamed.where.row, renamed.before) == ("Clearing of the channel", "Dredging")


def test_a_renamed_row_of_which_a_figure_changed_is_the_same_row() -> None:
    draft = OFFICES.with_cell(0, "Dredging", 2, "2 461.7")
    edit = edit_of(OFFICES, draft.with_cell(0, "Dredging", 0, "Clearing of the channel"))
    assert told(edit) == {("Clearing of the channel", "2025 approved", "2 460.7", "2 461.7")}


def test_a_column_that_was_put_in_changes_nothing_else() -> None:
    def wider(rows: Rows) -> Sequence[tuple[str, ...]]:
        news = ("2027 plan", "1 340.1", "915.2", "2 510.0", "335.5", "5 100.8")
        return [(*each[:2], new, *each[2:]) for each, new in zip(rows, news, strict=True)]

    edit = edit_of(OFFICES, OFFICES.with_rows(0, wider))
    assert (edit.changes, edit.added, edit.removed) == ((), 5, 0)
    assert [(each.kind, each.what, each.where.column) for each in edit.layout] == [
        (ChangeKind.ADDED, Layout.COLUMN, "2027 plan")
    ]


def test_a_column_with_another_heading_is_the_same_column() -> None:
    edit = edit_of(OFFICES, OFFICES.with_cell(0, "Item", 1, "Spent in 2024"))
    assert (edit.changes, edit.added, edit.removed) == ((), 0, 0)
    assert [(each.kind, each.what, each.before) for each in edit.layout] == [
        (ChangeKind.RENAMED, Layout.COLUMN, "2024 expenditure")
    ]


def test_tables_that_moved_are_the_same_tables() -> None:
    assert edit_of(OFFICES, replace(OFFICES, tables=OFFICES.tables[::-1])) == NO_CHANGE


def test_a_table_that_was_put_in_before_others_moves_their_numbers_only() -> None:
    new = ("Table 1. Ferry office: resources (Thousands of dollars)", FERRY)
    harbour, market = OFFICES.tables
    moved = (
        new,
        (harbour[0].replace("Table 1", "Table 2"), harbour[1]),
        (market[0].replace("Table 2", "Table 3"), market[1]),
    )
    edit = edit_of(replace(OFFICES, sentences=()), replace(OFFICES, sentences=(), tables=moved))
    assert (edit.changes, edit.added, edit.removed) == ((), 9, 0)
    assert [(each.kind, each.where.table, each.before) for each in edit.layout] == [
        (ChangeKind.ADDED, "1", ""),
        (ChangeKind.RENAMED, "2", "1"),
        (ChangeKind.RENAMED, "3", "2"),
    ]


FERRY: Rows = (
    ("Item", "2024 expenditure", "2025 approved", "2026 estimate"),
    ("Ferries", "512.4", "520.8", "533.1"),
    ("Jetties", "74.0", "75.5", "79.2"),
    ("Total", "586.4", "596.3", "612.3"),
)


def test_a_table_in_the_place_of_another_is_another_table() -> None:
    ferry = ("Table 2. Ferry office: resources (Thousands of dollars)", FERRY)
    edit = edit_of(OFFICES, replace(OFFICES, tables=(OFFICES.tables[0], ferry)))
    assert (edit.changes, edit.added, edit.removed) == ((), 9, 12)
    assert {(each.kind, each.what) for each in edit.layout} == {
        (ChangeKind.ADDED, Layout.TABLE),
        (ChangeKind.REMOVED, Layout.TABLE),
    }


def test_rows_of_one_label_are_told_apart_by_their_headings() -> None:
    rows: Rows = (
        ("Item", "2025", "2026"),
        ("Harbour", "", ""),
        ("Rent", "120.5", "125.5"),
        ("Paint", "12.3", "14.7"),
        ("Total", "132.8", "140.2"),
        ("Market", "", ""),
        ("Rent", "80.0", "82.1"),
        ("Boats", "20.0", "21.0"),
        ("Total", "100.0", "103.1"),
    )
    draft = Draft((("Table 1. Offices", rows),))
    later = draft.with_rows(0, lambda all_rows: [all_rows[0], *all_rows[5:], *all_rows[1:5]])
    assert not edit_of(draft, later).changes
    swapped = [*rows[:6], ("Rent", "81.0", "82.1"), *rows[7:]]
    edit = edit_of(draft, draft.with_rows(0, lambda _: swapped))
    assert told(edit) == {("Rent", "2025", "80.0", "81.0")}


def test_a_cell_that_was_filled_or_emptied_is_a_change() -> None:
    edit = edit_of(OFFICES.with_cell(0, "Dredging", 1, ""), OFFICES)
    assert told(edit) == {("Dredging", "2024 expenditure", "", "2 415.1")}
    edit = edit_of(OFFICES, OFFICES.with_cell(0, "Dredging", 1, ""))
    assert told(edit) == {("Dredging", "2024 expenditure", "2 415.1", "")}


@pytest.mark.parametrize(
    "sentence",
    [
        "The resources proposed for the harbour office in 2026 amount to $5,141,400 (see table 1).",
        "For 2026, the resources proposed for the harbour office amount to $5,141,400 (table 1).",
    ],
)
def test_a_figure_of_a_sentence_is_known_by_the_words_around_it(sentence: str) -> None:
    new = replace(OFFICES, sentences=(*OFFICES.sentences[1:], sentence))
    ((_, _, before, now),) = told(edit_of(OFFICES, new))
    assert ("5,041,400" in before, "5,141,400" in now) == (True, True)


def word(rows: Rows) -> bytes:
    lines = (row(*(cell(paragraph(run(text))) for text in each)) for each in rows)
    return word_file(paragraph(run("Table 1")) + table(*lines))


def csv(rows: Rows) -> bytes:
    return "\n".join(";".join(each) for each in rows).encode()


@pytest.mark.parametrize(("name", "written"), [("a.docx", word), ("a.csv", csv)])
def test_every_format_is_compared_alike(name: str, written: object) -> None:
    assert callable(written)
    edited = [
        each if each[0] != "Dredging" else (*each[:3], "2 500.0") for each in inserted(HARBOUR)
    ]
    edit = edit_of_bytes(written(HARBOUR), written(tuple(edited)), name)
    assert told(edit) == {("Dredging", "2026 estimate", "2 498.9", "2 500.0")}
    assert edit.added == 3


FIGURES = st.integers(10, 99_999).map(lambda units: f"{units // 10}.{units % 10}")
LABELS = st.lists(
    st.sampled_from(["Rope", "Paint", "Coal", "Sails", "Tar", "Oars", "Bells", "Maps", "Lamps"]),
    min_size=3,
    max_size=7,
    unique=True,
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Two or three tables with different labels and figures of their own."""
    tables = []
    for number in range(draw(st.integers(2, 3))):
        names = draw(LABELS)
        rows: list[tuple[str, ...]] = [("Item", "2025", "2026", "2027")]
        rows += [(name, *(draw(FIGURES) for _ in range(3))) for name in names]
        tables.append((f"Table {number + 1}. Stores of ship {number + 1}", tuple(rows)))
    return Draft(tuple(tables))


def with_slips(draft: Draft, seed: int) -> Draft:
    """Some cells changed, a row put in and a row taken out."""
    rng = random.Random(seed)
    for _ in range(rng.randrange(4)):
        table = rng.randrange(len(draft.tables))
        label = rng.choice(draft.tables[table][1][1:])[0]
        draft = draft.with_cell(table, label, rng.randrange(1, 4), f"{rng.randrange(10, 9999)}.5")
    if rng.random() < 0.5:
        new = ("Anchors", *(f"{rng.randrange(10, 9999)}.7" for _ in range(3)))
        draft = draft.with_rows(0, lambda rows: [rows[0], new, *rows[1:]])
    return draft


@settings(max_examples=25)
@given(drafts(), st.integers(0, 1000))
def test_backwards_is_the_mirror_of_forwards(draft: Draft, seed: int) -> None:
    other = with_slips(draft, seed)
    there, back = edit_of(draft, other), edit_of(other, draft)
    assert told(there) == {(row, column, old, new) for row, column, new, old in told(back)}
    assert (there.changed, there.added, there.removed) == (back.changed, back.removed, back.added)


@settings(max_examples=25)
@given(drafts(), st.randoms())
def test_the_order_of_tables_and_rows_says_nothing(draft: Draft, rng: random.Random) -> None:
    tables = []
    for caption, (head, *rows) in draft.tables:
        rng.shuffle(rows)
        tables.append((caption, (head, *rows)))
    rng.shuffle(tables)
    edit = edit_of(draft, replace(draft, tables=tuple(tables)))
    assert (edit.changes, edit.added, edit.removed) == ((), 0, 0)


@settings(max_examples=25)
@given(drafts(), st.integers(1, 3), st.data())
def test_one_changed_cell_is_one_change(draft: Draft, column: int, data: st.DataObject) -> None:
    table = data.draw(st.integers(0, len(draft.tables) - 1))
    line = data.draw(st.sampled_from(draft.tables[table][1][1:]))
    edit = edit_of(draft, draft.with_cell(table, line[0], column, "123456.5"))
    assert told(edit) == {(line[0], f"{2024 + column}", line[column], "123456.5")}
    assert (edit.added, edit.removed, edit.layout) == (0, 0, ())


@pytest.mark.parametrize(
    ("kind", "name"),
    [("word", "section-40.docx"), ("web-page", "section-40.html"), ("pdf", "section-40.pdf")],
)
def test_every_slip_of_a_sample_is_told_once(project: Path, kind: str, name: str) -> None:
    old, new = ((project / "sample_data" / each / kind / name) for each in ("clean", "broken"))
    edit = edit_of_bytes(old.read_bytes(), new.read_bytes(), name)
    assert {place_and_texts(each) for each in edit.changes} == {
        ("40.1", "15", "16"),
        ("40.3", "1 790.5", "1 970.5"),
        ("40.4", "10", "9"),
        ("40.6", "30.8", "–"),
        ("40.6", "12.0", "21.0"),
        ("40.6", "(35.0)", "35.0"),
        ("40.6", "18 689.4", "18 869.4"),
        ("40.7", "2", "–"),
        ("40.11", "4 002.5", "4 020.5"),
        ("40.13", "net increase of $16,600", "net decrease of $16,600"),
        ("40.25", "22", "21"),
        ("40.27", "$3,751,200", "$3,715,200"),
    }
    assert (edit.changed, edit.added, edit.removed, edit.layout) == (12, 0, 0, ())


def place_and_texts(change: Change) -> tuple[str | None, str, str]:
    return change.where.table or change.where.paragraph, change.before, change.now

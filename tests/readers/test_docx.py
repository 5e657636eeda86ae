"""Word documents as an editor sees them: text, merged cells, boxes, marks, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readers.drawing import cell_at, draw, tables
from tests.readers.word_file import (
    RAISED,
    cell,
    control,
    paragraph,
    part,
    row,
    run,
    span,
    table,
    text_box,
    word_file,
)
from unbudget_check.readers.docx.document import read
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from unbudget_check.model.document import Document

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read_body(body: str) -> Document:
    return read(Source("a.docx", word_file(body)))


def drawn(body: str) -> list[str]:
    return draw(read_body(body))


def test_paragraphs_and_tables_come_in_reading_order() -> None:
    body = paragraph("Table 1") + table(row("Posts", "1.0")) + paragraph("After")
    assert drawn(body) == ["Table 1", "== 2 columns", "Posts|1.0", "After"]


def test_runs_join_and_empty_paragraphs_are_left_out() -> None:
    body = paragraph(run("Re"), run("sources"), run(" of 2026")) + paragraph("") + paragraph(" ")
    assert drawn(body) == ["Resources of 2026"]


def test_every_cell_has_its_place_and_address() -> None:
    (found,) = tables(read_body(paragraph("x") + table(row("a", "b"), row("c", "d"))))
    places = [(c.text, c.row, c.column, c.address) for each in found.rows for c in each]
    assert [place[:3] for place in places] == [
        ("a", 0, 0),
        ("b", 0, 1),
        ("c", 1, 0),
        ("d", 1, 1),
    ]
    assert len({address for *_, address in places}) == 4
    assert all(address.startswith(found.address) for *_, address in places)


def test_cells_over_several_columns() -> None:
    rows = (
        row(cell("Item"), cell("Changes", settings=span(3)), "2026"),
        row("Posts", "1", "2", "3", "4"),
    )
    assert drawn(table(*rows)) == ["== 5 columns", "Item|Changes[1x3]|2026", "Posts|1|2|3|4"]
    (found,) = tables(read_body(table(*rows)))
    assert [c.column for c in found.rows[0]] == [0, 1, 4]


def test_cells_over_several_rows() -> None:
    rows = (
        row(cell("Item", settings=RESTART), "2025", "2026"),
        row(cell("", settings=CONTINUE), "approved", "proposed"),
        row(cell("", settings=CONTINUE), "(1)", "(2)"),
        row("Posts", "1", "2"),
    )
    assert drawn(table(*rows)) == [
        "== 3 columns",
        "Item[3x1]|2025|2026",
        "approved|proposed",
        "(1)|(2)",
        "Posts|1|2",
    ]


def test_cells_over_rows_and_columns() -> None:
    both = span(2)
    rows = (
        row("Item", cell("Changes", settings=both + RESTART), "Total"),
        row("", cell("", settings=both + CONTINUE), "2026"),
        row("Posts", "1", "2", "3"),
    )
    assert drawn(table(*rows)) == [
        "== 4 columns",
        "Item|Changes[2x2]|Total",
        "|2026",
        "Posts|1|2|3",
    ]
    (found,) = tables(read_body(table(*rows)))
    assert [c.column for c in found.rows[1]] == [0, 3]


def test_a_merge_that_goes_on_from_nothing_is_a_cell() -> None:
    rows = (row("a", "b"), row(cell("c", settings=CONTINUE), "d"))
    assert drawn(table(*rows)) == ["== 2 columns", "a|b", "c|d"]


def test_a_second_merge_begins_below_the_first() -> None:
    rows = (
        row(cell("One", settings=RESTART), "1"),
        row(cell("", settings=CONTINUE), "2"),
        row(cell("Two", settings=RESTART), "3"),
        row(cell("", settings=CONTINUE), "4"),
    )
    assert drawn(table(*rows)) == ["== 2 columns", "One[2x1]|1", "2", "Two[2x1]|3", "4"]


def test_a_row_may_begin_further_right() -> None:
    rows = (row("Item", "2025", "2026"), row("8", settings='<w:gridBefore w:val="2"/>'))
    (found,) = tables(read_body(table(*rows)))
    assert cell_at(found, 1, 2).text == "8"


@pytest.mark.parametrize(
    "body",
    [
        control(table(row("Posts", "1.0"))),
        table(control(row("Posts", "1.0"))),
        table(row("Posts", control(cell("1.0")))),
        table(row("Posts", cell(control(paragraph("1.0"))))),
        table(row("Posts", cell(paragraph(control(run("1.0")))))),
        control(control(table(control(row(control(cell("Posts")), "1.0"))))),
        f"<w:customXml>{table(row('Posts', '1.0'))}</w:customXml>",
        table(row("Posts", cell(paragraph(f"<w:smartTag>{run('1.0')}</w:smartTag>")))),
        table(row("Posts", cell(paragraph(f"<w:hyperlink>{run('1.0')}</w:hyperlink>")))),
        table(row("Posts", cell(paragraph(f"<w:fldSimple>{run('1.0')}</w:fldSimple>")))),
    ],
)
def test_what_is_wrapped_is_read(body: str) -> None:
    assert drawn(body) == ["== 2 columns", "Posts|1.0"]


def test_nested_tables_follow_the_table_that_holds_them() -> None:
    inner = table(row("Travel", "2.0"))
    body = table(row("Posts", cell("see below", inner))) + paragraph("After")
    assert drawn(body) == [
        "== 2 columns",
        "Posts|see below",
        "== 2 columns",
        "Travel|2.0",
        "After",
    ]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    body = paragraph("Beside", text_box(paragraph("In the box"), paragraph("Second")))
    assert drawn(body) == ["Beside", "In the box", "Second"]


def test_a_text_box_in_a_text_box_is_read_once_after_its_paragraph() -> None:
    inner = paragraph("Outer", text_box(paragraph("Inner"), paragraph("Last")))
    body = paragraph("Beside", text_box(inner, paragraph("Second")))
    assert drawn(body) == ["Beside", "Outer", "Inner", "Last", "Second"]


def test_a_table_in_a_text_box_is_read_once() -> None:
    body = paragraph(text_box(table(row("Posts", "1.0"))))
    assert drawn(body) == ["== 2 columns", "Posts|1.0"]


def test_footnote_marks_are_told_apart_from_figures() -> None:
    texts = (cell(paragraph("25", run("a", RAISED))), cell(paragraph("Posts", run("b,c", RAISED))))
    (found,) = tables(read_body(table(row(*texts))))
    assert [(c.text, c.marks) for c in found.rows[0]] == [("25", "a"), ("Posts", "b,c")]


def test_a_mark_in_a_paragraph_stays_beside_its_word() -> None:
    assert drawn(paragraph("a", run("2", '<w:vertAlign w:val="subscript"/>'), "b")) == ["a2b"]
    assert drawn(paragraph("Posts", run("a", RAISED))) == ["Postsa"]


@pytest.mark.parametrize(
    ("settings", "text"),
    [("<w:vanish/>", "ac"), ('<w:vanish w:val="0"/>', "abc"), ('<w:vanish w:val="false"/>', "abc")],
)
def test_hidden_text_is_not_read(settings: str, text: str) -> None:
    assert drawn(paragraph("a", run("b", settings), "c")) == [text]


@pytest.mark.parametrize(
    ("carrier", "text"),
    [
        ("<w:tab/>", "a\tb"),
        ("<w:br/>", "a\nb"),
        ("<w:cr/>", "a\nb"),
        ("<w:noBreakHyphen/>", "a-b"),
        ("<w:softHyphen/>", "ab"),
        ('<w:sym w:font="Symbol" w:char="F02D"/>', "a-b"),
        ("<w:lastRenderedPageBreak/>", "ab"),
        ("<w:instrText>PAGE</w:instrText>", "ab"),
        ('<w:footnoteReference w:id="2"/>', "ab"),
    ],
)
def test_characters_that_are_elements(carrier: str, text: str) -> None:
    assert drawn(paragraph(f"<w:r><w:t>a</w:t>{carrier}<w:t>b</w:t></w:r>")) == [text]


def test_the_paragraphs_of_a_cell_are_its_rows_of_text() -> None:
    (found,) = tables(read_body(table(row(cell("Posts", "and others"), "1.0"))))
    assert found.rows[0][0].text == "Posts\nand others"


@pytest.mark.parametrize(
    ("settings", "indent"),
    [
        ("", 0),
        ('<w:ind w:left="280"/>', 1),
        ('<w:ind w:start="560"/>', 2),
        ('<w:ind w:hanging="280"/>', 0),
    ],
)
def test_labels_are_indented(settings: str, indent: int) -> None:
    label = cell(paragraph("Posts", settings=settings))
    (found,) = tables(read_body(table(row(label, "1.0"))))
    assert found.rows[0][0].indent == indent


def test_footnotes_come_last_and_separators_are_none() -> None:
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="-1">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("See A/80/6.")}</w:footnote>',
    )
    data = word_file(paragraph("Text"), parts={"word/footnotes.xml": notes})
    assert draw(read(Source("a.docx", data))) == ["Text", "See A/80/6."]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("A/80/6 (Sect. 29E)", "A/80/6 (Sect. 29E)"),
        ("A/80/6 (Sect. 3)/Add.6", "A/80/6 (Sect. 3)/Add.6"),
        ("E/CN.5/2025/4", "E/CN.5/2025/4"),
        ("Part VIII", None),
        ("25-01234", None),
    ],
)
def test_the_symbol_stands_in_the_page_headings(text: str, symbol: str | None) -> None:
    header = part("hdr", paragraph(text))
    data = word_file(paragraph("Text"), parts={"word/header2.xml": header})
    assert read(Source("a.docx", data)).symbol == symbol

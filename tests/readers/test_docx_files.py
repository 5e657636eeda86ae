"""Word files as other programs save them, and files that are no sound Word documents."""

from __future__ import annotations

import pytest

from tests.as_printed import MONEY
from tests.compose.archive import pack
from tests.readers.drawing import draw
from tests.readers.word_file import (
    MACRO_TYPE,
    STRICT,
    cell,
    paragraph,
    part,
    row,
    span,
    table,
    word_file,
)
from unbudget_check.engine import check
from unbudget_check.errors import UnreadableError
from unbudget_check.model.options import Wishes
from unbudget_check.readers.docx.document import read
from unbudget_check.readers.source import Source

BODY = paragraph("Table 1") + table(row("Posts", cell("1.0", settings=span(2))))
DRAWN = ["Table 1", "== 3 columns", "Posts|1.0[1x2]"]


@pytest.mark.parametrize(
    "data",
    [
        word_file(BODY, space=STRICT),
        word_file(BODY, kind=MACRO_TYPE),
        word_file(BODY, name="word/document2.xml"),
        word_file(BODY, name="text/main.xml"),
    ],
)
def test_documents_that_other_programs_save(data: bytes) -> None:
    assert draw(read(Source("a.docx", data))) == DRAWN


@pytest.mark.parametrize("prefix", ["x:", "ns0:", "W:"])
def test_any_prefix_may_stand_for_the_namespace(prefix: str) -> None:
    text = part("document", f"<w:body>{BODY}</w:body>").replace("xmlns:w=", f"xmlns:{prefix[:-1]}=")
    for before in ("<", "</", " "):
        text = text.replace(f"{before}w:", f"{before}{prefix}")
    data = word_file("", parts={"word/document.xml": text})
    assert draw(read(Source("a.docx", data))) == DRAWN


def test_the_namespace_may_be_the_default_one() -> None:
    text = part("document", f"<w:body>{paragraph('Table 1')}</w:body>").replace(
        "xmlns:w=", "xmlns="
    )
    text = text.replace("<w:", "<").replace("</w:", "</").replace(" w:val", " val")
    data = word_file("", parts={"word/document.xml": text})
    assert draw(read(Source("a.docx", data))) == DRAWN[:1]


FIGURES = (("Posts", "100.5", "110.2"), ("Travel", "20.1", "25.4"), ("Total", "120.6", "175.6"))


@pytest.mark.parametrize(
    ("heading", "drawn"),
    [
        ((cell("Item", settings=span(2)), "2025", "2026"), "Item|2025|2026"),
        ((cell("Item", settings=span(6)), "2025", "2026"), "Item|2025|2026"),
        (("Item", cell("2025", settings=span(5)), "2026"), "Item|2025|2026"),
        (("Item", cell("2025", settings=span(3)), cell("2026", settings=span(2))), None),
        (("", cell("Years", settings=span(4))), "|Years[1x2]"),
        ((cell("Item", settings=span(9)),), "Item[1x3]"),
    ],
)
def test_a_heading_that_is_too_wide_pushes_nothing_off_its_column(
    heading: tuple[str, ...], drawn: str | None
) -> None:
    data = word_file(table(row(*heading), *(row(*each) for each in FIGURES)))
    _, first, *rest = draw(read(Source("a.docx", data)))
    assert first == (drawn or "Item|2025|2026")
    assert rest == ["|".join(each) for each in FIGURES]
    (found,) = check(["a.docx"], Wishes(given={"a.docx": data})).documents
    assert (found.coverage.figures_read, [str(each.stated) for each in found.findings]) == (
        6,
        ["175.6"],
    )


def test_rows_of_another_grid_keep_their_merged_cells() -> None:
    """Two headings of the same width stand over columns that some rows leave out."""
    short = row("Posts", "1.0", settings='<w:gridAfter w:val="1"/>')
    data = word_file(
        table(row("Item", cell("Funds", settings=span(2))), *(short for _ in range(3)))
    )
    assert draw(read(Source("a.docx", data)))[1] == "Item|Funds[1x2]"


SOUND = word_file(BODY)
BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + part(
    "document", "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>"
)
CUT = part("document", f"<w:body>{BODY}</w:body>")[:-60]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (SOUND[:200], "is damaged or incomplete"),
        (SOUND[:-30], "is damaged or incomplete"),
        (pack({"notes.txt": "nothing"}), "not a Word document"),
        (pack({"xl/workbook.xml": "<workbook/>"}), "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old .doc file"),
        (b"Item,2026\n", "is not a Word or Excel file"),
        (b"%PDF-1.7 ", "is a PDF file"),
        (word_file("", parts={"word/document.xml": BOMB}), "contains a document type"),
        (
            word_file("", parts={"word/document.xml": CUT}),
            r"damaged \(part word/document\.xml",
        ),
        (word_file("", parts={"word/document.xml": ""}), r"damaged \(part word/document\.xml"),
        (word_file("", parts={"word/document.xml": part("document", "")}), "has no body"),
        (word_file(BODY, parts={"word/footnotes.xml": CUT}), r"\(part word/footnotes\.xml"),
    ],
)
def test_what_is_no_sound_document_says_why(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as raised:
        read(Source("folder/a.docx", data))
    assert "folder/a.docx" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["a.docx", "A.DOCX", "a.DocX", "a.docm", "A.DOCM"])
def test_the_ending_of_the_name_tells_the_format(name: str) -> None:
    rows = (row("Item", "2025", "2026"), row("Posts", "1.0", "2.0"), row("Total", "1.0", "3.0"))
    body = "".join(map(paragraph, MONEY)) + table(*rows)
    report = check([name], Wishes(given={name: word_file(body)}))
    assert [document.status for document in report.documents] == ["checked"]
    assert [finding.stated_text for finding in report.findings] == ["3.0"]


def test_a_table_of_ten_thousand_columns_is_checked_like_any_other() -> None:
    width = 10_000
    rows = [
        row(cell("Item"), cell("Figures", settings=span(width - 1))),
        *(row(*[label, *["1.5"] * (width - 1)]) for label in ("Posts", "Travel")),
        row("Total", *["3.0"] * (width - 1)),
    ]
    report = check(["a.docx"], Wishes(given={"a.docx": word_file(table(*rows))}))
    (document,) = report.documents
    assert document.status == "checked"
    assert document.coverage.figures_read == 3 * (width - 1)


@pytest.mark.parametrize(
    "settings", ['<w:gridSpan w:val="-3"/>', '<w:gridSpan w:val="x"/>', "<w:gridSpan/>"]
)
def test_a_damaged_setting_is_no_reason_to_stop(settings: str) -> None:
    data = word_file(table(row(cell("Posts", settings=settings), "1.0")))
    assert draw(read(Source("a.docx", data))) == ["== 2 columns", "Posts|1.0"]


def test_a_span_beyond_all_reason_is_bounded() -> None:
    data = word_file(table(row("Posts", cell("1.0", settings=span(10**9)))))
    assert read(Source("a.docx", data)).blocks

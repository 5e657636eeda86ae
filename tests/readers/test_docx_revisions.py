"""Tracked changes of Word documents: read as if accepted, or as the original stood."""

from __future__ import annotations

import pytest

from tests.readers.drawing import draw
from tests.readers.word_file import (
    SIGNED,
    cell,
    deleted,
    inserted,
    paragraph,
    row,
    run,
    table,
    word_file,
)
from unbudget_check.readers.docx.document import read
from unbudget_check.readers.source import ReadOptions, Source


def drawn(body: str, revisions: str = "accepted") -> list[str]:
    return draw(read(Source("a.docx", word_file(body), ReadOptions(revisions))))


@pytest.mark.parametrize(("revisions", "text"), [("accepted", "12.5"), ("original", "11.5")])
def test_runs_that_were_inserted_and_deleted(revisions: str, text: str) -> None:
    changed = paragraph("1", deleted("1"), inserted(run("2")), ".5")
    assert drawn(changed, revisions) == [text]
    cells = table(row("Posts", cell(changed)))
    assert drawn(cells, revisions) == ["== 2 columns", f"Posts|{text}"]


@pytest.mark.parametrize(("revisions", "text"), [("accepted", "ba"), ("original", "ab")])
def test_runs_that_were_moved(revisions: str, text: str) -> None:
    body = paragraph(
        f"<w:moveFrom {SIGNED}>{run('a')}</w:moveFrom>",
        "b",
        f"<w:moveTo {SIGNED}>{run('a')}</w:moveTo>",
    )
    assert drawn(body, revisions) == [text]


@pytest.mark.parametrize(("revisions", "kept"), [("accepted", "new"), ("original", "old")])
def test_rows_that_were_inserted_and_deleted(revisions: str, kept: str) -> None:
    body = table(
        row("Posts", "1"),
        row(cell(paragraph(inserted(run("new")))), "2", settings=f"<w:ins {SIGNED}/>"),
        row(cell(paragraph(deleted("old"))), "2", settings=f"<w:del {SIGNED}/>"),
    )
    assert drawn(body, revisions) == ["== 2 columns", "Posts|1", f"{kept}|2"]


@pytest.mark.parametrize(("revisions", "kept"), [("accepted", "1|3"), ("original", "1|2")])
def test_cells_that_were_inserted_and_deleted(revisions: str, kept: str) -> None:
    body = table(
        row(
            "1",
            cell("2", settings=f"<w:cellDel {SIGNED}/>"),
            cell("3", settings=f"<w:cellIns {SIGNED}/>"),
        )
    )
    assert drawn(body, revisions) == ["== 2 columns", kept]


@pytest.mark.parametrize(("revisions", "kept"), [("accepted", ["a"]), ("original", ["a", "b"])])
def test_a_deleted_table_is_gone(revisions: str, kept: list[str]) -> None:
    mark = f"<w:del {SIGNED}/>"
    gone = table(row(cell(paragraph(deleted("b"))), settings=mark))
    found = [text for text in drawn(paragraph("a") + gone, revisions) if "columns" not in text]
    assert [text for text in found if text] == kept


def test_a_change_of_format_changes_nothing() -> None:
    change = f"<w:rPrChange {SIGNED}><w:rPr/></w:rPrChange>"
    assert drawn(paragraph(run("a", change), "b")) == ["ab"]


@pytest.mark.parametrize("revisions", ["accepted", "original"])
def test_a_document_without_changes_is_the_same_both_ways(revisions: str) -> None:
    body = paragraph("a") + table(row("Posts", "1.0"))
    assert drawn(body, revisions) == ["a", "== 2 columns", "Posts|1.0"]

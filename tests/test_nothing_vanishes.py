"""What goes in is what is read and what is listed: rows of figures, whatever is damaged."""

from __future__ import annotations

import csv
import io
import re
from random import Random
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.compose.archive import unpack
from tests.conftest import PROJECT
from tests.fuzz.mutations import BODY, W, disturb_cells, disturb_word
from tests.fuzz.seeds import seeds
from tests.readers.word_file import cell, row, span, table, word_file
from unbudget_check.engine import check
from unbudget_check.model.options import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from unbudget_check.model.report import DocumentResult

AMOUNT = re.compile(r"\(?[-−–]?\d{1,3}(?:[ ,\u00a0]?\d{3})*(?:\.\d+)?\)?")
YEAR = re.compile(r"(?:19|20)\d\d")
COLUMN_NUMBER = re.compile(r"\(\d\)")
# Not printed, or printed once more for old programs.
UNSEEN = {W + name for name in ("del", "moveFrom", "vanish", "txbxContent", "footnote")}
REAL = sorted((PROJECT.parent / "shared" / "corpus" / "docx").glob("*.docx"))
SAMPLES = sorted((PROJECT / "sample_data").rglob("*.docx"))
MUTANTS = 150


def rows_of_word(data: bytes) -> Iterator[list[str]]:
    """The texts of the cells of every row that is printed, straight from the file."""
    for printed in etree.fromstring(unpack(data)[BODY]).iter(W + "tr"):
        if printed.xpath("ancestor::*[local-name()='Fallback']") or _is_unseen(printed):
            continue
        inside = printed.iter(W + "tc")
        cells = [each for each in inside if next(each.iterancestors(W + "tr")) is printed]
        yield [" ".join(map(_text_of, _paragraphs(each))) for each in cells]


def _is_unseen(element: etree._Element) -> bool:
    return any(each.tag in UNSEEN for each in element.iterancestors())


def _paragraphs(inside: etree._Element) -> Iterator[etree._Element]:
    for paragraph in inside.iter(W + "p"):
        if next(paragraph.iterancestors(W + "tc", W + "txbxContent")) is inside:
            yield paragraph


def _text_of(paragraph: etree._Element) -> str:
    runs = (run for run in paragraph.iter(W + "r") if next(run.iterancestors(W + "p")) is paragraph)
    shown = (
        run for run in runs if not _is_unseen(run) and run.find(f"{W}rPr/{W}vertAlign") is None
    )
    return "".join(text.text or "" for run in shown for text in run.iter(W + "t")).strip()


def put_in(rows: Iterable[list[str]]) -> int:
    """The figures of all rows with two or more of them beside their first cell."""
    counts = (
        sum(
            bool(AMOUNT.fullmatch(text)) and not YEAR.fullmatch(text)
            for text in map(str.strip, texts[1:])
        )
        for texts in rows
        if not any(map(COLUMN_NUMBER.fullmatch, texts)) and not _counts_up(texts[1:])
    )
    return sum(count for count in counts if count > 1)


def _counts_up(texts: list[str]) -> bool:
    """Whether a row numbers its columns."""
    digits = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    return len(digits) == len(texts) > 2 and digits == [*range(digits[0], digits[0] + len(digits))]


def came_out(found: DocumentResult) -> int:
    """The figures that were read, and those that are listed as not read."""
    listed = [e.figures for e in found.coverage.unchecked if "look like" in e.reason]
    return found.coverage.figures_read + sum(listed)


def checked(name: str, data: bytes) -> DocumentResult:
    (found,) = check([name], Wishes(given={name: data})).documents
    return found


@pytest.mark.parametrize("path", [*REAL, *SAMPLES], ids=lambda path: path.name)
def test_every_row_of_figures_is_read_or_listed(path: Path) -> None:
    data = path.read_bytes()
    assert came_out(checked(path.name, data)) >= put_in(rows_of_word(data))


def test_the_rows_of_figures_of_a_sample_are_counted() -> None:
    assert put_in(rows_of_word(SAMPLES[0].read_bytes())) > 50


def test_a_heading_over_all_columns_hides_no_figure_without_a_word() -> None:
    figures = (row("Posts", "1.5", "2.5"), row("Rent", "3.5", "4.5"))
    wide = (cell("Item", settings=span(2)), cell("Name", settings=span(2)), "")
    found = checked("a.docx", word_file(table(row(*wide), *figures)))
    assert came_out(found) == 4


HEAD = "Table 1.1\nResources (Thousands of United States dollars)\n"
SHORT = (
    "Soap   54 247\nFuel   8 320   17 984\nRent   62 759   33 492\n"
    "Beds   29 294   6 013   11 985   77 481\nCars   86 880\n"
)
WIDE = (
    "Meals   97 614   63 656   77 525\nContracts   7 822      61 377\nBeds   36 500      82 721\n"
)
MISFITS = {
    # Rows with too few and too many cells, without a caption and with one.
    "ragged.txt": (9, "Item  20  21\nRent  41  52  63  74\nFuel  85  96\nBeds  17  28  39\n"),
    "short.txt": (10, f"{HEAD}Item   20   21   22\n{SHORT}"),
    "wide.txt": (7, f"{HEAD}Item   2020      2022\n{WIDE}"),
    "blank.txt": (
        4,
        HEAD + "Item      Spent\nRent   4 100   520\nFuel      6 300\nBeds   740   \n",
    ),
    # A table with tabs of which one row is set with blanks.
    "mixed.txt": (6, "Item\t20\t21\nRent   410   520\nFuel\t630\t740\nBeds\t850\t960\n"),
    "tabs.csv": (4, 'Item \t A \t B\nRent \t "4,1" \t "5,2"\nTotal \t "4,1" \t "5,2"\n'),
    "semicolons.csv": (4, 'Item ; A ; B\nRent ; "4,1" ; "5,2"\nTotal ; "4,1" ; "5,2"\n'),
    "framed.html": (
        4,
        f"<table><tr><td>Item<td>A<td>B{'<tr><td>Rent<td><table><tr><td>4.5</table><td>5.5' * 2}",
    ),
}


@pytest.mark.parametrize("name", MISFITS)
def test_rows_that_do_not_fit_their_table_are_read_or_listed(name: str) -> None:
    figures, printed = MISFITS[name]
    found = checked(name, printed.encode())
    assert not found.coverage.faults
    assert came_out(found) >= figures


def test_a_figure_in_a_frame_of_its_own_is_one_of_its_row() -> None:
    framed = row("Rent", cell(table(row("4.5"))), cell(table(row("5.0"))))
    body = table(
        row("Item", "2024", "2025"), framed, row("Fuel", "1.5", "1.0"), row("Total", "6.0", "7.0")
    )
    (finding,) = checked("a.docx", word_file(body)).findings
    assert (str(finding.stated), str(finding.computed)) == ("7.0", "6.0")


@pytest.mark.parametrize("family", ["word", "cells"])
def test_the_same_of_damaged_documents(family: str) -> None:
    suffix, disturb = {"word": (".docx", disturb_word), "cells": (".csv", disturb_cells)}[family]
    sound = next(each for each in seeds() if each.suffix == suffix)
    lost = {}
    for number in range(MUTANTS):
        data, _ = disturb(sound.data, Random(f"{family} {number}"))
        found = checked(f"a{suffix}", data)
        said = [*found.coverage.remarks, *found.coverage.unchecked]
        rows = rows_of_word(data) if suffix == ".docx" else rows_of_csv(data)
        if found.status == "checked" and not found.coverage.faults:
            gone = put_in(rows) - came_out(found)
            if gone > 0 and not any("understood" in each.reason for each in said):
                lost[number] = gone
    assert not lost


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))

"""What looks like a table and was read as sentences is said, with its place and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readers.word_file import paragraph, row, table, word_file
from unbudget_check import engine
from unbudget_check.diagnosis.coverage import ROWS_IN_TEXT
from unbudget_check.model.options import Wishes

if TYPE_CHECKING:
    from unbudget_check.model.report import Unchecked

READ = table(row("Item", "2024", "2025"), row("Rent", "4.0", "5.0"), row("Total", "4.0", "5.0"))


def said(*lines: str) -> list[Unchecked]:
    body = READ + "".join(paragraph(line) for line in lines)
    (document,) = engine.check(["a.docx"], Wishes(given={"a.docx": word_file(body)})).documents
    told = document.coverage.unchecked
    return [each for each in told if each.told and each.told.name == ROWS_IN_TEXT]


@pytest.mark.parametrize(
    "lines",
    [
        ["Boats 12.5 13.0 1.5", "Nets 4.0 (4.5) 0.5", "Total 16.5 8.5 2.0"],
        ["Barcos 1.200,5 1.300,0", "Redes 400,0 450,5", "Suma 1.600,5 1.750,5"],
        ["船只 12 500 13 000 2", "渔网 4 000 4 500 3", "合计 16 500 17 500 5"],
        ["Boats 12 13 Nets 4 5 Total 16 18"],
    ],
)
def test_rows_that_were_read_as_text_are_said(lines: list[str]) -> None:
    (told,) = said("1. The fleet is kept.", *lines, "2. It grows.")
    figures = sum(len(line.split()) for line in lines)
    assert 6 <= told.figures < figures
    assert told.where.address == "/w:body/w:p[2]"


@pytest.mark.parametrize(
    "line",
    [
        "It fell from 18 per cent in 2019, 22 per cent in 2020 and 21 per cent in 2021.",
        "Some 2 700 staff, 27 600 trips and 215 381 square metres.",
        "Under resolutions 1718 (2006) and 2745 (2024) the panel went on.",
        "约 2 700 项合同、27 600 次旅行和 215 381 平方米。",
    ],
)
def test_sentences_with_many_numbers_are_no_rows(line: str) -> None:
    assert not said(line, line, line)

"""A place without a printed number is named by what is printed above it, never by an address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.as_printed import check, document
from unbudget_check.engine import check_document
from unbudget_check.model.document import Document, Paragraph
from unbudget_check.reporters.words import place_of
from unbudget_check.rulebook.load import load_rules

WRONG = """
Item   |    2025 |    2026
Boats  | 4 210.4 | 4 381.7
Cranes | 1 873.5 | 2 064.2
Total  | 6 083.9 | 6 454.9
"""
IN = {
    "en": "below {above}, row Total, column 2026",
    "zh": "{above}之下，“Total”行，“2026”栏",
}


def place(before: tuple[str, ...], lang: str = "en") -> str:
    (finding,) = check(WRONG, before).findings
    return place_of(finding.where, lang=lang)


@pytest.mark.parametrize("lang", IN)
def test_a_table_is_named_by_the_heading_above_it(lang: str) -> None:
    above = "“Resources of the harbour”"
    assert place(("Resources of the harbour",), lang) == IN[lang].format(above=above)


def test_a_long_heading_is_cut() -> None:
    said = place(("Resources of the harbour by quay, crane, boat, season, customer and source",))
    assert said.startswith("below “Resources of the harbour by quay, crane, boat, season, custo…”,")


def test_a_table_is_named_by_the_paragraph_above_it() -> None:
    said = place(
        ("7.12 The resources of the harbour are set out below, for the boats and cranes.",)
    )
    assert said == "below paragraph 7.12, row Total, column 2026"


def test_a_table_with_a_number_needs_nothing_else() -> None:
    assert place(("Table 3", "Resources of the harbour")) == "table 3, row Total, column 2026"


def test_a_line_says_it_as_well() -> None:
    found = document(WRONG)
    heading = Paragraph("Resources of the harbour", line=3)
    lined = replace(found, blocks=(heading, *found.blocks))
    assert isinstance(lined, Document)
    (finding,) = check_document(lined, load_rules()).findings
    assert finding.where.below is None

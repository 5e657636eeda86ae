"""What the lines above a table say about it: number, title, unit and part."""

from __future__ import annotations

import pytest

from unbudget_check.lexicon import load_language
from unbudget_check.model.document import Block, Cell, Paragraph, Table
from unbudget_check.understand.tables.context import Context, contexts

GRID = Table(((Cell("Posts", 0, 0), Cell("1.0", 0, 1)),), 2)


def found(*blocks: str, language: str = "en") -> list[Context]:
    """The context of each table; ``#`` stands for a table, anything else for a paragraph."""
    made: list[Block] = [GRID if text == "#" else Paragraph(text) for text in blocks]
    return [context for _, context in contexts(made, load_language(language))]


def units(context: Context) -> list[tuple[str, int]]:
    return [(unit.kind, unit.scale) for unit in context.units]


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("Table 29E.24", "29E.24", ""),
        ("Table 8.III.6", "8.III.6", ""),
        ("Table 3", "3", ""),
        ("TABLE 3", "3", ""),
        ("Table\u00a03", "3", ""),
        ("Table IV", "IV", ""),
        ("Table A.2", "A.2", ""),
        ("Table 3. Posts by grade", "3", "Posts by grade"),
        ("Table 3: Posts by grade", "3", "Posts by grade"),
        ("Table 3 – Posts by grade", "3", "Posts by grade"),
        ("Table 3 Posts by grade", "3", "Posts by grade"),
    ],
)
def test_a_caption_gives_the_number_and_perhaps_the_title(
    text: str, number: str, title: str
) -> None:
    (context,) = found(text, "#")
    assert (context.number, context.title) == (number, title)


def test_the_title_stands_below_the_number() -> None:
    (context,) = found("Table 5", "Overall: posts by  grade", "(Number of posts)", "#")
    assert (context.number, context.title) == ("5", "Overall: posts by grade")
    assert units(context) == [("posts", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "Table 4 shows the resources of the section.",
        "Tables are attached.",
        "Table of contents",
        "The details are in table 4",
        "Table 4 " + "and so on " * 30,
    ],
)
def test_a_sentence_is_no_caption(text: str) -> None:
    (context,) = found(text, "#")
    assert context.number is None


def test_a_caption_far_above_belongs_to_something_else() -> None:
    (context,) = found("Table 4", *["A paragraph in between."] * 8, "#")
    assert context.number is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("(Thousands of United States dollars)", [("money", 3)]),
        ("(thousands of  United\u00a0States dollars)", [("money", 3)]),
        ("Thousands of United States dollars", [("money", 3)]),
        ("(Millions of United States dollars)", [("money", 6)]),
        ("(United States dollars)", [("money", 0)]),
        ("(Number of posts)", [("posts", 0)]),
        ("(Percentage)", [("percentage", 0)]),
        ("(Thousands of United States dollars/number of posts)", [("money", 3), ("posts", 0)]),
        ("(Thousands of United States dollars / number of posts)", [("money", 3), ("posts", 0)]),
        ("(Thousands of United States dollars, at 2025 rates)", [("money", 3)]),
        ("(Costs of the last two years)", []),
        ("(a)", []),
    ],
)
def test_the_unit_is_printed_in_a_line_of_its_own(text: str, unit: list[tuple[str, int]]) -> None:
    (context,) = found("Table 1", "Resources", text, "#")
    assert units(context) == unit
    assert context.title == "Resources"


def test_a_note_under_the_table_above_is_no_title() -> None:
    notes = ("Note: the figures are provisional.", "Abbreviations: GS, General Service.")
    second = found("Table 1", "One", "#", *notes, "Table 2", "Two", "#")[1]
    assert (second.number, second.title) == ("2", "Two")


def test_without_a_caption_the_nearest_heading_is_the_title() -> None:
    (context,) = found("I. Overview", "Financial resources", "(Thousands of dollars)", "#")
    assert (context.number, context.title) == (None, "Financial resources")


def test_the_parts_of_a_table_share_its_number_and_unit() -> None:
    first, second, third = found(
        "Table 6",
        "Resources by source of funds",
        "(Thousands of United States dollars)",
        "(1) Regular budget",
        "#",
        "(2) Other assessed",
        "#",
        "(3) Extrabudgetary",
        "#",
    )
    assert [c.part for c in (first, second, third)] == ["(1)", "(2)", "(3)"]
    assert [c.part_title for c in (first, second, third)] == [
        "Regular budget",
        "Other assessed",
        "Extrabudgetary",
    ]
    assert {(c.number, c.title) for c in (first, second, third)} == {
        ("6", "Resources by source of funds")
    }
    assert units(second) == units(third) == [("money", 3)]
    assert [c.follows for c in (first, second, third)] == [False, True, True]


def test_a_new_caption_ends_the_table_before() -> None:
    second = found("Table 6", "One", "(Number of posts)", "#", "Table 7", "Two", "#")[1]
    assert (second.number, second.units, second.follows) == ("7", (), False)


def test_a_table_right_after_another_goes_on_with_it() -> None:
    second = found("Table 6", "One", "(Number of posts)", "#", "#")[1]
    assert (second.number, second.title, second.follows) == ("6", "One", True)
    assert units(second) == [("posts", 0)]


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("表 29C.16", "29C.16", ""),
        ("表29C.16", "29C.16", ""),
        ("表 3 按职等列示的员额", "3", "按职等列示的员额"),
        ("表 4 列示资源。", None, "表 4 列示资源。"),
    ],
)
def test_captions_in_chinese(text: str, number: str | None, title: str) -> None:
    (context,) = found(text, "#", language="zh")
    assert (context.number, context.title) == (number, title)


def test_units_and_parts_in_chinese() -> None:
    first, second = found(
        "表 6",
        "按资金来源列示的资源",
        "(千美元)",
        "(1) 经常预算",
        "#",
        "(2) 预算外",
        "#",
        language="zh",
    )
    assert units(first) == units(second) == [("money", 3)]
    assert (second.number, second.part, second.part_title) == ("6", "(2)", "预算外")


def test_two_units_in_chinese() -> None:
    (context,) = found("表 7", "资源", "(千美元/员额数目)", "#", language="zh")
    assert units(context) == [("money", 3), ("posts", 0)]

"""Organization charts: lines, boxes, columns that ran together, lines that were lost."""

from __future__ import annotations

import pytest

from tests.as_printed import check, facts_of
from unbudget_check.extract.drawings.org_charts import LOST, STRANGE
from unbudget_check.extract.drawings.org_lines import SOURCES, read_line
from unbudget_check.extract.understand import understand
from unbudget_check.languages import language_codes, load_language
from unbudget_check.model.document import Document, Paragraph

ENGLISH, CHINESE = load_language("en"), load_language("zh")
FRAME = "/w:body/w:p[3]/w:txbxContent[{box}]/w:p[{at}]"


def lines(*texts: str) -> str:
    return "\n".join(f"¶ {text}" for text in texts)


def boxed(*boxes: tuple[str, ...]) -> Document:
    """A document whose text boxes hold these paragraphs."""
    blocks = [
        Paragraph(text, FRAME.format(box=box, at=at))
        for box, texts in enumerate(boxes, 1)
        for at, text in enumerate(texts, 1)
    ]
    return Document("a.docx", blocks=tuple(blocks), language="en")


def posts(text: str, language: str = "en") -> list[tuple[int, str]]:
    return [(i.value, i.name) for i in read_line(text, load_language(language)).items]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 D-1", [(1, "D-1")]),
        ("1 D-1 1 P-5", [(1, "D-1"), (1, "P-5")]),
        ("1 P-4, 2 FS, 8 LLc cc", [(1, "P-4"), (2, "FS"), (8, "LL")]),
        ("1 P-4 a 2 GS (PL)", [(1, "P-4"), (2, "GS (PL)")]),
        ("13 GS-OLa", [(13, "GS (OL)")]),
        ("2 P-2/1", [(2, "P-2/1")]),
        ("1 P4", [(1, "P-4")]),
        ("1 P\u20115", [(1, "P-5")]),
        ("1 D\u20131", [(1, "D-1")]),
        ("2 P\u20123, 3 GS\u2013PL", [(2, "P-3"), (3, "GS (PL)")]),
        ("1 Registrar", []),
        ("3, LL 6 LL", []),
        ("1 P-4 post of Hydrographer", []),
        ("30 65", []),
    ],
)
def test_a_list_of_posts_is_a_line_of_nothing_else(text: str, found: list[object]) -> None:
    assert posts(text) == found


def test_chinese_lines_are_read_alike() -> None:
    assert posts("1 GS (PL)b", "zh") == [(1, "GS (PL)")]
    total = read_line("\u5171\u8ba1\uff1a95", CHINESE).total
    assert total is not None
    assert total.value == 95


@pytest.mark.parametrize("text", ["RB: XB:", "RB:          XB", "rb (11 posts)"])
def test_sources_of_funds_head_a_box(text: str) -> None:
    assert read_line(text, ENGLISH).headings[0].source == "regular"


@pytest.mark.parametrize("code", language_codes())
def test_every_language_reads_boxes(code: str) -> None:
    language = load_language(code)
    own = " ".join(f"{language.charts[source][0]}:" for source in SOURCES)
    assert [each.source for each in read_line(own, language).headings] == list(SOURCES)
    total = read_line(f"{language.rows['total'][0]}: 95", language).total
    assert total is not None
    director, senior = (language.grades[grade][0] for grade in ("D-1", "P-5"))
    assert posts(f"1 {director} 2 {senior}", code) == [(1, "D-1"), (2, "P-5")]


def test_two_columns_are_told_apart_where_one_of_them_adds_up() -> None:
    facts = facts_of(lines("Harbours", "RB: XB:", "1 D-1 1 P-4", "2 P-5 2 LL", "3 3", "Total: 6"))
    ((unit,),) = ([*each.units] for each in facts.organizations)
    assert [[grade for grade, _ in staff.grades] for staff in unit.staff] == [
        ["D-1", "P-5"],
        ["P-4", "LL"],
    ]


def test_columns_that_ran_together_are_only_added_up_as_a_whole() -> None:
    facts = facts_of(
        lines("Harbours", "RB: XB:", "1 D-1", "6 P-4", "2 P-5 2 LL", "3 8", "Total: 11")
    )
    ((unit,),) = ([*each.units] for each in facts.organizations)
    assert not any(staff.grades for staff in unit.staff)
    assert sorted(len(tally.parts) for tally in unit.tallies) == [2, 4]


def test_three_printed_columns_may_belong_to_two_sources() -> None:
    document = boxed(("Office", "RB:\tXB:", "1 D-1\t2 GS (PL)\t1 GS (PL)", "2 P-5\t6 LL", "11\t1"))
    ((unit,),) = ([*each.units] for each in understand(document).organizations)
    assert [len(staff.grades) for staff in unit.staff] == [4, 1]


def test_a_box_names_its_component_in_brackets() -> None:
    box = ("Harbours", "(subprogramme 3)", "1 D-1", "2 P-5", "Total: 3")
    ((unit,),) = ([*each.units] for each in understand(boxed(box)).organizations)
    assert unit.name == "Harbours (subprogramme 3)"
    assert dict(unit.entities)[""] == "subprogramme 3"


def test_a_number_above_its_list_opens_the_next_box() -> None:
    box = ("Finance:", "RB (3 posts)", "1 P-4, 2 FS", "Travel:", "RB (13 Posts)", "1 P-4, 12 LL")
    (chart,) = understand(boxed(box)).organizations
    assert [unit.name for unit in chart.units] == ["Finance:", "Travel:"]
    assert [len(unit.tallies) for unit in chart.units] == [1, 1]


@pytest.mark.parametrize(
    "box",
    [
        ("Registrar", "1 Registrar", "1 P-3", "Total: 2"),
        ("Safety", "RB (9 posts)", "1 P-4", "3, LL 6 LL"),
        ("Systems", "RB:", "1 P-5", "3", "1 P-3", "Total: 5"),
    ],
)
def test_a_box_with_a_strange_line_claims_nothing(box: tuple[str, ...]) -> None:
    ((unit,),) = ([*each.units] for each in understand(boxed(box)).organizations)
    assert unit.unclear == STRANGE
    assert not unit.tallies


def test_a_lost_line_is_told_by_the_grade_that_all_other_boxes_list() -> None:
    whole = [("RB:", "1 P-5", "6 LL", "Total: 7"), ("RB:", "1 P-4", "8 LL", "Total: 9")]
    facts = facts_of(lines(*whole[0], *whole[1], "RB:", "1 D-1", "Total: 116"))
    (chart,) = facts.organizations
    assert [unit.unclear for unit in chart.units] == ["", "", LOST]


def test_a_wrong_grade_is_found_by_its_box_and_the_total_of_all_grades() -> None:
    table = lines("Harbours", "RB:", "1 D-1", "13 LL", "19", "Total: 19")
    (finding,) = check(table).findings
    assert finding.code == "CHA201"
    assert finding.where.row == "Harbours"


def test_text_that_mentions_posts_is_no_chart() -> None:
    facts = facts_of(lines("The Office has 2 P-4 and 3 P-3 posts.", "RB is the regular budget."))
    assert not facts.organizations

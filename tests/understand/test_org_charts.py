"""Organization charts: lines, boxes, columns that ran together, lines that were lost."""

from __future__ import annotations

import pytest

from tests.as_printed import check, facts_of
from unbudget_check.lexicon import language_codes, load_language
from unbudget_check.model.document import Cell, Document, Paragraph, Table
from unbudget_check.profiles import sources
from unbudget_check.understand.charts.org_boxes import read_line
from unbudget_check.understand.charts.org_charts import LOST, STRANGE
from unbudget_check.understand.understand import understand

ENGLISH, CHINESE = load_language("en"), load_language("zh")
FRAME = "/w:body/w:p[3]/w:txbxContent[{box}]"


def lines(*texts: str) -> str:
    return "\n".join(f"¶ {text}" for text in texts)


def boxed(*boxes: tuple[str, ...]) -> Document:
    """A document whose text boxes hold these paragraphs."""
    blocks = [
        Paragraph(text, f"{FRAME.format(box=box)}/w:p[{at}]", frame=FRAME.format(box=box))
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
    own = " ".join(f"{language.charts[source][0]}:" for source in sources())
    assert [each.source for each in read_line(own, language).headings] == list(sources())
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


def sums_of(*boxes: tuple[str, ...], language: str = "en") -> list[tuple[int, list[int]]]:
    """Every number that the boxes of one drawing are taken to add up, with its parts."""
    found = boxed(*boxes)
    facts = understand(Document("a.docx", blocks=found.blocks, language=language))
    value = [number.units for number in facts.numbers]
    (chart,) = facts.organizations
    tallies = [tally for unit in chart.units for tally in unit.tallies]
    return [(value[each.total], [value[part] for part in each.parts]) for each in tallies]


@pytest.mark.parametrize("code", language_codes())
def test_one_box_may_list_the_posts_of_two_units(code: str) -> None:
    language = load_language(code)
    paid, total = f"{language.charts['regular'][0]}:", language.rows["total"][0]
    senior, local = (language.grades[grade][0] for grade in ("P-5", "LL"))
    lists = ("A", paid, f"2 {senior}", f"7 {local}", "B", paid, f"1 {senior}", f"4 {local}")
    assert sums_of((*lists, f"{total}: 14"), language=code) == [(14, [2, 7, 1, 4])]


def test_lists_of_two_sources_stand_below_each_other() -> None:
    box = ("Archives", "RB:", "1 D-1", "3 P-4", "4", "XB:", "1 P-4", "1 P-3", "2", "Total: 6")
    assert sums_of(box) == [(4, [1, 3]), (2, [1, 1]), (6, [4, 2])]
    listed = ("Archives", "RB:", "1 D-1", "3 P-4", "XB:", "2 P-3", "Total: 6")
    assert sums_of(listed) == [(6, [1, 3, 2])]


def test_a_total_counts_the_units_above_it_in_its_frame() -> None:
    field = ("9 stations", "3 P-5, 7 LL", "10", "Coordinators", "2 D-2", "1 D-1", "3", "Total: 13")
    assert sums_of(field)[-1] == (13, [10, 3])


def test_a_heading_over_two_columns_of_cells_pays_both() -> None:
    frame = FRAME.format(box=1)
    address = f"{frame}/w:tbl[1]"
    texts = [("RB:", 0, 2), ("XB:", 2, 1), ("1 D-1", 0, 1), ("8 P-3", 1, 1), ("2 P-5", 2, 1)]
    cells = [Cell(text, 0, at, columns=wide, address=address) for text, at, wide in texts]
    last = (Cell("9", 1, 0, columns=2), Cell("2", 1, 2))
    whole = (Cell("Total: 11", 2, 0, columns=2, address="last"), Cell("", 2, 2))
    table = Table((tuple(cells), last, whole), 3, address, frame=frame)
    facts = understand(Document("a.docx", blocks=(table,), language="en"))
    ((unit,),) = ([*each.units] for each in facts.organizations)
    assert [len(staff.grades) for staff in unit.staff] == [2, 1]
    assert [len(tally.parts) for tally in unit.tallies] == [2, 1, 2]


MARKED = (
    ("Police", "RB (2 posts)", "2 P-5, 1 P-4bc"),
    ("Courts", "RB (7 posts)", "1 P-5, 6 NPO, 1 LL, 1 LLcc"),
    ("Prisons", "RB (3 posts)", "3 LLb"),
)


def test_posts_with_a_mark_are_left_out_where_all_numbers_leave_them_out() -> None:
    assert sums_of(*MARKED) == [(2, [2]), (7, [1, 6]), (3, [3])]


def test_a_mark_that_explains_one_number_alone_makes_it_doubtful() -> None:
    lone = ("Courts", "RB (7 posts)", "1 P-5, 6 NPO, 1 LLc")
    plain = (("Police", "RB (3 posts)", "2 P-5, 1 P-4c"), ("Prisons", "RB (3 posts)", "3 LLc"))
    assert sums_of(lone, *plain) == [(3, [2, 1]), (3, [3])]


def test_a_list_goes_on_from_a_frame_without_a_number() -> None:
    first, second = ("RB:", "1 USG", "1 D-2", "4 P-5"), ("6 P-4", "9 LL", "Total: 21")
    assert sums_of(first, second) == [(21, [6, 9, 1, 1, 4])]
    assert sums_of(first, ("6 P-4", "9 LL", "Total: 23")) == []


def test_a_total_in_the_cell_of_its_source_is_no_total_of_the_box() -> None:
    frame = FRAME.format(box=1)
    address = f"{frame}/w:tbl[1]"
    heads = (Cell("RB", 0, 0, address="a"), Cell("XB", 0, 1, address="b"))
    lists = (
        Cell("1 D-2\n4 P-5\nTotal: 5", 1, 0, address="c"),
        Cell("3 P-4\nTotal: 3", 1, 1, address="d"),
    )
    facts = understand(Document("a.docx", blocks=(Table((heads, lists), 2, address, frame=frame),)))
    ((unit,),) = ([*each.units] for each in facts.organizations)
    assert [len(tally.parts) for tally in unit.tallies] == [2, 1]
    assert unit.total is None

"""Rows, parts, lists and page breaks of tables in text taken from a PDF."""

from __future__ import annotations

from tests.readers.drawing import draw
from unbudget_check.readers.source import Source
from unbudget_check.readers.text.document import read


def drawn(text: str) -> list[str]:
    return draw(read(Source("a.txt", text.encode())))


def test_labels_over_several_lines_and_figures_on_a_line_of_their_own() -> None:
    text = """\
Table 8
Deliverables for 2024–2026, by category and subcategory
Category and subcategory
2024 planned
2024 actual
2025 planned
2026 planned
A. Facilitation of the process and
expert bodies
Documents (number of documents) – – – 1
1. Reports on the use of the reading
rooms and of the archive
40 35 40 40
Meetings (number of three-hour meetings) 33 434 33 230 33 251 33 500
C. Substantive deliverables
Advice: advice to 400 clients on 12 000
boxes.
"""
    assert drawn(text)[2:] == [
        "== 5 columns",
        "Category and subcategory|2024 planned|2024 actual|2025 planned|2026 planned",
        "A. Facilitation of the process and expert bodies",
        "Documents (number of documents)|–|–|–|1",
        "1. Reports on the use of the reading rooms and of the archive|40|35|40|40",
        "Meetings (number of three-hour meetings)|33 434|33 230|33 251|33 500",
        "C. Substantive deliverables Advice: advice to 400 clients on 12 000 boxes.",
    ]


def test_parts_are_tables_of_their_own_under_one_caption() -> None:
    text = """\
Table 9
Resources by source of funding
(Thousands of United States dollars)
 (1) Regular budget
Component
2024 expenditure
2025 approved
Change
2026 estimate
A. Direction 1 019.5  983.0 –  983.0
Subtotal, 1 1 019.5  983.0 –  983.0
 (2) Extrabudgetary
Component
2024 expenditure
2025 estimate
Change
2026 estimate
A. Direction 10.5  9.0 (1.0)  8.0
Subtotal, 2 10.5  9.0 (1.0)  8.0
Total 1 030.0 992.0 (1.0) 991.0
"""
    rows = drawn(text)
    assert rows[3:5] == ["(1) Regular budget", "== 5 columns"]
    assert rows[6:9] == [
        "A. Direction|1 019.5|983.0|–|983.0",
        "Subtotal, 1|1 019.5|983.0|–|983.0",
        "(2) Extrabudgetary",
    ]
    assert rows[-1] == "Total|1 030.0|992.0|(1.0)|991.0"


def test_the_number_of_a_part_in_brackets_belongs_to_its_subtotal() -> None:
    text = """\
Table 9
Resources by source of funding
(Thousands of United States dollars)
Component
2024 expenditure
2025 approved
Change
2026 estimate
A. Direction 1 019.5 983.0 – 983.0
B. Programme of work 10.5 9.0 (1.0) 8.0
Subtotal (1) 1 030.0 992.0 (1.0) 991.0
"""
    assert drawn(text)[-1] == "Subtotal (1)|1 030.0|992.0|(1.0)|991.0"


def test_a_reference_at_the_start_of_a_printed_line_is_no_caption() -> None:
    text = "The money was spent as is shown in part three of the report and\nin\ntable 7.\n"
    assert drawn(text) == [
        "The money was spent as is shown in part three of the report and in table 7."
    ]


def test_a_figure_at_the_start_of_a_printed_line_opens_no_paragraph() -> None:
    text = "The resources of the office would provide for the continuation of\n12 posts.\n"
    assert len(drawn(text)) == 1


def test_page_furniture_and_repeated_headings_do_not_interrupt_a_table() -> None:
    text = """\
Table 3
Resources by component
(Thousands of United States dollars)
Component
2025 approved
Change
2026 estimate
1. Planning 5 145.4 10.0 5 155.4
https://undocs.org/en/A/RES/77/262
A/80/6 (Sect. 99)
Section 99 Imaginary affairs
25-01234 31/43
\fTable 3 (continued)
Component
2025 approved
Change
2026 estimate
2. Support 9 599.9 – 9 599.9
12
Total 14 745.3 10.0 14 755.3
"""
    assert drawn(text)[5:] == [
        "1. Planning|5 145.4|10.0|5 155.4",
        "2. Support|9 599.9|–|9 599.9",
        "Total|14 745.3|10.0|14 755.3",
    ]


def test_a_list_of_grades_is_one_cell_however_many_lines_it_takes() -> None:
    text = """\
Table 6
Proposed posts and post changes for 2026
(Number of posts)
 Posts Details
Approved for 2025  298  1 D-2, 4 D-1, 10 P-5, 16 GS (PL), 207
GS (OL)
Reassignment – 1 GS (PL) under subprogramme 2
Proposed for 2026 1 300 1 D-2, 4 D-1, 10 P-5, 16 GS (PL), 207
GS (OL)
Note: GS, General Service.
"""
    assert drawn(text)[3:] == [
        "== 3 columns",
        "|Posts|Details",
        "Approved for 2025|298|1 D-2, 4 D-1, 10 P-5, 16 GS (PL), 207 GS (OL)",
        "Reassignment|–|1 GS (PL) under subprogramme 2",
        "Proposed for 2026|1 300|1 D-2, 4 D-1, 10 P-5, 16 GS (PL), 207 GS (OL)",
        "Note: GS, General Service.",
    ]


def test_words_charts_and_sentences_give_no_figures() -> None:
    text = """\
12. The proposals are as follows.
Table 3 shows the distribution of resources by component and indicates
that 12 000 13 000 were spent. Table 4 lists the deliverables.

Table 9
Performance measure
2022 (actual) 2023 (actual) 2024 (actual)
Member States agree Better reports in 2
languages
10 entities have access in 2025 to 12
services

Figure VII
Distribution of posts
(Number of posts/thousands of dollars)
77 423.2
207
16
22
30 845.5
GS (OL)
P-2
"""
    assert not any(row.startswith("==") for row in drawn(text))


def test_a_broken_line_is_told_from_a_heading_by_what_still_fitted() -> None:
    text = """\
Table 8
Deliverables for 2024–2026, by category and subcategory
Category and subcategory
2024 planned
2025 planned
A. Facilitation of the process
Meetings (number of three-hour meetings) 5 5
1. Meetings of the Committee on Statistical
Questions 2 2
2. World Population Prospects, volume II:
Highlights 3 3
B. Transfer of knowledge
Seminars (number of days) 1 1
"""
    assert drawn(text)[4:] == [
        "A. Facilitation of the process",
        "Meetings (number of three-hour meetings)|5|5",
        "1. Meetings of the Committee on Statistical Questions|2|2",
        "2. World Population Prospects, volume II: Highlights|3|3",
        "B. Transfer of knowledge",
        "Seminars (number of days)|1|1",
    ]

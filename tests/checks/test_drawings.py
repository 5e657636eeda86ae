"""Charts, organization charts and annexes: what is claimed of them, and what is left unsaid."""

from __future__ import annotations

from tests.as_printed import check

HEAD = ("Table 4.2", "Overall: proposed posts for 2026 by component", "(Number of posts)")
POSTS = """
Component/subprogramme | 2025 approved | Changes | 2026 proposed
1. Harbours            | 7             | –       | 7
2. Lighthouses         | 5             | –       | 5
3. Pilots              | 14            | –       | 14
Total                  | 26            | –       | 26
"""
CAPTION = (
    "¶ Figure 4.I",
    "¶ Distribution of proposed resources for 2026",
    "¶ (Number of posts/thousands of United States dollars)",
)


def box(name: str, note: str, *posts: str, total: int) -> str:
    lines = (name, note, "RB:", *posts, f"Total: {total}")
    return "\n".join(f"¶ {line}" for line in lines if line)


def codes(*pieces: str, before: tuple[str, ...] = HEAD) -> list[tuple[str, str | None]]:
    """Code and row of what is found of drawings."""
    found = check("\n".join(pieces), before).findings
    return [(f.code, f.where.row) for f in found if f.code.startswith(("CHA", "ANX"))]


HARBOURS = box("Harbours", "(subprogramme 1)", "1 P-5", "6 LL", total=7)
LIGHTS = box("Lighthouses", "(subprogramme 2)", "1 P-4", "4 LL", total=5)
PILOTS = box("Pilots", "(subprogramme 3)", "1 P-4", "13 LL", total=14)


def test_a_box_without_a_component_belongs_to_the_only_one_that_lacks_its_posts() -> None:
    part = box("Pilots", "(subprogramme 3)", "1 P-4", total=1)
    nameless = box("Secretariat of the pilots", "", "13 LL", total=13)
    assert not codes(POSTS, HARBOURS, LIGHTS, part, nameless)


def test_a_box_that_was_left_out_is_no_wrong_figure() -> None:
    assert not codes(POSTS, HARBOURS, LIGHTS)


def test_a_box_of_last_year_is_found_by_its_component_and_the_grand_total() -> None:
    old = box("Pilots", "(subprogramme 3)", "1 P-4", "11 LL", total=12)
    heading = "¶ Organizational structure and posts for 2026"
    assert codes(POSTS, heading, HARBOURS, LIGHTS, old) == [("CHA202", "Pilots (subprogramme 3)")]


def test_an_organization_chart_of_something_else_is_held_against_nothing() -> None:
    others = (box(name, "", "1 P-4", "8 LL", total=9) for name in ("Dredging", "Weather"))
    assert not codes(POSTS, *others)


def test_boxes_whose_totals_count_more_than_they_list_claim_nothing() -> None:
    wider = (box(f"Section {name}", "", "1 P-4", total=9) for name in "ABC")
    assert not codes(POSTS, *wider)


def test_a_slice_lost_with_its_label_proves_nothing() -> None:
    grades = """
Category and grade | 2025 approved | Changes | 2026 proposed
P-5                | 3             | –       | 3
P-4                | 4             | –       | 4
LL                 | 9             | –       | 9
Total              | 16            | –       | 16
"""
    titled = (*CAPTION, "¶ Distribution of posts", "¶ 16 posts")
    before = ("Table 4.3", "Overall: proposed posts by category and grade", "(Number of posts)")
    lost = ("¶ 9", "¶ 3", "¶ LL", "¶ P-5")
    wrong = ("¶ 9", "¶ 3", "¶ 3", "¶ LL", "¶ P-4", "¶ P-5")
    assert not codes(grades, *titled, *lost, before=before)
    assert codes(grades, *titled, *wrong, before=before) == [("CHA102", "P-4")]


def test_each_part_has_its_own_annex_in_the_same_order() -> None:
    tables = [
        f"""¶ Table {part}.2
¶ Overall: proposed posts and post changes for 2026
¶ (Number of posts)
                  | Number       | Details
Approved for 2025 | 60           | 60 LL
Establishment     | {posts}      | {posts} LL
Proposed for 2026 | {60 + posts} | {60 + posts} LL"""
        for part, posts in ((1, 2), (2, 3))
    ]
    annexes = [
        f"""¶ Annex
Component | Posts   | Grade | Description
Harbours  | {posts} | LL    | Establishment of {posts} Keepers"""
        for posts in (2, 4)
    ]
    assert codes(*tables, *annexes, before=()) == [("ANX101", "Harbours")]


BOTH = """
Component/subprogramme | 2025 approved | Changes | 2026 proposed
1. Harbours            | 7             | 4       | 11
2. Lighthouses         | 5             | 3       | 8
3. Pilots              | 14            | (2)     | 12
Total                  | 26            | 5       | 31
"""


def test_the_chart_of_the_approved_posts_is_held_against_these() -> None:
    approved = (HARBOURS, LIGHTS, PILOTS)
    assert not codes(BOTH, "¶ Approved organizational structure for 2025", *approved)
    assert not codes(BOTH, *approved), "no heading says the year: the figures do"
    wrong = box("Pilots", "(subprogramme 3)", "1 P-4", "12 LL", total=13)
    found = codes(BOTH, "¶ Approved organizational structure for 2025", HARBOURS, LIGHTS, wrong)
    assert found == [("CHA202", "Pilots (subprogramme 3)")]


def test_a_chart_that_fits_no_table_is_told_nowhere() -> None:
    others = [
        box("Harbours", "(subprogramme 1)", "1 P-5", "1 LL", total=2),
        box("Lighthouses", "(subprogramme 2)", "1 P-4", "8 LL", total=9),
        box("Pilots", "(subprogramme 3)", "2 P-4", "1 LL", total=3),
    ]
    result = check("\n".join([POSTS, "¶ Structure for 2026", *others]), HEAD)
    assert not [f for f in result.findings if f.code.startswith("CHA")]
    assert any(
        "this organization chart shows the posts of table 4.2" in each.reason
        for each in result.coverage.unchecked
    )


def test_a_box_without_a_source_among_others_keeps_its_component_apart() -> None:
    unpaid = "\n".join(f"¶ {line}" for line in ("Pilots", "(subprogramme 3)", "9 LL", "Total: 9"))
    assert not codes(POSTS, "¶ Structure for 2026", HARBOURS, LIGHTS, unpaid)

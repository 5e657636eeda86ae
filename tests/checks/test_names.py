"""Components under two names, sources of funds, spellings and moves: what is told, what is not."""

from __future__ import annotations

import pytest

from tests.as_printed import check

BEFORE = (
    "Table 4.1",
    "Overall: evolution of financial resources by source of funding, component and subprogramme",
    "(Thousands of United States dollars)",
    "(1) Regular budget",
)
ABOVE = (
    "表 4.1",
    "总表：按资金来源、构成部分和次级方案列示的财政资源演变情况",
    "(千美元)",
    "(1) 经常预算",
)
PART = """
Component/subprogramme | 2025 estimate | 2026 estimate
1. {} | 30.5 | 30.5
2. {} | 29.5 | 30.5
3. Coastal surveys | 10.0 | 10.0
Subtotal | 70.0 | 71.0
"""
CHINESE = """
构成部分/次级方案 | 2025 年估计 | 2026 年估计
1. {} | 30.5 | 30.5
2. {} | 29.5 | 30.5
3. 沿海勘测 | 10.0 | 10.0
小计 | 70.0 | 71.0
"""
MONEY = ("Table 1", "Evolution of financial resources", "(Thousands of United States dollars)")
AMOUNTS = """
Category | 2025 approved | 2026 estimate
Posts | 410.5 | 412.5
Travel | 21.5 | 21.5
Total | 432.0 | 434.0
"""


def told(table: str, before: tuple[str, ...] = BEFORE, language: str = "en") -> list[list[str]]:
    """Code and printed text of all findings about names."""
    found = check(table, before, language).findings
    return [[f.code, f.stated_text] for f in found if f.code.startswith("NAM")]


def parts(*names: tuple[str, str], part: str = PART) -> str:
    """A table whose parts list subprogrammes 1 and 2 under these names."""
    texts = [part.format(*pair) for pair in names]
    titles = ("(2) Other assessed", "(3) Extrabudgetary", "(4) Other")
    return "".join(
        f"¶ {title}{text}" if at else text
        for at, (title, text) in enumerate(zip(("", *titles), texts, strict=False))
    )


HARBOURS, LIGHTS = "Harbour safety", "Lighthouses and buoys"


def test_one_odd_row_among_rows_that_agree_is_another_name_however_different() -> None:
    table = parts((HARBOURS, LIGHTS), (HARBOURS, LIGHTS), (HARBOURS, LIGHTS), (HARBOURS, "Tides"))
    assert told(table) == [["NAM101", "2. Tides"]]


def test_a_table_with_other_numbers_has_no_other_names() -> None:
    table = parts((HARBOURS, LIGHTS), (HARBOURS, LIGHTS), (HARBOURS, LIGHTS), (LIGHTS, HARBOURS))
    assert told(table) == []


def test_two_names_as_often_as_each_other_are_left_alone() -> None:
    table = parts(
        (HARBOURS, LIGHTS), (HARBOURS, LIGHTS), (HARBOURS, "Lights"), (HARBOURS, "Lights")
    )
    assert told(table) == []


def test_a_name_in_ideographs() -> None:
    names = ("港口安全", "灯塔和浮标")
    table = parts(names, names, names, ("港口安全", "灯塔和航标"), part=CHINESE)
    assert told(table, ABOVE, "zh") == [["NAM101", "2. 灯塔和航标"]]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "4.7 An increase under subprogramme 2, Lighthouses and beacons.",
            "Lighthouses and beacons",
        ),
        ("4.7 An increase (subprogramme 2 (Lighthouses and beacons)).", "Lighthouses and beacons"),
        ("4.7 An increase under subprogramme 2, Lighthouses and buoys, is due to rust.", None),
        ("4.7 An increase under subprogramme 2, LIGHTHOUSES AND BUOYS (net).", None),
        ("4.7 Under subprogramme 2, lighthouses and beacons will be lit.", None),
        ("4.7 Under subprogramme 2, The Hague will be served.", None),
        ("4.7 An increase under subprogramme 2 (Lighthouses).", None),
        ("4.7 An increase under subprogramme 2, component 1, is due to rust.", None),
    ],
)
def test_names_after_a_number_in_a_sentence(text: str, stated: str | None) -> None:
    table = parts(*[(HARBOURS, LIGHTS)] * 3) + f"¶ {text}\n"
    assert told(table) == ([["NAM102", stated]] if stated else [])


@pytest.mark.parametrize(
    ("part", "before", "text", "language"),
    [
        (PART, BEFORE, "4.{} Under subprogramme 2, component 1, all is well.", "en"),
        (CHINESE, ABOVE, "4.{} 在次级方案 2，构成部分 1 下，一切正常。", "zh"),
    ],
)
def test_the_number_of_a_part_is_no_name_however_often_it_follows(
    part: str, before: tuple[str, ...], text: str, language: str
) -> None:
    sentences = "".join(f"¶ {text.format(at)}\n" for at in range(1, 20))
    table = parts(*[(HARBOURS, LIGHTS)] * 3, part=part) + sentences
    assert told(table, before, language) == []


def test_a_heading_with_a_slip() -> None:
    table = parts(*[(HARBOURS, LIGHTS)] * 3)
    after = "¶ 4.7 All is well.\n¶ Harbor safety\n¶ Division for Harbour Safety\n"
    assert told(table + after) == [["NAM102", "Harbor safety"]]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The Brinvale Centre is closed; the Brindale Centre and the Brindale Centre are not.", 1),
        ("The Brinvale Bridge is closed; the Brindale Centre, our Brindale Centre is not.", 0),
        ("In Estonian Courts, Estonia and the Courts of Estonia rule. The Estonians agree.", 0),
        ("The Organisation Council, the Organization Council, the Organization Council.", 0),
    ],
)
def test_two_spellings_need_the_same_neighbour(text: str, pair: int) -> None:
    found = told(f"{AMOUNTS}¶ 4.1 {text}\n", MONEY)
    assert [code for code, _ in found] == ["NAM301"] * pair


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("员额调到海港瓦伦西亚；设在海港巴伦西亚，迁往巴伦西亚", "瓦伦西亚"),
        ("来自印度尼西亚；前往密克罗尼西亚；留在印度尼西亚", None),
        ("1 个法律理干事(P-4)和 2 个法律干事(P-4)，法律干事将到任", "法律理干事"),
        ("1 个高级法律干事(P-4)和 2 个法律干事(P-4)，法律干事将到任", None),
        ("1 个法律理干事(P-4)和 2 个法律干事(P-3)，法律干事将到任", None),
    ],
)
def test_places_and_titles_in_ideographs(text: str, stated: str | None) -> None:
    table = "类别 | 2025 年核定 | 2026 年估计\n员额 | 410.5 | 412.5\n旅费 | 21.5 | 21.5\n"
    before = ("表 1", "财政资源演变情况", "(千美元)")
    found = told(f"{table}共计 | 432.0 | 434.0\n¶ 4.1 {text}。\n", before, "zh")
    assert found == ([["NAM301", stated]] if stated else [])


def test_a_row_of_proposed_posts_with_its_year_first() -> None:
    columns = "".join(
        f"¶ 表 4.{at}\n¶ 财政资源演变情况\n¶ (千美元)\n"
        "类别 | 2025 年批款 | 2026 年估计\n"
        "员额 | 10.5 | 12.5\n非员额 | 1.5 | 1.5\n共计 | 12.0 | 14.0\n"
        for at in range(1, 6)
    )
    posts = "¶ 表 4.6\n¶ 员额变动\n¶ (员额数目)\n | 数目 | 详情\n2025 年核定 | 3 | 3 个 P-3\n"
    right, wrong = (f"{posts}{year} 年拟议 | 3 | 3 个 P-3\n" for year in (2026, 2025))
    assert told(columns + right, (), "zh") == []
    assert told(columns + wrong, (), "zh") == [["NAM401", "2025 年拟议"]]


def test_a_day_or_a_period_in_a_heading_is_no_other_budget_year() -> None:
    columns = "".join(
        f"¶ Table 4.{at}\n¶ Evolution of resources\n¶ (Thousands of United States dollars)\n"
        "Category | 2025 approved | 2026 estimate\n"
        "Posts | 10.5 | 12.5\nNon-post | 1.5 | 1.5\nTotal | 12.0 | 14.0\n"
        for at in range(1, 6)
    )
    last = (
        "¶ Table 4.6\n¶ Resources of the last months\n¶ (Thousands of United States dollars)\n"
        "Category | {} approved | {} estimate\n"
        "Posts | 10.5 | 12.5\nNon-post | 1.5 | 1.5\nTotal | 12.0 | 14.0\n"
    )
    assert told(columns + last.format("2024", "2026"), ()) == [["NAM401", "10.5"]]
    assert told(columns + last.format("31 May 2026", "2026"), ()) == []
    period = "2025/26 (1 October 2025 to 30 June 2026)"
    assert told(columns + last.format("2025", period), ()) == []

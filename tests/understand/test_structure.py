"""Which rows each total adds up: what the columns vote and the labels confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.as_printed import MONEY, check, facts_of, is_complete, sums, table_of
from tests.compose.printed import tenths
from tests.growing import (
    amounts,
    changes,
    lettered,
    moved,
    nodes,
    plain,
    telling,
    unnamed,
    with_changes,
    written,
    written_variance,
    years,
)
from unbudget_check.understand.tables.candidates import Open, mixed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.growing import Node, Row
    from unbudget_check.model.facts import TableFacts

NESTED = """
Item                 |  2024 |  2025
A. Direction         |  10.0 |  11.0
B. Programme of work |       |
1. Policy            | 100.0 | 104.5
2. Statistics        |  50.0 |  60.2
Subtotal, B          | 150.0 | 164.7
C. Support           |  20.0 |  20.3
Total                | 180.0 | 196.0
"""


def footed(table: TableFacts) -> dict[int, tuple[int, ...]]:
    return {footing.total: footing.parts for footing in table.footings}


def built(rows: Sequence[Row]) -> dict[int, tuple[int, ...]]:
    return {at: row.parts for at, row in enumerate(rows) if row.parts}


def test_a_total_adds_up_items_and_subtotals() -> None:
    assert sums(table_of(NESTED, MONEY)) == {
        "Subtotal, B": ["Policy", "Statistics"],
        "Total": ["Direction", "Subtotal, B", "Support"],
    }


@pytest.mark.parametrize("label", ["Subtotal", "Subtotal (B)", "Sub-total, B", "Subtotal B"])
def test_a_subtotal_is_worded_in_many_ways(label: str) -> None:
    found = table_of(NESTED.replace("Subtotal, B", label), MONEY)
    assert sums(found)[label] == ["Policy", "Statistics"]


@pytest.mark.parametrize(("row", "total"), [(5, "150.0"), (7, "180.0")])
def test_a_total_that_is_wrong_in_one_column_is_the_same_total(row: int, total: str) -> None:
    texts = NESTED.strip().splitlines()
    texts[row] = texts[row].replace(total, total.replace("0.0", "7.0"))
    wrong, right = (table_of(text, MONEY) for text in ("\n".join(texts), NESTED))
    assert footed(wrong) == footed(right)
    assert sum(f.weight.failed for f in wrong.footings) >= 1


def test_a_lone_column_follows_its_labels() -> None:
    table = "Item | 2025\nPosts | 10.0\nTravel | 5.0\nSubtotal | 15.0\nRent | 4.0\nTotal | 19.5\n"
    assert sums(table_of(table, MONEY)) == {
        "Subtotal": ["Posts", "Travel"],
        "Total": ["Subtotal", "Rent"],
    }


def test_a_subtotal_over_subtotals() -> None:
    table = """
    Item                |  2024 |  2025
    1. North            |       |
    Posts               |  30.1 |  31.0
    Travel              |  11.4 |  10.9
    Subtotal, 1         |  41.5 |  41.9
    2. South            |       |
    Posts               |  20.2 |  25.0
    Travel              |  12.6 |  12.6
    Subtotal, 2         |  32.8 |  37.6
    Subtotal, field     |  74.3 |  79.5
    Headquarters        |  40.0 |  44.4
    Total               | 114.3 | 123.9
    """
    assert sums(table_of(table, MONEY)) == {
        "Subtotal, 1": ["Posts", "Travel"],
        "Subtotal, 2": ["Posts", "Travel"],
        "Subtotal, field": ["Subtotal, 1", "Subtotal, 2"],
        "Total": ["Subtotal, field", "Headquarters"],
    }


def test_rows_that_explain_others_are_no_addends() -> None:
    table = """
    Item              |  2024 |  2025
    Salaries          |  90.0 |  95.5
    of which overtime |  10.0 |  11.5
    Rent              |  30.0 |  31.0
    Total             | 120.0 | 126.5
    Vacancy rate      |   8.0 |   9.0
    """
    found = sums(table_of(table, MONEY))
    assert found == {"Total": ["Salaries", "Rent"]}


def test_the_last_total_of_a_table_in_parts_adds_up_the_parts() -> None:
    table = """
    Item        | 2024 | 2025
    Posts       | 10.0 | 11.0
    Travel      |  5.0 |  6.0
    Subtotal, 1 | 15.0 | 17.0
    ¶ (2) Extrabudgetary
    Item        | 2024 | 2025
    Posts       | 20.5 | 21.0
    Travel      |  1.0 |  1.5
    Subtotal, 2 | 21.5 | 22.5
    Total       | 36.5 | 39.5
    """
    first, second = facts_of(table, (*MONEY, "(1) Regular budget")).tables
    assert sums(first) == {"Subtotal, 1": ["Posts", "Travel"]}
    assert sums(second) == {"Subtotal, 2": ["Posts", "Travel"], "Total": ["Subtotal, 2"]}
    (above,) = [footing.above for footing in second.footings if footing.above]
    assert above == ((0, 2),)


def test_columns_that_agree_make_a_total_that_no_word_announces() -> None:
    table = """
    Department |    2023 |    2024 |    2025
    Parks      | 1 204.1 | 1 251.0 | 1 310.5
    Lighting   |   860.7 |   871.4 |   902.2
    Libraries  | 2 415.0 | 2 460.3 | 2 498.8
    Whole city | 4 479.8 | 4 582.7 | 4 711.5
    """
    assert sums(table_of(table, MONEY)) == {"Whole city": ["Parks", "Lighting", "Libraries"]}


@pytest.mark.parametrize(
    "last",
    ["Whole city | 4 479.8 | – | –", "Whole city | 3 | 5 | 8", "Roads | 4 479.8 | 950.0 | 12.5"],
)
def test_weak_evidence_makes_no_total(last: str) -> None:
    """One column that happens to agree, or sums so small that chance explains them."""
    small = "| 1 | 2 | 3" if "| 3 |" in last else ""
    rows = (
        [f"Parks {small}", "Lighting | 2 | 3 | 5"]
        if small
        else ["Parks | 3 619.1 | 1 251.0 | 9.0", "Lighting | 860.7 | 871.4 | 902.2"]
    )
    assert not sums(table_of("\n".join(["Department | 2023 | 2024 | 2025", *rows, last])))


def test_a_total_without_any_rows_that_fit_is_said_to_be_unclear() -> None:
    table = """
    Item   |  2023 |  2024 |  2025
    Posts  |  10.0 |  11.0 |  12.0
    Travel |   5.0 |   6.0 |   7.0
    Total  | 315.0 | 217.0 | 819.0
    """
    found = table_of(table, MONEY)
    assert not found.footings
    assert found.unclear == ("Total",)


def test_a_subtotal_that_leaves_out_its_first_row_is_wrong_and_not_shorter() -> None:
    """In all columns by the same row: they would agree on the rest, which nothing takes up."""
    table = """
    Grade      | 2031 | 2032
    Categoría profesional | |
    SGA        |    2 |    2
    D-1        |    7 |    6
    P-5        |   11 |    9
    Subtotal   |   18 |   15
    Servicios generales | |
    SG (OC)    |    4 |    4
    Subtotal   |    4 |    4
    Total      |   22 |   19
    """
    found = table_of(table, ("Puestos por categoría",), "es")
    first, *_ = (footing for footing in found.footings if footing.total == min(footed(found)))
    assert [found.rows[part].label for part in first.parts] == ["SGA", "D-1", "P-5"]


def test_a_total_of_levels_of_the_same_money_adds_up_one_of_them() -> None:
    """Areas, their units and their teams: only a level of them makes the total."""
    table = """
    Area      |    2025 |    2026
    Area A    | 1 204.7 | 1 251.9
    Unit A1   |   804.1 |   800.8
    Team A11  |   500.3 |   501.2
    Team A12  |   303.8 |   299.6
    Unit A2   |   400.6 |   451.1
    Area B    |   860.2 |   871.4
    Unit B1   |   460.1 |   470.7
    Unit B2   |   400.1 |   400.7
    Total     | 2 064.9 | 2 123.3
    """
    found = sums(table_of(table, MONEY))
    assert found["Total"] == ["Area A", "Area B"]
    assert found["Area B"] == ["Unit B1", "Unit B2"]


def test_a_total_of_one_other_total_is_none() -> None:
    table = """
    Item                 |   2025
    Salaries             | 52 300
    Travel               |  6 137
    Total direct costs   | 58 437
    Total indirect costs | 29 219
    Total requested      | 91 111
    """
    assert "Total indirect costs" not in sums(table_of(table, MONEY))


def test_the_difference_of_two_levels_is_found_by_its_word() -> None:
    table = """
    Rubro                    | 2030
    Consignación             | 8 412
    Gasto previsto           | 8 000
    Saldo no utilizado       |   412
    Propuesta                | 9 100
    Ajuste recomendado       | (150)
    Recomendación            | 8 950
    """
    assert sums(table_of(table, ("Estimaciones",), "es")) == {
        "Saldo no utilizado": ["Consignación", "Gasto previsto"],
        "Recomendación": ["Propuesta", "Ajuste recomendado"],
    }


@pytest.mark.parametrize("given", [("–", "–"), ("88.3", "91.4")], ids=["nil", "some"])
def test_a_total_may_start_again_from_the_gross_after_a_net(given: tuple[str, str]) -> None:
    """What is given in kind comes on top of the gross, though the net stands between them."""
    old, new = ("5 510.9", "5 773.4") if given[0] == "–" else ("5 599.2", "5 864.8")
    table = f"""
    Poste                     |    2029 |    2030
    Militaires                | 3 904.2 | 4 012.8
    Civils                    | 1 606.7 | 1 760.6
    Montant brut              | 5 510.9 | 5 773.4
    Contributions du personnel|   311.8 |   340.9
    Montant net               | 5 199.1 | 5 432.5
    Apports en nature         | {given[0]} | {given[1]}
    Total                     | {old} | {new}
    """
    found = sums(table_of(table, ("Ressources (en milliers de dollars)",), "fr"))
    assert found["Total"] == ["Montant brut", "Apports en nature"]


@pytest.mark.parametrize(
    ("code", "which"),
    [("en", "Of which: salaries"), ("fr", "Dont : salaires"), ("zh", "其中：工资")],
)
@pytest.mark.parametrize("rent", ["1 140.2", "1 410.2"])
def test_further_rows_complete_what_of_which_began(code: str, which: str, rent: str) -> None:
    """Only the first part carries the words; rows that complete nothing are addends."""
    total = "15 245.5" if rent == "1 140.2" else "16 655.7"
    table = f"""
    A          |     2030
    Operations |  9 120.5
    {which}    |  7 980.3
    Rent       |  {rent}
    Projects   |  6 125.0
    Total      | {total}
    """
    parts = ["Operations", "Projects"] if rent == "1 140.2" else ["Operations", "Rent", "Projects"]
    assert sums(table_of(table, (), code))["Total"] == parts


@pytest.mark.parametrize("total", ["5 454.1", "5 545.1"])
def test_a_total_goes_on_from_the_net_where_it_does(total: str) -> None:
    table = f"""
    Item                   |    2028 |    2029 |    2030
    Gross                  | 5 402.2 | 5 510.9 | 5 773.4
    Staff assessment       |   305.1 |   311.8 |   340.9
    Net                    | 5 097.1 | 5 199.1 | 5 432.5
    Interest               |    12.4 |    17.3 |    21.6
    Total                  | 5 109.5 | 5 216.4 | {total}
    """
    assert sums(table_of(table, MONEY))["Total"] == ["Net", "Interest"]


@pytest.mark.parametrize("result", ["8 700", "8 070"])
def test_an_adjustment_may_lead_on_from_a_row_further_up(result: str) -> None:
    table = f"""
    Item                               | 2030
    Authority                          | 9 017
    Proposal of the office             | 8 812
    Projected expenditure              | 8 599
    Projected underexpenditure         |   213
    Recommended adjustment             | (112)
    Recommendation                     | {result}
    """
    found = sums(table_of(table, ("Estimates",)))
    right = ["Proposal of the office", "Recommended adjustment"]
    assert found.get("Recommendation") == (right if result == "8 700" else None)


def test_what_is_deducted_is_taken_off() -> None:
    table = """
    Item                 |    2024 |    2025
    Contributions        | 120 512 | 131 207
    Less: refunds        |   1 513 |   1 718
    Less: write-offs     |     203 |     304
    Net contributions    | 118 796 | 129 185
    Interest             |   2 317 |   2 119
    Total revenue        | 121 113 | 131 304
    """
    found = sums(table_of(table, MONEY))
    assert found["Net contributions"] == ["Contributions", "Less: refunds", "Less: write-offs"]
    assert found["Total revenue"] == ["Net contributions", "Interest"]


def test_a_label_may_name_its_parts() -> None:
    table = """
    Item             |   2025
    A. Staff         |
    Driver           | 15 601
    Cook             |  9 302
    Subtotal A       | 24 903
    B. Supplies      |
    Tents            |  5 551
    Kits             |  3 370
    Subtotal B       |  8 921
    Direct costs (A+B) | 33 824
    """
    found = sums(table_of(table, MONEY))
    assert found["Direct costs (A+B)"] == ["Subtotal A", "Subtotal B"]


def test_rows_of_one_name_in_several_blocks_make_a_total() -> None:
    table = """
    Office           | 2025 | 2026
    Port             |      |
    Establishment    |   31 |   17
    Abolishment      |  (12) | (9)
    Quay             |      |
    Establishment    |   46 |   29
    Abolishment      |  (25) | (3)
    Subtotal Establishment | 77 | 46
    Subtotal Abolishment   | (37) | (12)
    """
    found = sums(table_of(table, ("Posts by office",)))
    assert found["Subtotal Establishment"] == ["Establishment", "Establishment"]
    assert found["Subtotal Abolishment"] == ["Abolishment", "Abolishment"]


def test_a_row_that_happens_to_be_what_is_left_of_a_total_is_an_item() -> None:
    table = """
    Item     |    2020 | 2021 | 2022
    Rent     |    10.0 | 10.0 | 10.0
    Staff    |    10.0 | 10.0 | 10.0
    Travel   | 1 625.1 | 51.1 | 23.2
    Subtotal | 1 635.1 | 61.1 | 33.2
    Power    |    10.0 | 10.0 | 10.0
    Vessels  | 1 625.2 | 51.0 | 23.3
    Subtotal | 1 635.2 | 61.0 | 33.3
    Total    | 3 280.3 | 132.1 | 76.5
    """
    assert "Vessels" not in sums(table_of(table, MONEY))


VARIANCE = (
    "Item | 2024 expenditure | 2025 approved | Technical adjustments | New/expanded mandates"
    " | Other | Total | 2026 estimate\n"
)


@pytest.mark.parametrize(
    "rows",
    [
        """
    Quays       | – | 1 999.9 | –    | 0.1 | – | 0.1  | 2 000.0
    Cranes      | – | 1 999.9 | 24.8 | 0.8 | – | 25.6 | 2 025.5
    Subtotal, A | – | 3 999.8 | 24.8 | 0.9 | – | 25.7 | 4 025.5
    Pilots      | – | 1 999.9 | –    | 0.1 | – | 0.1  | 2 000.0
    Boats       | – | 1 999.9 | 24.8 | 0.8 | – | 25.6 | 2 025.5
    Total       | – | 7 999.6 | 49.6 | 1.8 | – | 51.4 | 8 051.0
    """,
        """
    Quays       | 0.1   | 1 999.9 | – | – | –   | –   | 1 999.9
    Cranes      | 102.3 | 2 410.0 | – | – | 0.1 | 0.1 | 2 410.1
    Subtotal, A | 102.4 | 4 409.9 | – | – | 0.1 | 0.1 | 4 410.0
    Pilots      | 0.1   | 1 999.9 | – | – | –   | –   | 1 999.9
    Boats       | 102.4 | 2 410.1 | – | – | 0.1 | 0.1 | 2 410.2
    Total       | 204.9 | 8 819.9 | – | – | 0.2 | 0.2 | 8 820.1
    """,
    ],
)
def test_rows_printed_again_below_their_subtotal_are_items(rows: str) -> None:
    """Each is what is left of the subtotal without the other, or nearly so."""
    found = sums(table_of(VARIANCE + "A. Works | | | | | | | " + rows, MONEY))
    assert found["Subtotal, A"] == ["Quays", "Cranes"]
    assert found["Total"] == ["Subtotal, A", "Pilots", "Boats"]


@settings(max_examples=60)
@given(nodes(amounts(100, 999_999, 3)), st.sampled_from([lettered, plain]))
def test_every_labelled_total_is_found_with_its_parts(
    node: Node, style: Callable[[Node], list[Row]]
) -> None:
    rows = style(node)
    found = table_of(written(rows, years(3)), MONEY)
    assert footed(found) == built(rows)
    assert not any(f.weight.failed for f in found.footings)
    assert not found.unclear


@settings(max_examples=60)
@given(st.data())
def test_every_total_is_found_though_no_word_names_it(data: st.DataObject) -> None:
    """With two informative columns or more; words are drawn at random."""
    columns = data.draw(st.integers(2, 5))
    rows = unnamed(data.draw(nodes(telling(columns))))
    found = table_of(written(rows, years(columns)), MONEY)
    assert footed(found) == built(rows)


@settings(max_examples=40)
@given(nodes(amounts(100, 999_999, 1), depth=2))
def test_a_lone_column_of_totals_is_found_with_its_parts(node: Node) -> None:
    rows = lettered(node)
    assert footed(table_of(written(rows, years(1)), MONEY)) == built(rows)


@settings(max_examples=40)
@given(nodes(changes()), st.permutations(range(8)))
def test_the_order_of_the_columns_does_not_matter(node: Node, order: list[int]) -> None:
    rows = with_changes(lettered(node))
    found = table_of(written_variance(rows, order), MONEY)
    assert footed(found) == built(rows)


@settings(max_examples=40)
@given(nodes(amounts(1000, 999_999, 4)), st.data())
def test_one_wrong_figure_does_not_change_what_is_added_up(node: Node, data: st.DataObject) -> None:
    rows = lettered(node)
    at = data.draw(st.sampled_from([i for i, row in enumerate(rows) if row.figures]))
    column = data.draw(st.integers(0, 3))
    wrong = moved(rows, at, column, data.draw(st.sampled_from([-900, 90, 9000])))
    assert footed(table_of(written(wrong, years(4)), MONEY)) == built(rows)


def test_a_row_that_repeats_another_in_most_columns_is_no_total() -> None:
    """Posts have no changes: that Cars change as Fuel does must not make them the sum of both."""
    rows: list[tuple[str, tuple[int, ...]]] = [
        ("Posts", (19_999, 0, 0, 0)),
        ("A. Transport", ()),
        ("Fuel", (51_200, 19_999, 3_032, 5_159)),
        ("Cars", (84_100, 19_999, 3_033, 5_159)),
        ("Subtotal, A", (135_300, 39_998, 6_065, 10_318)),
        ("Total", (155_299, 39_998, 6_065, 10_318)),
    ]
    header = "Item | 2025 approved | Technical adjustments | New/expanded mandates | Other | Total"
    lines = [f"{header} | 2026 estimate"]
    for label, figures in rows:
        printed = [*figures, sum(figures[1:]), sum(figures)] if figures else []
        lines.append(" | ".join((label, *(map(tenths, printed) if printed else [""] * 6))))
    result = check("\n".join(lines), MONEY)
    assert not result.findings
    assert is_complete(result)


def test_a_total_adds_up_the_lines_that_its_label_names_by_number() -> None:
    """Words of any language may stand around the numbers; one column may be wrong."""
    found = table_of(
        """
        Concepto                                    |   Total | Excluido | Admitido
        1. Terrenos                                 | 120 000 |        – |  120 000
        2. Edificios                                | 431 000 |   12 000 |  419 000
        3. Subtotal (suma de las líneas 1 y 2)      | 551 000 |   12 000 |  539 000
        4. Ingresos                                 |  18 000 |        – |   18 000
        5. Total (línea 3 menos línea 4)            | 533 000 |   12 000 |  512 000
        """,
        language="es",
    )
    assert [(f.total, f.parts, f.signs) for f in found.footings] == [
        (2, (0, 1), (1, 1)),
        (4, (2, 3), (1, -1)),
    ]


DOGS = """
Item                |   2024 |    2025
Revenue             |        |
Dog tax             |    0.0 |    28.7
Sports              |        |
Fees                |    0.0 |     4.3
Rent                |   65.7 |    81.7
Total sports        |   65.7 |    86.0
Parking             |  144.3 |   175.5
Total revenue       |  210.0 |   290.2
"""


def test_a_row_that_repeats_another_one_is_hardly_its_total() -> None:
    """Rent alone makes the total of sports in 2024; the fees of 2025 belong to it, too."""
    assert sums(table_of(DOGS)) == {
        "Total sports": ["Fees", "Rent"],
        "Total revenue": ["Dog tax", "Total sports", "Parking"],
    }


RESULT = """
Code | Item        |   2025
1    | Revenue     | 8 694.4
1.1  | Taxes       | 7 245.1
1.2  | Fees        | 1 449.3
2    | Expenditure | 4 708.6
2.1  | Staff       | 2 746.4
2.2  | Goods       | 1 962.2
     | Surplus     | {}
"""


def test_a_surplus_below_totals_above_their_parts() -> None:
    right, wrong = (check(RESULT.format(stated)) for stated in ("3 985.8", "3 958.8"))
    assert not right.findings
    assert [finding.stated_text for finding in wrong.findings] == ["3 958.8"]


@pytest.mark.parametrize("word", ["Summe", "Razem", "Totale", "Toplam", "Σύνολο", "Tổng cộng"])
def test_totals_are_known_by_their_words_in_other_languages(word: str) -> None:
    text = f"Konto | 2025\nA | 13.4\nB | 27.5\nC | 31.9\n{word} | 72.3"
    (finding,) = check(text).findings
    assert (finding.stated_text, str(finding.computed)) == ("72.3", "72.8")


OPERATING = """
Item                   |   2024 |   2025
Patients               | 7 053.1 | 6 853.4
Grants                 | 1 372.0 | 1 160.6
Total income           | 8 425.1 | 8 014.0
Staff                  | 5 324.6 | 5 395.6
Goods                  | 1 307.1 | 1 355.2
Total expenses         | 6 631.7 | 6 750.8
Operating surplus      | 1 793.4 | 1 263.2
Interest received      |    15.3 |    15.4
Interest paid          |    17.5 |    14.9
Dividend               |    58.7 |    57.6
Surplus for the year   | 1 732.5 | {}
"""


def test_a_result_leads_on_from_another_with_signs_that_nobody_prints() -> None:
    assert not check(OPERATING.format("1 206.1")).findings
    (finding,) = check(OPERATING.format("1 260.1")).findings
    assert (finding.stated_text, str(finding.computed)) == ("1 260.1", "1206.1")


def test_a_row_that_repeats_its_only_part_is_counted_once() -> None:
    text = "Item | 2024 | 2025\nTotal | 401.5 | 334.9\nWater | 22.1 | 26.7\nPipes | 22.1 | 26.7\n"
    text += "Wells | – | –\nRoads | 379.4 | 308.2\nLight | 188.5 | 160.1\nSand | 190.9 | 148.1"
    assert not check(text).findings


def test_a_row_of_a_long_list_does_not_look_back_over_all_rows_before_it() -> None:
    looked_at: list[int] = []

    class Stack(list[Open]):
        def __getitem__(self, at: Any) -> Any:  # noqa: ANN401  a number or a slice
            looked_at.append(at)
            return super().__getitem__(at)

    stack = Stack(Open(at, (at,)) for at in range(5_000))
    assert not list(mixed(stack, 0, (7,), (1,), 0))
    assert len(looked_at) < 20


def test_rows_below_a_total_are_not_its_parts_where_none_of_them_bears_it_out() -> None:
    """Nothing adds up here: so nothing is said of rows that merely follow the total."""
    accounts = """
    Item                     | 2025
    Sales                    | 17,364.8
    Wages                    |  8,084.6
    Goods                    |  6,519.2
    Rent                     |    178.2
    Total operating expenses | 15,370.8
    Operating income         |  1,994.0
    Total assets             | 15,527.6
    """
    assert "Total operating expenses" not in sums(table_of(accounts))


@pytest.mark.parametrize("word", ["Saldo", "Jahresergebnis", "Avanzo", "Resultado", "Wynik"])
def test_what_is_left_of_two_rows_is_known_by_its_word_in_other_languages(word: str) -> None:
    text = "Konto | 2025\nA | 4,300.0\nB | 1,595.5\n{} | {}"
    assert not check(text.format(word, "2,704.5")).findings
    (finding,) = check(text.format(word, "2,740.5")).findings
    assert (finding.stated_text, str(finding.computed)) == ("2,740.5", "2704.5")
    assert not check(text.format(f"{word} 2024", "1,111.1")).findings


def test_a_total_right_below_another_does_not_take_it() -> None:
    summary = "Item | 2024 | 2025\nTotal revenue | 4,300.0 | 4,412.5\n"
    summary += "Total expenditure | 1,595.5 | 1,702.0\nSurplus | 2,704.5 | {}"
    assert not check(summary.format("2,710.5")).findings
    (finding,) = check(summary.format("2,701.5")).findings
    assert (finding.stated_text, str(finding.computed)) == ("2,701.5", "2710.5")


def test_rows_that_come_to_nothing_in_most_columns_are_no_parts_where_fewer_hold_in_all() -> None:
    """The second fund is empty at the end of most years: then its rows add nothing to the first."""
    funds = """
    Item               | 2021  | 2022  | 2023  | 2024  | 2025  | 2026
    First fund, begin  | 690.4 | 671.9 | 655.2 | 640.8 | 618.3 | 601.1
    Second fund, begin | 107.2 |  49.6 |  19.4 |  12.7 |   8.5 |   4.2
    First fund, moved  | -18.5 | -16.7 | -14.4 | -22.5 | -17.2 | -31.9
    Second fund, moved | -57.6 | -30.2 | -19.4 | -12.7 |  -8.5 |  -4.2
    First fund, end    | 671.9 | 655.2 | 640.8 | 618.3 | 601.1 | 569.2
    """
    found = sums(table_of(funds))
    assert found["First fund, end"] == ["First fund, begin", "First fund, moved"]
    assert not check(funds).findings


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "Subtotal"),
        ("fr", "Sous-total"),
        ("zh", "小计"),
        ("ru", "Промежуточный итог"),
    ],
)
def test_a_heading_with_a_stray_dash_is_no_total(language: str, word: str) -> None:
    rows = f"""
    Office      | P-5 | P-4 | P-3 | Staff | Local | Total
    Hilltop     |   4 |   9 |   3 |    16 |    21 |    37
    Lakeside    |   2 |   5 |   8 |    15 |    11 |    26
    Quay        |   3 |   6 |   2 |    11 |    14 |    25
    {word} A    |   9 |  20 |  13 |    42 |    46 |    88
    Ridge       |   1 |   3 |   4 |     8 |    12 |    20
    Valley      |   2 |   7 |   6 |    15 |     9 |    24
    Hamlet      |   2 |   7 |   6 |    15 |     9 |    24
    {word}, Ost |     |     |     |     – |       |
    Village     |   2 |   7 |   6 |    15 |     9 |    24
    Town        |   3 |   6 |   2 |    11 |    14 |    25
    {word} B    |   5 |  13 |   8 |    26 |    23 |    49
    """
    lines = ("Table 3", "Posts by office", "(Number of posts)")
    assert not check(rows, lines, language).findings


def _references_read(rows: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a table of so many items asks an open row which total its label is."""
    slot: Any = vars(Open)["reference"]
    reads = 0

    def read(part: Open) -> object:
        nonlocal reads
        reads += 1
        return slot.__get__(part, Open)

    items = "".join(f"Item {at} | {at * 37 % 911}.0 | {at * 53 % 877}.0\n" for at in range(rows))
    with monkeypatch.context() as patched:
        patched.setattr(Open, "reference", property(read, slot.__set__))
        check(f"\nItem | 2024 | 2025\n{items}", MONEY)
    return reads


def test_open_rows_are_gone_through_for_labels_that_name_parts_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few, many = (_references_read(rows, monkeypatch) for rows in (100, 400))
    assert many <= 4.4 * max(few, 100)

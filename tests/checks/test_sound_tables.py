"""Tables that are right as published, of kinds that look like slips, each beside a real slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check import check
from unbudget_check.engine import relations
from unbudget_check.model.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

# Rows of persons as an office publishes them that draws multiples of five at random.
HOUSEHOLDS = """
Households,Northport,Eastmouth,Lakeview,Hillside
Total households,"70,665","155,130","51,595","49,105"
Owners,"40,180","96,425","30,560","29,320"
Tenants,"26,935","51,280","18,815","17,265"
Others,"3,550","7,425","2,210","2,520"
Persons in households,"178,710","368,005","123,720","120,185"
Persons a household,2.5,2.4,2.4,2.4
"""
# The highest of each column, below rows that add up across.
SALARIES = """
Name,Hours,Basic pay,Bonus,Total pay
Jones,13,107.25,25.00,132.25
Smith,15,112.50,22.00,134.50
Rogers,20,200.00,23.00,223.00
Adams,42,472.50,39.00,511.50
Green,48,472.80,62.50,535.30
Stevens,44,473.00,60.00,533.00
{name},48,473.00,62.50,535.30
"""
# Medians, below a heading that says total of another thing.
INCOMES = """
Region,Under 5,5 to 20,Over 20,Total,Median income
North,168,1641,2103,3912,17600
East,651,5250,6477,12378,24700
South,339,2685,4023,7047,20000
West,249,2265,3321,5835,19000
Hills,93,609,1068,1770,17500
Lakes,114,1020,1803,2937,19200
Coast,57,546,762,1365,19400
Plains,144,1401,2160,3705,19400
City,174,1863,2805,4842,24100
Total,1989,17280,24522,43791,20900
"""
# An exceptional item of one year, which no other year has.
FORECAST = """
Item,2024,2025,2026,2027,2028
Grants,45358,50597,54222,57303,60555
Fees,45358,50597,54221,57302,60554
Total income,90716,101194,108443,114605,121109
Staff,55450,60381,64158,67595,71452
Other,36774,42131,46340,48610,50372
Total expenditure,92224,102512,110498,116205,121824
Exceptional items,0,0,600,0,0
Surplus/(deficit) before tax,-1508,-1318,-1455,-1600,-715
"""
# Months that have not come, and their totals.
MONTHS = """
Bankruptcies,2022,2023,2024,2025
Total,978,1400,1216,743
January,315,390,404,358
February,365,480,375,385
1st half-year,978,1400,1216,-
March,98,230,207,-
April,100,150,110,-
May,60,90,70,-
June,40,60,50,-
"""
# Amounts in the currency of each country, which nobody added up.
BANKS = """
Country,Banks,Branches,Staff,Assets,Deposits
Norland,113,6113,75843,846.3,397.9
Sudland,2695,41139,751050,6386.2,2384.6
Estland,61,2920,59636,190.5,131.8
Westland,280,38931,241526,1202.1,700.3
TOTAL,3149,89103,1128055,-,-
"""
# A database without months makes the totals of the months less than the total of all.
USAGE = """
Name,July,August,September,Total
Alpha,4893,4233,6339,15465
Beta,N/A,N/A,N/A,24790
Gamma,1996,818,2370,5184
Delta,142,118,489,749
Epsilon,13644,10161,24857,48662
Totals,20675,15330,34055,94850
"""
# Rates of growth below the amounts, under a heading that says total.
TRADE = """
Year,Total trade,With partners,Overseas
2020,889,233,656
2021,910,241,669
2022,981,264,717
2023,1046,293,753
2024,1176,343,833
Average annual rate,6.4,7.9,5.7
"""
# Two years that nobody has added up yet.
PLANS = """
Item,2023,2024,2025,2026
Teachers,120.5,131.2,140.1,151.7
Pupils,210.4,220.8,230.3,241.9
Books,33.1,35.2,37.3,39.9
Total,364.0,387.2,-,-
"""
SOUND = {
    "years not added up": PLANS,
    "rates of growth": TRADE,
    "random rounding": HOUSEHOLDS,
    "highest figures": SALARIES.format(name="Max"),
    "highest figures without a word": SALARIES.format(name="Record"),
    "medians": INCOMES,
    "exceptional item": FORECAST,
    "months to come": MONTHS,
    "several currencies": BANKS,
    "not available": USAGE,
}
SLIPS = (
    ("years not added up", "387.2,-,-", "387.2,407.7,-"),
    ("rates of growth", "2023,1046", "2023,1064"),
    ("random rounding", "51,595", "57,595"),
    ("random rounding", "96,425", "96,245"),
    ("highest figures", "472.80,62.50,535.30", "472.80,62.50,553.30"),
    ("medians", "24522,43791", "24522,47391"),
    ("exceptional item", "-1600", "-1060"),
    ("several currencies", "1128055", "1128505"),
    ("not available", "48662", "46862"),
)


def errors(folder: Path, table: str) -> list[str]:
    path = folder / "table.csv"
    path.write_text(table.strip() + "\n", encoding="utf-8")
    found = check([str(path)]).findings
    return [each.message for each in found if each.severity is Severity.ERROR]


@pytest.mark.parametrize("kind", SOUND)
def test_no_error_is_told_on_a_table_that_is_right(kind: str, tmp_path: Path) -> None:
    assert not errors(tmp_path, SOUND[kind])


@pytest.mark.parametrize(("kind", "right", "wrong"), SLIPS)
def test_a_slip_in_the_same_table_is_told(
    kind: str, right: str, wrong: str, tmp_path: Path
) -> None:
    table = SOUND[kind].replace(right, wrong)
    assert bool(errors(tmp_path, table)) is (table != SOUND[kind])


SYSTEMS = """
Systems,,,,,2024,,2025,,2026
01-1000 - First system,,,,,,,,,
01-1001 - Develop,,,,,16.0,,0.4,,1.5
01-1002 - Run,,,,,15.3,,31.1,,30.2
01-3003 - Subtotal,,,,,31.3,,31.5,,31.7
01-1004 - Funds,,,,(Care),21.3,,11.5,,11.6
01-1005 - Funds,,,,(Other),10.0,,20.0,,20.1
01-3007 - Subtotal,,,,,31.3,,31.5,,31.7
"""


@pytest.mark.parametrize(("right", "wrong"), [("1.5\n", "5.1\n"), ("11.5", "15.1")])
def test_labels_before_blank_columns_and_behind_codes_are_read(
    right: str, wrong: str, tmp_path: Path
) -> None:
    assert not errors(tmp_path, SYSTEMS)
    (found,) = errors(tmp_path, SYSTEMS.replace(right, wrong))
    assert "Subtotal" in found


def test_a_row_of_units_is_no_row_of_figures(tmp_path: Path) -> None:
    table = "Item,2024,2025\n,$000,'000\nPosts,412,398\nTravel,97,104\nTotal,509,502\n"
    assert not errors(tmp_path, table)
    path = tmp_path / "table.csv"
    (found,) = relations([str(path)])
    assert {len(row.parts) for row in found.rows} == {2}

"""Every way in which a mapping states what adds up: right files are silent, a slip is named."""

from __future__ import annotations

import pytest

from tests.tidy.data_files import checked, relations, told
from unbudget_check.model.options import TidyMapping

LEVELS = TidyMapping(("division", "office", "item"), ("amount",), hierarchy=True)
NESTED = """\
division,office,item,amount
North,Harbour,Rent,120.0
North,Harbour,Total,120.0
North,Market,Rent,80.0
North,Market,Paint,12.3
North,Market,Total,92.3
North,Total,,212.3
South,Bridge,Rent,61.0
South,Bridge,Total,61.0
South,Quay,Rent,44.0
South,Quay,Total,44.0
South,Total,,105.0
Total,,,317.3
"""


def test_a_group_of_one_item_is_a_group() -> None:
    result = checked(NESTED, LEVELS)
    assert not result.findings
    assert relations(result) == (7, 0, 0)


def test_a_wrong_subtotal_is_one_finding_with_both_sums_as_proof() -> None:
    (finding,) = checked(NESTED.replace("Total,92.3", "Total,93.2"), LEVELS).findings
    assert (finding.code, finding.where.row) == ("ARI101", "Total, Market, North")
    assert str(finding.computed) == "92.3"
    assert len(finding.relations) == 2
    assert finding.suspects[0].slip == "digits transposed"
    assert finding.where.line == 6


def test_levels_without_totals_are_passed_through() -> None:
    rows = [row for row in NESTED.splitlines(keepends=True) if "r,Total" not in row]
    rows = [row for row in rows if not row.startswith(("North,Market,Total", "South,Q"))]
    result = checked("".join(rows).replace("105.0", "61.0").replace("317.3", "273.3"), LEVELS)
    assert not result.findings


def test_a_row_with_blank_levels_is_the_total_of_what_stands_below_it() -> None:
    text = "section,component,2026\n29,,7\n29,A,3\n29,B,4\n30,,5\nTotal,,12\n"
    mapping = TidyMapping(("section", "component"), ("2026",), hierarchy=True)
    result = checked(text, mapping)
    assert not result.findings  # section 30 has no parts: it is an item itself
    assert relations(result) == (2, 0, 0)
    assert told(checked(text.replace("29,A,3", "29,A,1"), mapping))


@pytest.mark.parametrize("word", ["Total", "المجموع", "总计", "ВСЕГО", "total général", "Subtotal"])
def test_the_words_of_languages_mark_totals_where_the_mapping_names_none(word: str) -> None:
    text = f"Titre,Poste,2026\nA,a,10.5\nA,b,20.5\nA,{word},31.0\nB,c,1.0\nB,{word},1.0\n"
    mapping = TidyMapping(("Titre", "Poste"), ("2026",), hierarchy=True)
    assert relations(checked(text, mapping)) == (2, 0, 0)
    assert told(checked(text.replace("31.0", "36.0"), mapping))[0][1:] == (
        f"{word}, A",
        "2026",
        "31.0",
    )


CODES = """\
account,name,budget,actual
1,Revenue,700.00,650.50
11,Taxes,500.00,480.50
111,Income tax,300.00,290.50
112,Land tax,200.00,190.00
12,Fees,200.00,170.00
2,Expenditure,50.00,60.00
21,Salaries,50.00,60.00
"""


def test_codes_whose_beginnings_are_levels() -> None:
    mapping = TidyMapping(("name",), ("budget", "actual"), code="account")
    result = checked(CODES, mapping)
    assert not result.findings
    assert relations(result) == (6, 0, 0)
    (finding,) = checked(CODES.replace("480.50", "408.50"), mapping).findings
    assert finding.where.row == "11 Taxes"
    assert str(finding.computed) == "480.50"
    assert finding.where.address == "row 3, column D"


def test_pieces_of_codes_are_whole() -> None:
    text = "code,amount\n1,11\n1.1,4\n1.10,5\n1.2,2\n1.10.1,5\n"
    result = checked(text, TidyMapping(("code",), ("amount",), code="code"))
    assert relations(result) == (2, 0, 0)


def test_codes_filled_up_with_noughts() -> None:
    text = "code,amount\n1000,12\n1100,7\n1110,3\n1120,4\n1200,5\n2000,6\n2300,6\n"
    result = checked(text, TidyMapping(("code",), ("amount",), code="code"))
    assert not result.findings
    assert relations(result) == (3, 0, 0)


def test_codes_of_parents() -> None:
    text = """\
id,above,name,amount
R,R,City,100
A,R,Schools,60
B,R,Roads,40
A1,A,Teachers,45
A2,A,Books,15
B1,B,Bridges,40
"""
    mapping = TidyMapping(("name",), ("amount",), code="id", parent="above")
    assert relations(checked(text, mapping)) == (3, 0, 0)
    wrong = checked(text.replace("Teachers,45", "Teachers,54"), mapping)
    assert [each[1] for each in told(wrong)] == ["A Schools"]


def test_a_kind_column_marks_totals_with_names_of_their_own() -> None:
    text = """\
dept,line,type,amount
Police,Pay,detail,300
Police,Cars,detail,50
Police,All of the police,sum,350
Fire,Pay,detail,200
Fire,,sum,200
,Grand result,sum,550
"""
    mapping = TidyMapping(
        ("dept", "line"), ("amount",), hierarchy=True, kind="type", totals=("sum",)
    )
    assert relations(checked(text, mapping)) == (3, 0, 0)
    wrong = checked(text.replace(",sum,350", ",sum,530"), mapping)
    assert [(each[1], each[3]) for each in told(wrong)] == [("All of the police, Police", "350")]


def test_a_kind_column_marks_totals_below_their_items() -> None:
    text = """\
item,kind,amount
Pay,item,10
Cars,item,5
Staff,subtotal,15
Rent,item,7
Places,subtotal,7
Reserve,item,1
Everything,total,23
"""
    mapping = TidyMapping(("item",), ("amount",), kind="kind", totals=("subtotal", "total"))
    assert relations(checked(text, mapping)) == (3, 0, 0)
    assert told(checked(text.replace("total,23", "total,32"), mapping))[0][3] == "23"


def test_labels_that_cross_have_totals_along_each() -> None:
    text = """\
year,fund,amount
2025,A,1
2025,B,2
2025,Total,3
2026,A,4
2026,B,5
2026,Total,9
Total,A,5
Total,B,7
Total,Total,12
"""
    mapping = TidyMapping(("year", "fund"), ("amount",))
    result = checked(text, mapping)
    assert not result.findings
    assert relations(result) == (6, 0, 0)
    assert told(checked(text.replace("2026,B,5", "2026,B,50"), mapping))[0][1:] == (
        "2026 B",
        "amount",
        "5",
    )


def test_nothing_is_summed_across_a_currency() -> None:
    text = """\
item,currency,amount
Pay,USD,10
Rent,USD,5
Total,USD,15
Pay,EUR,7
Total,EUR,7
"""
    mapping = TidyMapping(("item",), ("amount",), within=("currency",))
    assert relations(checked(text, mapping)) == (2, 0, 0)
    wrong = told(checked(text.replace("USD,15", "USD,22"), mapping))
    assert [each[1] for each in wrong] == ["Total (USD)"]


LONG = """\
fund,item,year,amount
Regular,Posts,2025,1.5
Regular,Posts,2026,2.5
Regular,Travel,2026,n/a
Regular,Total,2025,1.5
Regular,Total,2026,2.5
Other,Posts,2026,"1,234.5"
Other,Rent,2026,–
Other,Total,2026,"1,234.5"
"""


def test_one_row_a_figure() -> None:
    mapping = TidyMapping(("item",), measure="year", value="amount", table="fund")
    result = checked(LONG, mapping)
    assert relations(result) == (3, 0, 0)
    wrong = checked(LONG.replace("Total,2025,1.5", "Total,2025,5.1"), mapping)
    assert told(wrong) == [("ARI101", "Total (Regular)", "2025", "1.5")]


def test_equal_rows_are_several_payments() -> None:
    text = "payee,amount\nBaker,10\nBaker,10\nMiller,5\nTotal,25\n"
    assert relations(checked(text, TidyMapping(("payee",), ("amount",)))) == (1, 0, 0)


def test_rows_that_must_be_unique_are_told() -> None:
    text = "id,payee,amount\n1,Baker,10\n2,Baker,10\n1,Miller,5\n"
    result = checked(text, TidyMapping(("payee",), ("amount",), unique=("id",)))
    assert [(f.code, f.where.address) for f in result.findings] == [("DAT101", "row 4, column id")]


def test_equations_between_the_columns_of_a_row() -> None:
    text = "dept,actual,budget,variance\nA,10.5,10.0,0.5\nB,3.0,4.5,-1.5\nC,1.0,1.0,0.0\n"
    mapping = TidyMapping(
        ("dept",), ("actual", "budget", "variance"), equations=("variance = actual - budget",)
    )
    assert relations(checked(text, mapping)) == (3, 0, 0)
    (finding,) = checked(text.replace("-1.5", "1.5"), mapping).findings
    assert (finding.code, finding.where.row, finding.where.column) == ("ARI203", "B", "variance")
    assert str(finding.computed) == "-1.5"


def test_equations_between_the_measures_of_an_item() -> None:
    text = """\
dept,measure,amount
A,Actual spending,10.5
A,Budget,10.0
A,Variance,0.5
B,Actual spending,3.0
B,Budget,4.5
B,Variance,-1.0
"""
    mapping = TidyMapping(
        ("dept",),
        measure="measure",
        value="amount",
        equations=("variance = 'Actual spending' - budget",),
    )
    assert told(checked(text, mapping)) == [("ARI203", "B", "Variance", "-1.5")]


def test_an_equation_of_unknown_measures_is_told_and_not_checked() -> None:
    mapping = TidyMapping(("dept",), ("actual",), equations=("variance = actual - budget",))
    result = checked("dept,actual\nA,1\n", mapping)
    assert len(result.findings) == 2
    assert "uses 'budget', which is not a measure of this file" in result.findings[1].message


def test_a_slip_in_two_sums_and_an_equation_is_one_cell() -> None:
    text = """\
dept,item,actual,budget,variance
A,Pay,10.50,10.00,0.50
A,Rent,2.25,2.25,0.00
A,Total,12.75,12.25,0.50
"""
    mapping = TidyMapping(
        ("dept", "item"),
        ("actual", "budget", "variance"),
        hierarchy=True,
        equations=("variance = actual - budget",),
    )
    assert relations(checked(text, mapping)) == (6, 0, 0)
    (finding,) = checked(text.replace("10.50,10.00", "15.00,10.00"), mapping).findings
    assert (finding.where.row, finding.where.column) == ("Pay, A", "actual") or (
        finding.where.row,
        finding.where.column,
    ) == ("Pay", "actual")
    assert str(finding.computed) == "10.50"

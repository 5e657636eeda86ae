"""The mapping of a data file is found by its sums, and printed ready for the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tidy.data_files import checked
from unbudget_check.readers.source import Source
from unbudget_check.tidy.propose import propose
from unbudget_check.tidy.sheet import load

if TYPE_CHECKING:
    from unbudget_check.tidy.propose import Proposal

LEVELS = """\
Bereich,Stelle,Posten,Betrag
Nord,Hafen,Miete,120.00
Nord,Hafen,Farbe,12.30
Nord,Hafen,Total,132.30
Nord,Markt,Miete,80.00
Nord,Markt,Total,80.00
Nord,Total,,212.30
Süd,Hafen,Miete,61.00
Süd,Hafen,Farbe,4.00
Süd,Hafen,Total,65.00
Süd,Total,,65.00
Total,,,277.30
"""
CODES = """\
compte,intitulé,voté,payé
60,Achats,700.00,650.50
601,Énergie,500.00,480.50
6011,Gaz,300.00,290.50
6012,Eau,200.00,190.00
602,Papier,200.00,170.00
61,Services,50.00,60.00
611,Loyers,50.00,60.00
"""
PARENTS = """\
id,parent,name,amount
100,,City,1000
200,100,Schools,600
300,100,Roads,400
210,200,Teachers,450
220,200,Books,150
310,300,Bridges,330
320,300,Signs,70
"""
KINDS = """\
строка,тип,сумма
Зарплата,статья,10.5
Машины,статья,5.5
Персонал,подытог,16.0
Аренда,статья,7.0
Связь,статья,1.0
Помещения,подытог,8.0
Резерв,статья,1.0
Все расходы,итого,25.0
"""
CURRENCIES = """\
支出,币种,金额
工资,USD,10
房租,USD,5
总计,USD,15
工资,EUR,7
房租,EUR,2
总计,EUR,9
工资,CHF,3
差旅,CHF,4
总计,CHF,7
"""
COLUMNS = """\
dept,jan,feb,mar,quarter,budget,variance
A,10.5,2.0,3.0,15.5,15.0,0.5
B,3.0,4.5,1.0,8.5,9.0,-0.5
C,1.0,1.5,6.0,8.5,8.0,0.5
D,2.0,2.5,2.0,6.5,9.0,-2.5
E,7.0,1.5,6.5,15.0,15.5,-0.5
"""


def proposed(text: str, name: str = "a.csv") -> Proposal:
    found = propose(load(Source(name, text.encode()), None)[0][0])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "said", "sums"),
    [
        (LEVELS, {"labels": ("Bereich", "Stelle", "Posten"), "hierarchy": True}, 6),
        (CODES, {"code": "compte", "parent": None, "measures": ("voté", "payé")}, 6),
        (PARENTS, {"code": "id", "parent": "parent", "measures": ("amount",)}, 3),
        (CURRENCIES, {"within": ("币种",), "measures": ("金额",)}, 3),
        (COLUMNS, {"measures": ("jan", "feb", "mar", "quarter", "budget", "variance")}, 10),
    ],
)
def test_the_sums_say_what_columns_mean(text: str, said: dict[str, object], sums: int) -> None:
    found = proposed(text)
    assert {key: getattr(found.mapping, key) for key in said} == said
    assert sum(each.held for each in found.checks) == sums
    assert not any(each.failed for each in found.checks)


def test_equations_between_columns_are_found_once() -> None:
    assert proposed(COLUMNS).mapping.equations == (
        "quarter = jan + feb + mar",
        "variance = quarter - budget",
    )


def test_marks_of_totals_are_found_in_a_column_of_kinds() -> None:
    found = proposed(KINDS.replace("подытог", "subtotal")).mapping
    assert (found.kind, found.labels) == ("тип", ("строка",))
    assert checked(KINDS.replace("подытог", "subtotal"), found).coverage.exact == 3


def test_measures_in_a_column_are_found_by_what_ties_them() -> None:
    text = "stelle,art,wert\n" + "".join(
        f"D{n},plan,{n + 4}\nD{n},ist,{3 * n}\nD{n},saldo,{4 - 2 * n}\n" for n in range(6)
    )
    found = proposed(text).mapping
    assert (found.measure, found.value, found.labels) == ("art", "wert", ("stelle",))
    assert found.equations == ("saldo = plan - ist",)


def test_rows_that_all_differ_are_proposed_as_unique() -> None:
    assert proposed(LEVELS).mapping.unique == ("Bereich", "Stelle", "Posten")
    text = "id,payee,amount\n7,A,10\n9,B,20\n8,A,5\n11,A,5\n6,B,1\n"
    assert proposed(text).mapping.unique == ("id",)


def test_texts_or_figures_alone_are_no_data() -> None:
    for text in ("a,b\nx,y\nz,u\n", "a,b\n1.5,2.5\n3.5,4.5\n"):
        assert propose(load(Source("a.csv", text.encode()), None)[0][0]) is None

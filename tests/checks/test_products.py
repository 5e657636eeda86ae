"""Quantity by unit cost: which cell may be wrong, and what a nil product is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from unbudget_check.engine import check
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.finding import Finding

HEADINGS = {
    "en": ("Item", "Quantity", "Unit cost", "Cost", "Total"),
    "fr": ("Poste", "Quantité", "Coût unitaire", "Coût", "Total"),
    "es": ("Concepto", "Cantidad", "Precio", "Importe", "Total"),
    "ru": ("Статья", "Количество", "Цена", "Сумма", "Итого"),
    "zh": ("项目", "数量", "单价", "金额", "合计"),
    "ar": ("البند", "الكمية", "سعر الوحدة", "التكلفة", "المجموع"),
}
ROWS = (("A7", 14, 135), ("B2", 36, 227), ("C9", 25, 184), ("D4", 8, 971), ("E1", 12, 413))


def told(folder: Path, language: str, slip: tuple[int, int, str]) -> list[Finding]:
    """The findings of a price list with its total, one cell of it printed otherwise."""
    item, *headings, total = HEADINGS[language]
    lines = [[code, str(count), str(price), str(count * price)] for code, count, price in ROWS]
    whole = str(sum(count * price for _, count, price in ROWS))
    row, column, text = slip
    lines = [[item, *headings], *lines, [total, "", "", whole]]
    lines[row][column] = text
    path = folder / "prices.csv"
    path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    return list(check([str(path)]).findings)


@pytest.mark.parametrize("language", HEADINGS)
def test_a_wrong_product_is_one_finding_with_the_total_that_it_breaks(
    tmp_path: Path, language: str
) -> None:
    (finding,) = told(tmp_path, language, (2, 3, "8127"))
    assert (finding.code, finding.computed) == ("ARI206", Decimal(8172))
    assert finding.relations


@pytest.mark.parametrize("language", HEADINGS)
def test_a_wrong_factor_is_among_the_cells_that_may_be_wrong(tmp_path: Path, language: str) -> None:
    (finding,) = told(tmp_path, language, (2, 2, "272"))
    assert finding.localisation is Localisation.ALTERNATIVES
    meant = {suspect.where.address: suspect for suspect in finding.suspects}["row 3, column C"]
    assert (meant.proposed, meant.slip) == (Decimal(227), "digits transposed")
    assert {suspect.where.address for suspect in finding.suspects} >= {
        "row 3, column C",
        "row 3, column D",
    }


@pytest.mark.parametrize("language", HEADINGS)
def test_a_dash_for_a_product_is_told(tmp_path: Path, language: str) -> None:
    (finding,) = told(tmp_path, language, (4, 3, "–"))
    assert (finding.code, finding.computed) == ("ARI206", Decimal(7768))


def test_rows_that_nobody_filled_in_are_no_errors(tmp_path: Path) -> None:
    rows = [
        f"Good {at},{count},{price},{count * price}" for at, (_, count, price) in enumerate(ROWS)
    ]
    blank = [f"Spare {at},1,{61 + 7 * at},0" for at in range(3)]
    text = "\n".join(["Item,Quantity,Unit cost,Cost", *rows, *blank])
    (tmp_path / "prices.csv").write_text(text + "\n", encoding="utf-8")
    assert not check([str(tmp_path / "prices.csv")]).findings

"""Columns and rows that follow from others, in six languages, each with a slip in every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check import check
from unbudget_check.engine import relations
from unbudget_check.model.relations import TieKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unbudget_check.model.report import Report

    Maker = Callable[[str], list[list[str]]]

SPOKEN = {
    "en": (
        "Region",
        "Growth (%)",
        "Share of women",
        "Average",
        "Support cost (7%)",
        "Direct costs",
    ),
    "fr": ("Région", "Croissance (%)", "Part des femmes", "Moyenne", "Frais d'appui (7 %)", "Base"),
    "es": ("Región", "Crecimiento (%)", "Porcentaje", "Promedio", "Gastos de apoyo (7 %)", "Base"),
    "ru": ("Регион", "Рост (%)", "Доля женщин", "Среднее", "Расходы (7 %)", "Прямые расходы"),
    "zh": ("地区", "增长率(%)", "女性比例", "平均", "支助费用（7%）", "直接费用"),
    "ar": ("المنطقة", "النمو (%)", "نسبة النساء", "المتوسط", "تكاليف الدعم (7 %)", "التكاليف"),
}
EACH = pytest.mark.parametrize("code", SPOKEN)
AMOUNTS = ((41208, 44315), (18774, 17906), (25630, 28981), (103452, 109776), (7385, 7092))


def rounded(part: int, base: int, units: int) -> int:
    """Part over base in so many units, halves away from zero."""
    whole, rest = divmod(abs(part) * units, base)
    return (whole + (2 * rest >= base)) * (-1 if part < 0 else 1)


def printed(units: int, digits: int = 1) -> str:
    whole, rest = divmod(abs(units), 10**digits)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{digits}}"


def checked(folder: Path, cells: list[list[str]], code: str) -> Report:
    path = folder / "table.csv"
    path.write_text("\n".join(map(",".join, cells)), encoding="utf-8")
    return check([str(path)], language=code)


def growth(code: str) -> list[list[str]]:
    head = [SPOKEN[code][0], "2024", "2025", SPOKEN[code][1]]
    rows = [
        [f"{head[0]} {chr(65 + at)}", str(old), str(new), printed(rounded(new - old, old, 1000))]
        for at, (old, new) in enumerate(AMOUNTS)
    ]
    return [head, *rows]


def shares(code: str) -> list[list[str]]:
    head = [SPOKEN[code][0], "A1", "A2", SPOKEN[code][2]]
    rows = [
        [f"{head[0]} {chr(65 + at)}", str(one), str(other), printed(rounded(one, other, 1000))]
        for at, (one, other) in enumerate(AMOUNTS)
    ]
    return [head, *rows]


def averages(code: str) -> list[list[str]]:
    found = [[SPOKEN[code][0], "A1", "A2", "A3"]]
    columns = [[row[0] % 97, row[1] % 89, row[0] % 83] for row in AMOUNTS[:4]]
    found += [[f"{SPOKEN[code][0]} {at}", *map(str, row)] for at, row in enumerate(columns)]
    sums = [sum(row[at] for row in columns) for at in range(3)]
    return [*found, [SPOKEN[code][3], *(printed(rounded(each, 4, 100), 2) for each in sums)]]


def swapped(text: str) -> str:
    """The figure with its first two different neighbouring digits in each other's place."""
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        if pair.isdigit() and pair[0] != pair[1]:
            return text[:at] + pair[::-1] + text[at + 2 :]
    return text.replace(".", "1.")


@EACH
@pytest.mark.parametrize("made", [growth, shares, averages])
def test_what_follows_from_others_is_silent_where_it_is_right(
    tmp_path: Path, code: str, made: Maker
) -> None:
    report = checked(tmp_path, made(code), code)
    assert report.findings == ()


@EACH
@pytest.mark.parametrize("row", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("made", "rule"), [(growth, "ARI305"), (shares, "ARI304")])
def test_a_wrong_quotient_is_found_at_its_place(
    tmp_path: Path, code: str, made: Maker, rule: str, row: int
) -> None:
    cells = made(code)
    cells[row][3] = wrong = swapped(cells[row][3])
    (finding,) = checked(tmp_path, cells, code).findings
    assert (finding.code, finding.stated_text) == (rule, wrong)


@EACH
@pytest.mark.parametrize("column", [1, 2, 3])
def test_a_wrong_average_is_found_at_its_place(tmp_path: Path, code: str, column: int) -> None:
    cells = averages(code)
    right = cells[5][column]
    cells[5][column] = swapped(right)
    (finding,) = checked(tmp_path, cells, code).findings
    assert (finding.code, finding.stated_text) == ("ARI307", swapped(right))
    assert str(finding.computed) == right


@EACH
def test_an_amount_at_a_printed_rate_is_the_rate_of_its_base(tmp_path: Path, code: str) -> None:
    region, *_, support, base = SPOKEN[code]
    cells = [[region, "2025"], [base, "188550.00"], [support, "13198.50"]]
    assert checked(tmp_path, cells, code).findings == ()
    cells[2][1] = "13189.50"
    (finding,) = checked(tmp_path, cells, code).findings
    assert (finding.code, str(finding.computed)) == ("ARI308", "13198.50")


def test_the_relations_are_listed_with_their_kinds(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    found: dict[TieKind, tuple[str, ...]] = {}
    for made in (growth, shares, averages):
        path.write_text("\n".join(map(",".join, made("en"))), encoding="utf-8")
        (related,) = relations([str(path)])
        found |= {row.kind: row.parts for row in related.rows}
    assert found[TieKind.CHANGE] == ("row 6, column C", "row 6, column B")
    assert found[TieKind.QUOTIENT] == ("row 6, column B", "row 6, column C")
    assert found[TieKind.AVERAGE] == tuple(f"row {row}, column D" for row in (2, 3, 4, 5))


@pytest.mark.parametrize(
    "words", ["lines 10 less 17", "Zeilen 10 ./. 17", "第10行减第17行", "10 - 17"]
)
def test_rows_named_by_number_are_followed_with_the_sign_that_fits(
    tmp_path: Path, words: str
) -> None:
    cells = [["Pos", "Text", "2024", "2025", "2026"], ["10", "A", "45210", "47130", "48220"]]
    cells += [["17", "B", "38940", "40350", "41975"], ["20", "C", "415", "380", "362"]]
    cells += [["30", f"D ({words})", "6270", "6780", "6245"]]
    assert checked(tmp_path, cells, "en").findings == ()
    cells[4][3] = "6870"
    (finding,) = checked(tmp_path, cells, "en").findings
    assert (finding.severity, finding.stated_text) == ("error", "6870")
    assert str(finding.computed) == "6780"


RATES_OF = pytest.mark.parametrize(
    "heading", ["%", "Hausse en %", "Évolution (%)", "Croissance (%)"]
)


@RATES_OF
def test_rates_of_growth_that_come_to_about_a_hundred_are_no_shares(
    tmp_path: Path, heading: str
) -> None:
    cells = [["Poste", "2026", heading], ["École", "420", "55.0"], ["Voirie", "310", "46.5"]]
    cells += [["Total", "730", "100.0"]]
    assert checked(tmp_path, cells, "fr").findings == ()


def test_shares_below_a_bare_sign_still_add_up_to_a_hundred(tmp_path: Path) -> None:
    cells = [["Poste", "2026", "%"], ["École", "420", "57.5"], ["Voirie", "310", "45.2"]]
    cells += [["Total", "730", "100.0"]]
    assert {each.code for each in checked(tmp_path, cells, "fr").findings} & {"ARI302", "ARI301"}

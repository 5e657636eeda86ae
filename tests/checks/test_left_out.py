"""A row that stands among the rows of a total and is in none: told once, whatever its words are."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unbudget_check import check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from unbudget_check.model.finding import Finding

WORDS = {
    "fr": (("Poste;2024;2025", "Total"), ("Personnel", "Loyers", "Assurances", "Papier", "Eau")),
    "es": (("Partida;2024;2025", "Total"), ("Personal", "Alquiler", "Viajes", "Papel", "Agua")),
    "ru": (("Статья;2024;2025", "Итого"), ("Оклады", "Аренда", "Поездки", "Бумага", "Вода")),
    "de": (("Posten;2024;2025", "Summe"), ("Personal", "Mieten", "Reisen", "Papier", "Wasser")),
    "zh": (("项目;2024;2025", "共计"), ("薪金", "租金", "差旅", "用纸", "用水")),
}


def drawn(seed: int) -> list[tuple[int, int]]:
    """Five rows of unlike amounts: of like ones, other sums may come right as well."""
    chance = Random(seed)
    return [(chance.randint(1_000, 99_999), chance.randint(1_000, 99_999)) for _ in range(5)]


ROWS = st.integers(0, 9_999).map(drawn)


def written(words: str, rows: Sequence[tuple[int, ...]], left: int) -> str:
    """The table of these rows, with a total that leaves one of them out, or none (-1)."""
    (heading, total), labels = WORDS[words]
    added = [row for at, row in enumerate(rows) if at != left]
    lines = [heading]
    lines += [";".join([label, *map(str, row)]) for label, row in zip(labels, rows, strict=True)]
    return "\n".join([*lines, ";".join([total, *map(str, map(sum, zip(*added, strict=True)))])])


def found_in(folder: Path, text: str) -> tuple[Finding, ...]:
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    return check(path).findings


@pytest.mark.parametrize("words", WORDS)
@given(rows=ROWS, left=st.integers(1, 4))
@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_row_that_no_column_counts_is_told_once(
    tmp_path: Path, words: str, rows: list[tuple[int, int]], left: int
) -> None:
    (finding,) = found_in(tmp_path, written(words, rows, left))
    assert finding.code == "ARI105"
    assert WORDS[words][1][left] in finding.message
    assert finding.computed == sum(row[0] for row in rows)


@pytest.mark.parametrize("words", WORDS)
@given(rows=ROWS)
@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_total_of_all_its_rows_is_silent(
    tmp_path: Path, words: str, rows: list[tuple[int, int]]
) -> None:
    assert not found_in(tmp_path, written(words, rows, -1))


def test_a_first_row_that_opens_the_table_is_no_part_of_the_total(tmp_path: Path) -> None:
    text = "Item;2024;2025\nRevenue;9 120;9 870\nStaff;5 004;5 207\nRent;403;351\nTotal;5 407;5 558"
    assert not found_in(tmp_path, text)


def test_the_total_of_other_rows_is_not_left_out(tmp_path: Path) -> None:
    text = """Item;2024;2025
Gross pay;5 004;5 207
Contributions;403;351
Cost of staff;5 407;5 558
Rent;1 210;1 250
Total;6 617;6 808"""
    assert not found_in(tmp_path, text)

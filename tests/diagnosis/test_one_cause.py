"""One cause is one finding, in however many tables and references it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check import engine
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from unbudget_check.model.finding import Finding

ENGLISH = ("Expenditure by object", "Expenditure by office", "Total")
CHINESE = ("按支出用途分列的支出", "按办事处分列的支出", "共计")
FIRST = {"A": (17124, 18113, 19028), "B": (1041, 987, 1012), "C": (889, 765, 914)}
SECOND = {"D": (9123, 9451, 9022), "E": (6407, 6526, 7911), "F": (3524, 3888, 4021)}


def table(title: str, total: str, rows: Mapping[str, tuple[int, ...]], slip: int) -> str:
    """A table whose last total is too high by a slip, in tenths."""
    sums = [sum(column) for column in zip(*rows.values(), strict=True)]
    sums[-1] += slip
    lines = [*rows.items(), (total, sums)]
    body = "\n".join(
        f"| {name} | {' | '.join(f'{each // 10:,}.{each % 10}' for each in figures)} |"
        for name, figures in lines
    )
    return f"{title}\n\n|  | 2024 | 2025 | 2026 |\n|---|---|---|---|\n{body}\n"


def findings(tmp_path: Path, text: str) -> tuple[Finding, ...]:
    path = tmp_path / "two.md"
    path.write_text(text, "utf-8")
    return engine.check([str(path)]).findings


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("slip", [300, -17])
def test_a_wrong_total_that_two_tables_print_is_one_finding(
    tmp_path: Path, words: tuple[str, str, str], slip: int
) -> None:
    one, two, total = words
    text = table(one, total, FIRST, slip) + "\n" + table(two, total, SECOND, slip)
    (found,) = findings(tmp_path, text)
    assert [each.code for each in found.relations] == ["ARI101", "ARI101"]
    copies = found.suspects[:2]
    assert {each.where.row for each in copies} == {total}
    assert copies[0].stated == copies[1].stated
    assert copies[0].where != copies[1].where


def test_different_mistakes_stay_apart(tmp_path: Path) -> None:
    one, two, total = ENGLISH
    text = table(one, total, FIRST, 300) + "\n" + table(two, total, SECOND, -17)
    assert len(findings(tmp_path, text)) == 2


PARTS = """Table 4.1

Overall: resources by source of funding and port

(1) Regular budget

| Port | 2025 approved | 2026 estimate |
|---|---|---|
| North | 100.0 | 101.0 |
| South | 200.0 | 203.0 |
| East | 300.0 | 300.0 |
| Total | 600.0 | 604.0 |

(2) Extrabudgetary

| Port | 2025 approved | 2026 estimate |
|---|---|---|
| North | 10.0 | 11.0 |
| South | 20.0 | 23.0 |
| East | 30.0 | 30.0 |
| Total | 60.0 | 64.0 |

Table 4.2

Resources by quarter

| Quarter | 2026 estimate |
|---|---|
| First | 150.0 |
| Second | 154.0 |
| Third | 150.0 |
| Fourth | 150.0 |
| Total | 604.0 |

"""


def references_in(tmp_path: Path, sentence: str) -> list[Finding]:
    found = findings(tmp_path, f"{PARTS}{sentence}\n")
    return [each for each in found if each.code == "REF103"]


@pytest.mark.parametrize("joint", [" and ", ", ", " to "])
def test_neighbours_of_one_list_of_references_are_one_finding(tmp_path: Path, joint: str) -> None:
    cited = f"4.1 (4){joint}4.2 (1)"
    (found,) = references_in(tmp_path, f"As shown in tables {cited}, resources do not change.")
    assert found.localisation is Localisation.CELLS
    assert [each.stated for each in found.suspects] == ["4.1 (4)", "4.2 (1)"]
    assert found.quote is not None
    assert found.quote.text[found.quote.start : found.quote.end] == cited


def test_references_in_different_clauses_stay_apart(tmp_path: Path) -> None:
    sentence = "As shown in table 4.1 (4), resources rise, and in table 4.2 (1) they do not."
    assert len(references_in(tmp_path, sentence)) == 2


RATES = """Table 3.1

Expenditure by object

| Object | 2025 appropriation | Change | Percentage | 2026 estimate |
|---|---|---|---|---|
| Posts | 1,000.0 | 50.0 | 5.0 | 1,050.0 |
| Travel | 200.0 | 30.0 | 51.0 | 230.0 |
| Equipment | 800.0 | 20.0 | 2.5 | 820.0 |
| Total | 2,000.0 | 100.0 | 5.0 | 2,100.0 |
"""


@pytest.mark.parametrize("cited", ["1", "6"])
def test_what_names_no_figure_explains_no_percentage(tmp_path: Path, cited: str) -> None:
    text = (
        f"3.1 The estimates are shown in table 3.1.\n\n{RATES}\n"
        f"3.2 The reasons are given in paragraph 3.{cited} above.\n"
    )
    codes = {found.code for found in findings(tmp_path, text)}
    assert codes == {"ARI301", *(["REF101"] if cited == "6" else [])}


GRADES = {"USG": (1, 1, 1), "D-2": (5, 5, 4), "D-1": (6, 6, 6), "P-5": (8, 8, 8), "P-4": (4, 4, 2)}


def grades_without(row: str, caption: str, total: str) -> str:
    """A table of posts whose total leaves a row out in every column."""
    lines = "\n".join(f"| {name} | {' | '.join(map(str, each))} |" for name, each in GRADES.items())
    added = [each for name, each in GRADES.items() if name != row]
    sums = map(sum, zip(*added, strict=True))
    body = f"{lines}\n| {total} | {' | '.join(map(str, sums))} |\n"
    return f"{caption}\n\n| | 2031 | 2032 | 2033 |\n|---|---|---|---|\n{body}"


@pytest.mark.parametrize(
    ("caption", "total"),
    [
        ("Table 6\n\nPosts by grade\n\n(Number of posts)", "Total"),
        ("表 6\n\n按职等分列的员额\n\n(员额数目)", "共计"),
    ],
)
def test_a_row_that_a_total_leaves_out_in_every_column_is_one_cause(
    tmp_path: Path, caption: str, total: str
) -> None:
    (found,) = findings(tmp_path, grades_without("USG", caption, total))
    assert found.localisation is Localisation.CELLS
    assert [each.where.row for each in found.suspects] == [total] * 3
    assert [each.proposed for each in found.suspects] == [24, 24, 21]
    assert "USG" in found.message

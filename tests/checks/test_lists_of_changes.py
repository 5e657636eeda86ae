"""The items of a list against one column of a table: right together, or another column is meant."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.as_printed import check


class Written(NamedTuple):
    """A table of changes and the list that explains them."""

    before: tuple[str, ...]
    heading: str
    names: tuple[str, ...]
    lead: str
    item: str


FEWER = Written(
    (
        "Table 4.1",
        "Overall: evolution of financial resources by component and subprogramme",
        "(Thousands of United States dollars)",
    ),
    (
        "Component/subprogramme | 2025 approved | Technical adjustments | New/expanded mandates"
        " | Other | Total | Percentage | 2026 estimate"
    ),
    ("Harbours", "Lighthouses", "Currents", "Wrecks", "Tides"),
    "¶ Other changes\n¶ 4.10 As shown in table 4.1, resource changes reflect the following:",
    "¶ ({mark}) Subprogramme {number}, {name}. The decrease of ${amount} is due to fewer surveys.",
)
SHORTER = Written(
    *FEWER[:3],
    "¶ Other changes\n¶ 4.10 The changes in table 4.1 are as follows:",
    "¶ ({mark}) Subprogramme {number}, {name}. A reduction of ${amount} reflects shorter routes.",
)
APPROVED = ("1 250.5", "349.5", "912.4", "620.0", "417.3")
OTHER = ("(16.5)", "(13.1)", "(12.6)", "(24.9)", "(4.9)")
PERCENTAGES = ("(1.3)", "(3.7)", "(1.4)", "(4.0)", "(1.2)")
PROPOSED = ("1 234.0", "336.4", "899.8", "595.1", "412.4")
TOTAL = ("3 549.7", "(72.0)", "(2.0)", "3 477.7")
SHOWN = ("16,500", "13,100", "12,600", "24,900", "4,900")
UNLIKE = ("15,900", "13,200", "12,200", "24,300", "5,100")


def told(written: Written, amounts: tuple[str, ...]) -> list[tuple[str, str]]:
    """Code and printed amount of the findings on items that state these amounts."""
    rows = [
        f"{at}. {name} | {approved} | – | – | {other} | {other} | {percentage} | {proposed}"
        for at, (name, approved, other, percentage, proposed) in enumerate(
            zip(written.names, APPROVED, OTHER, PERCENTAGES, PROPOSED, strict=True), 1
        )
    ]
    first, change, percentage, last = TOTAL
    rows.append(f"Total | {first} | – | – | {change} | {change} | {percentage} | {last}")
    items = [
        written.item.format(mark="abcde"[at], number=at + 1, name=name, amount=amount)
        for at, (name, amount) in enumerate(zip(written.names, amounts, strict=True))
    ]
    table = "\n".join(["", "| | Changes<5> |", written.heading, *rows, written.lead, *items, ""])
    findings = check(table, written.before).findings
    return [(each.code, each.stated_text) for each in findings]


@pytest.mark.parametrize("written", [FEWER, SHORTER], ids=["fewer", "shorter"])
def test_items_that_state_the_column_are_right(written: Written) -> None:
    assert told(written, SHOWN) == []


@pytest.mark.parametrize("written", [FEWER, SHORTER], ids=["fewer", "shorter"])
@pytest.mark.parametrize("at", range(5))
def test_one_item_among_right_ones_is_wrong(written: Written, at: int) -> None:
    amounts = (*SHOWN[:at], UNLIKE[at], *SHOWN[at + 1 :])
    ((code, stated),) = told(written, amounts)
    assert code == "TXT102"
    assert UNLIKE[at] in stated


@pytest.mark.parametrize("written", [FEWER, SHORTER], ids=["fewer", "shorter"])
def test_items_that_all_differ_speak_of_something_else(written: Written) -> None:
    assert told(written, UNLIKE) == []

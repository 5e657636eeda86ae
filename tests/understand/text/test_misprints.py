"""Amounts that no table prints, but that are a slip away from a row that words name."""

from __future__ import annotations

import pytest

from tests.as_printed import check

CAPTION = ("Financial resources", "(Thousands of United States dollars)")
# Nothing but labels and figures: no component, no number, no source of funds.
TABLE = """
Category | Apportionment (2025/26) | Cost estimates (2026/27) | Variance
Lighthouse keepers and crews | 8 879.5 | 7 064.6 | (1 814.9)
Dredging of the harbour | 36 682.0 | 32 626.3 | (4 055.7)
Beacons and other signals | 18 432.0 | 21 830.3 | 3 398.3
Total | 63 993.5 | 61 521.2 | (2 472.3)
"""


def said(*sentences: str) -> list[str | None]:
    """What is told of a table with some sentences below it."""
    paragraphs = (f"¶ {at}. {each}" for at, each in enumerate(sentences, 4))
    return [each.message for each in check(TABLE + "\n".join(paragraphs), CAPTION).findings]


@pytest.mark.parametrize(
    "right",
    [
        "The resources for dredging of the harbour represent a decrease of $4,055,700.",
        "Expenditure for beacons and other signals amounted to $21,830,300.",
        "For lighthouse keepers and crews, $7,064,600 is proposed.",
        # No row prints it, and no slip makes it of one.
        "Expenditure for beacons and other signals amounted to $14,270,900.",
        "The crews of the ferries cost $7,046,600.",
    ],
)
def test_what_a_row_prints_or_what_is_far_from_it_is_right(right: str) -> None:
    assert said(right) == []


@pytest.mark.parametrize(
    ("wrong", "place", "meant"),
    [
        (
            "The resources for dredging of the harbour represent an increase of $4,055,700.",
            "increase of $4,055,700",
            "should be the opposite",
        ),
        (
            "Expenditure for beacons and other signals amounted to $21,380,300.",
            "$21,380,300",
            "21 830 300",
        ),
        (
            "For lighthouse keepers and crews, $7,064,600 is proposed, against $8,897,500 before.",
            "$8,897,500",
            "8 879 500",
        ),
    ],
)
def test_a_slip_in_the_row_that_the_label_names_is_told(wrong: str, place: str, meant: str) -> None:
    findings = check(TABLE + f"¶ 4. {wrong}", CAPTION).findings
    assert len(findings) == 1
    (suspect,) = findings[0].suspects[:1]
    assert place in findings[0].message
    assert meant.replace(" ", "") in findings[0].message.replace(",", "").replace(" ", "")
    assert suspect.where.paragraph == "4"


def test_an_offset_is_no_word_turned_for_the_other_row() -> None:
    assert (
        said(
            "Beacons and other signals need an increase of $3,398,300, offset by a decrease of "
            "$3,398,300 under reserves."
        )
        == []
    )

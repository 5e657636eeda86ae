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


REPEATED = """
¶ {unit}
Category | Apportionment (2025/26) | Variance
Crews | 231 000.4 | 4.1
Boats | 40 328.3 | 5.2
Total | 271 328.7 | 9.3
¶ {unit}
Port | Apportionment (2025/26) | Variance
North | 200 000.4 | 4.1
South | 71 328.3 | 5.2
Total | 271 328.7 | 9.3
"""


@pytest.mark.parametrize(
    ("language", "unit", "sentence"),
    [
        ("en", "(Thousands of United States dollars)", "The authority of ${} would be used up."),
        (
            "fr",
            "(En milliers de dollars des États-Unis)",
            "Le crédit de {} dollars serait dépensé.",
        ),
        ("es", "(Miles de dólares de los Estados Unidos)", "La cifra de {} dólares se gastaría."),
        ("zh", "(千美元)", "全部承付权{}美元将用完。"),
    ],
)
def test_two_digits_swapped_of_a_figure_that_tables_repeat(
    language: str, unit: str, sentence: str
) -> None:
    def found(*amounts: str) -> list[str]:
        told = "\n".join(f"¶ {5 + at}. {sentence.format(a)}" for at, a in enumerate(amounts))
        return [f.code for f in check(table + told, language=language).findings]

    table = REPEATED.format(unit=unit)
    if language in ("fr", "es"):
        table = table.replace(".", ",")
    blank = "," if language == "en" else " "
    right, wrong, other = (
        each.replace(" ", blank) for each in ("271 328 700", "271 382 700", "248 382 700")
    )
    assert found(right) == found(other) == []
    assert found(wrong) == ["TXT101"]
    # What another passage states, too, is another amount.
    assert found(wrong, wrong) == []

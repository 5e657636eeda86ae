"""A rate of change in a sentence against the amount and the change before it."""

from __future__ import annotations

import pytest

from tests.as_printed import check

BOATS = "4.1 The resources for boats amount to $124.5 million, a decrease of $"
SPANISH = (
    "4.1 Los recursos propuestos ascienden a 318.200 dólares, lo que supone una disminución"
    " de 107.600 dólares "
)
RUSSIAN = (
    "4.1 Предлагаемые ресурсы составляют 318 200 долл. США, что отражает сокращение"
    " на 107 600 долл. США "
)
HOLD = [
    ("en", f"{BOATS}0.2 million (0.2 per cent)."),
    ("en", "4.1 Paint costs $63,500, an increase of $2,350, or 3.8 per cent."),  # cut off
    ("en", "4.1 Paint costs about $63,500, an increase of $2,350, or 9.8 per cent."),
    ("en", "4.1 Paint costs $63,500, comprising an increase of $2,350, or 9.8 per cent, for oil."),
    ("en", "4.1 Paint costs $63,500. Brushes show an increase of $2,350, or 9.8 per cent."),
    ("es", f"{SPANISH}(25,3 %)."),
    ("ru", f"{RUSSIAN}(25,3 процента)."),
]
FAIL = [
    ("en", f"{BOATS}2.0 million (6.1 per cent).", "6.1 per cent", "1.6"),
    (
        "en",
        "4.1 Paint costs $63,500, a decrease of $2,350, or 3.8 per cent.",
        "decrease of $2,350",
        "None",
    ),
    ("es", f"{SPANISH}(52,3 %).", "52,3 %", "25.3"),
    ("ru", f"{RUSSIAN}(52,3 процента).", "52,3 процента", "25.3"),
]


def told(text: str, language: str) -> list[tuple[str, str]]:
    """What is stated and computed of rates of change in a text."""
    found = check(f"¶ {text}", language=language).findings
    return [(f.stated_text, str(f.computed)) for f in found if f.code == "TXT113"]


@pytest.mark.parametrize(("language", "text"), HOLD)
def test_a_rate_that_follows_from_its_sentence_or_is_of_something_else(
    language: str, text: str
) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize(("language", "text", "stated", "computed"), FAIL)
def test_a_rate_or_a_word_that_contradicts_the_amounts_beside_it(
    language: str, text: str, stated: str, computed: str
) -> None:
    assert told(text, language) == [(stated, computed)]

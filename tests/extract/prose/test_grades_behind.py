"""Lists of grades in sentences: where they end, and what of them is counted."""

from __future__ import annotations

import pytest

from tests.as_printed import check

LISTS = ("TXT106", "TXT109")


def told(text: str, language: str = "en") -> list[tuple[str, str]]:
    """(Code, stated) of what is found about lists of grades."""
    found = check(f"¶ {text}", language=language).findings
    return [(each.code, each.stated_text) for each in found if each.code in LISTS]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "4.1 It would provide for 19 posts (1 D-1, 2 P-5, 6 P-4) and 10 Local level."),
        ("en", "4.1 It would provide for 12 posts (1 D-1 and 2 P-5), 4 P-3 and 5 Field Service."),
        (
            "en",
            "4.1 The abolishment of four posts (1 D-1, 2 P-4) in one port and 1 P-3 in another.",
        ),
        ("fr", "4.1 Il financera 9 postes (1 D-1 et 2 P-5) et 6 P-4."),
        ("es", "4.1 Financiará 9 puestos (1 D-1 y 2 P-5) y 6 P-4."),
    ],
)
def test_a_list_goes_on_behind_its_bracket(code: str, text: str) -> None:
    assert told(text, code) == []


@pytest.mark.parametrize(
    ("code", "text", "stated"),
    [
        ("en", "4.1 It provides for 20 posts (1 D-1, 2 P-5, 6 P-4) and 10 Local level.", "20"),
        ("en", "4.1 It provides for 9 posts (1 D-1, 2 P-5, 5 P-4) and one car.", "9"),
        ("fr", "4.1 Il financera 8 postes (1 D-1 et 2 P-5) et 6 P-4.", "8"),
    ],
)
def test_a_list_that_goes_on_is_added_up_with_its_rest(code: str, text: str, stated: str) -> None:
    assert told(text, code) == [("TXT106", stated)]


def test_lists_that_mostly_do_not_count_their_posts_are_left_alone() -> None:
    rows = [
        "4.1 It provides for 9 posts (1 D-1 and 2 P-5).",
        "4.2 It provides for 15 posts (3 P-4 and 4 P-3).",
        "4.3 It provides for 22 posts (5 P-4 and 6 P-3).",
    ]
    assert told("\n¶ ".join(rows)) == []
    assert told(rows[0]) == [("TXT106", "9")]

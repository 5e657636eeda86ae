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
        ("en", "4.1 It provides for 20 posts (1 D-1, 2 P5, 6 P 4 and 10 Local level).", "20"),
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


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("4.1 It moves 12 established posts and 1 temporary post (6 P-4 and {} P-3).", "1"),
        ("4.1 By May, 13 (6 P-4 and {} P-3) posts had been filled.", "13"),
        ("4.1 It would provide for 13 posts (6 P-4 at sea and {} P-3 ashore).", "13"),
    ],
)
def test_counts_and_lists_stand_in_any_order(text: str, stated: str) -> None:
    assert told(text.format(7)) == []
    assert told(text.format(8)) == [("TXT106", stated)]


def test_the_same_grade_in_two_places_is_two_entries() -> None:
    apart = "4.1 It provides for 9 posts (2 P-4 and 3 P-3 in one port and {} in another)."
    assert told(apart.format("4 P-3")) == []
    together = "4.1 It provides for 9 posts (2 P-4, 3 P-3 and 4 P-{})."
    assert told(together.format(2)) == []
    assert told(together.format(3)) == [("TXT109", "4")]


def test_a_note_that_ends_with_its_raised_mark_is_read() -> None:
    rows = "Grade | 2026 | 2027\nP-4 | 10 | 10\nP-3 | 22 | 22\nTotal | 32 | 32\n"
    note = "¶ Includes four temporary posts ({} P-4 and 1 P-3) that were kept.a"
    assert not [f for f in check(rows + note.format(3)).findings if f.code in LISTS]
    assert [f.code for f in check(rows + note.format(4)).findings if f.code in LISTS] == ["TXT106"]


@pytest.mark.parametrize(
    ("code", "text", "stated"),
    [
        (
            "en",
            "4.1 It moves {} posts (Chief Pilot (P-5) and Clerk (General Service (Other level))).",
            2,
        ),
        (
            "en",
            "4.1 It adds {} posts (1 Diver (French) (P-3), 4 Cooks (P-2) and 1 Judge (P-2)).",
            6,
        ),
        (
            "en",
            "4.1 In May, {} posts were vacant (2 D-1, 6 P-4, 11 Field Service and 31 P-2).",
            50,
        ),
        ("fr", "4.1 Il transfère {} postes (Pilote (P-5) et Juriste (P-4)).", 2),
        ("es", "4.1 Se trasladan {} puestos (Práctico (P-5) y Jurista (P-4)).", 2),
        ("ru", "4.1 Переводятся {} должности (лоцман (С-5) и юрист (С-4)).", 2),
        ("zh", "4.1 调动 {} 个员额(引航员(P-5)和法律干事(P-4))。", 2),
    ],
)
def test_a_list_of_titles_in_brackets_and_one_behind_some_words(
    code: str, text: str, stated: int
) -> None:
    assert told(text.format(stated), code) == []
    assert told(text.format(stated + 1), code) == [("TXT106", str(stated + 1))]


@pytest.mark.parametrize(
    "text",
    [
        "4.1 It keeps 20 posts, of which some at sea (2 D-1, 6 P-4 and 5 P-3).",
        "4.1 It keeps 14 posts including those at sea (2 D-1, 6 P-4 and 5 P-3).",
        "4.1 It keeps 20 posts in all its ports (2 D-1, 6 P-4 and 5 P-3).",
    ],
)
def test_words_before_a_bracket_may_say_that_it_is_no_list_of_all(text: str) -> None:
    assert told(text) == []

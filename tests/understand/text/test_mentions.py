"""Figures in sentences: every example of the language files, and what holds for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language_files import raw
from unbudget_check.lexicon import language_codes, load_language
from unbudget_check.model.figures import Vector
from unbudget_check.model.number import printed
from unbudget_check.model.prose import MentionKind, Passage, PassageKind
from unbudget_check.understand.text.entities import Entities
from unbudget_check.understand.text.grammar import folded
from unbudget_check.understand.text.mentions import mentions_of

EXAMPLES = [
    pytest.param(code, example["text"], example["says"], id=f"{code} {example['text'][:40]}")
    for code in language_codes()
    for example in raw(code)["prose_examples"]
]
PATTERNS = [
    pytest.param(code, kind, pattern, id=f"{code} {pattern}")
    for code in ("en", "zh")
    for kind in ("levels", "changes")
    for pattern in raw(code)["prose"][kind]
]


def said(text: str, code: str = "en") -> list[str]:
    vector = Vector()
    passage = Passage(0, PassageKind.PARAGRAPH, text)
    found = mentions_of([passage], Entities(load_language(code)), vector)
    return [f"{each.kind} {printed(vector.numbers[each.figure])}" for each in found]


@pytest.mark.parametrize(("code", "text", "says"), EXAMPLES)
def test_a_sentence_says_what_its_example_says(code: str, text: str, says: list[str]) -> None:
    assert said(text, code) == says


@pytest.mark.parametrize(("code", "kind", "pattern"), PATTERNS)
def test_every_pattern_of_a_language_reads_an_amount(code: str, kind: str, pattern: str) -> None:
    prose = raw(code)["prose"]
    behind = prose["currency_after"][0] if code == "zh" else ""
    amount = f"{'$' if not behind else ''}4 500{behind}"
    text = pattern.replace("{gap}", "").replace("{year}", "2027").replace("{amount}", amount)
    text = text.replace("{direction}", prose["decrease"][0])
    assert said(text, code) == ["level 4 500" if kind == "levels" else "change (4 500)"]


@given(st.integers(1, 10**9))
def test_an_amount_is_read_with_all_its_digits(amount: int) -> None:
    assert said(f"The resources amount to ${amount:,}.") == [f"level {amount:,}".replace(",", " ")]


@given(st.integers(1, 10**7), st.sampled_from(["increase", "decrease", "reduction", "growth"]))
def test_the_word_gives_a_change_its_sign(amount: int, word: str) -> None:
    negative = word in {"decrease", "reduction"}
    spaced = f"{amount:,}".replace(",", " ")
    told = f"change ({spaced})" if negative else f"change {spaced}"
    assert said(f"Resources reflect a net {word} of ${amount:,}.") == [told]


@given(st.text(max_size=80))
def test_any_text_is_read_without_complaint_and_keeps_its_places(text: str) -> None:
    plain = " ".join(text.split())
    assert len(folded(plain)) == len(plain)
    vector = Vector()
    passage = Passage(0, PassageKind.PARAGRAPH, plain)
    found = mentions_of([passage], Entities(load_language("zh")), vector)
    assert all(0 <= m.span.start <= m.span.end <= len(plain) for m in found)
    assert len(vector) == len(found)


def test_a_rate_belongs_to_the_change_before_it() -> None:
    vector = Vector()
    text = (
        "Resources rise: an increase of $40 (or 2.0 per cent), a decrease of $1 (or 1.0 per cent)."
    )
    passage = Passage(0, PassageKind.PARAGRAPH, text)
    found = mentions_of([passage], Entities(load_language("en")), vector)
    rates = [each for each in found if each.kind is MentionKind.RATE]
    assert [found[each.of].direction for each in rates] == [1, -1]


@pytest.mark.parametrize(
    ("code", "text", "says"),
    [
        ("en", "The three programmes include nine posts (4 P-4 and 5 P-3).", "9 4 5"),
        ("en", "It moves 12 established posts and 1 temporary post (6 P-4 and 7 P-3).", "12 1 6 7"),
        ("en", "The 12 (7 P-4, 1 Judge (P-3) and 4 P-2) posts are kept.", ""),
        ("en", "The 12 (7 P-4, 1 P-3 and 4 P-2) posts are kept.", "12 7 1 4"),
        ("en", "It keeps 13 posts (7 P-4 in one port and 4 P-3 and 2 P-2 at sea).", "13 7 4 2"),
        ("fr", "Il garde 13 postes (7 P-4 dans un port et 4 P-3 en mer).", "13 7 4"),
        ("es", "Mantiene 13 puestos (7 P-4 en un puerto y 5 P-3 en el mar).", "13 7 5"),
        ("en", "Two temporary posts (P-3 and General Service (Other level)) end.", "2 1 1"),
        ("en", "Six posts, comprising 2 P-4, 3 P-3 and 1 Local level, will be kept.", "6 2 3 1"),
        ("en", "Three new posts: Pilot (P-4); Judge (D-1); and Clerk (P-2).", "3 1 1 1"),
        ("en", "Four posts (two Field Service and two P-3) are kept.", "4 2 2"),
        ("en", "Four posts (P-3) and the posts (see annex II) are kept.", ""),
        ("fr", "Les deux programmes comptent huit postes (3 P-4 et 5 P-3).", "8 3 5"),
        ("es", "Los dos programas tienen ocho plazas (3 P-4 y 5 P-3).", "8 3 5"),
        ("zh", "两个方案包括8个员额(3个P-4和5个P-3)。", "8 3 5"),
    ],
)
def test_the_nearest_number_counts_the_posts_of_a_list(code: str, text: str, says: str) -> None:
    kinds = ("posts", "grade")
    assert " ".join(each.split()[1] for each in said(text, code) if each.startswith(kinds)) == says


def test_posts_of_a_note_are_read_and_its_amounts_are_not() -> None:
    vector = Vector()
    note = Passage(0, PassageKind.NOTE, "a Includes four posts (3 P-4 and 1 P-3) for $9,100.")
    found = mentions_of([note], Entities(load_language("en")), vector)
    assert [vector.numbers[each.figure].units for each in found] == [4, 3, 1]

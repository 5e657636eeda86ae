"""The planter of wrong wordings: it plants what it says, only where a fact is stated twice."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.as_printed import document
from tests.bench.accuracy.phrases import words_of
from tests.bench.accuracy.planting import Known
from tests.bench.accuracy.restated import adds_up, ledger_of
from tests.bench.accuracy.rewording import Rewording, rewordings
from tests.bench.accuracy.wording import offers_in, reworded
from unbudget_check.engine import read
from unbudget_check.model.document import Paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.document import Document

TABLE = """
Component | 2025 appropriation | Change | 2026 estimate
Harbours  | 1 200.0            | 34.5   | 1 234.5
Pilots    | 800.0              | (2.0)  | 798.0
Total     | 2 000.0            | 32.5   | 2 032.5
"""
ABOVE = ("Table 1", "Resources", "(Thousands of United States dollars)")
KINDS = {
    "amount",
    "direction word",
    "percentage",
    "post count",
    "number of posts",
    "list entry",
    "missing table",
    "missing figure",
    "missing paragraph",
    "another table",
    "number of a caption",
    "caption",
    "organization chart",
}


def offered(*sentences: str) -> list[tuple[str, str, str, str]]:
    """Kind, before, after and reason of what can be planted in some sentences."""
    return [(s.kind, s.piece.said, s.after, s.why) for s in slips(small(*sentences))]


def small(*sentences: str) -> Document:
    return document(TABLE, (*sentences, *ABOVE))


def slips(small: Document) -> list[Rewording]:
    words = words_of("en")
    assert words is not None
    return list(rewordings(ledger_of(small, words), words, random.Random(7)))


def test_an_amount_that_a_table_repeats_can_slip_and_its_direction_too() -> None:
    found = offered("1.1 Resources for harbours show an increase of $34,500 for boats.")
    assert [(kind, before, why) for kind, before, _, why in found] == [
        ("amount", "34,500", "row named"),
        ("direction word", "increase", "row named"),
    ]
    assert found[1][2] == "decrease"


def test_an_amount_that_stands_alone_has_no_second_statement() -> None:
    found = offered("1.1 Boats show an increase of $34,600 for paint.")
    assert [(kind, why) for kind, _, _, why in found] == [("amount", ""), ("direction word", "")]


def test_parts_that_add_up_are_a_second_statement() -> None:
    assert adds_up((546, 861, 315))
    assert not adds_up((546, 861, 314))
    assert amounts("1.1 A cost of $61,000: boats ($70,200), less paint ($9,100).") == ["", "", ""]
    assert amounts("1.1 A cost of $61,000: boats ($70,100), less paint ($9,100).") == ["sum"] * 3
    # What stands before the whole, or behind its parts, is none of them.
    told = amounts("1.1 For $5,300: $61,000 for boats ($70,100), less paint ($9,100), for $3,700.")
    assert told == ["", *["sum"] * 3, ""]


def amounts(sentence: str) -> list[str]:
    return [why for kind, _, _, why in offered(sentence) if kind == "amount"]


def test_three_amounts_of_a_change_are_stated_twice_in_any_order() -> None:
    assert amounts("1.1 From $45,600 they rose by $12,300 to $57,900.") == ["sum"] * 3
    assert amounts("1.1 From $45,600 they rose by $12,300 to $57,800.") == [""] * 3


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("1.1 Boats cost $61,000, an increase of $4,700, or 8.3 per cent.", "both amounts"),
        ("1.1 Boats cost $61,000, an increase of $4,700, or 8.4 per cent.", ""),
        ("1.1 It recommends 5 per cent less ($61,725) for harbours.", ""),
        ("1.1 It recommends 2 per cent less ($24,000) for harbours.", "rate of a row"),
    ],
)
def test_a_percentage_is_proved_by_the_amounts_beside_it(sentence: str, why: str) -> None:
    assert [why for kind, _, _, why in offered(sentence) if kind == "percentage"] == [why]


def test_a_number_of_posts_is_stated_again_in_the_same_words() -> None:
    note = "It includes six temporary posts for inspectors at the level of harbours."
    assert [(before, why) for _, before, _, why in offered(f"1.1 {note}", f"1.2 {note}")] == [
        ("six", "same words"),
        ("six", "same words"),
    ]
    assert [why for *_, why in offered(f"1.1 {note}")] == [""]


def test_a_list_of_grades_can_slip_in_its_number_and_in_an_entry() -> None:
    found = offered("1.1 It pays for 5 posts (1 D-1, 3 P-4 and 1 General Service (Other level)).")
    assert [kind for kind, *_ in found] == ["post count", "list entry"]
    assert not offered("1.1 It pays for 6 posts (1 D-1 and 3 P-4).")


@pytest.mark.parametrize("folder", ["word", "chinese"])
def test_a_sample_offers_every_kind_and_each_changes_one_text(project: Path, folder: str) -> None:
    (path,) = (project / "sample_data" / "clean" / folder).iterdir()
    known = Known(folder, read(str(path)))
    slips = offers_in(known)
    # Text keeps no values of charts.
    charts = {"chart value", "target or result"} if folder == "word" else set()
    assert {slip.kind for slip in slips} == KINDS | charts
    assert {slip.kind for slip in slips if slip.why} >= KINDS - {"number of posts"} | charts
    for slip in slips[::25]:
        blocks = reworded(known.document, slip).blocks
        changed = [
            one for one, other in zip(blocks, known.document.blocks, strict=True) if one != other
        ]
        assert len(changed) == 1
        if isinstance(changed[0], Paragraph):
            assert slip.after in changed[0].text

"""A passage without end is read with work that grows with its length, and stops no document."""

from __future__ import annotations

import pytest

from tests.work import calls
from unbudget_check.engine import check_document, rules_of
from unbudget_check.model.document import Document, Paragraph
from unbudget_check.model.options import Wishes

RULES = rules_of(Wishes())
# Four times as much text may take so many times the work; a share of squares takes more.
FACTOR = 4.4
LENGTH = 5_000
PASSAGES = {
    "amounts": ("en", "$1,234,500 "),
    "brackets that stay open": ("en", "$5 ("),
    "parts in brackets": ("en", "travel ($500), "),
    "changes": ("en", "increase of $5 and decrease of $3, "),
    "sentences": ("en", "A $5. "),
    "references": ("en", "table 29E.4, "),
    "posts": ("en", "provide for 12 posts (1 D-1, 3 P-4 and 8 P-2) "),
    "targets": ("en", "14 quays, which exceeded the planned target of 13 quays, "),
    "movements": ("en", "rose from 3 to 5, "),
    "subprogrammes": ("en", "subprogramme 3, Support "),
    "Chinese changes": ("zh", "增加500美元，"),
    "Chinese references": ("zh", "见表29E.5和"),
}


@pytest.mark.parametrize("name", PASSAGES)
def test_work_grows_with_the_length(name: str) -> None:
    code, piece = PASSAGES[name]
    _work(code, piece, 500)  # what is loaded and remembered once is no work of a passage
    once, again = (_work(code, piece, length) for length in (LENGTH, 4 * LENGTH))
    assert again < FACTOR * once


@pytest.mark.parametrize("digits", ["1" * 5_000, "1" + ",123" * 2_000, "1." + "1" * 40])
def test_digits_without_end_stop_no_document(digits: str) -> None:
    text = f"29E.1 The changes reflect an increase of ${digits}, posts (${digits}) and travel ($5)."
    found = check_document(Document("long.txt", blocks=(Paragraph(text),)), RULES)
    assert found.status == "checked"


def _work(code: str, piece: str, length: int) -> int:
    text = "29E.1 " + piece * (length // len(piece))
    document = Document("long.txt", blocks=(Paragraph(text),), language=code)
    return calls(lambda: check_document(document, RULES))

"""Plain numbers of paragraphs that no example of a rule shows: many documents, all slips."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.as_printed import check, facts_of

SAID = "The harbour office kept a berth open."


def rows(first: int, last: int, said: str = SAID) -> list[str]:
    return [f"{count}. {said}" for count in range(first, last + 1)]


def codes(texts: list[str]) -> list[tuple[str, str]]:
    found = check("\n".join(f"¶ {text}" for text in texts)).findings
    return [(each.code, each.stated_text) for each in found]


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=12, max_value=30), st.data())
def test_one_slip_is_told_once(length: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=1, max_value=length - 4))
    texts = rows(1, length)
    wrong = data.draw(st.integers(min_value=2, max_value=200).filter(lambda n: n != at + 1))
    for changed in (
        [*texts[:at], *texts[at + 1 :]],
        [*texts[:at], f"{wrong}. {SAID}", *texts[at + 1 :]],
        [*texts[:at], texts[at + 1], texts[at], *texts[at + 2 :]],
    ):
        assert [code for code, _ in codes(changed)] == ["REF201"]
    if at > 1:
        assert [code for code, _ in codes([*texts[:at], texts[at - 1], *texts[at:]])] == ["REF201"]


SILENT = {
    "a list that is longer than what stands above it": [
        *rows(1, 5),
        *rows(1, 9, "Lights."),
        *rows(6, 20),
    ],
    "items that were chosen": [
        *rows(1, 10),
        *(f"{n}. Lights." for n in (3, 7, 9, 12)),
        *rows(11, 30),
    ],
    "a list right in the first paragraph": [*rows(1, 1), *rows(1, 3, "Lights."), *rows(2, 20)],
    "headings of many forms": [
        text
        for n in range(1, 6)
        for text in (f"{n}. Lights{'.' * (n % 2)}", *rows(3 * n - 2, 3 * n))
    ],
    "footnotes": [*rows(1, 6), "1. See A/1/2.", "2. See A/1/3.", *rows(7, 20), "3. Ibid."],
    "annexes": [*rows(1, 30), "Annex I", *rows(1, 9), "Annex II", *rows(1, 12)],
    "an excerpt": [*rows(1, 9), *rows(25, 40)],
    "numbers left out on purpose": [*rows(1, 7), "8\u201310. Not used.", *rows(11, 25)],
    "a paragraph that was added": [*rows(1, 9), f"9 bis. {SAID}", *rows(10, 20)],
    "paragraphs without a stop or with a year": [
        *rows(1, 4),
        "5. The office closed",
        "6. 2024 was a good year.",
        "7 The office opened",
        *rows(8, 15),
    ],
    "a correction of another document": [
        f"{n}. Paragraph {n * 9}: for three read four." for n in range(1, 12)
    ],
    "a table of contents that is short": [*rows(1, 4), "See paragraph 9 below."],
    "a reference out of an excerpt": [*rows(12, 40), "41. See paragraphs 3 above and 55 below."],
    "an executive summary": [
        *rows(1, 9, "The reasons are in paragraph 12 below."),
        "Report",
        *rows(1, 20),
    ],
}


@pytest.mark.parametrize("texts", SILENT.values(), ids=SILENT)
def test_what_breaks_no_numbering_is_silent(texts: list[str]) -> None:
    assert codes(texts) == []


def test_chinese_sets_no_blank_behind_a_number() -> None:
    """The year of paragraph 5 and the ten berths of paragraph 7 are no decimals."""
    texts = [f"{n}.\u6e2f\u53e3\u5f00\u653e\u3002" for n in range(1, 13)]
    texts[4] = "5.2024\u5e74\u5f00\u653e\u3002"
    texts[6] = "7.10\u4e2a\u6cca\u4f4d\u3002"
    found = check("\n".join(f"\u00b6 {text}" for text in texts), language="zh").findings
    assert list(found) == []
    texts[9] = texts[8]
    found = check("\n".join(f"\u00b6 {text}" for text in texts), language="zh").findings
    assert [(each.code, each.stated_text) for each in found] == [("REF201", "9")]


def test_arabic_sets_a_dash_behind_a_number() -> None:
    said = "\u0627\u0644\u0645\u0631\u0641\u0623 \u0645\u0641\u062a\u0648\u062d."
    texts = [f"{n} - {said}" for n in range(1, 13)]
    assert list(check("\n".join(f"\u00b6 {text}" for text in texts), language="ar").findings) == []
    texts[9] = texts[8]
    found = check("\n".join(f"\u00b6 {text}" for text in texts), language="ar").findings
    assert [(each.code, each.stated_text) for each in found] == [("REF201", "9")]


def test_chapters_that_begin_anew_have_a_numbering_each() -> None:
    texts = [*rows(1, 14), *rows(1, 11), *rows(1, 18)]
    facts = facts_of("\n".join(f"¶ {text}" for text in texts))
    assert [len(run) for run in facts.prose.numberings] == [14, 11, 18]


def test_a_list_in_a_document_with_sections_numbers_no_paragraphs() -> None:
    texts = [*(f"4.{n} {SAID}" for n in range(1, 12)), *rows(1, 4), *rows(6, 9)]
    assert codes(texts) == []
    assert facts_of("\n".join(f"¶ {text}" for text in texts)).prose.numberings == ()


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("See paragraph 40 above.", [("REF101", "paragraph 40")]),
        ("See paragraph 40 of the present report.", [("REF101", "paragraph 40")]),
        ("See paragraph 40.", [("REF112", "paragraph 40")]),
        ("See paragraph 3 below.", [("REF113", "paragraph 3")]),
        ("See paragraph 4 (c) above.", [("REF104", "paragraph 4 (c)")]),
        ("See paragraphs 3 and 18 below.", []),
        ("See paragraph 40 of resolution 72/266.", []),
        ("The letter arrived late (para. 40).", []),
        ("See A/80/7, para. 40, and paragraph 9 above.", []),
    ],
)
def test_references_to_plain_numbers(sentence: str, found: list[tuple[str, str]]) -> None:
    items = ["4. There are:", "(a) Lights;", "(b) Sails."]
    assert codes([*rows(1, 3), *items, *rows(5, 11), f"12. {sentence}", *rows(13, 20)]) == found

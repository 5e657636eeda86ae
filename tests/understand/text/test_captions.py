"""Captions: what is one, its kind, number and title, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.lexicon import load_language
from unbudget_check.model.prose import CaptionKind
from unbudget_check.notation.captions import PrintedCaption, caption_of, is_note
from unbudget_check.notation.units import is_unit_line

ENGLISH, CHINESE = load_language("en"), load_language("zh")


def said(found: PrintedCaption | None) -> tuple[str, str, str] | None:
    """Kind, number and title of a caption."""
    return (found.kind, found.number, found.title) if found else None


@pytest.mark.parametrize(
    ("text", "kind", "number", "title"),
    [
        ("Table 29E.24", "table", "29E.24", ""),
        ("Table 8.II.6", "table", "8.II.6", ""),
        ("TABLE 4", "table", "4", ""),
        ("Table 4.2. Resources by port", "table", "4.2", "Resources by port"),
        ("Table 4: Resources by port", "table", "4", "Resources by port"),
        ("Table A.2 Resources by port", "table", "A.2", "Resources by port"),
        ("Table 3.12b – Resources by port", "table", "3.12b", "Resources by port"),
        ("Table 7 (continued)", "table", "7", ""),
        ("Table 7 (cont'd) Other ports", "table", "7", "(cont'd) Other ports"),
        ("Figure 29E.VII", "figure", "29E.VII", ""),
        ("Figure 8.I.XIV", "figure", "8.I.XIV", ""),
        ("Annex II", "annex", "II", ""),
        ("Annex", "annex", "", ""),
    ],
)
def test_a_caption_has_kind_number_and_title(text: str, kind: str, number: str, title: str) -> None:
    assert said(caption_of(text, ENGLISH)) == (kind, number, title)


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("表 29C.13", "table", "29C.13"),
        ("图 29C.九", "figure", "29C.九"),
        ("图 29E.十二", "figure", "29E.十二"),
        ("附件一", "annex", "一"),
        ("附件", "annex", ""),
    ],
)
def test_captions_in_chinese(text: str, kind: str, number: str) -> None:
    assert said(caption_of(text, CHINESE)) == (kind, number, "")


@pytest.mark.parametrize(
    "text",
    [
        "Table 4.1 shows the resources.",
        "Tables 4.1 and 4.2",
        "Tablets 4",
        "Table of contents",
        "Annex II gives more details",
        "Figures for 2026",
        "Table 4.1;",
        "Table 4 " + "and so on " * 40,
    ],
)
def test_a_sentence_that_begins_like_a_caption_is_none(text: str) -> None:
    assert caption_of(text, ENGLISH) is None


@pytest.mark.parametrize("text", ["图书馆服务", "表示支持", "附件一所述的员额"])
def test_words_that_begin_like_a_caption_are_none(text: str) -> None:
    assert caption_of(text, CHINESE) is None


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["4", "29E", "8.II", "A4"]))
def test_every_number_of_a_section_makes_a_caption(count: int, scope: str) -> None:
    assert said(caption_of(f"Table {scope}.{count}", ENGLISH)) == ("table", f"{scope}.{count}", "")


def test_a_unit_stands_in_brackets_or_alone_and_a_note_says_that_it_is_one() -> None:
    assert is_unit_line("(Thousands of United States dollars)", ENGLISH)
    assert is_unit_line("(千美元)", CHINESE)
    assert not is_unit_line("(a) Thousands of United States dollars more", ENGLISH)
    assert is_unit_line("Thousands of United States dollars", ENGLISH)
    assert not is_unit_line("Thousands of United States dollars were spent", ENGLISH)
    assert not is_unit_line("Percentage", ENGLISH)  # heads a column
    assert is_note("Note: jointly financed.", ENGLISH)
    assert is_note("a 包括临时员额。", CHINESE)
    assert not is_note("Noted: nothing", ENGLISH)


@pytest.mark.parametrize(
    ("text", "code", "kind", "number"),
    [
        ("able 3", "en", CaptionKind.TABLE, "3"),
        ("igure 4.II", "en", CaptionKind.FIGURE, "4.II"),
        ("ableau 7", "fr", CaptionKind.TABLE, "7"),
        ("uadro 7.2", "es", CaptionKind.TABLE, "7.2"),
        ("Table 4.2 Table 4.1", "en", CaptionKind.TABLE, "4.2"),
    ],
)
def test_a_caption_that_lost_a_letter_or_is_typed_twice_is_a_caption(
    text: str, code: str, kind: CaptionKind, number: str
) -> None:
    assert said(caption_of(text, load_language(code))) == (kind, number, "")


@pytest.mark.parametrize("text", ["able 3 of them", "able", "ables 3", "ble 3"])
def test_other_words_are_no_captions(text: str) -> None:
    assert caption_of(text, load_language("en")) is None

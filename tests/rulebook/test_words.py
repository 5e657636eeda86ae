"""The words of a rule: in the reader's language where they are, in English where they are not."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.messages import tell, words_in
from unbudget_check.model.document import Where
from unbudget_check.rulebook.load import load_rules
from unbudget_check.rulebook.rule import message_of, title_of

RULE = replace(
    load_rules()[0],
    title={"en": "Totals add up", "zh": "总数相符"},
    message={"en": "{row}, {column}: stated {stated}, not {computed}."},
)


def _said(language: str, **values: str) -> str:
    return tell(language, message_of(RULE, language, Where("a.csv"), **values))


def test_a_title_comes_in_the_language_asked_for() -> None:
    assert title_of(RULE, "zh") == "总数相符"


def test_what_is_not_translated_comes_in_english() -> None:
    assert title_of(RULE, "fr") == "Totals add up"
    assert _said("zh", row="Total", column="2026", stated="12.0", computed="11.7") == (
        "Total, 2026: stated 12.0, not 11.7."
    )


def test_a_value_that_is_not_known_is_left_empty() -> None:
    assert _said("en", row="Total", column="2026", stated="2.679.6") == (
        "Total, 2026: stated 2.679.6, not ."
    )


@given(st.text())
def test_braces_in_a_printed_label_are_printed_as_they_stand(label: str) -> None:
    said = _said("en", row=label, column="2026")
    assert said.startswith(f"{label}, 2026: stated")


def test_a_column_without_a_heading_takes_its_comma_with_it() -> None:
    said = _said("en", row="Total", stated="12.0", computed="11.7")
    assert said == "Total: stated 12.0, not 11.7."


def test_an_empty_translation_counts_as_missing() -> None:
    assert words_in({"en": "Total", "zh": ""}, "zh") == "Total"

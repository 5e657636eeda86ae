"""Every rule file is honest: complete, in two languages, with examples that can be checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unbudget_check.checks import COMPLAINT, load_check
from unbudget_check.model.document import Paragraph, Table
from unbudget_check.rulebook.example_tables import document_of
from unbudget_check.rulebook.kinds import KINDS
from unbudget_check.rulebook.load import join_rules, load_rules
from unbudget_check.rulebook.rule import PLACEHOLDERS, placeholders_of
from unbudget_check.rulebook.select import select_rules

if TYPE_CHECKING:
    from unbudget_check.rulebook.rule import Rule

FOLDER = Path(__file__).resolve().parents[2] / "rules"
RULES = load_rules()
LANGUAGES = ("en", "zh")
EACH = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
# The codes are stable for ever: a rule may come, but none of these may go or change its name.
NAMES = {
    "ANX101": "annex-post-changes",
    "ARI101": "column-total",
    "ARI102": "part-total",
    "ARI103": "deliverables-total",
    "ARI104": "row-total",
    "ARI105": "row-left-out",
    "ARI201": "change-factors",
    "ARI202": "change-applied",
    "ARI203": "column-formula",
    "ARI204": "formula-columns",
    "ARI205": "negative-level",
    "ARI206": "product-of-columns",
    "ARI301": "percentage-of-base",
    "ARI302": "shares-add-up",
    "ARI303": "share-of-total",
    "ARI401": "post-total",
    "ARI402": "post-change-factors",
    "ARI403": "post-change-applied",
    "ARI404": "whole-posts",
    "ARI501": "grade-list-total",
    "ARI502": "grade-list-table",
    "ARI601": "blocks-total",
    "CHA101": "chart-total",
    "CHA102": "chart-against-table",
    "CHA103": "chart-label",
    "CHA201": "organization-total",
    "CHA202": "organization-posts",
    "DAT101": "data-row",
    "FOR101": "stored-result",
    "FOR102": "sum-leaves-out",
    "FOR103": "sum-leaves-out-unproved",
    "FOR104": "subtotal-counted-twice",
    "FOR105": "formula-unlike-neighbours",
    "FOR106": "factor-unlike-neighbours",
    "FOR107": "number-over-formula",
    "FOR108": "number-for-formula",
    "FOR109": "formula-operand",
    "FOR110": "formula-against-label",
    "FOR111": "shown-result",
    "MEA101": "target-words",
    "MEA102": "target-shown",
    "MEA103": "target-outcome",
    "MEA104": "result-shown",
    "MEA105": "target-unmet",
    "MEA106": "number-shown",
    "MEA107": "cumulative-falls",
    "MEA201": "rise-or-fall",
    "MEA202": "rise-or-fall-shown",
    "NAM101": "component-name-table",
    "NAM102": "component-name-text",
    "NAM201": "source-of-funds",
    "NAM202": "source-of-funds-unproved",
    "NAM301": "two-spellings",
    "NAM302": "move-word",
    "NAM401": "column-year",
    "NAM402": "caption-year",
    "NAM403": "caption-unit",
    "NOT101": "malformed-figure",
    "NOT102": "unbalanced-bracket",
    "NOT103": "doubled-sign",
    "NOT104": "letter-in-figure",
    "NOT105": "mixed-precision",
    "NOT106": "figure-as-text",
    "NOT107": "blank-for-dash",
    "NOT108": "formula-not-calculated",
    "REF101": "absent-reference",
    "REF102": "reference-kind",
    "REF103": "reference-part",
    "REF104": "reference-item",
    "REF105": "explained-elsewhere",
    "REF106": "introduced-elsewhere",
    "REF107": "reference-elsewhere",
    "REF108": "reference-twice",
    "REF109": "reference-source",
    "REF110": "reference-apart",
    "REF201": "consecutive-numbers",
    "REF202": "consecutive-numbers-unproved",
    "REF301": "caption-component",
    "REF401": "mark-without-footnote",
    "REF402": "footnote-without-mark",
    "REF111": "cited-table",
    "REF112": "absent-reference-unproved",
    "REF113": "reference-side",
    "TIE101": "restated-figure",
    "TIE102": "components-total",
    "TXT101": "sentence-level",
    "TXT102": "sentence-change",
    "TXT103": "direction-word",
    "TXT104": "sentence-percentage",
    "TXT105": "sentence-posts",
    "TXT106": "sentence-grades",
    "TXT107": "sentence-sum",
    "TXT108": "explained-again",
    "TXT109": "grade-twice",
    "TXT110": "post-number",
    "TXT111": "phrase-number",
    "TXT112": "offset-direction",
    "TXT113": "rate-of-change",
    "TXT201": "items-total",
    "TXT202": "parts-total",
    "TXT203": "change-said-again",
    "TXT204": "objects-total",
}


def test_codes_and_names_are_stable() -> None:
    names = {rule.code: rule.name for rule in RULES}
    assert names.items() >= NAMES.items()


def test_every_rule_file_is_a_rule_and_survives_the_strict_reading() -> None:
    assert len(RULES) == len(list(FOLDER.rglob("*.toml")))
    assert load_rules(FOLDER) == RULES


def test_no_word_of_the_command_line_means_two_things() -> None:
    names = {rule.name for rule in RULES}
    assert not names & {rule.family for rule in RULES}
    assert join_rules(RULES) == RULES
    for rule in RULES:
        assert select_rules(RULES, (rule.name,)) == select_rules(RULES, (rule.code,)) == (rule,)


def test_every_kind_of_check_is_written_and_used() -> None:
    # Complaints come from the readers: there is nothing to write into the matrix for them.
    assert all(callable(load_check(kind)) for kind in KINDS if kind != COMPLAINT)
    assert {rule.check for rule in RULES} == set(KINDS)


@EACH
def test_all_words_are_there_in_english_and_chinese(rule: Rule) -> None:
    for words in (rule.title, rule.message, rule.why, rule.fix):
        assert set(words) == set(LANGUAGES)
        assert re.search(r"[\u4e00-\u9fff]", words["zh"])
        assert not re.search(r"[\u4e00-\u9fff]", words["en"])
    assert rule.source.strip()


@EACH
def test_words_are_sentences_an_officer_can_read(rule: Rule) -> None:
    assert not rule.title["en"].endswith(".")
    assert len(rule.title["en"]) <= 100
    for words in (rule.message, rule.why, rule.fix):
        assert words["en"].endswith(".")
        assert words["zh"].endswith("。")
    assert "\n" not in "".join([*rule.message.values(), *rule.title.values()])


@EACH
def test_messages_say_where_in_both_languages_alike(rule: Rule) -> None:
    english, chinese = ({*placeholders_of(rule.message[language])} for language in LANGUAGES)
    assert english == chinese
    assert english <= set(PLACEHOLDERS)
    assert {"row", "column"} <= english or "where" in english


@EACH
def test_examples_are_tables_that_mention_the_places_of_their_findings(rule: Rule) -> None:
    whats = [example.what for example in rule.examples]
    assert len(set(whats)) == len(whats)
    for example in rule.examples:
        document = document_of(example)
        tables = [block for block in document.blocks if isinstance(block, Table)]
        assert document.blocks
        cells = {cell.text for table in tables for row in table.rows for cell in row}
        complaints = {place for place, _ in document.complaints}
        passages = [block for block in document.blocks if isinstance(block, Paragraph)]
        for finding in example.findings:
            row, _, column = finding.at.rpartition(" / ")
            start = f"{finding.at.split()[0]} "
            numbered = any(finding.at == t.address or t.text.startswith(start) for t in passages)
            drawn = finding.at.partition(" / ")[0] in " ".join(t.text for t in passages)
            assert {row, column} <= cells or finding.at in complaints or numbered or drawn


@EACH
def test_an_example_states_what_its_table_prints(rule: Rule) -> None:
    for example in rule.examples:
        for finding in example.findings:
            assert finding.stated in example.table
            assert finding.stated != finding.computed or not finding.stated

"""Which facts sentences state again, and which sums they claim."""

from __future__ import annotations

import pytest

from tests.as_printed import RULES, check, facts_of
from tests.understand.test_meaning import BEFORE, COMPONENTS
from unbudget_check.model.message import Message
from unbudget_check.model.prose import Whole
from unbudget_check.reporters.office.remarks import remarks_of
from unbudget_check.reporters.repairs import repairs_of
from unbudget_check.reporters.words import suspect_sentence
from unbudget_check.understand.text import linkage

# Long paragraphs are joined, so that they can be read here.
TEXT = """
¶ Overview
¶ 4.7 As shown in table 4.1 (1), the overall resources proposed for 2027 amount to \
$1,989,500, reflecting a net decrease of $10,500 (or 0.5 per cent).
¶ Overall resource changes
¶ Technical adjustments
¶ 4.8 Resource changes reflect a net decrease of $10,500, as follows:
¶ (a) Executive direction (increase of $10,000): new duties;
¶ (b) Subprogramme 1, Harbours. The net decrease of $20,500 relates to fewer pilots \
($25,000), offset in part by more fuel ($4,500).
¶ Extrabudgetary resources
¶ 4.9 Resources are estimated at $540,000. Some $3 million were lost at sea.
¶ Subprogramme 1
¶ Harbours
¶ 4.10 The proposed regular budget resources for 2027 amount to $1,230,000 and \
reflect a decrease of $20,500.
"""


def tied(text: str) -> list[tuple[str, list[str], str]]:
    """(Mention as printed, the entities and sources it is tied to, the reason why not)."""
    facts = facts_of(COMPONENTS + text, BEFORE)
    prose = facts.prose
    found = []
    for each in prose.statements:
        span = prose.mentions[each.mention].span
        names = [f"{f.meaning.entity} {f.meaning.source}" for f in each.facts]
        found.append((prose.passages[span.passage].text[span.start : span.end], names, each.reason))
    return found


def test_a_sentence_is_tied_by_its_headings_and_by_what_it_names() -> None:
    assert tied(TEXT) == [
        ("$1,989,500", ["overall regular"], ""),
        ("net decrease of $10,500", ["overall regular"], ""),
        ("0.5 per cent", ["overall regular"], ""),
        ("net decrease of $10,500", ["overall regular"], ""),
        ("increase of $10,000", ["executive direction regular"], ""),
        ("net decrease of $20,500", ["subprogramme 1 regular"], ""),
        ("$540,000", ["overall extrabudgetary"], ""),
        ("$3 million", [], linkage.ROUNDED),
        ("$1,230,000", ["subprogramme 1 regular"], ""),
        ("decrease of $20,500", ["subprogramme 1 regular"], ""),
    ]


def test_items_and_amounts_in_brackets_explain_a_change_with_their_signs() -> None:
    facts = facts_of(COMPONENTS + TEXT, BEFORE)
    mentions = facts.prose.mentions
    found = [
        (each.kind, [facts.numbers[mentions[at].figure].units * s for at, s in each.parts])
        for each in facts.prose.explanations
    ]
    assert found == [(Whole.PARTS, [-25000, 4500]), (Whole.ITEMS, [10000, -20500])]


def test_all_that_is_tied_holds() -> None:
    result = check(COMPONENTS + TEXT, BEFORE)
    assert not result.findings
    assert (result.coverage.sentences_read, result.coverage.sentences_tied) == (7, 6)
    assert [each.told for each in result.coverage.untied] == [Message(linkage.ROUNDED)]


def test_three_tables_against_one_sentence_blame_the_sentence() -> None:
    more = """
    ¶ Table 4.2
    ¶ Overall: evolution of financial resources by object of expenditure
    ¶ (Thousands of United States dollars)
    Object of expenditure | 2026 approved | Change | 2027 estimate
    Posts                 |       1 500.0 |      – |       1 500.0
    Travel                |         500.0 | (10.5) |         489.5
    Total                 |       2 000.0 | (10.5) |       1 989.5
    ¶ Table 4.3
    ¶ Overall: evolution of financial resources
    ¶ (Thousands of United States dollars)
             | 2026 approved | Change | 2027 estimate
    Posts    |       1 500.0 |      – |       1 500.0
    Non-post |         500.0 | (10.5) |         489.5
    Total    |       2 000.0 | (10.5) |       1 989.5
    """
    (finding,) = check(COMPONENTS + more + TEXT.replace("1,989,500", "1,998,500"), BEFORE).findings
    assert (finding.code, finding.where.paragraph) == ("TXT101", "4.7")
    (suspect,) = finding.suspects
    assert (suspect.stated, str(suspect.proposed)) == ("$1,998,500", "1989500")
    assert len(finding.relations) == 3
    assert finding.quote is not None
    assert finding.quote.text[finding.quote.start : finding.quote.end] == "$1,998,500"


def test_a_wrong_table_is_blamed_where_the_sentence_bears_the_others_out() -> None:
    wrong = COMPONENTS.replace("(20.5) |       1 230.0", "(20.5) |       1 320.0")
    (finding,) = check(wrong + TEXT, BEFORE).findings
    assert finding.where.row == "1. Harbours"
    assert str(finding.suspects[0].proposed) == "1230.0"


def test_no_suspect_counts_fewer_than_no_posts() -> None:
    text = "¶ 4.2 Resources would provide for 2 posts (1 D-1, 1 P-5 and 3 P-4)."
    (finding,) = check(text).findings
    assert finding.code == "TXT106"
    assert [str(each.proposed) for each in finding.suspects] == ["5", "0"]


def test_an_amount_in_brackets_that_is_not_read_as_complete_claims_nothing() -> None:
    text = "¶ 4.2 Resources of $9,000 were spent, including on fuel ($4,000) and pilots ($2,000)."
    assert not check(text).findings


def test_the_word_for_the_opposite_is_told_though_the_cited_table_prints_the_amount() -> None:
    text = TEXT.replace("reflect a decrease of $20,500", "reflect an increase of $20,500")
    (finding,) = check(COMPONENTS + text, BEFORE).findings
    assert (finding.code, finding.where.paragraph) == ("TXT103", "4.10")
    assert finding.message.endswith(
        "It should be the opposite: the amount agrees, but increase and decrease are confused or"
        " another change is meant."
    )


RISEN = COMPONENTS.replace("(20.5)", "20.5").replace("1 230.0", "1 271.0")


@pytest.mark.parametrize(("table", "word"), [(COMPONENTS, "increase"), (RISEN, "decrease")])
def test_a_wrong_word_is_no_correction_of_the_figure_beside_it(table: str, word: str) -> None:
    """Nothing says that a sentence which prints 20,500 should print it."""
    text = TEXT.replace("reflect a decrease of $20,500", f"reflect a {word} of $20,500")
    (found,) = [f for f in check(table + text, BEFORE).findings if f.code == "TXT103"]
    told = [
        found.message,
        *remarks_of(found),
        *(suspect_sentence(s, found) for s in found.suspects),
    ]
    assert not any("should be 20,500" in each or "-20,500:" in each for each in told)
    assert not repairs_of(found)


RESTATED = """
¶ Table 4.2
¶ Overall: evolution of financial resources by object of expenditure
¶ (Thousands of United States dollars)
Object of expenditure | 2026 approved | Technical adjustments | Total | 2027 estimate
Posts                 |       1 500.0 |                (10.5) | (10.5) |       1 489.5
Travel                |         500.0 |                     – |      – |         500.0
Total                 |       2 000.0 |                (10.5) | (10.5) |       1 989.5
¶ Overall resource changes
¶ Technical adjustments
"""


def test_the_table_that_a_sentence_cites_speaks_for_the_same_row_of_others() -> None:
    said = RESTATED + "¶ 4.8 As shown in table 4.1 (1), resource changes reflect a {}."
    assert not check(COMPONENTS + said.format("decrease of $10,500"), BEFORE).findings
    for wrong in ("increase of $10,500", "decrease of $15,000"):
        (finding,) = check(COMPONENTS + said.format(wrong), BEFORE).findings
        assert "4.1 (1)" in str(finding.message)


def test_a_change_under_an_object_is_not_that_of_the_whole() -> None:
    said = RESTATED + "¶ 4.8 As shown in table 4.1 (1), changes reflect a decrease of {} under {}."
    assert not check(COMPONENTS + said.format("$10,500", "posts"), BEFORE).findings
    assert check(COMPONENTS + said.format("$15,000", "posts"), BEFORE).findings
    # Another object may have changed by another amount, and a third one offset it.
    assert not check(COMPONENTS + said.format("$15,000", "travel"), BEFORE).findings
    assert not check(COMPONENTS + said.format("$15,000", "lamp oil"), BEFORE).findings


ROWS = {
    "en": (
        """
Category            | 2025 apportionment | 2026 proposed | Variance | Percentage
Air operations      | 17 120.0 | 17 430.0 | 310.0  | 1.8
Medical services    | 1 201.0  | 1 124.0  | (77.0) | (6.4)
Official travel     | 590.0    | 612.0    | 22.0   | 3.7
Total               | 18 911.0 | 19 166.0 | 255.0  | 1.3
""",
        ("Table 1", "Operational costs", "(Thousands of United States dollars)"),
        "¶ 2. For air operations, resources amount to $17,430,000, an increase of $310,000.",
        ("$17,340,000", "$17,430,000"),
        ("$301,000", "$310,000"),
    ),
    "fr": (
        """
Ministère  | Crédits ouverts pour 2025 | Prévisions pour 2026 | Variation | Pourcentage
Éducation  | 4 520,0 | 4 785,0 | 265,0   | 5,9
Transports | 3 124,0 | 3 011,5 | (112,5) | (3,6)
Total      | 7 644,0 | 7 796,5 | 152,5   | 2,0
""",
        ("Tableau 1", "Dépenses par ministère", "(En milliers d’euros)"),
        "¶ 2. L’augmentation de 265 000 euros (5,9 %) prévue pour l’éducation sert à recruter.",
        ("625 000 euros", "265 000 euros"),
        ("Diminution de 265", "augmentation de 265"),
    ),
}


@pytest.mark.parametrize("language", ROWS)
def test_a_row_that_a_sentence_names_is_held_against_its_amounts(language: str) -> None:
    table, before, sentence, *slips = ROWS[language]
    assert not check(table + sentence, before, language=language).findings
    for wrong, right in slips:
        told = check(table + sentence.replace(right, wrong), before, language=language).findings
        assert [each.code[:4] for each in told] == ["TXT1"], wrong


def test_another_amount_in_the_sentence_of_a_row_is_no_slip_of_it() -> None:
    table, before, *_ = ROWS["en"]
    for said in (
        "For air operations, an amount of $2,900,000 was spent by March.",
        "For air operations, resources for fuel amount to $3,614,000.",
        "Official travel and air operations show an increase of $41,000 for spare parts.",
    ):
        assert not check(f"{table}¶ 2. {said}", before).findings, said


def test_the_table_and_the_list_of_an_item_are_two_witnesses_against_it() -> None:
    item = "\n¶ (b) Subprogramme 1, Harbours. The net {} relates to pilots;\n"
    text = TEXT[: TEXT.index("\n¶ (b)")] + item + TEXT[TEXT.index("¶ Extra") :]
    assert not check(COMPONENTS + text.format("decrease of $20,500"), BEFORE).findings
    # No misprint turns one of these amounts into the other.
    (found,) = check(COMPONENTS + text.format("decrease of $47,300"), BEFORE).findings
    assert (found.code, found.stated_text) == ("TXT102", "net decrease of $47,300")
    assert {str(each.proposed) for each in found.suspects} == {"-20500"}


@pytest.mark.parametrize(("count", "told"), [("6", []), ("7", [("TXT105", "7")])])
def test_posts_among_others_are_not_held_against_the_table(
    count: str, told: list[tuple[str, str]]
) -> None:
    rule = next(rule for rule in RULES if rule.code == "TXT105")
    example = next(each for each in rule.examples if each.kind == "passes")
    before, _, after = example.table.partition(" and would provide for 6 posts (1 P-5, 2 P-4 and ")
    said = f", including provisions for {count} posts, inclusive of 2 posts for the port"
    text = before + said + after.partition("(Other level))")[2]
    found = check(text, example.before).findings
    assert [(each.code, each.stated_text) for each in found] == told

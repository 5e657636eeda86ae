"""Tables that restate others: of the same body, the same record, the same column."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.as_printed import check, facts_of
from unbudget_check.model.finding import Severity

TITLE = {
    "en": ("Table {}", "Overall: evolution of resources by object of expenditure"),
    "fr": ("Tableau {}", "Ensemble : évolution des ressources par objet de dépense"),
    "es": ("Cuadro {}", "Sinopsis: recursos por objeto de los gastos"),
}
OBJECT = {"en": "Object of expenditure", "fr": "Objet de dépense", "es": "Objeto de los gastos"}
UNIT = {
    "en": "(Thousands of United States dollars)",
    "fr": "(En milliers de dollars des États-Unis)",
    "es": "(Miles de dólares de los Estados Unidos)",
}
YEARS = {
    "en": "2026 approved | Change | 2027 estimate",
    "fr": "2026 (crédits ouverts) | Variation | 2027 (montant estimatif)",
    "es": "2026 (consignación) | Cambio | 2027 (estimación)",
}


def table(number: str, rows: str, language: str = "en") -> str:
    caption, title = TITLE[language]
    return "\n".join(
        (
            f"¶ {caption.format(number)}",
            f"¶ {title}",
            f"¶ {UNIT[language]}",
            f"{OBJECT[language]} | {YEARS[language]}",
            rows,
        )
    )


LARGE = """Posts | 4 210.5 | 31.0 | 4 241.5
Travel | 320.5 | – | 320.5
Total | 4 531.0 | 31.0 | 4 562.0"""
SMALL = """Posts | 610.5 | – | 610.5
Travel | 45.5 | 5.0 | 50.5
Total | 656.0 | 5.0 | 661.0"""


def broken(text: str, language: str = "en") -> list[str]:
    return [each.code for each in check(text, language=language).findings]


@pytest.mark.parametrize("language", TITLE)
@pytest.mark.parametrize(
    "heading", ["B. Maritime Institute", "II. Mission in the Straits", "Liaison Bureau, Valletta"]
)
def test_the_overall_tables_of_a_second_body_are_its_own(language: str, heading: str) -> None:
    text = "\n".join((table("7.1", LARGE, language), f"¶ {heading}", table("7.2", SMALL, language)))
    facts = facts_of(text, language=language)
    body = heading.rpartition(". ")[2].casefold()
    assert {fact.meaning.entity for fact in facts.meanings} == {"overall", body}
    assert broken(text, language) == []


def test_a_slip_in_one_of_two_tables_about_the_whole_is_no_second_body() -> None:
    wrong = LARGE.replace("4 531.0 | 31.0 | 4 562.0", "4 531.0 | 31.0 | 4 526.0")
    text = "\n".join((table("7.1", LARGE), "¶ B. More of the same", table("7.2", wrong)))
    facts = facts_of(text)
    assert {fact.meaning.entity for fact in facts.meanings} == {"overall"}
    assert "TIE101" in broken(text) or "ARI101" in broken(text)


def test_what_stands_below_the_heading_of_a_body_is_about_that_body() -> None:
    sentence = "¶ 7.4 The proposed resources for 2027 amount to $661,000."
    lines = (table("7.1", LARGE), "¶ B. Maritime Institute", sentence, table("7.2", SMALL))
    assert broken("\n".join(lines)) == []
    (passage,) = (p for p in facts_of("\n".join(lines)).prose.passages if p.number == "7.4")
    assert passage.bearing.entity == "maritime institute"


def test_components_of_two_bodies_are_two_components() -> None:
    part = """
¶ Table 7.{}
¶ Programme support: evolution of resources
¶ (Thousands of United States dollars)
         | 2026 approved | 2027 estimate
Posts    | {}
Non-post | {}
Total    | {}"""
    first = part.format(3, "20.5 | 21.5", "5.0 | 5.0", "25.5 | 26.5")
    second = part.format(4, "60.5 | 61.5", "7.0 | 7.0", "67.5 | 68.5")
    bodies = ("¶ B. Maritime Institute", "¶ Overview")
    text = "\n".join((table("7.1", LARGE), first, *bodies, table("7.2", SMALL), second))
    facts = facts_of(text)
    assert {fact.meaning.entity for fact in facts.meanings} == {
        "overall",
        "programme support",
        "maritime institute",
        "maritime institute › programme support",
    }
    assert "TIE101" not in broken(text)


ROWS = """
Component/subprogramme | 2026 expenditure | 2027 approved | Technical adjustments | 2028 estimate
1. Dredging            |          1 520.5 |       1 610.0 |                  12.5 |       1 622.5
2. Pilotage            |            310.5 |         320.0 |                  21.5 |         341.5
Total                  |          1 831.0 |       1 930.0 |                  34.0 |       1 964.0
"""
OWN = """
         | 2026 expenditure | 2027 approved | Technical adjustments | 2028 estimate
Posts    |          2 001.0 |       2 040.0 |                  12.5 |       2 052.5
Non-post |            150.5 |         170.5 |                     – |         170.5
Total    |          2 151.5 |       2 210.5 |                  12.5 |       2 223.0
"""


def test_a_record_whose_levels_all_differ_is_of_something_else() -> None:
    lines = ("¶ Table 7.1", "¶ Overall: resources by component", "¶ (Thousands of dollars)", ROWS)
    own = ("¶ Table 7.2", "¶ Subprogramme 1: resources", "¶ (Thousands of dollars)", OWN)
    assert "TIE101" not in broken("\n".join((*lines, *own)))


SPENT = """¶ Table 7.{}
¶ {}: evolution of resources
¶ (Thousands of United States dollars)
 | 2026 expenditure | 2027 approved | 2028 estimate"""
LISTED = """¶ Table 7.1
¶ Overall: evolution of resources by component
¶ (Thousands of United States dollars)
Component/subprogramme | 2027 approved | 2028 estimate
1. Dredging            |         320.0 |         320.0
2. Pilotage            |         320.0 |         320.0
3. Beacons             |         320.0 |         320.0
Total                  |         960.0 |         960.0"""


@pytest.mark.parametrize(("posts", "expected"), [("801.2", []), ("810.2", ["Posts"])])
def test_totals_that_were_spent_drift_as_their_rows_do(posts: str, expected: list[str]) -> None:
    def own(number: int, about: str, *rows: tuple[str, str]) -> str:
        spent = "\n".join(
            f"{label} | {amount} | {then} | {then}"
            for label, (amount, then) in zip(("Posts", "Non-post", "Total"), rows, strict=True)
        )
        return f"{SPENT.format(number, about)}\n{spent}"

    total = str(Decimal(posts) + Decimal("161.3"))
    whole = (posts, "801.0"), ("161.3", "159.0"), (total, "960.0")
    part = ("267.0", "267.0"), ("53.7", "53.0"), ("320.7", "320.0")
    parts = (own(number + 2, f"Subprogramme {number}", *part) for number in (1, 2, 3))
    found = check("\n".join((LISTED, own(2, "Overall", *whole), *parts))).findings
    assert [each.where.row for each in found if each.severity is Severity.ERROR] == expected


def test_a_restated_column_of_dashes_is_one_finding() -> None:
    grades = """¶ Table 7.1
¶ Overall: posts by category and grade
¶ (Number of posts)
Grade | 2026 approved | Technical adjustments | New mandates | Other | Total | 2027 proposed
Professional and higher | | | | | |
P-5 | 12 | – | – | 2 | 2 | 14
P-4 | 31 | – | – | 3 | 3 | 34
Subtotal | 43 | – | – | 5 | 5 | 48
General Service and related | | | | | |
GS (OL) | 23 | – | – | 4 | 4 | 27
Subtotal | 23 | – | – | 4 | 4 | 27
Total | 66 | – | – | 9 | 9 | 75"""
    again = """¶ Table 7.2
¶ Overall: evolution of financial and post resources
¶ (Thousands of United States dollars/number of posts)
 | 2026 approved | Technical adjustments | New/expanded mandates | Other | Total | 2027 estimate
Financial resources by main category of expenditure | | | | | |
Posts | 4 310.5 | – | – | 31.0 | 31.0 | 4 341.5
Non-post | 320.5 | – | – | 12.5 | 12.5 | 333.0
Total | 4 631.0 | – | – | 43.5 | 43.5 | 4 674.5
Post resources by category | | | | | |
Professional and higher | 43 | – | – | – | 5 | 48
General Service and related | 23 | – | – | – | 4 | 27
Total | 66 | – | – | – | 9 | 75"""
    (finding,) = check(f"{grades}\n{again}").findings
    assert (finding.code, finding.where.table, finding.where.column) == ("TIE101", "7.2", "Other")

"""Stated changes against the amounts and items that explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.claims import NO_TABLE
from unbudget_check.model.reading import Reading

if TYPE_CHECKING:
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

# Of a section that names the object of each of its amounts, words alone make it likely.
NAMED_BITS = 4


def check_itemised_objects(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write the amounts under one object of expenditure - its change in the table = 0.

    That each amount of a section stands under the object which its words name is one reading.
    """
    del rule
    mentions = facts.prose.mentions
    readings: dict[tuple[str, str], int] = {}
    for each in facts.prose.objects:
        section = each.fact.meaning.scope, each.fact.meaning.kind.value
        if section not in readings:
            span, table = mentions[each.parts[0][0]].span, facts.tables[each.fact.table]
            readings[section] = claims.read(
                Reading("objects", span, table.number or "", NAMED_BITS)
            )
        # Solved for the first amount, which is printed in single units.
        turn = each.parts[0][1]
        terms = [(mentions[at].figure, sign * turn) for at, sign in each.parts]
        terms.append((each.fact.figure, -turn * int(10**each.fact.scale)))
        members, signs = [[f for f, _ in terms]], [sign for _, sign in terms]
        claims.add(
            NO_TABLE,
            number,
            members,
            signs,
            [("money", "resources", "objects")],
            reading=readings[section],
        )


def check_itemised(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write stated change - its explained parts = 0, for the kind of parts that the rule names."""
    mentions = facts.prose.mentions
    for explained in facts.prose.explanations:
        if explained.kind == rule.parameters["by"]:
            figures = [mentions[at].figure for at, _ in explained.parts]
            whole = mentions[explained.whole]
            members = [[whole.figure, *figures]]
            signs = [1, *(-sign for _, sign in explained.parts)]
            kind = f"explained-{explained.kind}"
            at = claims.read(Reading(kind, whole.span, prior=explained.prior))
            places = [("money", "resources", "sentences")]
            claims.add(NO_TABLE, number, members, signs, places, reading=at)

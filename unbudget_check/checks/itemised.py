"""Stated changes against the amounts and items that explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.claims import NO_TABLE

if TYPE_CHECKING:
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule


def check_itemised_objects(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write the amounts under one object of expenditure - its change in the table = 0."""
    del rule
    mentions = facts.prose.mentions
    for each in facts.prose.objects:
        # Solved for the first amount, which is printed in single units.
        turn = each.parts[0][1]
        terms = [(mentions[at].figure, sign * turn) for at, sign in each.parts]
        terms.append((each.fact.figure, -turn * int(10**each.fact.scale)))
        members, signs = [[f for f, _ in terms]], [sign for _, sign in terms]
        claims.add(NO_TABLE, number, members, signs, [("money", "resources", "objects")])


def check_itemised(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write stated change - its explained parts = 0, for the kind of parts that the rule names."""
    mentions = facts.prose.mentions
    for explained in facts.prose.explanations:
        if explained.kind == rule.parameters["by"]:
            figures = [mentions[at].figure for at, _ in explained.parts]
            members = [[mentions[explained.whole].figure, *figures]]
            signs = [1, *(-sign for _, sign in explained.parts)]
            claims.add(NO_TABLE, number, members, signs, [("money", "resources", "sentences")])

"""Details of post changes that speak of another kind of move than the label of their row."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from unbudget_check.languages import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import ColumnRole, Spot

if TYPE_CHECKING:
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

MOVED = "moved_posts"


def check_move_word(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on details that name one move (reclassified), where the label is another.

    Details that name the move of their label, too, may go on to a second one.
    """
    for table in facts.tables:
        texts = [column.index for column in table.columns if column.role is ColumnRole.TEXT]
        moved = [(r, row.label) for r, row in enumerate(table.rows) if row.concept == MOVED]
        for (r, label), column in product(moved, texts):
            cell = table.cells[r][column]
            told = _moves(label, facts.language)
            said = _moves(cell.text, facts.language) if cell is not None else set()
            if told and said and said.isdisjoint(told):
                claims.remarks.append(Remark(number, Spot(table.ordinal, r, column), text=label))


def _moves(text: str, code: str) -> set[str]:
    """The kinds of move that a text names, by the beginnings of their words."""
    bare = normalise(text)
    return {stem for stem in load_language(code).lists["moves"] if stem in bare}

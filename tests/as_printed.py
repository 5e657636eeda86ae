"""Tables written as text, as they look in print, and what the engine makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.engine import check_document
from unbudget_check.model.facts import RowRole
from unbudget_check.model.number import number_of, printed
from unbudget_check.rulebook.example_tables import document_of
from unbudget_check.rulebook.load import load_rules
from unbudget_check.rulebook.rule import Example
from unbudget_check.understand.understand import understand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from unbudget_check.model.document import Document
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult

RULES = load_rules()
MONEY = ("Table 1", "Resources", "(Thousands of United States dollars)")
POSTS = ("Table 2", "Posts", "(Number of posts)")


def document(table: str, before: Sequence[str] = (), language: str = "en") -> Document:
    """A document with these lines above a table that is written as in the rule files."""
    return document_of(Example("small.docx", "passes", table, tuple(before), language))


def facts_of(table: str, before: Sequence[str] = (), language: str = "en") -> DocumentFacts:
    """What is understood of it."""
    return understand(document(table, before, language))


def table_of(table: str, before: Sequence[str] = (), language: str = "en") -> TableFacts:
    """What is understood of its only table."""
    (found,) = facts_of(table, before, language).tables
    return found


def check(table: str, before: Sequence[str] = (), language: str = "en") -> DocumentResult:
    """What all rules say about it."""
    return check_document(document(table, before, language), RULES)


def headings(table: TableFacts) -> list[tuple[str, str]]:
    """Heading and role of each column, left to right."""
    return [(column.heading, column.role.value) for column in table.columns]


def roles(table: TableFacts) -> list[tuple[str, str]]:
    """Label and role of each row, top to bottom, spacers left out."""
    return [(r.label, r.role.value) for r in table.rows if r.role is not RowRole.SPACER]


def sums(table: TableFacts) -> dict[str, list[str]]:
    """The labels of the rows that each total adds up, by the label of the total."""
    return {
        table.rows[footing.total].label: [table.rows[part].label for part in footing.parts]
        for footing in table.footings
    }


def told(finding: Finding) -> tuple[str, str, str, str]:
    """Code, place, stated and computed, as an officer would note them."""
    where = finding.where
    place = " / ".join(text for text in (where.row, where.column) if text)
    return finding.code, place, finding.stated_text, figure(finding.computed)


def figure(value: Decimal | None) -> str:
    """A computed figure as it would be printed."""
    return "" if value is None else printed(number_of(value))


def places(finding: Finding) -> set[str | None]:
    """The addresses of all cells in the proofs of a finding."""
    proofs = [(proof.where, *(part.where for part in proof.parts)) for proof in finding.relations]
    return {where.address for proof in proofs for where in proof}


def is_complete(result: DocumentResult) -> bool:
    """Whether every figure that was read stands in a relation that was judged."""
    return result.coverage.figures_read == result.coverage.figures_checked > 0

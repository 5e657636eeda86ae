"""Headcount beside money: posts by grade, salaries by person and year, schools by pupil."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, lay_out, money, tree

if TYPE_CHECKING:
    from tests.budgets.book import Book


@budget("posts-fr", "semicolons", "xlsx")
def posts_and_salaries(book: Book) -> None:
    """Posts by average monthly pay by twelve, employer's contributions of 42 per cent, the cost."""
    euro, posts = money("fr"), money("fr")
    top = book.text(book.add_sheet("Personnel"), "Tableau des effectifs et masse salariale 2025")
    lay_out(book, top.by(rows=2), tree(
        """
        Total général
          Filière administrative
            Attaché
            Rédacteur
            Adjoint administratif
          Filière technique
            Ingénieur
            Technicien
            Adjoint technique
          Filière sociale
            Éducateur
            ATSEM
        """), [
            Column("Effectif", posts, 2, 60),
            Column("Salaire mensuel moyen", euro, 1_900, 4_300, sums=False),
            Column("Salaires annuels", euro, times=(1, 2), scale=Fraction(12)),
            Column("Charges (42 %)", euro, times=(3,), scale=Fraction(42, 100)),
            Column("Coût total", euro, adds=(3, 4)),
        ], Layout(heading="Grade", subtotal="Total {}"))  # fmt: skip


@budget("schools-en", "csv", "live")
def schools(book: Book) -> None:
    """Pupils, teachers and money of each school, with averages for each pupil."""
    pounds, count = money("en"), money("en")
    top = book.text(book.add_sheet("Schools"), "Schools budget shares 2025-26").by(rows=2)
    lay_out(book, top, tree(
        """
        All schools
          Primary
            Ash Grove
            Bridge End
            Canal Side
            Dunmore
          Secondary
            Eastfield
            Fairholme
            Grangewood
        """), [
            Column("Pupils", count, 120, 1_400),
            Column("Teachers (FTE)", money("en", 1), 6, 80, step="0.1"),
            Column("Basic entitlement", pounds, 400_000, 5_000_000),
            Column("Deprivation", pounds, 20_000, 600_000),
            Column("Lump sum", pounds, 134_000, 136_000, step="1000"),
            Column("Total allocation", pounds, adds=(3, 4, 5)),
            Column("Per pupil", money("en", 2), ratio=(6, 1)),
        ], Layout(codes="No.", numbered=True, heading="School", subtotal="All {}"))  # fmt: skip


@budget("grades-en", "xlsx", "csv")
def posts_by_grade(book: Book) -> None:
    """Posts by grade under three sources of money, this year and next."""
    count = money("en", nil="–")
    top = book.text(book.add_sheet("Posts"), "Staffing table").by(rows=2)
    lay_out(book, top, tree(
        """
        Total posts
          Professional and above
            D-2
            D-1
            P-5
            P-4
            P-3
            P-2/1
          General service
            Principal level
            Other level
        """), [
            Column("Core 2024", count, 1, 30),
            Column("Programme 2024", count, 1, 20, nil=20),
            Column("Trust funds 2024", count, 1, 12, nil=20),
            Column("Total 2024", count, adds=(1, 2, 3)),
            Column("Core 2025", count, like=1, spread=20),
            Column("Programme 2025", count, like=2, spread=20),
            Column("Trust funds 2025", count, like=3, spread=20),
            Column("Total 2025", count, adds=(5, 6, 7)),
            Column("Change", count, adds=(8, -4)),
        ], Layout(heading="Grade", subtotal="Subtotal"))  # fmt: skip

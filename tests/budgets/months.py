"""Months, quarters and years; sums so far; budget against actual with favourable signs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, lay_out, money, percent, tree

if TYPE_CHECKING:
    from tests.budgets.book import Book

MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "es": "Ene Feb Mar Abr May Jun Jul Ago Sep Oct Nov Dic",
    "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "Janv Févr Mars Avril Mai Juin Juil Août Sept Oct Nov Déc",
}
CLUB = """
Total expenses
  Coaching
  Pitch hire
  Kit and equipment
  Travel to matches
  Insurance
  Referees
  Bar stock
"""
COMMUNITY = """
TOTAL GASTOS
  Gastos fijos
    Conserjería
    Limpieza
    Administración
    Seguro
  Gastos variables
    Agua
    Electricidad
    Reparaciones
    Jardinería
"""


@budget("months-en", "csv", "live")
def club_year(book: Book) -> None:
    """Twelve months with a quarter behind every third, and the year."""
    pounds = money("en")
    columns = []
    for at, month in enumerate(MONTHS["en"].split()):
        columns.append(Column(month, pounds, 40, 1_900, nil=8))
        if at % 3 == 2:
            last = len(columns)
            columns.append(Column(f"Q{at // 3 + 1}", pounds, adds=(last - 2, last - 1, last)))
    columns.append(Column("Year", pounds, adds=(4, 8, 12, 16)))
    top = book.text(book.add_sheet("Budget"), "Netherby Rovers FC: budget by month").by(rows=2)
    lay_out(book, top, tree(CLUB), columns, Layout(heading="Item"))


@budget("months-es", "semicolons", "xlsx")
def community_year(book: Book) -> None:
    """Twelve months, their total and average."""
    euro = money("es", 2)
    columns = [Column(m, euro, 60, 900, step="0.01") for m in MONTHS["es"].split()]
    columns.append(Column("Total", euro, adds=tuple(range(1, 13))))
    columns.append(Column("Media mensual", euro, adds=(13,), scale=Fraction(1, 12), sums=False))
    top = book.text(book.add_sheet("Gastos"), "Comunidad de propietarios Las Encinas").by(rows=2)
    lay_out(book, top, tree(COMMUNITY), columns, Layout(heading="Concepto"))


@budget("cumulative-fr", "semicolons", "live")
def cumulative(book: Book) -> None:
    """Each month is followed by the sum so far; the budget left over."""
    euro = money("fr")
    columns = [Column("Budget annuel", euro, 9_000, 90_000, step="100")]
    for at, month in enumerate(MONTHS["fr"].split()[:6]):
        columns.append(Column(month, euro, 300, 7_000))
        month_at = len(columns)
        before = (month_at - 1,) if at else ()
        columns.append(Column(f"Cumul {month}", euro, adds=(*before, month_at)))
    columns.append(Column("Reste à dépenser", euro, adds=(1, -len(columns))))
    columns.append(Column("Taux de consommation", percent("fr"), ratio=(len(columns) - 1, 1)))
    top = book.text(book.add_sheet("Suivi"), "Suivi budgétaire du lycée Marie-Talbot").by(rows=2)
    lay_out(book, top, tree(
        """
        Total
          Viabilisation
          Entretien
          Enseignement
          Restauration
          Voyages scolaires
          Vie de l'élève
        """), columns, Layout(heading="Service"))  # fmt: skip


@budget("variance-en", "csv", "xlsx", "live")
def favourable_variances(book: Book) -> None:
    """Favourable variances: actual less budget for revenue, the other way for cost."""
    dollars = money("en", negative="(")
    top = book.add_sheet("Budget v actual")
    top = book.text(top, "Budget versus actual, year to date. Favourable / (unfavourable)")
    top = top.by(rows=2)
    parts = {
        "Total revenue": """
            Total revenue
              Membership dues
              Sponsorship
              Conference fees
              Publications
              Interest
            """,
        "Total expenses": """
            Total expenses
              Salaries and wages
              Payroll taxes
              Occupancy
              Conference costs
              Printing
              Insurance
              Office supplies
            """,
    }
    placed = {}
    for sign, (whole, rows) in zip((1, -1), parts.items(), strict=True):
        columns = [
            Column("Budget", dollars, 2_000, 190_000, step="50"),
            Column("Actual", dollars, like=1, spread=18),
            Column("Variance", dollars, adds=(2 * sign, -1 * sign)),
            Column("Variance %", percent("en"), ratio=(3, 1)),
        ]
        placed[whole] = lay_out(book, top, tree(rows), columns, Layout(heading=whole[6:].title()))
        top = placed[whole].below.by(rows=1)
    book.text(top, "Net surplus", bold=True)
    for column in (1, 2):
        signs = zip((1, -1), placed, strict=True)
        book.sum(
            top.by(columns=column),
            [(sign, placed[whole].at(whole, column)) for sign, whole in signs],
            dollars,
        )
    variances = [placed[whole].at(whole, 3) for whole in placed]
    book.sum(top.by(columns=3), variances, dollars)
    book.also(top.by(columns=3), [top.by(columns=2), (-1, top.by(columns=1))])


@budget("shares-ru", "semicolons", "ods")
def shares_and_growth(book: Book) -> None:
    """Three years, each with its share of the whole, and growth to the first year."""
    rubles = money("ru", 1)
    top = book.text(book.add_sheet("Структура"), "Структура расходов бюджета, млн руб.").by(rows=2)
    lay_out(book, top, tree(
        """
        Всего расходов
          Общегосударственные вопросы
          Национальная экономика
          Жилищно-коммунальное хозяйство
          Образование
          Культура
          Социальная политика
          Физическая культура и спорт
        """), [
            Column("2023", rubles, 90, 9_000, step="0.1"),
            Column("Доля, %", percent("ru"), share=1),
            Column("2024", rubles, like=1, step="0.1"),
            Column("Доля, %", percent("ru"), share=3),
            Column("2025", rubles, like=3, step="0.1"),
            Column("Доля, %", percent("ru"), share=5),
            Column("2025 к 2023, %", percent("ru"), ratio=(5, 1)),
        ], Layout(heading="Раздел"))  # fmt: skip

"""Headings of more than one row, with formulas, units or dates in them; placeholders; exports."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.budgets.book import Form
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, lay_out, money, percent, tree

if TYPE_CHECKING:
    from tests.budgets.book import Book

FACULTIES = """
Total university
  Arts and Humanities
    History
    Languages
    Philosophy
  Science
    Biology
    Chemistry
    Physics
    Mathematics
  Health
    Medicine
    Nursing
"""


@budget("university-en", "xlsx", "csv")
def university(book: Book) -> None:
    """Years stand merged above plan, actual and their ratio."""
    dollars = money("en")
    columns = []
    for year in range(3):
        plan = 3 * year + 1
        like = 3 * year - 2 if year else 0
        columns += [
            Column("Plan", dollars, 90_000, 9_000_000, like=like, step="500"),
            Column("Actual", dollars, like=plan),
            Column("Used", percent("en"), ratio=(plan + 1, plan)),
        ]
    top = book.text(book.add_sheet("Faculties"), "Expenditure by faculty and department").by(rows=2)
    layout = Layout(
        heading="Unit", subtotal="Subtotal {}", heads=("|FY 2022|||FY 2023|||FY 2024||",)
    )
    lay_out(book, top, tree(FACULTIES), columns, layout)
    for year in range(3):
        book.merge(top.by(columns=3 * year + 1), top.by(columns=3 * year + 3))


@budget("numbered-en", "xlsx", "semicolons")
def numbered_columns(book: Book) -> None:
    """A row of numbers under the headings says how the columns are made of each other."""
    dollars = money("en", negative="(", nil="–")
    top = book.text(book.add_sheet("Fund"), "Peacebuilding window: allotments and expenditure")
    numbers = "||(1)|(2)|(3)=(1)+(2)|(4)|(5)=(3)-(4)|(6)=(4)/(3)"
    headings = "Code|Project|Carried over|New allotments|Available|Spent|Balance|Rate"
    placed = lay_out(book, top.by(rows=2), tree(
        """
        Total
          PB-101 | Border monitoring
          PB-104 | Women mediators
          PB-117 | Radio for dialogue
          PB-120 | Land registry
          PB-131 | Youth employment
          PB-133 | Transitional justice
        """), [
            Column("(1)", dollars, 9_000, 400_000, nil=15),
            Column("(2)", dollars, 20_000, 900_000),
            Column("(3)=(1)+(2)", dollars, adds=(1, 2)),
            Column("(4)", dollars, like=3, spread=30),
            Column("(5)=(3)-(4)", dollars, adds=(3, -4)),
            Column("(6)=(4)/(3)", percent("en"), ratio=(4, 3)),
        ], Layout(codes=" ", heads=(headings,)))  # fmt: skip
    book.line(placed.top.by(rows=-1), numbers.split("|"))


@budget("dates-ru", "semicolons", "xlsx")
def debts_by_date(book: Book) -> None:
    """Balances on dates, their change and its rate in points; no-break spaces in the figures."""
    rubles = Form(1, "\u00a0", ",")
    top = book.text(book.add_sheet("Долг"), "Государственный долг области, млн руб.").by(rows=2)
    lay_out(book, top, tree(
        """
        Государственный долг - всего
          Внутренний долг
            Бюджетные кредиты
            Облигации
            Кредиты банков
            Гарантии
          Внешний долг
            Займы международных организаций
            Прочие займы
        """), [
            Column("01.01.2023", rubles, 90, 40_000, step="0.1"),
            Column("01.01.2024", rubles, like=1, step="0.1"),
            Column("01.01.2025", rubles, like=2, step="0.1"),
            Column("Изменение за год", rubles, adds=(3, -2)),
            Column("Темп прироста, %", rubles, growth=(3, 2), scale=Fraction(100)),
        ], Layout(totals="above", heading="Вид долга"))  # fmt: skip


@budget("placeholders-fr", "semicolons", "xlsx")
def placeholders(book: Book) -> None:
    """Two points for what is nil, a column of remarks, shares in points, notes below."""
    euro = Form(1, "\u202f", ",", nil="..")
    top = book.text(book.add_sheet("Aide"), "Aide au développement par secteur, en millions")
    placed = lay_out(book, top.by(rows=2), tree(
        """
        Total
          Infrastructures sociales
            Éducation
            Santé
            Eau et assainissement
          Infrastructures économiques
            Transports
            Énergie
          Production
            Agriculture
            Industrie
        """), [
            Column("Bilatérale", euro, 3, 900, step="0.1", nil=20),
            Column("Multilatérale", euro, 3, 900, step="0.1", nil=20),
            Column("Total", euro, adds=(1, 2)),
            Column("Part (%)", Form(1, "", ","), share=3, scale=Fraction(100)),
            Column("Observations", euro, texts="|voir note 2|provisoire||estimé|"),
        ], Layout(heading="Secteur", subtotal="Ensemble {}"))  # fmt: skip
    at = placed.below.by(rows=1)
    book.text(at, "Note 1 : les données de 2024 sont provisoires.")
    book.text(at.by(rows=1), "Source : comptes nationaux, édition du 14 mars 2025, tableau 3.2.")


@budget("trial-balance-en", "csv", "tsv", "live")
def trial_balance(book: Book) -> None:
    """Accounts with debits or credits, whose totals agree, and the balance after adjustments."""
    pounds = money("en", 2)
    rng = book.rng
    top = book.text(book.add_sheet("TB"), "Trial balance as at 31 March 2025").by(rows=2)
    headings = ["Account", "Name", "Debit", "Credit", "Adjustment", "Adjusted"]
    top = book.line(top, headings, bold=True)
    names = ["Cash at bank", "Grants receivable", "Prepayments", "Vehicles", "Salaries",
             "Rent", "Programme costs", "Trade payables", "Deferred income", "Restricted funds",
             "Donations", "General fund"]  # fmt: skip
    debits, owed = 7, Fraction(0)
    for row, name in enumerate(names):
        here = top.by(rows=row)
        book.line(here, [str(1000 + 150 * row), name])
        value = Fraction(rng.randint(90_000, 9_000_000), 100)
        if row == len(names) - 1:
            value = owed
        owed += value if row < debits else -value
        place = book.figure(here.by(columns=2 if row < debits else 3), value, pounds)
        change = Fraction(rng.randint(-40_000, 40_000), 100)
        adjustment = book.figure(here.by(columns=4), change, pounds)
        book.sum(here.by(columns=5), [place, adjustment], pounds)
    last = top.by(rows=len(names))
    book.text(last.by(columns=1), "Total", bold=True)
    for column in (2, 3, 4, 5):
        rows = {2: range(debits), 3: range(debits, len(names))}.get(column, range(len(names)))
        book.sum(last.by(columns=column), [top.by(row, column) for row in rows], pounds)
    book.also(last.by(columns=2), [last.by(columns=3)])


@budget("of-which-de", "semicolons", "xlsx")
def parts_of_parts(book: Book) -> None:
    """Rows of which a part is told apart below, which is not added up again."""
    euro = money("de")
    rng = book.rng
    top = book.text(book.add_sheet("Personal"), "Landkreis Ahrenmoor: Personalaufwand").by(rows=2)
    years = ["2022", "2023", "2024", "2025"]
    top = book.line(top, ["Bereich", *years], bold=True)
    rows = {
        "Zentrale Verwaltung": "davon Beamte",
        "Schulen": "",
        "Soziales und Jugend": "davon Tarifbeschäftigte",
        "Gesundheitsamt": "",
        "Straßen und Verkehr": "davon Straßenmeistereien",
        "Umwelt": "",
    }
    parts = []
    for label, inside in rows.items():
        book.text(top, label)
        parts.append(top)
        sizes = [rng.randint(400_000, 9_000_000) for _ in years]
        for column, size in enumerate(sizes, start=1):
            book.figure(top.by(columns=column), size, euro)
        top = top.by(rows=1)
        if inside:
            book.text(top, inside, indent=1)
            for column, size in enumerate(sizes, start=1):
                book.figure(top.by(columns=column), size * rng.randint(20, 80) // 100, euro)
            top = top.by(rows=1)
    book.text(top, "Summe", bold=True)
    for column in range(1, 5):
        book.sum(top.by(columns=column), [part.by(columns=column) for part in parts], euro)


@budget("revision-es", "semicolons", "xlsx")
def revised_budget(book: Book) -> None:
    """Approved, revised, the difference with its reason, and what is still to be spent."""
    pesos = money("en", 2, before="$")
    reasons = "|Mayor matrícula|Retraso de obras||Ajuste salarial|Ahorro"
    top = book.text(book.add_sheet("Modificación"), "Universidad Técnica del Sur").by(rows=2)
    lay_out(book, top, tree(
        """
        Total
          Servicios personales
            Sueldos
            Prestaciones
            Seguridad social
          Materiales y suministros
            Papelería
            Reactivos de laboratorio
            Combustibles
          Inversión pública
            Edificio de ingeniería
            Biblioteca
        """), [
            Column("Aprobado", pesos, 90_000, 9_000_000, step="0.01"),
            Column("Modificado", pesos, like=1, step="0.01"),
            Column("Diferencia", pesos, adds=(2, -1)),
            Column("Motivo", pesos, texts=reasons),
            Column("Devengado", pesos, like=2, spread=20, step="0.01"),
            Column("Por ejercer", pesos, adds=(2, -5)),
            Column("Avance", percent("en", 2), ratio=(5, 2)),
        ], Layout(codes="N.º", heading="Concepto", subtotal="Subtotal {}"))  # fmt: skip

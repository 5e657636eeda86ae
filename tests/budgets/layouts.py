"""Sheets that hold more than one table, forms, notes, and formats of other currencies."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.budgets.book import Book, Ref, Tie
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, Placed, lay_out, money, percent, tree

if TYPE_CHECKING:
    from tests.budgets.book import Form

INCOME = """
Total income
  Rates and annual charges
  User fees
  Grants and contributions
  Investment revenue
  Other revenue
"""
COST = """
Total expenses
  Employee benefits
  Borrowing costs
  Materials and services
  Depreciation
  Other expenses
"""


@budget("side-by-side", "xlsx", "csv")
def side_by_side(book: Book) -> None:
    """Income on the left, expenses on the right, an empty column between, the result below."""
    dollars = money("en")
    columns = [Column("2024/25", dollars, 9_000, 900_000), Column("2025/26", dollars, like=1)]
    top = book.text(book.add_sheet("Budget"), "Shire of Wattle Creek: operating budget").by(rows=2)
    left = lay_out(book, top, tree(INCOME), columns, Layout(heading="Income"))
    right = lay_out(book, top.by(columns=4), tree(COST), columns, Layout(heading="Expenses"))
    at = left.below.by(rows=1)
    book.text(at, "Operating result", bold=True)
    for column in (1, 2):
        parts = [(1, left.at("Total income", column)), (-1, right.at("Total expenses", column))]
        book.sum(at.by(columns=column), parts, dollars)


@budget("stacked-en", "xlsx", "live")
def stacked(book: Book) -> None:
    """Four small tables below each other and a last one that repeats their totals."""
    dollars = money("en", code='_-* #,##0_-;\\-* #,##0_-;_-* "-"??_-;_-@_-')
    top = book.text(book.add_sheet("Five-year plan"), "Capital works programme").by(rows=2)
    works = {
        "Roads": ("Resealing", "Kerb and gutter", "Footpaths"),
        "Buildings": ("Library roof", "Depot", "Swimming pool", "Hall repainting"),
        "Drainage": ("Culverts", "Detention basins"),
        "Plant": ("Graders", "Trucks", "Mowers"),
    }
    columns = [
        *(Column(f"{2025 + n}", dollars, 5_000, 400_000, nil=15, step="500") for n in range(5)),
        Column("Total", dollars, adds=(1, 2, 3, 4, 5)),
    ]
    placed: dict[str, Placed] = {}
    for name, items in works.items():
        rows = "\n".join([f"Total {name.lower()}", *(f"  {item}" for item in items)])
        placed[name] = lay_out(book, top, tree(rows), columns, Layout(heading=name))
        top = placed[name].below.by(rows=1)
    _restated(book, top, placed, dollars)


def _restated(book: Book, top: Ref, placed: dict[str, Placed], form: Form) -> None:
    top = book.line(top, ["Summary", *(f"{2025 + n}" for n in range(5)), "Total"], bold=True)
    for row, (name, table) in enumerate(placed.items()):
        book.text(top.by(rows=row), name)
        for column in range(1, 7):
            place = top.by(row, column)
            book.sum(place, [table.at(f"Total {name.lower()}", column)], form)
            if column == 6:
                book.also(place, [place.by(columns=-n) for n in range(5, 0, -1)])
    last = top.by(rows=len(placed))
    book.text(last, "Total programme", bold=True)
    for column in range(1, 7):
        place = last.by(columns=column)
        book.sum(place, [place.by(rows=-n) for n in range(len(placed), 0, -1)], form)
        if column == 6:
            book.also(place, [place.by(columns=-n) for n in range(5, 0, -1)])


@budget("blank-rows", "csv", "xlsx")
def blank_rows(book: Book) -> None:
    """Every block is cut off by an empty row, the grand total as well, with notes below."""
    dollars = money("en", 2)
    top = book.text(book.add_sheet("Parish"), "St. Aidan's parish: annual budget").by(rows=2)
    placed = lay_out(book, top, tree(
        """
        TOTAL BUDGET
          Ministry
            Sunday school
            Youth group
            Music
          Buildings
            Heating
            Cleaning
            Repairs
            Insurance
          Office
            Secretary
            Postage
            Telephone
        """), [
            Column("Last year", dollars, 90, 9_000, step="0.01"),
            Column("This year", dollars, like=1, step="0.01"),
            Column("Difference", dollars, adds=(2, -1)),
        ], Layout(gap=True, subtotal="Subtotal {}"))  # fmt: skip
    at = placed.below.by(rows=1)
    book.text(at, "Notes")
    book.text(at.by(rows=1), "1. Heating assumes the new boiler is in use from 1 October 2025.")
    book.text(at.by(rows=2), "2. The youth group had 34 members on 31 December 2024.")
    book.text(at.by(rows=3), "Memo: value of volunteers' time, not included above")
    book.figure(at.by(3, 1), 18_400, dollars)


@budget("cfa-fr", "xlsx", "ods")
def west_african_budget(book: Book) -> None:
    """Francs whose unit is part of the number format; a variation in per cent."""
    francs = money("fr", after=" FCFA")
    top = book.text(book.add_sheet("Budget"), "Commune de Kossanda – budget 2025").by(rows=2)
    lay_out(book, top, tree(
        """
        TOTAL GÉNÉRAL
          Recettes fiscales
            Taxe de développement local
            Patentes
            Taxe sur les marchés
          Recettes non fiscales
            Droits de place
            Location de boutiques
            Produits de l'état civil
          Transferts de l'État
            Dotation de fonctionnement
            Dotation d'investissement
        """), [
            Column("Réalisations 2023", francs, 90_000, 60_000_000),
            Column("Prévisions 2024", francs, like=1, step="1000"),
            Column("Prévisions 2025", francs, like=2, step="1000"),
            Column("Variation", percent("fr"), growth=(3, 2)),
        ], Layout(heading="Nature", subtotal="Total {}"))  # fmt: skip


@budget("kronor-sv", "xlsx", "semicolons")
def swedish_association(book: Book) -> None:
    """Kronor behind the figures, cost and income with minus, the result."""
    kronor = money("sv", after=" kr")
    top = book.text(book.add_sheet("Budget"), "Koloniföreningen Lövsångaren, budget").by(rows=2)
    lay_out(book, top, tree(
        """
        Årets resultat
          Summa intäkter
            Medlemsavgifter
            Arrenden
            Bidrag från kommunen
          ~Summa kostnader
            Vatten
            El
            Försäkring
            Vägunderhåll
            Styrelsearvoden
        """), [
            Column("Utfall 2023", kronor, 2_000, 90_000),
            Column("Budget 2024", kronor, like=1, step="100"),
            Column("Budget 2025", kronor, like=2, step="100"),
        ], Layout())  # fmt: skip


@budget("negatives-en", "csv", "tsv")
def negatives(book: Book) -> None:
    """Credits with CR, refunds with a minus behind, currency before the figure."""
    dollars = money("en", 2, before="$", negative="CR")
    behind = money("en", 2, negative="_")
    top = book.text(book.add_sheet("Statement"), "Utility district: statement of accounts")
    lay_out(book, top.by(rows=2), tree(
        """
        Total
          Water sales
          Sewer charges
          Connection fees
          Penalties
          Hydrant rental
          Sundry
        """), [
            Column("Opening", dollars, 900, 90_000, step="0.01"),
            Column("Billed", dollars, 900, 90_000, step="0.01"),
            Column("Collected", dollars, 900, 90_000, step="0.01"),
            Column("Closing", dollars, adds=(1, 2, -3)),
            Column("Movement", behind, adds=(4, -1)),
        ], Layout(heading="Account"))  # fmt: skip


@budget("comparison-nl", "xlsx", "csv")
def dutch_comparison(book: Book) -> None:
    """Budget, amendment and outcome of programmes, burdens less benefits is the balance."""
    euro = money("en")
    top = book.text(book.add_sheet("Programma's"), "Gemeente Oudwater aan Zee: jaarrekening")
    lay_out(book, top.by(rows=2), tree(
        """
        Totaal programma's
          Bestuur en ondersteuning
          Veiligheid
          Verkeer en vervoer
          Economie
          Onderwijs
          Sport, cultuur en recreatie
          Sociaal domein
          Volksgezondheid en milieu
        """), [
            Column("Lasten begroting", euro, 200, 40_000),
            Column("Baten begroting", euro, 100, 9_000),
            Column("Saldo begroting", euro, adds=(2, -1)),
            Column("Lasten rekening", euro, like=1),
            Column("Baten rekening", euro, like=2),
            Column("Saldo rekening", euro, adds=(5, -4)),
            Column("Verschil", euro, adds=(6, -3)),
        ], Layout(heading="Programma (x € 1.000)"))  # fmt: skip


@budget("form-en", "xlsx", "live")
def travel_form(book: Book) -> None:
    """A form with merged cells: a traveller's days by rate, advances, what is due."""
    dollars = money("en", 2, before="$")
    top = book.add_sheet("Travel request")
    book.text(top, "TRAVEL COST ESTIMATE", bold=True)
    book.merge(top, top.by(columns=5))
    for row, (label, value) in enumerate(
        [("Traveller", "A. Moreau"), ("Index number", "448201"), ("Departure", "12 May 2025")]
    ):
        book.text(top.by(2 + row, 0), label)
        book.text(top.by(2 + row, 2), value)
        book.merge(top.by(2 + row, 0), top.by(2 + row, 1))
        book.merge(top.by(2 + row, 2), top.by(2 + row, 5))
    at = book.line(top.by(rows=6), ["Leg", "", "Days", "Daily rate", "Share", "Amount"], bold=True)
    legs = ["Geneva", "Nairobi", "Kisumu", "Addis Ababa"]
    rng = book.rng
    for row, leg in enumerate(legs):
        here = at.by(rows=row)
        book.text(here, leg)
        book.merge(here, here.by(columns=1))
        days = book.figure(here.by(columns=2), rng.randint(2, 14), money("en"))
        rate = book.figure(here.by(columns=3), rng.randint(90, 420), dollars)
        share = Fraction(rng.choice((50, 75, 80, 100)), 100)
        part = book.figure(here.by(columns=4), share, percent("en", 0))
        book.derive(Tie(here.by(columns=5), ((1, days),), (rate, part)), dollars)
    last = at.by(rows=len(legs))
    words = ["Total subsistence", "Air tickets", "Terminal expenses", "Total estimated cost",
             "Less: advance paid", "Amount due to traveller"]  # fmt: skip
    for row, label in enumerate(words):
        book.text(last.by(rows=row), label, bold=row in {0, 3, 5})
        book.merge(last.by(rows=row), last.by(row, 4))
    food, tickets, taxis, whole, advance, due = (last.by(row, 5) for row in range(6))
    book.sum(food, [at.by(row, 5) for row in range(len(legs))], dollars)
    book.figure(tickets, 1_764, dollars)
    book.figure(taxis, 188, dollars)
    book.sum(whole, [food, tickets, taxis], dollars)
    book.figure(advance, 2_000, dollars)
    book.sum(due, [whole, (-1, advance)], dollars)


@budget("two-sided-fr", "semicolons", "xlsx")
def two_sides(book: Book) -> None:
    """Charges and products face each other, headings with their sums above; both totals agree."""
    euro = money("fr", 2)
    top = book.text(book.add_sheet("Budget"), "Association Cap Sud – budget prévisionnel").by(
        rows=2
    )
    column = [Column("Montant", euro, 200, 9_000, step="0.01")]
    layout = Layout(totals="above", whole=False)
    charges = lay_out(book, top, tree(
        """
        Charges
          60 - Achats
            Fournitures
            Matériel pédagogique
            Eau et électricité
          61 - Services extérieurs
            Location de salle
            Assurance
          64 - Charges de personnel
            Salaires
            Charges sociales
        """), column, replace(layout, heading="CHARGES"))  # fmt: skip
    sales = lay_out(book, top.by(columns=2), tree(
        """
        Produits
          70 - Ventes
            Billetterie
            Buvette
          74 - Subventions
            Commune
            Département
            Région
          75 - Autres produits
            Cotisations
        """), column, replace(layout, heading="PRODUITS"))  # fmt: skip
    last = charges.below
    words = ("60 - Achats", "61 - Services extérieurs", "64 - Charges de personnel")
    book.text(last, "TOTAL DES CHARGES", bold=True)
    whole = book.sum(last.by(columns=1), [charges.at(each, 1) for each in words], euro)
    known = [
        sales.at(each, 1) for each in ("70 - Ventes", "74 - Subventions", "75 - Autres produits")
    ]
    rest = book.cell(whole).figure - sum(book.cell(each).figure for each in known)
    book.text(last.by(-1, 2), "76 - Produits financiers")
    known.append(book.figure(last.by(-1, 3), rest, euro))
    book.text(last.by(columns=2), "TOTAL DES PRODUITS", bold=True)
    book.sum(last.by(columns=3), known, euro)
    book.also(last.by(columns=3), [whole])


@budget("consolidated-en", "csv", "live")
def consolidated(book: Book) -> None:
    """Entities and eliminations beside each other make the group; expenses are negative."""
    dollars = money("en", negative="(", nil="-")
    top = book.text(book.add_sheet("Group"), "Consolidated statement by entity").by(rows=2)
    columns = [
        Column("Museum", dollars, 40_000, 900_000),
        Column("Shop", dollars, 20_000, 300_000, nil=20),
        Column("Foundation", dollars, 20_000, 600_000, nil=20),
        Column("Eliminations", dollars, 1_000, 9_000, nil=50),
        Column("Group", dollars, adds=(1, 2, 3, -4)),
    ]
    lay_out(book, top, tree(
        """
        Net result
          Total income
            Admissions
            Sales
            Donations
            Grants
          ~Total expenditure
            Staff
            Cost of goods
            Premises
            Exhibitions
        """), columns, Layout(indent=False))  # fmt: skip

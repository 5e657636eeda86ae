"""Budgets of grants and projects: forms, unit costs by duration and share, rates of direct cost."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.budgets.book import Book, Form, Ref, Tie
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, drawn, lay_out, money, percent, tree

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a budget by unit cost: headings with their items, and words for their subtotals."""

    headings: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    subtotal: str
    direct: str
    indirect: str
    rate: Fraction
    total: str


def unit_costs(book: Book, top: Ref, lines: Lines, factors: Sequence[str], form: Form) -> Ref:
    """Items with their factors and product, subtotals, a rate on direct costs, and the total.

    ``factors`` are "count", "cost", "months" or "share". Returns the place of the total.
    """
    rng = book.rng
    top = book.line(top, lines.headings, bold=True)
    product = 2 + len(factors)
    subtotals: list[Ref] = []
    counts = Form(0, form.group, form.decimal)
    share = percent("en", 0)
    for number, (group, items) in enumerate(lines.groups, start=1):
        top = book.line(top, [str(number), group], bold=True)
        results = []
        for item_number, item in enumerate(items, start=1):
            book.line(top, [f"{number}.{item_number}", item])
            places = [top.by(columns=2 + at) for at in range(len(factors))]
            for place, factor in zip(places, factors, strict=True):
                if factor == "share":
                    book.figure(place, Fraction(rng.choice((25, 50, 75, 100, 100)), 100), share)
                elif factor == "cost":
                    book.figure(place, drawn(rng, 40, 6_000, "0.5"), form)
                else:
                    most = 24 if factor == "months" else 12
                    book.figure(place, rng.randint(1, most), counts)
            first, *others = places
            result = top.by(columns=product)
            book.derive(Tie(result, ((1, first),), tuple(others)), form)
            results.append(result)
            top = top.by(rows=1)
        book.text(top.by(columns=1), lines.subtotal.format(group, number), bold=True)
        subtotals.append(book.sum(top.by(columns=product), results, form))
        top = top.by(rows=1)
    book.text(top.by(columns=1), lines.direct, bold=True)
    direct = book.sum(top.by(columns=product), subtotals, form)
    top = top.by(rows=1)
    book.text(top.by(columns=1), lines.indirect)
    indirect = Tie(top.by(columns=product), ((1, direct),), scale=lines.rate)
    book.derive(indirect, form)
    top = top.by(rows=1)
    book.text(top.by(columns=1), lines.total, bold=True)
    return book.sum(top.by(columns=product), [direct, indirect.result], form)


@budget("project-en", "csv", "live", "uncalculated")
def agency_project(book: Book) -> None:
    """Quantity by unit cost by months by share charged, and a support cost of seven per cent."""
    top = book.add_sheet("Budget")
    top = book.text(top, "Safe water for the Lower Tana: project budget (US dollars)").by(rows=2)
    lines = Lines(
        ("Line", "Description", "Quantity", "Unit cost", "Duration (months)", "% charged",
         "Total cost"),
        (
            ("Staff and other personnel",
             ("Project manager", "Field engineers", "Finance assistant", "Drivers")),
            ("Supplies and materials", ("Hand pumps", "Water filters", "Chlorine, drums")),
            ("Contractual services", ("Borehole drilling", "Water quality tests")),
            ("Travel", ("Daily subsistence", "Vehicle rental")),
        ),
        "Subtotal {0}", "Total direct costs", "Programme support cost (7%)", Fraction(7, 100),
        "Grand total",
    )  # fmt: skip
    unit_costs(book, top, lines, ("count", "cost", "months", "share"), money("en", 2))


@budget("project-es", "semicolons", "xlsx")
def spanish_project(book: Book) -> None:
    """The same without a share, with administration costs of eight per cent."""
    top = book.add_sheet("Presupuesto")
    top = book.text(top, "Presupuesto detallado del proyecto «Semillas del altiplano»").by(rows=2)
    lines = Lines(
        ("N.º", "Concepto", "Cantidad", "Costo unitario (Bs)", "Meses", "Costo total (Bs)"),
        (
            ("Personal", ("Coordinadora", "Técnicos de campo", "Contable")),
            ("Equipamiento", ("Motocultores", "Silos metálicos", "Ordenadores")),
            ("Formación", ("Talleres", "Material didáctico", "Transporte de participantes")),
        ),
        "Subtotal {0}", "Total costos directos", "Costos administrativos (8 %)",
        Fraction(8, 100), "TOTAL GENERAL",
    )  # fmt: skip
    unit_costs(book, top, lines, ("count", "cost", "months"), money("es", 2))


@budget("project-ru", "xlsx")
def russian_project(book: Book) -> None:
    """Estimate of an association: number by price, and administration of ten per cent."""
    top = book.add_sheet("Смета")
    top = book.text(top, "Смета расходов проекта «Школьный сад», руб.").by(rows=2)
    lines = Lines(
        ("№", "Статья расходов", "Количество", "Цена за единицу", "Сумма"),
        (
            ("Оплата труда", ("Руководитель проекта", "Агроном", "Бухгалтер")),
            ("Оборудование", ("Теплица", "Инвентарь", "Система полива")),
            ("Расходные материалы", ("Саженцы", "Удобрения", "Семена")),
        ),
        "Итого по разделу {1}", "Итого прямые расходы", "Административные расходы (10%)",
        Fraction(1, 10), "ВСЕГО",
    )  # fmt: skip
    unit_costs(book, top, lines, ("count", "cost"), money("ru", 2))


@budget("sf424a", "xlsx", "csv", "live")
def federal_form(book: Book) -> None:
    """Sections on one sheet: by programme with federal and other money, and by object class."""
    dollars = money("en", before="$")
    rng = book.rng
    top = book.add_sheet("Budget information")
    book.text(top, "BUDGET INFORMATION - Non-Construction Programs", bold=True)
    book.merge(top, top.by(columns=6))
    top = top.by(rows=2)
    book.text(top, "SECTION A - BUDGET SUMMARY", bold=True)
    book.merge(top, top.by(columns=6))
    top = top.by(rows=1)
    lay_out(book, top, tree(
        """
        5. Totals
          1. Head Start
          2. Early Learning
          3. Family Services
          4. Nutrition
        """), [
            Column("Assistance Listing Number", dollars, texts="93.600|93.575|93.556|10.558|"),
            Column("Estimated Unobligated Funds: Federal (c)", dollars, 2_000, 80_000, nil=25),
            Column("Estimated Unobligated Funds: Non-Federal (d)", dollars, 1_000, 40_000, nil=25),
            Column("New or Revised Budget: Federal (e)", dollars, 90_000, 900_000),
            Column("New or Revised Budget: Non-Federal (f)", dollars, 20_000, 200_000),
            Column("Total (g)", dollars, adds=(2, 3, 4, 5)),
        ], Layout(heading="Grant Program Function or Activity (a)"))  # fmt: skip
    top = top.by(rows=8)
    book.text(top, "SECTION B - BUDGET CATEGORIES", bold=True)
    book.merge(top, top.by(columns=5))
    top = book.line(
        top.by(rows=1),
        ["6. Object Class Categories", "(1) Head Start", "(2) Early Learning",
         "(3) Family Services", "(4) Nutrition", "Total (5)"],
        bold=True,
    )  # fmt: skip
    classes = ["a. Personnel", "b. Fringe Benefits", "c. Travel", "d. Equipment", "e. Supplies",
               "f. Contractual", "g. Construction", "h. Other"]  # fmt: skip
    labels = [*classes, "i. Total Direct Charges (sum of 6a-6h)", "j. Indirect Charges",
              "k. TOTALS (sum of 6i and 6j)"]  # fmt: skip
    for row, label in enumerate(labels):
        here = top.by(rows=row)
        book.text(here, label)
        for column in range(1, 5):
            place = here.by(columns=column)
            if row == 8:
                book.sum(place, [place.by(rows=-n) for n in range(8, 0, -1)], dollars)
            elif row == 10:
                book.sum(place, [place.by(rows=-2), place.by(rows=-1)], dollars)
            elif row == 6:
                book.figure(place, 0, dollars)
            else:
                book.figure(place, rng.randint(1_500, 260_000), dollars)
        book.sum(here.by(columns=5), [here.by(columns=n) for n in range(1, 5)], dollars)
    for row in (8, 10):
        place = top.by(row, 5)
        span = range(8, 0, -1) if row == 8 else (2, 1)
        book.also(place, [place.by(rows=-n) for n in span])


@budget("eu-grant", "xlsx", "live")
def european_grant(book: Book) -> None:
    """All years beside the first year; subtotals 1 to 6, seven per cent of them, and the total."""
    euro = money("en", 2, code="#,##0.00\\ [$€-1]")
    top = book.add_sheet("Budget")
    book.text(top, "Annex III. Budget for the Action", bold=True)
    top = top.by(rows=2)
    book.line(top, ["", "All Years", "", "", "", "Year 1"], bold=True)
    book.merge(top.by(columns=1), top.by(columns=4))
    book.merge(top.by(columns=5), top.by(columns=8))
    sides = ["Unit", "# of units", "Unit value (in EUR)", "Total Cost (in EUR)"]
    top = book.line(top.by(rows=1), ["Costs", *sides, *sides], bold=True)
    groups = {
        "1. Human Resources": ("1.1 Technical staff", "1.2 Administrative staff", "1.3 Per diems"),
        "2. Travel": ("2.1 International travel", "2.2 Local transportation"),
        "3. Equipment and supplies": ("3.1 Vehicles", "3.2 Furniture", "3.3 Computers"),
        "4. Local office": ("4.1 Office rent", "4.2 Consumables", "4.3 Tel/fax, electricity"),
        "5. Other costs, services": ("5.1 Publications", "5.2 Studies", "5.3 Audit"),
    }
    units = ["Per month", "Per flight", "Per item", "Per month", "Lump sum"]
    rng = book.rng
    subtotals = []
    for number, (group, items) in enumerate(groups.items()):
        top = book.line(top, [group], bold=True)
        for item in items:
            book.text(top, item)
            months = rng.randint(6, 36)
            price = drawn(rng, 90, 4_000, "0.5")
            for side, count in ((1, months), (5, max(1, months // 3))):
                book.text(top.by(columns=side), units[number])
                first = book.figure(top.by(columns=side + 1), count, money("en"))
                other = book.figure(top.by(columns=side + 2), price, euro)
                book.derive(Tie(top.by(columns=side + 3), ((1, first),), (other,)), euro)
            top = top.by(rows=1)
        book.text(top, f"Subtotal {group.partition('. ')[2]}", bold=True)
        for column in (4, 8):
            result = top.by(columns=column)
            book.sum(result, [result.by(rows=-n) for n in range(len(items), 0, -1)], euro)
        subtotals.append(top)
        top = top.by(rows=1)
    words = ["6. Subtotal direct costs of the Action (1-5)",
             "7. Indirect costs (7% of 6, subtotal of direct costs of the Action)",
             "8. Total eligible costs of the Action (6+7)"]  # fmt: skip
    for row, label in enumerate(words):
        book.text(top.by(rows=row), label, bold=True)
    for column in (4, 8):
        direct = book.sum(top.by(columns=column), [s.by(columns=column) for s in subtotals], euro)
        indirect = top.by(1, column)
        book.derive(Tie(indirect, ((1, direct),), scale=Fraction(7, 100)), euro)
        book.sum(top.by(2, column), [direct, indirect], euro)


@budget("research-en", "csv", "live")
def research_project(book: Book) -> None:
    """Years beside each other, fringe on salaries, overhead on a base that leaves out equipment."""
    dollars = money("en")
    top = book.add_sheet("Detailed budget")
    top = book.text(top, "Principal Investigator: R. Okafor. Detailed budget").by(rows=2)
    years = ["Year 1", "Year 2", "Year 3", "Total"]
    top = book.line(top, ["Category", *years], bold=True)
    labels = [
        "Senior personnel", "Postdoctoral researcher", "Graduate students", "Total salaries",
        "Fringe benefits (32% of salaries)", "Equipment", "Travel", "Materials and supplies",
        "Publication costs", "Total direct costs", "Modified total direct costs (less equipment)",
        "Indirect costs (54.5% of MTDC)", "Total costs",
    ]  # fmt: skip
    rng = book.rng
    for row, label in enumerate(labels):
        book.text(top.by(rows=row), label, bold=label.startswith("Total"))
    starts = [rng.randint(4_000, 90_000) for _ in labels]
    for column in range(1, 4):
        cells = [top.by(row, column) for row in range(len(labels))]
        growth = Fraction(103, 100) ** (column - 1)
        for row in (0, 1, 2, 5, 6, 7, 8):
            book.figure(cells[row], int(starts[row] * growth), dollars)
        book.sum(cells[3], cells[:3], dollars)
        book.derive(Tie(cells[4], ((1, cells[3]),), scale=Fraction(32, 100)), dollars)
        book.sum(cells[9], [cells[3], *cells[4:9]], dollars)
        book.sum(cells[10], [cells[9], (-1, cells[5])], dollars)
        book.derive(Tie(cells[11], ((1, cells[10]),), scale=Fraction(545, 1000)), dollars)
        book.sum(cells[12], [cells[9], cells[11]], dollars)
    for row in range(len(labels)):
        place = top.by(row, 4)
        book.sum(place, [top.by(row, column) for column in range(1, 4)], dollars)
    last = [top.by(row, 4) for row in range(len(labels))]
    book.also(last[3], last[:3])
    book.also(last[9], [last[3], *last[4:9]])
    book.also(last[10], [last[9], (-1, last[5])])
    book.also(last[12], [last[9], last[11]])


@budget("ngo-fr", "semicolons", "xlsx")
def french_association(book: Book) -> None:
    """Who pays which part of each line: requested, other funders, own funds, share requested."""
    euro = money("fr", after=" €")
    top = book.add_sheet("Budget")
    top = book.text(top, "Association Les Passerelles – plan de financement").by(rows=2)
    lay_out(book, top, tree(
        """
        TOTAL DES CHARGES
          60 - Achats
            Fournitures d'atelier
            Petit équipement
          61 - Services extérieurs
            Locations
            Assurances
            Documentation
          64 - Charges de personnel
            Rémunération des personnels
            Charges sociales
        """), [
            Column("Subvention demandée", euro, 300, 20_000, step="10"),
            Column("Autres financeurs", euro, 300, 9_000, step="10", nil=20),
            Column("Fonds propres", euro, 100, 4_000, step="10", nil=20),
            Column("Coût total", euro, adds=(1, 2, 3)),
            Column("Part demandée", percent("fr"), ratio=(1, 4)),
        ], Layout(heading="Poste", subtotal="Sous-total {}"))  # fmt: skip


@budget("humanitarian-en", "csv", "xlsx")
def exchange_rates(book: Book) -> None:
    """Amounts in a local currency, the rate of exchange, and the same in dollars."""
    shillings, dollars = money("en"), money("en", 2)
    top = book.add_sheet("Expenditure")
    top = book.text(top, "Expenditure report, January to June (KES and USD)").by(rows=2)
    lay_out(book, top, tree(
        """
        Total
          Emergency shelter
          Cash transfers
          Health kits
          School meals
          Warehouse rent
          Fuel
          Community mobilizers
        """), [
            Column("Amount KES", shillings, 90_000, 4_000_000),
            Column("Exchange rate", money("en", 2), 128, 131, step="0.01", sums=False),
            Column("Amount USD", dollars, ratio=(1, 2), quotients=True),
        ], Layout(heading="Activity"))  # fmt: skip

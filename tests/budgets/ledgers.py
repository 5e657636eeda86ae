"""Running balances, loans, and stocks that are opened, changed and closed."""

from __future__ import annotations

from fractions import Fraction

from tests.budgets.book import Book, Tie
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, drawn, lay_out, money, tree


@budget("ledger-en", "csv", "live")
def bank_ledger(book: Book) -> None:
    """Dates, references, money out and in, and the balance after each."""
    pounds = money("en", 2)
    rng = book.rng
    top = book.text(book.add_sheet("Ledger"), "Village hall account, second quarter").by(rows=2)
    top = book.line(top, ["Date", "Ref", "Details", "Paid out", "Paid in", "Balance"], bold=True)
    book.line(top, ["01/04/2025", "", "Brought forward"])
    balance = book.figure(top.by(columns=5), Fraction("4318.27"), pounds)
    details = ["Hire of hall", "Electricity", "Cleaner", "Jumble sale", "Insurance",
               "Window repair", "Hire of hall", "Grant from council", "Water", "Tea and coffee",
               "Raffle", "Fire extinguishers"]  # fmt: skip
    out: list[int] = [1, 2, 4, 5, 8, 9, 11]
    first = top.by(rows=1)
    for row, detail in enumerate(details):
        here = first.by(rows=row)
        book.line(
            here, [f"{3 + 7 * row % 27:02d}/{4 + row // 4:02d}/2025", f"{1041 + row}", detail]
        )
        spent = row in out
        place = here.by(columns=3 if spent else 4)
        book.figure(place, drawn(rng, 20, 900, "0.01"), pounds)
        balance = book.sum(here.by(columns=5), [balance, (-1 if spent else 1, place)], pounds)
    last = first.by(rows=len(details))
    book.text(last.by(columns=2), "Totals", bold=True)
    for column in (3, 4):
        rows = [row for row in range(len(details)) if (row in out) == (column == 3)]
        book.sum(last.by(columns=column), [first.by(row, column) for row in rows], pounds)


@budget("loan-es", "semicolons", "live")
def amortization(book: Book) -> None:
    """Each year's interest is a rate of what is outstanding; opening less repaid is closing."""
    euro = money("es", 2)
    rate = Fraction(35, 1000)
    top = book.text(book.add_sheet("Préstamo"), "Cuadro de amortización (tipo 3,5 %)").by(rows=2)
    top = book.line(top, ["Año", "Capital pendiente inicial", "Amortización", "Intereses 3,5 %",
                          "Cuota total", "Capital pendiente final"], bold=True)  # fmt: skip
    closing = None
    for year in range(8):
        here = top.by(rows=year)
        book.text(here, str(2025 + year))
        opening = here.by(columns=1)
        if closing is None:
            book.figure(opening, 640_000, euro)
        else:
            book.sum(opening, [closing], euro)
        repaid = book.figure(here.by(columns=2), 61_250 + 2_417 * year, euro)
        interest = here.by(columns=3)
        book.derive(Tie(interest, ((1, opening),), scale=rate), euro)
        book.sum(here.by(columns=4), [repaid, interest], euro)
        closing = book.sum(here.by(columns=5), [opening, (-1, repaid)], euro)
    book.text(top.by(rows=8), "Total", bold=True)
    for column in (2, 3, 4):
        book.sum(top.by(8, column), [top.by(year, column) for year in range(8)], euro)
    book.also(top.by(8, 4), [top.by(8, 2), top.by(8, 3)])


@budget("assets-ru", "semicolons", "xlsx")
def fixed_assets(book: Book) -> None:
    """Balance at the beginning, received, retired, at the end, by class of asset."""
    rubles = money("ru")
    top = book.text(book.add_sheet("Основные средства"), "Движение основных средств, тыс. руб.")
    lay_out(book, top.by(rows=2), tree(
        """
        Итого
          Здания и сооружения
          Машины и оборудование
          Транспортные средства
          Вычислительная техника
          Библиотечный фонд
          Прочие основные средства
        """), [
            Column("На начало года", rubles, 900, 90_000),
            Column("Поступило", rubles, 100, 9_000, nil=15),
            Column("Выбыло", rubles, 50, 800, nil=20),
            Column("На конец года", rubles, adds=(1, 2, -3)),
        ], Layout(heading="Группа основных средств"))  # fmt: skip


@budget("funds-en", "csv", "xlsx")
def fund_balances(book: Book) -> None:
    """Opening balance, revenue, spending, transfers and closing balance of each fund."""
    dollars = money("en", negative="(", nil="-")
    top = book.text(book.add_sheet("Funds"), "Changes in fund balances").by(rows=2)
    lay_out(book, top, tree(
        """
        Total all funds
          Governmental funds
            General
            Streets
            Capital projects
            Debt service
          Proprietary funds
            Water
            Sewer
            Refuse
        """), [
            Column("Opening balance", dollars, 30_000, 3_000_000),
            Column("Revenues", dollars, 50_000, 5_000_000),
            Column("Expenditures", dollars, like=2, spread=9),
            Column("Transfers in", dollars, 1_000, 90_000, nil=40),
            Column("Transfers out", dollars, 1_000, 90_000, nil=40),
            Column("Closing balance", dollars, adds=(1, 2, -3, 4, -5)),
        ], Layout(heading="Fund", subtotal="Total {}"))  # fmt: skip

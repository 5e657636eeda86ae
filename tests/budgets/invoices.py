"""Invoices, quotes and cost estimates: quantity by price, discounts, taxes, contingency."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.budgets.book import Book, Form, Ref, Tie
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, drawn, lay_out, money, tree

if TYPE_CHECKING:
    from collections.abc import Sequence


def items(
    book: Book, top: Ref, words: Sequence[tuple[str, str]], form: Form, *, first: int = 1
) -> Ref:
    """Numbered items with their unit, quantity, price and amount; the place below the last."""
    rng = book.rng
    rng.seed(f"{book.name} {first} {top}")
    counts = Form(0, form.group, form.decimal)
    for number, (item, unit) in enumerate(words, start=first):
        book.line(top, [str(number), item, unit])
        count = book.figure(top.by(columns=3), rng.randint(1, 240), counts)
        price = book.figure(top.by(columns=4), drawn(rng, 3, 900, "0.05"), form)
        book.derive(Tie(top.by(columns=5), ((1, count),), (price,)), form)
        top = top.by(rows=1)
    return top


@budget("invoice-de", "semicolons", "live", "xlsx")
def german_invoice(book: Book) -> None:
    """Net amount, discount, tax of nineteen per cent, amount due."""
    euro = money("de", 2)
    top = book.add_sheet("Rechnung")
    book.line(top, ["Rechnung Nr.", "2025-0417"])
    book.line(top.by(rows=1), ["Kundennummer", "10388"])
    book.line(top.by(rows=2), ["Datum", "17.03.2025"])
    top = book.line(top.by(rows=4), ["Pos.", "Bezeichnung", "Einheit", "Menge", "Einzelpreis",
                                     "Gesamtpreis"], bold=True)  # fmt: skip
    first = top
    top = items(book, top, [
        ("Schreibtisch, höhenverstellbar", "Stück"), ("Drehstuhl", "Stück"),
        ("Rollcontainer", "Stück"), ("Montage vor Ort", "Std."), ("Kabelkanal", "m"),
        ("Lieferung", "pauschal"),
    ], euro)  # fmt: skip
    amounts = [first.by(row, 5) for row in range(top.row - first.row)]
    for row, label in enumerate(["Summe netto", "abzüglich 3 % Rabatt", "Zwischensumme",
                                 "zzgl. 19 % MwSt.", "Rechnungsbetrag"]):  # fmt: skip
        book.text(top.by(row, 1), label, bold=True)
    net, discount, base, tax, due = (top.by(row, 5) for row in range(5))
    book.sum(net, amounts, euro)
    book.derive(Tie(discount, ((1, net),), scale=Fraction(-3, 100)), euro)
    book.sum(base, [net, discount], euro)
    book.derive(Tie(tax, ((1, base),), scale=Fraction(19, 100)), euro)
    book.sum(due, [base, tax], euro)


@budget("invoice-es", "semicolons", "xlsx")
def spanish_invoice(book: Book) -> None:
    """Taxable base, value added tax, income tax withheld, total."""
    euro = money("es", 2, after=" €")
    top = book.add_sheet("Factura")
    book.line(top, ["Factura", "F25/0093", "", "Fecha", "12/05/2025"])
    top = book.line(top.by(rows=2), ["Ref.", "Descripción", "Ud.", "Cantidad", "Precio",
                                     "Importe"], bold=True)  # fmt: skip
    first = top
    top = items(book, top, [
        ("Traducción jurada", "pág."), ("Revisión de textos", "hora"),
        ("Maquetación", "pág."), ("Interpretación consecutiva", "hora"),
    ], euro)  # fmt: skip
    for row, label in enumerate(["Base imponible", "IVA 21%", "Retención IRPF 15%", "TOTAL"]):
        book.text(top.by(row, 4), label, bold=True)
    base, tax, held, total = (top.by(row, 5) for row in range(4))
    book.sum(base, [first.by(row, 5) for row in range(top.row - first.row)], euro)
    book.derive(Tie(tax, ((1, base),), scale=Fraction(21, 100)), euro)
    book.derive(Tie(held, ((1, base),), scale=Fraction(-15, 100)), euro)
    book.sum(total, [base, tax, held], euro)


@budget("quote-fr", "semicolons", "live")
def french_quote(book: Book) -> None:
    """Lots with price before tax, rate of tax in each row, tax, price with tax."""
    euro = money("fr", 2)
    top = book.add_sheet("Devis")
    top = book.text(top, "Devis n° 418 – rénovation de la salle polyvalente").by(rows=2)
    lay_out(book, top, tree(
        """
        TOTAL DEVIS
          Lot 1 Maçonnerie
            Démolition
            Dalle béton
            Enduits
          Lot 2 Menuiserie
            Portes intérieures
            Fenêtres double vitrage
          Lot 3 Électricité
            Tableau général
            Éclairage LED
            Mise à la terre
        """), [
            Column("Qté", money("fr"), 2, 60, sums=False),
            Column("PU HT", euro, 20, 900, step="0.5", sums=False),
            Column("Montant HT", euro, times=(1, 2)),
            Column("TVA 20 %", euro, times=(3,), scale=Fraction(20, 100)),
            Column("Montant TTC", euro, adds=(3, 4)),
        ], Layout(heading="Désignation", subtotal="Sous-total {}"))  # fmt: skip


@budget("purchase-zh", "csv", "xlsx")
def chinese_purchase(book: Book) -> None:
    """Quantity by price, tax of thirteen per cent in a column, amount with tax."""
    yuan = money("zh", 2)
    top = book.add_sheet("采购清单")
    top = book.text(top, "办公设备采购清单（单位：元）").by(rows=1)
    lay_out(book, top, tree(
        """
        合计
          1 | 笔记本电脑
          2 | 激光打印机
          3 | 会议投影仪
          4 | 办公桌椅
          5 | 文件柜
          6 | 碎纸机
        """), [
            Column("单位", yuan, texts="台|台|台|套|个|台|"),
            Column("数量", money("zh"), 2, 80, sums=False),
            Column("单价", yuan, 80, 9_000, step="0.5", sums=False),
            Column("金额", yuan, times=(2, 3)),
            Column("税额（13%）", yuan, times=(4,), scale=Fraction(13, 100)),
            Column("价税合计", yuan, adds=(4, 5)),
        ], Layout(codes="序号", heading="名称"))  # fmt: skip


@budget("estimate-en", "csv", "live")
def builders_estimate(book: Book) -> None:
    """Trades by quantity and rate, then overhead, contingency and the total of the job."""
    dollars = money("en", 2, before="$")
    top = book.add_sheet("Estimate")
    top = book.text(top, "Opinion of probable cost: Mill Street footbridge").by(rows=2)
    top = book.line(top, ["Item", "Description", "Unit", "Quantity", "Unit price", "Amount"],
                    bold=True)  # fmt: skip
    trades = {
        "Site work": [("Mobilization", "LS"), ("Clearing", "AC"), ("Excavation", "CY")],
        "Structure": [("Abutment concrete", "CY"), ("Steel girders", "LB"), ("Decking", "SF"),
                      ("Railing", "LF")],
        "Approaches": [("Asphalt path", "TN"), ("Topsoil and seeding", "SY")],
    }  # fmt: skip
    subtotals = []
    number = 1
    for trade, words in trades.items():
        book.text(top.by(columns=1), trade, bold=True)
        first = top.by(rows=1)
        top = items(book, first, words, dollars, first=number)
        number += len(words)
        book.text(top.by(columns=1), f"Subtotal {trade}", bold=True)
        amounts = [first.by(row, 5) for row in range(len(words))]
        subtotals.append(book.sum(top.by(columns=5), amounts, dollars))
        top = top.by(rows=1)
    labels = ["Construction subtotal", "Contractor overhead and profit (15%)",
              "Subtotal with overhead", "Contingency at 10%", "TOTAL PROJECT COST"]  # fmt: skip
    for row, label in enumerate(labels):
        book.text(top.by(row, 1), label, bold=True)
    base, overhead, built, reserve, total = (top.by(row, 5) for row in range(5))
    book.sum(base, subtotals, dollars)
    book.derive(Tie(overhead, ((1, base),), scale=Fraction(15, 100)), dollars)
    book.sum(built, [base, overhead], dollars)
    book.derive(Tie(reserve, ((1, built),), scale=Fraction(10, 100)), dollars)
    book.sum(total, [built, reserve], dollars)


@budget("condominium-it", "semicolons", "xlsx")
def condominium(book: Book) -> None:
    """Each owner's thousandths of three costs, the sum, what was paid, what is due."""
    euro = money("it", 2)
    rng = book.rng
    top = book.add_sheet("Riparto")
    top = book.text(top, "Condominio Via dei Tigli 14 – riparto preventivo 2025").by(rows=2)
    costs_of = ["Spese generali", "Ascensore", "Riscaldamento"]
    headings = ["Int.", "Condomino", "Millesimi", *costs_of, "Totale", "Acconti versati", "Saldo"]
    top = book.line(top, headings, bold=True)
    owners = ["Bassi", "Conti", "De Luca", "Esposito", "Fontana", "Galli", "Marchetti", "Negri"]
    shares = [rng.randint(80, 150) for _ in owners[1:]]
    shares.insert(0, 1000 - sum(shares))
    costs = [drawn(rng, 3_000, 30_000, "10") for _ in range(3)]
    last = len(owners)
    for row, (owner, share) in enumerate(zip(owners, shares, strict=True)):
        here = top.by(rows=row)
        book.line(here, [str(row + 1), owner])
        thousandths = book.figure(here.by(columns=2), share, money("it"))
        for column, cost in enumerate(costs, start=3):
            place = here.by(columns=column)
            book.derive(Tie(place, ((1, thousandths),), scale=cost / 1000), euro)
        total = book.sum(
            here.by(columns=6), [here.by(columns=column) for column in range(3, 6)], euro
        )
        paid = book.figure(here.by(columns=7), drawn(rng, 300, 3_000, "50"), euro)
        book.sum(here.by(columns=8), [total, (-1, paid)], euro)
    book.text(top.by(last, 1), "TOTALE", bold=True)
    for column in range(2, 9):
        place = top.by(last, column)
        form = money("it") if column == 2 else euro
        book.sum(place, [place.by(rows=-n) for n in range(last, 0, -1)], form)
    total = top.by(last, 6)
    book.also(total, [total.by(columns=-n) for n in (3, 2, 1)])
    book.also(top.by(last, 8), [total, (-1, top.by(last, 7))])

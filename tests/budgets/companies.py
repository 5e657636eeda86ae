"""Accounts of companies: results with rows that are subtracted, balances, cash, margins, growth."""

from __future__ import annotations

from fractions import Fraction

from tests.budgets.book import Book, Ref, Term, Tie
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, lay_out, money, percent, tree


@budget("results-en", "csv", "live")
def quarterly_results(book: Book) -> None:
    """Gross and net results by quarter and for the year; margins below."""
    dollars = money("en", negative="(")
    top = book.add_sheet("Income statement")
    top = book.text(top, "Harrow & Finch Ltd: budgeted income statement ($000)").by(rows=2)
    columns = [
        *(Column(f"Q{n}", dollars, 700, 20_000) for n in range(1, 5)),
        Column("Full year", dollars, adds=(1, 2, 3, 4)),
    ]
    placed = lay_out(book, top, tree(
        """
        Net income
          Income before tax
            Operating income
              Gross profit
                Net sales
                  Gross sales
                  ~Less: returns and allowances
                ~Less: cost of goods sold
              ~Less: operating expenses
                Salaries
                Rent
                Marketing
                Depreciation
            ~Less: interest expense
          ~Less: income tax
        """), columns, Layout(indent=False))  # fmt: skip
    at = placed.below
    for row, (label, part) in enumerate((("Gross margin %", "Gross profit"),
                                         ("Net margin %", "Net income"))):  # fmt: skip
        book.text(at.by(rows=row), label)
        for column in range(1, 6):
            tie = Tie(
                at.by(row, column),
                ((1, placed.at(part, column)),),
                over=((1, placed.at("Net sales", column)),),
            )
            book.derive(tie, percent("en"))


@budget("results-zh", "xlsx", "csv")
def chinese_results(book: Book) -> None:
    """Income statement with rows to be subtracted (减) and added (加), two years and growth."""
    top = book.add_sheet("利润表")
    top = book.text(top, "利润表（单位：万元）").by(rows=1)
    rows: list[tuple[str, list[tuple[int, str]]]] = [
        ("一、营业收入", []),
        ("减：营业成本", []),
        ("税金及附加", []),
        ("销售费用", []),
        ("管理费用", []),
        ("财务费用", []),
        ("加：投资收益", []),
        ("二、营业利润", [(1, "一、营业收入"), (-1, "减：营业成本"), (-1, "税金及附加"),
                     (-1, "销售费用"), (-1, "管理费用"), (-1, "财务费用"), (1, "加：投资收益")]),
        ("加：营业外收入", []),
        ("减：营业外支出", []),
        ("三、利润总额", [(1, "二、营业利润"), (1, "加：营业外收入"), (-1, "减：营业外支出")]),
        ("减：所得税费用", []),
        ("四、净利润", [(1, "三、利润总额"), (-1, "减：所得税费用")]),
    ]  # fmt: skip
    statement(book, top, ["项目", "本期金额", "上期金额", "增减额", "增减率"], rows, language="zh")


def statement(
    book: Book,
    top: Ref,
    headings: list[str],
    rows: list[tuple[str, list[tuple[int, str]]]],
    *,
    language: str,
) -> None:
    """Two years of rows that add or subtract other rows, with change and growth."""
    form = money(language, 2)
    rng = book.rng
    top = book.line(top, headings, bold=True)
    places = {label: top.by(rows=row) for row, (label, _) in enumerate(rows)}
    for at, (label, terms) in enumerate(rows):
        here = places[label]
        book.text(here, label, bold=bool(terms))
        size = 90_000 if at == 0 else 20_000 if at == 1 else 3_000
        last = rng.randint(size // 3, size)
        for column, year in ((1, 103), (2, 100)):
            place = here.by(columns=column)
            if terms:
                signed: list[Term] = [(s, places[of].by(columns=column)) for s, of in terms]
                book.sum(place, signed, form)
            else:
                noise = rng.randint(-800, 800)
                book.figure(place, Fraction(last * year * 10 + noise, 1000), form)
        change = Tie(here.by(columns=3), ((1, here.by(columns=1)), (-1, here.by(columns=2))))
        book.derive(change, form)
        growth = Tie(here.by(columns=4), change.terms, over=((1, here.by(columns=2)),))
        book.derive(growth, percent(language, 2))


@budget("results-ja", "csv")
def japanese_results(book: Book) -> None:
    """The same in Japanese, with ratios to the year before."""
    top = book.add_sheet("損益計算書")
    top = book.text(top, "損益計算書（単位：百万円）").by(rows=1)
    rows: list[tuple[str, list[tuple[int, str]]]] = [
        ("売上高", []),
        ("売上原価", []),
        ("売上総利益", [(1, "売上高"), (-1, "売上原価")]),
        ("販売費及び一般管理費", []),
        ("営業利益", [(1, "売上総利益"), (-1, "販売費及び一般管理費")]),
        ("営業外収益", []),
        ("営業外費用", []),
        ("経常利益", [(1, "営業利益"), (1, "営業外収益"), (-1, "営業外費用")]),
        ("法人税等", []),
        ("当期純利益", [(1, "経常利益"), (-1, "法人税等")]),
    ]
    statement(book, top, ["科目", "当期", "前期", "増減", "増減率"], rows, language="ja")


@budget("balance-fr", "xlsx")
def balance_sheet(book: Book) -> None:
    """Assets with gross, depreciation and net; liabilities below; both sides agree."""
    euro = money("fr", negative="(")
    top = book.add_sheet("Bilan")
    top = book.text(top, "Coopérative du Val Clair – bilan au 31/12/2024").by(rows=2)
    assets = lay_out(book, top, tree(
        """
        TOTAL ACTIF
          Actif immobilisé
            Immobilisations incorporelles
            Terrains
            Constructions
            Matériel et outillage
          Actif circulant
            Stocks
            Créances clients
            Disponibilités
        """), [
            Column("Brut", euro, 9_000, 2_000_000),
            Column("Amortissements", euro, 500, 8_000, nil=20),
            Column("Net 2024", euro, adds=(1, -2)),
            Column("Net 2023", euro, like=3),
        ], Layout(heading="ACTIF", subtotal="Total {}"))  # fmt: skip
    top = book.line(assets.below.by(rows=1), ["PASSIF", "", "", "Net 2024", "Net 2023"], bold=True)
    labels = ["Capital social", "Réserves", "Emprunts", "Dettes fournisseurs", "Dettes fiscales"]
    for column in (3, 4):
        whole = assets.at("TOTAL ACTIF", column)
        rest = int(book.cell(whole).figure)
        places = [top.by(row, column) for row in range(6)]
        for row, label in enumerate(labels):
            book.text(top.by(rows=row), label)
            part = int(rest * (row + 2) / 9) if row < 4 else rest
            rest -= part
            book.figure(places[row], part, euro)
        book.text(top.by(rows=5), "TOTAL PASSIF", bold=True)
        book.sum(places[5], places[:5], euro)
        book.also(places[5], [whole])


@budget("cash-en", "csv", "live")
def cash_forecast(book: Book) -> None:
    """Six months: opening, receipts, payments, movement, closing, which opens the next month."""
    _cash(book, "en", "Cash flow forecast", "Rowan Street Bakery: cash flow forecast", [
        "January", "February", "March", "April", "May", "June"], [
        "Opening balance", "Cash sales", "Receipts from debtors", "Grant instalments",
        "Total receipts", "Wages", "Suppliers", "Rent and rates", "Loan repayments",
        "Total payments", "Net cash movement", "Closing balance"])  # fmt: skip


@budget("cash-pt", "semicolons", "xlsx")
def portuguese_cash(book: Book) -> None:
    """The same in Portuguese."""
    _cash(book, "pt", "Tesouraria", "Associação Mar Alto – mapa de tesouraria", [
        "Janeiro", "Fevereiro", "Março", "Abril"], [
        "Saldo inicial", "Quotas", "Donativos", "Subsídios", "Total de recebimentos",
        "Pessoal", "Fornecimentos e serviços", "Rendas", "Impostos", "Total de pagamentos",
        "Fluxo líquido", "Saldo final"])  # fmt: skip


def _cash(
    book: Book, language: str, sheet: str, title: str, months: list[str], labels: list[str]
) -> None:
    form = money(language, negative="(" if language == "en" else "-")
    rng = book.rng
    top = book.text(book.add_sheet(sheet), title).by(rows=2)
    top = book.line(top, ["", *months], bold=True)
    for row, label in enumerate(labels):
        book.text(top.by(rows=row), label, bold=row in {4, 9, 11})
    for column in range(1, len(months) + 1):
        cells = [top.by(row, column) for row in range(len(labels))]
        if column == 1:
            book.figure(cells[0], rng.randint(9_000, 40_000), form)
        else:
            book.sum(cells[0], [cells[11].by(columns=-1)], form)
        for row in (1, 2, 3, 5, 6, 7, 8):
            book.figure(cells[row], rng.randint(800, 14_000), form)
        book.sum(cells[4], cells[1:4], form)
        book.sum(cells[9], cells[5:9], form)
        book.sum(cells[10], [cells[4], (-1, cells[9])], form)
        book.sum(cells[11], [cells[0], cells[10]], form)

"""Budgets of cities: by chapter or fund, with changes, execution, results and summary sheets."""

from __future__ import annotations

from tests.budgets.book import Book, Tie
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, lay_out, money, percent, tree


@budget("city-fr", "semicolons", "live")
def french_city(book: Book) -> None:
    """Expenditure and revenue below each other, each by chapter, and the surplus."""
    euro = money("fr")
    columns = [
        Column("BP 2024", euro, 20_000, 9_000_000, step="100"),
        Column("BP 2025", euro, like=1),
        Column("Évolution", euro, adds=(2, -1)),
        Column("Évolution %", percent("fr"), growth=(2, 1)),
    ]
    layout = Layout(codes="Chapitre", heading="Libellé")
    top = book.add_sheet("Fonctionnement")
    top = book.text(top, "Ville de Montrevaux – budget primitif 2025").by(rows=2)
    top = book.text(top, "Dépenses de fonctionnement", bold=True).by(rows=1)
    spent = lay_out(book, top, tree(
        """
        Total des dépenses de fonctionnement
          011 | Charges à caractère général
          012 | Charges de personnel et frais assimilés
          014 | Atténuations de produits
          65 | Autres charges de gestion courante
          66 | Charges financières
          67 | Charges spécifiques
          68 | Dotations aux provisions
        """), columns, layout)  # fmt: skip
    top = book.text(spent.below.by(rows=1), "Recettes de fonctionnement", bold=True).by(rows=1)
    earned = lay_out(book, top, tree(
        """
        Total des recettes de fonctionnement
          013 | Atténuations de charges
          70 | Produits des services, du domaine et ventes
          73 | Impôts et taxes
          731 | Fiscalité locale
          74 | Dotations et participations
          75 | Autres produits de gestion courante
          76 | Produits financiers
        """), columns, layout)  # fmt: skip
    at = earned.below.by(rows=1)
    book.text(at.by(columns=1), "Excédent de fonctionnement (recettes - dépenses)", bold=True)
    for column in (1, 2):
        parts = [
            (1, earned.at("Total des recettes de fonctionnement", column)),
            (-1, spent.at("Total des dépenses de fonctionnement", column)),
        ]
        book.sum(at.by(columns=1 + column), parts, euro)


GENERAL = """
Total General Fund
  General Government
    City Council
    City Manager
    City Attorney
    Finance
    Human Resources
  Public Safety
    Police
    Fire and Rescue
    Emergency Management
  Community Services
    Parks and Recreation
    Library
    Senior Center
    Arts and Culture
"""
WATER = """
Total Water Fund
  Personnel
    Salaries
    Overtime
    Benefits
  Operations
    Chemicals
    Electricity
    Purchased Water
    Repairs and Maintenance
  Debt Service
    Principal
    Interest
"""


@budget("city-en", "live", "uncalculated", "xlsx")
def american_city(book: Book) -> None:
    """Two funds on sheets of their own, and a sheet that sums them up by formulas."""
    dollars = money("en", code='"$"#,##0_);\\("$"#,##0\\)')
    columns = [
        Column("FY 2023 Actual", dollars, 25_000, 4_000_000),
        Column("FY 2024 Adopted", dollars, like=1),
        Column("FY 2025 Proposed", dollars, like=2, step="50"),
        Column("$ Change", dollars, adds=(3, -2)),
        Column("% Change", percent("en"), growth=(3, 2)),
    ]
    summary = book.add_sheet("Summary")
    layout = Layout(subtotal="Total {}", heading="Department", gap=True)
    funds = []
    for name, rows in (("General Fund", GENERAL), ("Water Fund", WATER)):
        top = book.add_sheet(name)
        book.text(top, f"City of Alder Falls, {name}", bold=True)
        funds.append((name, lay_out(book, top.by(rows=2), tree(rows), columns, layout)))
    at = book.text(summary, "City of Alder Falls: all funds", bold=True).by(rows=2)
    at = book.line(at, ["Fund", *(column.heading for column in columns)], bold=True)
    for offset, (name, placed) in enumerate(funds):
        book.text(at.by(rows=offset), name)
        for column in (1, 2, 3, 4):
            whole = placed.at(f"Total {name}", column)
            book.sum(at.by(offset, column), [whole], dollars)
    last = at.by(rows=len(funds))
    book.text(last, "Total All Funds", bold=True)
    for column in (1, 2, 3, 4):
        book.sum(last.by(columns=column), [at.by(n, column) for n in range(2)], dollars)
        if column == 4:
            book.also(last.by(columns=4), [last.by(columns=3), (-1, last.by(columns=2))])
    for row in range(3):
        new, old = at.by(row, 3), at.by(row, 2)
        growth = Tie(at.by(row, 5), ((1, new), (-1, old)), over=((1, old),))
        book.derive(growth, percent("en"))


@budget("city-es", "semicolons", "xlsx")
def spanish_city(book: Book) -> None:
    """The execution of expenditure: initial, changes, final, committed, paid, outstanding."""
    euro = money("es", 2)
    top = book.add_sheet("Liquidación")
    top = book.text(top, "Ayuntamiento de Valdehierro. Liquidación del presupuesto").by(rows=2)
    lay_out(book, top, tree(
        """
        TOTAL GASTOS
          Operaciones corrientes
            1 | Gastos de personal
            2 | Gastos corrientes en bienes y servicios
            3 | Gastos financieros
            4 | Transferencias corrientes
            5 | Fondo de contingencia
          Operaciones de capital
            6 | Inversiones reales
            7 | Transferencias de capital
          Operaciones financieras
            8 | Activos financieros
            9 | Pasivos financieros
        """), [
            Column("Créditos iniciales", euro, 90_000, 6_000_000, step="0.01"),
            Column("Modificaciones", euro, 1_000, 300_000, step="0.01", nil=20),
            Column("Créditos definitivos", euro, adds=(1, 2)),
            Column("Obligaciones reconocidas", euro, like=1, step="0.01"),
            Column("Pagos líquidos", euro, like=4, spread=5, step="0.01"),
            Column("Pendiente de pago", euro, adds=(4, -5)),
            Column("% ejecución", percent("es", 2), ratio=(4, 3)),
        ], Layout(codes="Cap.", heading="Denominación", subtotal="Total {}"))  # fmt: skip


@budget("city-ru", "semicolons", "xlsx")
def russian_city(book: Book) -> None:
    """Totals stand above their parts; amounts in thousands with one digit; codes of 20 digits."""
    rubles = money("ru", 1)
    top = book.add_sheet("Доходы")
    top = book.text(top, "Прогноз поступления доходов бюджета города Верхнереченска").by(rows=1)
    top = book.text(top.by(columns=5), "тыс. рублей").by(rows=1, columns=-5)
    lay_out(book, top, tree(
        """
        00010000000000000000 | ДОХОДЫ - ВСЕГО
          00010000000000000000 | НАЛОГОВЫЕ ДОХОДЫ
            00010102000010000110 | Налог на доходы физических лиц
            00010302000010000110 | Акцизы
            00010501000000000110 | Налоги на совокупный доход
            00010600000000000110 | Налоги на имущество
            00010800000000000110 | Государственная пошлина
          00011100000000000000 | НЕНАЛОГОВЫЕ ДОХОДЫ
            00011105000000000120 | Доходы от аренды имущества
            00011201000010000120 | Плата за негативное воздействие
            00011600000000000140 | Штрафы, санкции
          00020000000000000000 | БЕЗВОЗМЕЗДНЫЕ ПОСТУПЛЕНИЯ
            00020215000000000150 | Дотации
            00020220000000000150 | Субсидии
            00020230000000000150 | Субвенции
        """), [
            Column("2023 год (факт)", rubles, 1_500, 900_000, step="0.1"),
            Column("2024 год (оценка)", rubles, like=1, step="0.1"),
            Column("2025 год (план)", rubles, like=2, step="0.1"),
            Column("Отклонение 2025 от 2024", rubles, adds=(3, -2)),
            Column("Темп роста, %", percent("ru"), ratio=(3, 2)),
        ], Layout(totals="above", codes="Код", heading="Наименование"))  # fmt: skip


@budget("city-de", "semicolons", "live")
def german_city(book: Book) -> None:
    """Numbered lines; results are stated by the numbers of the lines that they take."""
    euro = money("de")
    top = book.add_sheet("Ergebnishaushalt")
    top = book.text(top, "Haushaltsplan der Stadt Lindenau 2025").by(rows=2)
    columns = [
        Column("Ergebnis 2023", euro, 40_000, 8_000_000),
        Column("Ansatz 2024", euro, like=1, step="100"),
        Column("Ansatz 2025", euro, like=2, step="100"),
        Column("Planung 2026", euro, like=3, spread=4, step="100"),
        Column("Planung 2027", euro, like=4, spread=4, step="100"),
    ]
    layout = Layout(codes="Nr.", numbered=True, heading="Ertrags- und Aufwandsarten")
    earned = lay_out(book, top, tree(
        """
        = Ordentliche Erträge
          Steuern und ähnliche Abgaben
          Zuwendungen und allgemeine Umlagen
          Sonstige Transfererträge
          Öffentlich-rechtliche Leistungsentgelte
          Privatrechtliche Leistungsentgelte
          Kostenerstattungen und Kostenumlagen
          Sonstige ordentliche Erträge
        """), columns, layout)  # fmt: skip
    at = earned.below
    parts = ["Personalaufwendungen", "Versorgungsaufwendungen", "Sach- und Dienstleistungen",
             "Bilanzielle Abschreibungen", "Transferaufwendungen",
             "Sonstige ordentliche Aufwendungen"]  # fmt: skip
    rng = book.rng
    for offset, label in enumerate(parts):
        book.line(at.by(rows=offset), [str(9 + offset), label])
        start = rng.randint(30_000, 5_000_000)
        for column in range(5):
            step = 1 if column == 0 else 100
            value = int(start * rng.uniform(0.9, 1.1) / step) * step
            book.figure(at.by(offset, 2 + column), value, euro)
    rows = {
        "15|= Ordentliche Aufwendungen": [(1, offset) for offset in range(6)],
        "16|= Ordentliches Ergebnis (Zeilen 8 und 15)": [(1, -1), (-1, 6)],
    }
    for offset, (words, terms) in enumerate(rows.items(), start=6):
        book.line(at.by(rows=offset), words.split("|"), bold=True)
        for column in range(2, 7):
            book.sum(at.by(offset, column), [(s, at.by(r, column)) for s, r in terms], euro)


@budget("city-pt", "semicolons", "ods")
def brazilian_city(book: Book) -> None:
    """Revenue foreseen and raised, in the two months and so far, with the balance."""
    real = money("pt", 2)
    top = book.add_sheet("Balanço orçamentário")
    top = book.text(top, "Município de Campo Sereno – Relatório resumido").by(rows=1)
    lay_out(book, top, tree(
        """
        TOTAL DAS RECEITAS
          RECEITAS CORRENTES
            RECEITA TRIBUTÁRIA
              Impostos
              Taxas
              Contribuição de melhoria
            RECEITA PATRIMONIAL
              Receitas imobiliárias
              Receitas de valores mobiliários
            TRANSFERÊNCIAS CORRENTES
              Transferências da União
              Transferências dos Estados
          RECEITAS DE CAPITAL
            Operações de crédito
            Alienação de bens
        """), [
            Column("Previsão inicial", real, 100_000, 9_000_000, step="0.01"),
            Column("Previsão atualizada (a)", real, like=1, spread=3, step="0.01"),
            Column("No bimestre (b)", real, 10_000, 900_000, step="0.01"),
            Column("% (b/a)", percent("pt", 2), ratio=(3, 2)),
            Column("Até o bimestre (c)", real, like=2, spread=40, step="0.01"),
            Column("% (c/a)", percent("pt", 2), ratio=(5, 2)),
            Column("Saldo (a-c)", real, adds=(2, -5)),
        ], Layout(totals="above", heading="RECEITAS"))  # fmt: skip


@budget("city-it", "xlsx")
def italian_city(book: Book) -> None:
    """Titles by year, the totals of each title typed below it, accrual beside cash."""
    euro = money("it", 2, code='#,##0.00\\ "€"')
    top = book.add_sheet("Entrate")
    top = book.text(top, "Comune di Roccabianca – bilancio di previsione 2025-2027").by(rows=2)
    lay_out(book, top, tree(
        """
        TOTALE GENERALE DELLE ENTRATE
          TITOLO 1 | Entrate correnti di natura tributaria
            10101 | Imposte, tasse e proventi assimilati
            10104 | Compartecipazioni di tributi
            10301 | Fondi perequativi
          TITOLO 2 | Trasferimenti correnti
            20101 | Trasferimenti da amministrazioni pubbliche
            20103 | Trasferimenti da imprese
          TITOLO 3 | Entrate extratributarie
            30100 | Vendita di beni e servizi
            30200 | Proventi dal controllo di irregolarità
            30300 | Interessi attivi
            30500 | Rimborsi e altre entrate correnti
        """), [
            Column("Previsioni 2025", euro, 8_000, 3_000_000, step="0.01"),
            Column("Previsioni 2026", euro, like=1, step="0.01"),
            Column("Previsioni 2027", euro, like=2, step="0.01"),
            Column("Cassa 2025", euro, like=1, spread=30, step="0.01"),
        ], Layout(codes="Codice", heading="Denominazione", subtotal="Totale {}"))  # fmt: skip

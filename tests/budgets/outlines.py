"""Outlines that codes or columns tell, two sides of an account, and products that run down rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.budgets.book import Tie
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, drawn, lay_out, money, percent, tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.budgets.book import Book, Form, Ref


def typed(book: Book, at: Ref, columns: Sequence[int], form: Form, most: int) -> list[Ref]:
    """Figures of one row, drawn by chance."""
    rng = book.rng
    rng.seed(f"{book.name} {at}")
    step = str(form.quantum.limit_denominator()) if form.digits else "1"
    step = {"1/10": "0.1", "1/100": "0.01"}.get(step, step)
    low = max(most // 40, 2)
    return [book.figure(at.by(columns=c), drawn(rng, low, most, step), form) for c in columns]


@budget("classification-uk", "semicolons", "xlsx")
def codes_behind_words(book: Book) -> None:
    """Codes of function, subfunction and programme behind the names, totals above, one part alone.

    The wider codes are printed again in each row; a total row leaves the narrower ones empty.
    """
    form = money("uk", 1)
    top = book.text(book.add_sheet("Видатки"), "Розподіл видатків бюджету громади").by(rows=2)
    top = book.line(top, ["Назва", "Відомство", "Розділ", "Підрозділ", "Стаття",
                          "2026 рік", "2027 рік", "2028 рік"], bold=True)  # fmt: skip
    whole, at = top, top.by(rows=1)
    book.text(whole, "РАЗОМ ВИДАТКІВ", bold=True)
    sections: list[Ref] = []
    for section, (name, subs) in enumerate([
        ("Державне управління", [("Апарат ради", ["Оплата праці", "Предмети і матеріали"])]),
        ("Освіта", [("Дошкільна освіта", ["Утримання садків", "Поточний ремонт"]),
                    ("Загальна середня освіта", ["Утримання шкіл", "Харчування учнів",
                                                 "Підвезення учнів"])]),
        ("Комунальне господарство", [("Благоустрій", ["Освітлення вулиць"]),
                                     ("Дороги", ["Поточний ремонт доріг", "Знаки"])]),
    ], start=1):  # fmt: skip
        own = book.line(at, [name, "708", f"{section:02d}"], bold=True).by(rows=-1)
        sections.append(own)
        at = at.by(rows=1)
        parts: list[Ref] = []
        for sub, (title, items) in enumerate(subs, start=2):
            group = book.line(at, [title, "708", f"{section:02d}", f"{sub:02d}"]).by(rows=-1)
            parts.append(group)
            at = at.by(rows=1)
            first = at
            for item, words in enumerate(items):
                code = f"0{section}1{sub}00{item}90"
                book.line(at, [words, "708", f"{section:02d}", f"{sub:02d}", code])
                typed(book, at, (5, 6, 7), form, 90_000)
                at = at.by(rows=1)
            for column in (5, 6, 7):
                rows = range(at.row - first.row)
                book.sum(group.by(columns=column), [first.by(r, column) for r in rows], form)
        for column in (5, 6, 7):
            book.sum(own.by(columns=column), [part.by(columns=column) for part in parts], form)
    for column in (5, 6, 7):
        book.sum(whole.by(columns=column), [s.by(columns=column) for s in sections], form)


@budget("steps-es", "semicolons", "xlsx")
def amounts_step_from_column_to_column(book: Book) -> None:
    """Each row prints one amount: of a concept, of an article or of a chapter, further right."""
    form = money("es", 2)
    top = book.text(book.add_sheet("Ingresos"), "Estado de ingresos").by(rows=2)
    top = book.line(top, ["Clasificación", "Denominación", "Conceptos", "Artículos", "Capítulos"],
                    bold=True)  # fmt: skip
    chapters: list[Ref] = []
    for chapter, (name, articles) in enumerate([
        ("Impuestos directos", [("Sobre el capital", ["Bienes inmuebles", "Vehículos"]),
                                ("Sobre actividades", ["Actividades económicas", "Recargo"])]),
        ("Tasas", [("Servicios básicos", ["Agua", "Alcantarillado", "Basura"]),
                   ("Uso del suelo", ["Vados", "Terrazas"])]),
    ], start=1):  # fmt: skip
        own = book.line(top, [f"{chapter}", name], bold=True).by(rows=-1)
        chapters.append(own.by(columns=4))
        top, parts = top.by(rows=1), []
        for article, (title, concepts) in enumerate(articles, start=1):
            group = book.line(top, [f"{chapter}{article}", title]).by(rows=-1)
            top, amounts = top.by(rows=1), []
            for concept, words in enumerate(concepts):
                book.line(top, [f"{chapter}{article}{concept}", words])
                amounts += typed(book, top, [2], form, 300_000)
                top = top.by(rows=1)
            parts.append(book.sum(group.by(columns=3), amounts, form))
        book.sum(own.by(columns=4), parts, form)
    book.text(top.by(columns=1), "TOTAL INGRESOS", bold=True)
    book.sum(top.by(columns=4), chapters, form)


@budget("members-de", "semicolons", "xlsx", "live")
def products_run_down_rows(book: Book) -> None:
    """Members by their fee, posts by their mean salary, year by year, and what is left."""
    euro, posts = money("de"), money("de", 1)
    top = book.text(book.add_sheet("Vorschau"), "Finanzvorschau Turnverein").by(rows=2)
    top = book.line(top, ["", "2026", "2027", "2028", "2029", "2030"], bold=True)
    names = ["Mitglieder", "Jahresbeitrag", "Beitragseinnahmen", "Zuschüsse", "Erträge gesamt",
             "Stellen", "Mittleres Gehalt", "Personalkosten", "Hallenmiete",
             "Aufwendungen gesamt", "Ergebnis"]  # fmt: skip
    rows = {name: book.text(top.by(rows=at), name) for at, name in enumerate(names)}
    for column in range(1, 6):
        at = {name: row.by(columns=column) for name, row in rows.items()}
        book.figure(at["Mitglieder"], 612 + 17 * column, euro)
        book.figure(at["Jahresbeitrag"], 134 + 3 * column, euro)
        book.derive(_times(at["Beitragseinnahmen"], at["Mitglieder"], at["Jahresbeitrag"]), euro)
        book.figure(at["Zuschüsse"], 48_350 + 1_270 * column, euro)
        book.sum(at["Erträge gesamt"], [at["Beitragseinnahmen"], at["Zuschüsse"]], euro)
        book.figure(at["Stellen"], f"{2 + column // 2}.5", posts)
        book.figure(at["Mittleres Gehalt"], 31_414 + 902 * column, euro)
        book.derive(_times(at["Personalkosten"], at["Stellen"], at["Mittleres Gehalt"]), euro)
        book.figure(at["Hallenmiete"], 17_930 + 460 * column, euro)
        book.sum(at["Aufwendungen gesamt"], [at["Personalkosten"], at["Hallenmiete"]], euro)
        book.sum(at["Ergebnis"], [at["Erträge gesamt"], (-1, at["Aufwendungen gesamt"])], euro)


@budget("account-it", "semicolons", "xlsx")
def two_sides_with_codes(book: Book) -> None:
    """Receipts and payments side by side, each with codes; what was carried over below each."""
    form = money("it", 2)
    top = book.text(book.add_sheet("Rendiconto"), "Rendiconto di gestione 2026").by(rows=2)
    book.text(top, "USCITE", bold=True)
    book.text(top.by(columns=3), "ENTRATE", bold=True)
    book.merge(top, top.by(columns=2))
    book.merge(top.by(columns=3), top.by(columns=5))
    top = book.line(top.by(rows=1), 2 * ["Cap.", "Descrizione", "Importo"], bold=True)
    sides = (
        [("101", "Personale"), ("103", "Beni e servizi"), ("104", "Trasferimenti"),
         ("107", "Interessi passivi"), ("110", "Altre spese")],
        [("201", "Tributi"), ("202", "Trasferimenti"), ("203", "Tariffe"), ("205", "Rimborsi")],
    )  # fmt: skip
    ends = []
    for side, lines in enumerate(sides):
        here = top.by(columns=3 * side)
        amounts = []
        for code, words in lines:
            book.line(here, [code, words])
            amounts += typed(book, here, [2], form, 800_000)
            here = here.by(rows=1)
        below = top.by(5, 3 * side + 1)
        total = ("Totale uscite", "Totale entrate")[side]
        carried = ("Disavanzo precedente", "Avanzo precedente")[side]
        for row, text in enumerate((total, carried, "TOTALE A PAREGGIO")):
            book.text(below.by(rows=row), text, bold=True)
        book.sum(below.by(columns=1), amounts, form)
        book.figure(below.by(1, 1), (0, "188412.07")[side], form)
        ends.append(book.sum(below.by(2, 1), [below.by(0, 1), below.by(1, 1)], form))
    book.text(top.by(8, 1), "Avanzo di amministrazione", bold=True)
    book.sum(top.by(8, 2), [ends[1], (-1, ends[0])], form)


@budget("functions-pl", "semicolons", "xlsx")
def one_part_alone_and_shares(book: Book) -> None:
    """Dotted codes, one of them with a single part; shares of the whole beside columns of sums."""
    form = money("pl", 2)
    top = book.text(book.add_sheet("Plan"), "Plan wydatków według działów").by(rows=2)
    lay_out(book, top, tree(
        """
        Razem
          600 | Transport
            600.14 | Drogi powiatowe
            600.16 | Drogi gminne
          710 | Usługi
            710.35 | Cmentarze
          801 | Oświata
            801.01 | Szkoły podstawowe
            801.04 | Przedszkola
            801.13 | Dowóz uczniów
        """), [
            Column("Bieżące", form, 80_000, 6_000_000),
            Column("Majątkowe", form, 10_000, 900_000, nil=30),
            Column("Ogółem", form, adds=(1, 2)),
            Column("Udział", percent("pl", 2), share=3),
        ], Layout(totals="above", codes="Dział", heading="Nazwa", indent=False))  # fmt: skip


def _times(product: Ref, first: Ref, second: Ref) -> Tie:
    return Tie(product, ((1, first),), (second,))

"""Workbooks with formulas, composed in six languages: right ones of many shapes.

Labels are keys of :data:`WORDS`; what stands there in no language is printed as it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial
from typing import TYPE_CHECKING

from openpyxl import Workbook

from unbudget_check.engine import check_document
from unbudget_check.readers.sheets.workbook import read
from unbudget_check.readers.source import Source
from unbudget_check.rulebook.load import load_rules
from unbudget_check.worksheet.evaluate import calculation_of
from unbudget_check.worksheet.grammar import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.report import DocumentResult

    Sheet = Sequence[Sequence[object]]

RULES = load_rules()
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
WORDS = {
    "item": ("Item", "Poste", "Partida", "Статья", "项目", "البند"),
    "total": ("Total", "Total", "Total", "Итого", "合计", "المجموع"),
    "subtotal": (
        "Subtotal",
        "Sous-total",
        "Subtotal",
        "Промежуточный итог",
        "小计",
        "المجموع الفرعي",
    ),
    "rent": ("Rent", "Loyer", "Alquiler", "Аренда", "租金", "الإيجار"),
    "heat": ("Heating", "Chauffage", "Calefacción", "Отопление", "供暖", "التدفئة"),
    "pay": ("Salaries", "Salaires", "Sueldos", "Оклады", "薪金", "المرتبات"),
    "travel": ("Travel", "Voyages", "Viajes", "Поездки", "差旅", "السفر"),
    "paper": ("Supplies", "Fournitures", "Suministros", "Принадлежности", "用品", "اللوازم"),
    "staff": ("Headcount", "Effectif", "Plantilla", "Численность", "人数", "عدد الموظفين"),
    "premises": ("Premises", "Locaux", "Locales", "Помещения", "房地", "المباني"),
    "income": ("Income", "Recettes", "Ingresos", "Доходы", "收入", "الإيرادات"),
    "spent": ("Expenditure", "Dépenses", "Gastos", "Расходы", "支出", "النفقات"),
    "net": ("Net result", "Résultat net", "Resultado neto", "Чистый результат", "净额", "الصافي"),
    "quantity": ("Quantity", "Quantité", "Cantidad", "Количество", "数量", "الكمية"),
    "price": ("Unit cost", "Coût unitaire", "Costo unitario", "Цена", "单价", "تكلفة الوحدة"),
    "amount": ("Amount", "Montant", "Importe", "Сумма", "金额", "المبلغ"),
    "change": ("Change", "Variation", "Variación", "Изменение", "变动", "التغيير"),
    "share": ("Share", "Part", "Proporción", "Доля", "占比", "النسبة"),
    "balance": ("Balance", "Solde", "Saldo", "Остаток", "余额", "الرصيد"),
    "rate": ("Rate", "Taux", "Tasa", "Ставка", "比率", "المعدل"),
    "tax": ("Tax 20%", "TVA 20 %", "IVA 20 %", "НДС 20 %", "税 20%", "ضريبة 20%"),
    "check": ("Check", "Contrôle", "Control", "Проверка", "核对", "تدقيق"),
    "mean": ("Average", "Moyenne", "Promedio", "Среднее", "平均", "المتوسط"),
    "date": ("Date", "Date", "Fecha", "Дата", "日期", "التاريخ"),
    "opening": ("Opening", "Ouverture", "Apertura", "Начало", "期初", "الافتتاح"),
    "closing": ("Closing", "Clôture", "Cierre", "Конец", "期末", "الإقفال"),
    "all": ("All sections", "Toutes sections", "Todas", "Все разделы", "各部分", "جميع الأقسام"),
}
YEARS: Sheet = [("item", 2025, 2026)]
FOUR = [("rent", 1210, 1315), ("heat", 232, 341), ("pay", 4517, 4622), ("travel", 371, 388)]
MONTHS = (
    *("=B{r}+7", "=C{r}+7", "=SUM(B{r}:D{r})", "=D{r}+7", "=F{r}+7", "=G{r}+7"),
    "=SUM(F{r}:H{r})",
)
# A formula as it is written without its result.
OPEN = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)(?:<v ?/>|<v></v>)')
# Shapes of right workbooks, by name: sheets with their rows.
RIGHT: Mapping[str, Mapping[str, Sheet]] = {
    "plain": {"B": [*YEARS, *FOUR, ("total", "=SUM(B2:B5)", "=SUM(C2:C5)")]},
    "plus": {"B": [*YEARS, *FOUR, ("total", "=B2+B3+B4+B5", "=SUM(C2:C3)+C4+C5")]},
    "spacer in the range": {"B": [*YEARS, *FOUR, (None,), ("total", "=SUM(B2:B6)", "=SUM(C2:C6)")]},
    "total above": {"B": [*YEARS, ("total", "=SUM(B3:B6)", "=SUM(C3:C6)"), *FOUR]},
    "sums of sums": {
        "B": [
            *YEARS,
            *FOUR[:2],
            ("subtotal", "=SUM(B2:B3)", "=SUM(C2:C3)"),
            *FOUR[2:],
            ("subtotal", "=SUM(B5:B6)", "=SUM(C5:C6)"),
            ("total", "=B4+B7", "=C4+C7"),
        ]
    },
    "half of all": {
        "B": [
            *YEARS,
            *FOUR[:2],
            ("subtotal", "=SUM(B2:B3)", "=SUM(C2:C3)"),
            *FOUR[2:],
            ("subtotal", "=SUM(B5:B6)", "=SUM(C5:C6)"),
            ("total", "=SUM(B2:B7)/2", "=SUM(C2:C7)/2"),
        ]
    },
    "subtotal function": {
        "B": [
            *YEARS,
            *FOUR[:2],
            ("premises", "=SUBTOTAL(9,B2:B3)", "=SUBTOTAL(9,C2:C3)"),
            *FOUR[2:],
            ("staff", "=SUBTOTAL(9,B5:B6)", "=SUBTOTAL(9,C5:C6)"),
            ("total", "=SUBTOTAL(9,B2:B7)", "=SUBTOTAL(9,C2:C7)"),
        ]
    },
    "headcount beside the sum": {
        "B": [*YEARS, *FOUR, ("staff", 12, 13), ("total", "=SUM(B2:B5)", "=SUM(C2:C5)")]
    },
    "rate in a fixed cell": {
        "B": [
            ("rate", 1.035),
            ("item", 2025, 2026),
            *((label, now, f"=B{row}*$B$1") for row, (label, now, _) in enumerate(FOUR, 3)),
            ("total", "=SUM(B3:B6)", "=SUM(C3:C6)"),
        ]
    },
    "two fixed rates": {
        "B": [
            ("rate", 1.1),
            ("rate", 1.25),
            ("item", 2025, 2026),
            *(
                (label, now, f"=B{row}*$B${1 + (row == 5)}")
                for row, (label, now, _) in enumerate([*FOUR, ("paper", 87, 0)], 4)
            ),
        ]
    },
    "growth chain": {
        "B": [
            ("item", 2024, 2025, 2026, 2027, 2028),
            *(
                (label, now, *(f"={letter}{row}*1.03" for letter in "BCDE"))
                for row, (label, now, _) in enumerate(FOUR, 2)
            ),
            ("total", *(f"=SUM({letter}2:{letter}5)" for letter in "BCDEF")),
        ]
    },
    "products and lump sums": {
        "B": [
            ("item", "quantity", "price", "amount"),
            ("rent", 12, 130.5, "=B2*C2"),
            ("heat", 7, 42.25, "=B3*C3"),
            ("pay", None, None, 5000),
            ("travel", 9, 210, "=B5*C5"),
            ("paper", 31, 4.2, "=B6*C6"),
            ("total", None, None, "=SUM(D2:D6)"),
        ]
    },
    "a price that is not known yet": {
        "B": [
            ("item", "quantity", "price", "amount"),
            ("rent", 12, 130.5, "=B2*C2"),
            ("heat", 7, None, "=B3*C3"),
            ("pay", 3, 1640, "=B4*C4"),
            ("total", None, None, "=SUM(D2:D4)"),
        ]
    },
    "running balance": {
        "B": [
            ("date", "income", "spent", "balance"),
            ("1/3", None, None, 4120),
            ("2/3", 310, None, "=D2+B3-C3"),
            ("4/3", None, 125, "=D3+B4-C4"),
            ("5/3", 96, None, "=D4+B5-C5"),
            ("9/3", None, 412, "=D5+B6-C6"),
        ]
    },
    "opening and closing": {
        "B": [
            ("item", "opening", "change", "closing"),
            ("rent", 1210, 105, "=B2+C2"),
            ("heat", 232, -41, "=B3+C3"),
            ("pay", 4517, 308, "=B4+C4"),
            ("total", "=SUM(B2:B4)", "=SUM(C2:C4)", "=SUM(D2:D4)"),
        ]
    },
    "change and shares": {
        "B": [
            ("item", 2025, 2026, "change", "share"),
            *((*each, f"=C{row}-B{row}", f"=C{row}/C$6") for row, each in enumerate(FOUR, 2)),
            ("total", "=SUM(B2:B5)", "=SUM(C2:C5)", "=C6-B6", "=SUM(E2:E5)"),
        ]
    },
    "quarters": {
        "B": [
            ("item", *(f"Q{n}" for n in range(1, 5)), "total"),
            ("rent", 120, 121, 119, 140, "=SUM(B2:E2)"),
            ("heat", 43, 12, 8, 51, "=SUM(B3:E3)"),
            ("pay", 930, 930, 945, 951, "=SUM(B4:E4)"),
            ("total", *(f"=SUM({letter}2:{letter}4)" for letter in "BCDEF")),
        ]
    },
    "half-years between months": {
        "B": [
            ("item", "M1", "M2", "M3", "H1", "M4", "M5", "M6", "H2"),
            *(
                (label, now, *(form.format(r=r) for form in MONTHS))
                for r, (label, now, _) in enumerate(FOUR, 2)
            ),
        ]
    },
    "checks that are nil": {
        "B": [
            *YEARS,
            *FOUR,
            ("total", "=SUM(B2:B5)", "=SUM(C2:C5)"),
            ("check", "=B6-B2-B3-B4-B5", "=C6-SUM(C2:C5)"),
        ]
    },
    "tax on a subtotal": {
        "B": [
            ("item", "amount"),
            *((label, now) for label, now, _ in FOUR),
            ("subtotal", "=SUM(B2:B5)"),
            ("tax", "=B6*0.2"),
            ("total", "=B6+B7"),
        ]
    },
    "a mean below": {
        "B": [
            *YEARS,
            *FOUR,
            ("total", "=SUM(B2:B5)", "=SUM(C2:C5)"),
            ("mean", "=AVERAGE(B2:B5)", "=AVERAGE(C2:C5)"),
        ]
    },
    "income less expenditure": {
        "B": [
            *YEARS,
            ("rent", 5120, 5230),
            ("paper", 480, 495),
            ("income", "=SUM(B2:B3)", "=SUM(C2:C3)"),
            ("pay", 3310, 3420),
            ("travel", 260, 250),
            ("spent", "=SUM(B5:B6)", "=SUM(C5:C6)"),
            ("net", "=B4-B7", "=C4-C7"),
        ]
    },
    "cumulative": {
        "B": [
            ("date", "amount", "total"),
            *((f"{n}/3", 35 + 17 * n, f"=SUM($B$2:B{n + 1})") for n in range(1, 7)),
        ]
    },
    "conditions": {
        "B": [
            ("item", 2025, 2026, "change"),
            *((*each, f'=IF(B{r}=0,"",C{r}/B{r}-1)') for r, each in enumerate(FOUR, 2)),
            ("total", "=SUM(B2:B5)", "=SUM(C2:C5)", '=IF(B6=0,"",C6/B6-1)'),
        ]
    },
    "summary of sheets": {
        "A": [*YEARS, *FOUR, ("total", "=SUM(B2:B5)", "=SUM(C2:C5)")],
        "C": [*YEARS, ("paper", 87, 91), ("rent", 44, 45), ("total", "=B2+B3", "=C2+C3")],
        "S": [
            *YEARS,
            ("premises", "=A!B6", "=A!C6"),
            ("all", "=C!B4", "=C!C4"),
            ("total", "=SUM(B2:B3)", "=SUM(C2:C3)"),
        ],
    },
    "rounded": {
        "B": [
            ("item", 2025, 2026),
            *((label, now, f"=ROUND(B{r}*1.0275,-1)") for r, (label, now, _) in enumerate(FOUR, 2)),
            ("total", "=SUM(B2:B5)", "=SUM(C2:C5)"),
        ]
    },
    "a row that another total takes": {
        "B": [
            *YEARS,
            *FOUR,
            ("subtotal", "=SUM(B2:B4)", "=SUM(C2:C4)"),
            ("total", "=B6+B5", "=C6+C5"),
        ]
    },
    "deductions": {
        "B": [
            *YEARS,
            *FOUR[:3],
            ("net", "=B4-B2-B3", "=C4-C2-C3"),
        ]
    },
    "one sum for all": {
        "B": [
            *YEARS,
            *FOUR[:2],
            ("subtotal", "=SUM(B2:B3)", "=SUM(C2:C3)"),
            *FOUR[2:],
            ("subtotal", "=SUM(B5:B6)", "=SUM(C5:C6)"),
            ("total", "=SUM(B2:B3,B5:B6)", "=SUM(C2:C3,C5:C6)"),
        ]
    },
    "another first row": {
        "B": [
            ("item", 2025, "change", 2026),
            ("rent", 1210, 31, "=B2+C2+15"),
            *((label, now, 4, f"=B{r}+C{r}") for r, (label, now, _) in enumerate(FOUR[1:], 3)),
        ]
    },
}


def worded(rows: Sheet, language: str) -> list[list[object]]:
    """Rows with their labels in a language."""
    at = LANGUAGES.index(language)
    return [
        [WORDS[cell][at] if isinstance(cell, str) and cell in WORDS else cell for cell in row]
        for row in rows
    ]


def book(sheets: Mapping[str, Sheet], language: str = "en") -> bytes:
    """A workbook without stored results."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in worded(rows, language):
            sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def calculated(data: bytes, other: Mapping[str, str] | None = None) -> bytes:
    """The workbook with the result of each formula stored; ``other`` ones by address, A!B5."""
    found = calculation_of(read(Source("a.xlsx", data)).worksheets)
    results = {
        f"{found.worksheets.sheets[at].name}!{name_of((row, column))}": f"{value:f}"
        for (at, row, column), value in found.changed.items()
    } | dict(other or {})
    names = [sheet.name for sheet in found.worksheets.sheets]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for part in old.namelist():
            text = old.read(part)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part)
            if number:
                sheet = names[int(number[1]) - 1]
                text = OPEN.sub(partial(_filled, sheet, results), text)
            new.writestr(part, text)
    return stream.getvalue()


def _filled(sheet: str, results: Mapping[str, str], match: re.Match[bytes]) -> bytes:
    value = results.get(f"{sheet}!{match[2].decode()}")
    return match[1] + (f"<v>{value}</v>".encode() if value is not None else b"")


def retyped(data: bytes, place: str, old: str, new: str) -> bytes:
    """The workbook with another number typed in a cell of its first sheet, and nothing else."""
    stream = io.BytesIO()
    cell = re.compile(rf'(<c r="{place}"[^>]*><v>){old}(</v>)'.encode())
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", 8) as after:
        for part in before.namelist():
            text = before.read(part)
            is_first = part == "xl/worksheets/sheet1.xml"
            after.writestr(
                part, cell.sub(rb"\g<1>%s\g<2>" % new.encode(), text) if is_first else text
            )
    return stream.getvalue()


def changed(name: str, cells: Mapping[str, object]) -> dict[str, list[list[object]]]:
    """A right workbook with other cells in its only sheet."""
    rows = [list(row) for row in RIGHT[name]["B"]]
    for address, value in cells.items():
        column, row = ord(address[0]) - ord("A"), int(address[1:]) - 1
        rows[row][column] = value
    return {"B": rows}


def check(data: bytes) -> DocumentResult:
    """What all rules say of a workbook."""
    return check_document(read(Source("a.xlsx", data)), RULES)


def told(data: bytes) -> list[tuple[str, str, str]]:
    """Code, severity and address of each finding."""
    return [(f.code, f.severity.value, f.where.address or "") for f in check(data).findings]

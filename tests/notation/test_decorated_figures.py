"""The same small table, its figures printed in many ways, says the same in every format."""

from __future__ import annotations

import csv
import io
from html import escape
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import unbudget_check
from tests.compose.pdf import Look, render_pdf
from tests.compose.printed import Grid, Heading
from tests.compose.printed import Paragraph as Printed
from tests.readers.word_file import cell, paragraph, word_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
# The total of 2024 is 4,682 and its parts give 4,582; nothing else is wrong.
ROWS = (
    ("Quay", "1,204", "1,251", "1,310"),
    ("Lights", "860", "871", "902"),
    ("Pilots", "2,415", "2,460", "2,498"),
    ("Total", "4,479", "4,682", "4,710"),
)
DECORATIONS = (
    "{}", "USD {}", "{} EUR", "US$ {}", "$ {}", "€{}", "{} €", "{} kr", "F CFA {}", "{} F CFA",
    "{}¥", "{}a", "{} a", "{} (a)", "{} a/", "{}a/", "{} 1/", "{} [1]", "{}[a]", "{}*", "{} ‡",
    "{}¹", "{}⁽¹⁾", "USD {} [1]", "{} EUR (b)", "({})", "−{}", "({}) (a)", "USD ({})", "({} EUR)",
)  # fmt: skip


ABOVE = ("Table 3", "Running costs of the harbour", "(Dollars)")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def as_tabs(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    return "\n".join([*above, *("\t".join(row) for row in rows), ""]).encode()


def as_strokes(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    return "\n".join([*above, *("| " + " | ".join(row) + " |" for row in rows), ""]).encode()


def in_blanks(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    return "\n".join([*above, *("  ".join(row) for row in rows), ""]).encode()


def in_columns(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    widths = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
    lines = (
        row[0].ljust(widths[0])
        + "".join(text.rjust(n) for text, n in zip(row[1:], widths[1:], strict=True))
        for row in rows
    )
    return "\n".join([*above, *lines, ""]).encode()


def as_csv(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([*([text, *[""] * (len(rows[0]) - 1)] for text in above), *rows])
    return written.getvalue().encode()


def as_html(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows
    )
    lines = "".join(f"<p>{text}</p>" for text in above)
    return f"<html><head><meta charset='utf-8'></head>{lines}<table>{cells}</table></html>".encode()


def as_markdown(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    lines = ["| " + " | ".join(text.replace("*", r"\*") for text in row) + " |" for row in rows]
    return "\n\n".join(
        [*above, "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])]
    ).encode()


def as_docx(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    cells = "".join("<w:tr>" + "".join(map(cell, map(escape, row))) + "</w:tr>" for row in rows)
    return word_file("".join(map(paragraph, above)) + f"<w:tbl>{cells}</w:tbl>")


def as_pdf(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    if not DEJAVU.exists():
        pytest.skip("the font is not installed")
    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))
    # Columns are wide enough for what stands in them.
    unbroken = tuple((row[0], *(text.replace(" ", "\u00a0") for text in row[1:])) for row in rows)
    grid = Grid("3", (tuple(map(Heading, rows[0])),), unbroken[1:])
    styles = ("caption", "caption", "text")
    lines = [Printed(text, style) for text, style in zip(above, styles, strict=True)]
    return render_pdf([*lines, grid], Look(font="DejaVu"))


FORMATS: dict[str, tuple[str, Callable[[Sequence[str], Sequence[Sequence[str]]], bytes]]] = {
    "tabs": (".txt", as_tabs),
    "strokes": (".txt", as_strokes),
    "blanks": (".txt", in_blanks),
    "columns": (".txt", in_columns),
    "csv": (".csv", as_csv),
    "html": (".html", as_html),
    "markdown": (".md", as_markdown),
    "docx": (".docx", as_docx),
    "pdf": (".pdf", as_pdf),
}
BY_BLANKS = ("blanks", "columns")


def findings_in(
    folder: Path, kind: str, above: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[int, list[tuple[str | None, ...]]]:
    """How many figures are read, and each finding: its rule, row, column, figures as computed."""
    suffix, write = FORMATS[kind]
    path = folder / f"table{suffix}"
    path.write_bytes(write(above, rows))
    report = unbudget_check.check([path])
    found: list[tuple[str | None, ...]] = [
        (each.code, each.where.row, each.where.column, str(each.stated), str(each.computed))
        for document in report.documents
        for each in document.findings
        if each.code.startswith("ARI")
    ]
    return sum(document.coverage.figures_read for document in report.documents), found


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("decoration", DECORATIONS)
def test_decorated_figures_are_read(kind: str, decoration: str, tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = [("Item", "2023", "2024", "2025")]
    rows += [(label, *map(decoration.format, figures)) for label, *figures in ROWS]
    is_negative = decoration.startswith(("(", "-", "−", "USD ("))
    stated, computed = ("-4682", "-4582") if is_negative else ("4682", "4582")
    assert findings_in(tmp_path, kind, ABOVE, rows) == (
        12,
        [("ARI101", "Total", "2024", stated, computed)],
    )


# Where blanks part the columns, a blank before the letter parts it from its figure.
@pytest.mark.parametrize(
    ("decoration", "kind"),
    [
        *product(["${}K", "{}k EUR", "{}K$"], FORMATS),
        *product(
            ["US$ {}K", "{} k€", "€{} Tsd."], [kind for kind in FORMATS if kind not in BY_BLANKS]
        ),
    ],
)
def test_amounts_in_thousands_are_read_in_every_format(
    decoration: str, kind: str, tmp_path: Path
) -> None:
    rows: list[tuple[str, ...]] = [("Item", "2023", "2024", "2025")]
    rows += [(label, *map(decoration.format, figures)) for label, *figures in ROWS]
    assert findings_in(tmp_path, kind, ABOVE, rows) == (
        12,
        [("ARI101", "Total", "2024", "4682000", "4582000")],
    )


# What a table says above itself, its headings and labels, and the mark between thousands.
LANGUAGES = {
    "fr": (
        ("Tableau 3", "Dépenses courantes du port", "(En dollars des États-Unis)"),
        ("Rubrique", "Quai", "Phares", "Pilotes", "Total"),
        "\u202f",
    ),
    "es": (
        ("Cuadro 3", "Gastos corrientes del puerto", "(Dólares de los Estados Unidos)"),
        ("Concepto", "Muelle", "Faros", "Prácticos", "Total"),
        ".",
    ),
    "ru": (
        ("Таблица 3", "Текущие расходы порта", "(Долл. США)"),
        ("Статья расходов", "Причал", "Маяки", "Лоцманы", "Всего"),
        "\u00a0",
    ),
    "zh": (("表3", "港口经常费用", "（美元）"), ("项目", "码头", "灯塔", "引航员", "共计"), ","),
    "ar": (
        ("الجدول 3", "التكاليف الجارية للميناء", "(بدولارات الولايات المتحدة)"),
        ("البند", "الرصيف", "المنارات", "المرشدون", "المجموع"),
        "٬",
    ),
}


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "pdf"])
@pytest.mark.parametrize("decoration", ["EUR {}", "{} €", "{} (a)", "({})"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_read_in_every_language(
    language: str, decoration: str, kind: str, tmp_path: Path
) -> None:
    above, (heading, *labels), group = LANGUAGES[language]
    rows: list[tuple[str, ...]] = [(heading, "2023", "2024", "2025")]
    for label, (_, *figures) in zip(labels, ROWS, strict=True):
        printed = [figure.replace(",", group) for figure in figures]
        if language == "ar":
            printed = [figure.translate(ARABIC_DIGITS) for figure in printed]
        rows.append((label, *map(decoration.format, printed)))
    sign = "-" if decoration == "({})" else ""
    assert findings_in(tmp_path, kind, above, rows) == (
        12,
        [("ARI101", labels[-1], "2024", f"{sign}4682", f"{sign}4582")],
    )


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "nil", ["–", "-", "USD –", "– [1]", "–*", "–¹", "— (a)", "n/a", "…", "n/a [1]"]
)
def test_nothing_is_read_as_nothing(kind: str, nil: str, tmp_path: Path) -> None:
    rows = [
        ("Item", "2023", "2024", "2025"),
        ("Quay", "1,204", nil, "1,310"),
        ("Lights", nil, "871", "902"),
        ("Pilots", "2,415", "2,460", "2,498"),
        ("Total", "3,619", "3,431", "4,710"),
    ]
    _, found = findings_in(tmp_path, kind, ABOVE, rows)
    assert found == [("ARI101", "Total", "2024", "3431", "3331")]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", ["{}%", "({}) %", "{}%*", "{} % (a)"])
def test_percentages_are_read(kind: str, share: str, tmp_path: Path) -> None:
    changes = ("3.9", "1.3", "1.9", "9.9")
    sign = "-" if share.startswith("(") else ""
    rows = [("Item", "2024 approved", "2025 estimate", "Change", "Percentage")]
    for (label, *_), base, change, percent in zip(
        ROWS, ("1,204", "860", "2,415", "4,479"), ("47", "11", "45", "103"), changes, strict=True
    ):
        amount, signed = int(base.replace(",", "")), int(f"{sign}{change}")
        rows.append((label, base, f"{amount + signed:,}", f"{signed}", share.format(percent)))
    count, found = findings_in(tmp_path, kind, ABOVE, rows)
    assert count == 16
    # A footnote may say that a percentage has another base, so a marked one is no error.
    is_marked = share.endswith(("]", "*", "(a)"))
    wrong = [] if is_marked else [("ARI301", "Total", "Percentage", f"{sign}9.9")]
    assert [each[:4] for each in found] == wrong

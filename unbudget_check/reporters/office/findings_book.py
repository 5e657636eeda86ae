"""Write a workbook that lists everything a report says.

What comes from documents can become no formula. Figures stay exact: a spreadsheet keeps fifteen
digits, and a longer figure is written as text. The same report gives the same bytes.

The sheets of the findings workbook: findings, their proofs, documents, what was not checked. In
some columns of the findings people write what they decide: ``decided_book`` reads that back.

What a sheet of the findings workbook holds, before it becomes a spreadsheet.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from rich.cells import cell_len

from unbudget_check.messages import call, say
from unbudget_check.model.decision import Verdict
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.data.plain_data import defused
from unbudget_check.reporters.office.package import FORBIDDEN, pack_parts
from unbudget_check.reporters.office.remarks import AUTHOR, FILLS
from unbudget_check.reporters.words import (
    address_of,
    count_of,
    names_of,
    place_of,
    reason_of,
    sentence_of,
    severity_of,
    shown,
    status_of,
)
from unbudget_check.triage.decisions import document_names
from unbudget_check.triage.decisions_file import naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.finding import Finding, Proof
    from unbudget_check.model.report import DocumentResult, Report

    Row = tuple["Entry", ...]
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


FIRST = 2  # the row below the head
FINDINGS = {
    "number": 6, "document": 28, "place": 38, "severity": 10, "rule": 10, "name": 20,
    "finding": 60, "printed": 16, "stated": 12, "computed": 12, "difference": 12, "allowance": 12,
    "advice": 40, "decision": 14, "comment": 32, "owner": 18, "until": 12, "confidence": 12,
    "status": 11, "acceptance": 24, "proof": 10, "address": 20, "fingerprint": 18, "record": 12,
}  # fmt: skip
PROOFS = {
    "finding": 9, "document": 28, "relation": 9, "rule": 10, "figure": 26, "place": 60, "times": 8,
    "amount": 16, "address": 30,
}  # fmt: skip
DOCUMENTS = {
    "document": 40, "symbol": 20, "language": 10, "status": 12, "findings": 10, "errors": 8,
    "warnings": 10, "notes": 8, "accepted": 10, "tables_read": 9, "tables_checked": 9,
    "figures_read": 9, "figures_checked": 9, "exact": 9, "rounding": 10, "broken": 9,
    "unjudged": 9, "sentences_read": 10, "sentences_tied": 10, "reason": 50, "sha256": 66,
}  # fmt: skip
UNCHECKED = {"document": 40, "what": 16, "place": 50, "reason": 60, "figures": 9}

DIGITS = 15  # what a spreadsheet keeps of a number
LONGEST_CELL_CHARS = 32_767  # characters that a cell can hold
MOST_SHEET_ROWS = 1_048_575  # rows of a sheet, without its head
ROW, HIGHEST = 13, 409  # points of one row of text, and of the highest row of a sheet
# openpyxl writes the time at which it saves; the first day that the ZIP format knows says nothing.
DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - openpyxl takes no time zones
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
HEAD = Font(name="Calibri", size=11, bold=True)
LINKED = Font(name="Calibri", size=11, color="FF0563C1", underline="single")
GREY = PatternFill("solid", fgColor="FFE7E6E6")
WRITTEN = PatternFill("solid", fgColor="FFFFF9E5")  # where people write
DAY_FORMAT = "yyyy-mm-dd"  # of texts, too, which it leaves alone
WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Link:
    """A text or count that leads to a row of a sheet, counted from 1 with the head."""

    shown: str | int
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Tinted:
    """A word on a colour."""

    shown: str
    color: str


@dataclass(frozen=True, slots=True)
class Field:
    """A cell in which people write, with what is written there already."""

    shown: str | date | None


Entry = str | int | Decimal | Link | Tinted | Field | None


@dataclass(frozen=True, slots=True)
class BookColumn:
    """One column: its heading, how many characters wide it is, and what people may write in it.

    ``choices`` are the words to choose from; ``is_day`` asks for a day; ``is_hidden`` is for what
    the program itself reads back.
    """

    name: str
    width: int
    choices: tuple[str, ...] = ()
    is_day: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class BookPage:
    """One sheet, of which the first ``kept`` columns stay in sight.

    ``ticks`` are the marks that a person chooses from in the first column, if there are any.
    """

    name: str
    columns: tuple[BookColumn, ...]
    rows: tuple[tuple[Entry, ...], ...]
    kept: int = 1
    ticks: tuple[str, ...] = ()


def columns(lang: str, widths: Mapping[str, int]) -> tuple[BookColumn, ...]:
    """Columns by the names of their headings."""
    choices = tuple(call(lang, "decisions", verdict) for verdict in Verdict)
    return tuple(
        BookColumn(
            say(lang, f"heads.{name}"),
            width,
            choices if name == "decision" else (),
            is_day=name == "until",
            is_hidden=name == "record",
        )
        for name, width in widths.items()
    )


def pages_of(report: Report) -> tuple[BookPage, ...]:
    """All sheets, with their links to each other."""
    lang = report.lang
    titles = [
        say(lang, f"book.{name}") for name in ("findings", "proofs", "documents", "unchecked")
    ]
    proofs: list[Row] = []
    begins: list[int] = []
    documents = {each.path: row for row, each in enumerate(report.documents, FIRST)}
    names = names_of(report.documents)
    links = {path: Link(names[path], titles[2], row) for path, row in documents.items()}
    for row, finding in enumerate(report.findings, FIRST):
        begins.append(len(proofs) + FIRST)
        link = Link(finding.number, titles[0], row)
        proofs += list(_proofs(finding, (link, links[finding.document]), lang))
    findings = []
    symbols = document_names(report.documents)
    for finding, row in zip(report.findings, begins, strict=True):
        count = len(finding.relations)
        proof = Link(count, titles[1], row) if count else None
        told = _finding(finding, proof, symbols[finding.document], lang)
        findings.append((finding.number, links[finding.document], *told))
    rows = (findings, proofs, _documents(report, titles[0]), _unchecked(report, links))
    widths = (FINDINGS, PROOFS, DOCUMENTS, UNCHECKED)
    kept = (3, 1, 1, 1)
    return tuple(
        BookPage(title, columns(lang, width), tuple(entries), kept=count)
        for title, width, entries, count in zip(titles, widths, rows, kept, strict=True)
    )


def _finding(finding: Finding, proof: Link | None, symbol: str, lang: str) -> Row:
    """What is said of a finding behind its number and its document."""
    decision = finding.decision
    return (
        place_of(finding.where, lang=lang),
        Tinted(severity_of(finding, lang), FILLS[finding.severity]),
        shown(finding.code),
        shown(finding.name),
        sentence_of(finding),
        shown(finding.stated_text),
        finding.stated,
        finding.computed,
        finding.residual,
        finding.allowance,
        shown(finding.advice),
        Field(call(lang, "decisions", decision.verdict) if decision else None),
        Field(decision.reason or None if decision else None),
        Field(decision.owner or None if decision else None),
        Field(decision.until if decision else None),
        call(lang, "confidences", finding.confidence),
        status_of(finding, lang),
        shown(finding.acceptance),
        proof,
        address_of(finding.where),
        finding.fingerprint,
        naming(finding, symbol),
    )


def _proofs(finding: Finding, links: tuple[Link, Link], lang: str) -> Iterator[Row]:
    """Every figure of every relation, so that a sum can be made again."""
    for order, proof in enumerate(finding.relations, 1):
        for row in _proof(proof, lang):
            yield (*links, order, shown(proof.code), *row)


def _proof(proof: Proof, lang: str) -> Iterator[Row]:
    named = say(lang, "book.part")
    for part in proof.parts:
        place, address = place_of(part.where, lang=lang), address_of(part.where)
        yield (named, place, part.coefficient, part.stated, address)
    place = place_of(proof.where, lang=lang)
    figures = {
        "figures.computed": proof.computed,
        "figures.stated": proof.stated,
        "figures.difference": proof.residual,
        "figures.allowance": proof.allowance,
    }
    for name, figure in figures.items():
        address = address_of(proof.where) if name == "figures.stated" else None
        yield (say(lang, name), place, None, figure, address)


def _documents(report: Report, title: str) -> Iterator[Row]:
    before = FIRST
    for document in report.documents:
        found = document.findings
        link = Link(len(found), title, before) if found else 0
        yield _document(document, link, report.lang)
        before += len(found)
    tool, lang = report.tool, report.lang
    yield ()
    yield (say(lang, "book.tool", name=tool.name, version=tool.version, rules=tool.rules_hash),)


def _document(document: DocumentResult, link: Entry, lang: str) -> Row:
    found, covered = document.findings, document.coverage
    still = [each for each in found if each.status == "open"]
    worst_first = reversed(SEVERITIES)
    return (
        shown(document.path),
        document.symbol,
        document.language,
        document.status,
        link,
        *(sum(each.severity == severity for each in still) for severity in worst_first),
        len(found) - len(still),
        covered.tables_read,
        covered.tables_checked,
        covered.figures_read,
        covered.figures_checked,
        covered.exact,
        covered.rounding,
        covered.broken,
        covered.relations_unchecked,
        covered.sentences_read,
        covered.sentences_tied,
        reason_of(document, lang) if document.reason else None,
        document.sha256,
    )


def _unchecked(report: Report, links: Mapping[str, Link]) -> Iterator[Row]:
    """Every place that was not checked, and every document that could not be read."""
    lang = report.lang
    for document in report.documents:
        link, covered = links[document.path], document.coverage
        if document.status == "unreadable":
            yield (link, say(lang, "book.document"), None, reason_of(document, lang), None)
        named = {
            "book.table": covered.unchecked,
            "book.sentence": covered.untied,
            "book.remark": covered.remarks,
        }
        for what, items in named.items():
            for each in items:
                place, count = place_of(each.where, lang=lang), each.figures or None
                yield (link, say(lang, what), place, shown(each.reason), count)


def findings_book(report: Report) -> bytes:
    """All findings of a report with their proofs, its documents, and what was not checked."""
    return book_of(pages_of(report), report.lang)


def book_of(pages: Iterable[BookPage], lang: str) -> bytes:
    """A workbook of these sheets; the same sheets give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = AUTHOR
    book.properties.created = DAY
    for page in pages:
        _write(book.create_sheet(page.name), page, lang)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", parts[core])
    return pack_parts(parts)


def _write(sheet: Worksheet, page: BookPage, lang: str) -> None:
    """One page as a sheet: its head stays in sight, and every column has a filter."""
    rows = _fitting(page, lang)
    last = get_column_letter(len(page.columns))
    for at, column in enumerate(page.columns, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.is_hidden
        if rows and (column.choices or column.is_day):
            sheet.add_data_validation(_allowed(column, f"{letter}2:{letter}{len(rows) + 1}", lang))
    sheet.freeze_panes = f"{get_column_letter(page.kept + 1)}2"
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for at, column in enumerate(page.columns, 1):
        head = _at(sheet, 1, at)
        _fill(head, column.name)
        head.font, head.fill = HEAD, GREY
    sheet.row_dimensions[1].height = _height(page, tuple(each.name for each in page.columns))
    for number, row in enumerate(rows, 2):
        for at, entry in enumerate(row, 1):
            _fill(_at(sheet, number, at), entry)
        sheet.row_dimensions[number].height = _height(page, row)
    if page.ticks and rows:
        chosen = DataValidation("list", formula1=f'"{",".join(page.ticks)}"', allow_blank=True)
        chosen.add(f"A2:A{len(rows) + 1}")
        sheet.add_data_validation(chosen)


def _allowed(column: BookColumn, cells: str, lang: str) -> DataValidation:
    """What may be written into the cells of a column; a spreadsheet offers the choices."""
    if column.choices:
        listed = ",".join(column.choices)
        rule = DataValidation("list", formula1=f'"{listed}"', sqref=cells, allow_blank=True)
        rule.error = say(lang, "book.choose", choices=", ".join(column.choices))
    else:
        rule = DataValidation(
            "date", operator="greaterThan", formula1="1", sqref=cells, allow_blank=True
        )
        rule.error = say(lang, "book.day")
    rule.showErrorMessage = True
    return rule


def _height(page: BookPage, row: tuple[Entry, ...]) -> int:
    """How high a row must be to show its texts whole; a spreadsheet does not find out itself."""
    rows = 1
    for column, entry in zip(page.columns, row, strict=False):
        if column.is_hidden:
            continue
        text = str(entry.shown if isinstance(entry, Link | Tinted | Field) else entry)
        rows = max(rows, sum(-(-cell_len(each) // column.width) or 1 for each in text.split("\n")))
    return min(ROW * rows + 2, HIGHEST)


def _fitting(page: BookPage, lang: str) -> tuple[tuple[Entry, ...], ...]:
    """The rows that a sheet can hold; where some are left out, the last one says how many."""
    more = len(page.rows) - MOST_SHEET_ROWS + 1
    if more <= 1:
        return page.rows
    return (
        *page.rows[: MOST_SHEET_ROWS - 1],
        (say(lang, "book.cut", rows=count_of(more, "more row", lang)),),
    )


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell; none of these sheets has merged ones."""
    return cast("Cell", sheet.cell(row, column))


def _fill(cell: Cell, entry: Entry) -> None:
    """Write one entry into its cell."""
    cell.alignment = WRAPPED
    value = entry.shown if isinstance(entry, Link | Tinted | Field) else entry
    if isinstance(entry, Field):
        cell.fill, cell.number_format = WRITTEN, DAY_FORMAT
    if isinstance(value, Decimal) and not _is_kept(value):
        value = format(value, "f")
    if isinstance(value, Decimal):
        cell.number_format = _number_format(value)
    if isinstance(value, str):
        cell.value = FORBIDDEN.sub("", defused(value))[:LONGEST_CELL_CHARS]
        cell.data_type = "s"  # never a formula or an error, whatever it looks like
    elif value is not None:
        cell.value = value
    if isinstance(entry, Link):
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{entry.sheet}'!A{entry.row}")
        cell.font = LINKED
    if isinstance(entry, Tinted):
        cell.fill = PatternFill("solid", fgColor=entry.color)


def _is_kept(value: Decimal) -> bool:
    """Whether a spreadsheet keeps all digits of a figure."""
    return len(value.as_tuple().digits) <= DIGITS and abs(_exponent(value)) <= DIGITS


def _number_format(value: Decimal) -> str:
    """As many decimals as the figure has, and brackets around what is negative, as in print."""
    decimals = max(0, -_exponent(value))
    plain = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{plain};({plain})"


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else DIGITS + 1

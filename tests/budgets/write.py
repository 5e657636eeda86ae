"""Makes files of books: workbooks, OpenDocument sheets, and text with separators."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from tests.budgets.book import decimal_of, letters
from tests.compose.archive import pack
from tests.compose.workbook import HEAD, MAIN, TYPE, _relations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.budgets.book import Book, Cell, Sheet

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def as_separated(book: Book, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """The first sheet as text, every figure as it is shown."""
    lines = [
        separator.join(_quoted(cell.printed, separator) for cell in row)
        for row in _rows(book.sheets[0])
    ]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def _quoted(text: str, separator: str) -> str:
    if separator in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _rows(sheet: Sheet) -> list[list[Cell]]:
    from tests.budgets.book import Cell

    rows = max((row for row, _ in sheet.cells), default=-1) + 1
    columns = max((column for _, column in sheet.cells), default=-1) + 1
    return [
        [sheet.cells.get((row, column), Cell()) for column in range(columns)] for row in range(rows)
    ]


def as_workbook(book: Book) -> bytes:
    """All sheets, with number formats, formulas and merged cells."""
    numbers = range(1, len(book.sheets) + 1)
    paths = [f"worksheets/sheet{number}.xml" for number in numbers]
    styles: dict[tuple[str, bool, int], int] = {("General", False, 0): 0}
    pages = [_sheet(sheet, styles) for sheet in book.sheets]
    entries = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{at}" r:id="rId{at}"/>'
        for at, sheet in zip(numbers, book.sheets, strict=True)
    )
    spaces = (
        f'xmlns="{MAIN}" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    parts = {
        "[Content_Types].xml": _content_types(paths),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f"{HEAD}<workbook {spaces}><sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", path) for path in paths), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(list(styles)),
    }
    return pack(parts | {f"xl/{path}": page for path, page in zip(paths, pages, strict=True)})


def _sheet(sheet: Sheet, styles: dict[tuple[str, bool, int], int]) -> str:
    lines = []
    for at, row in enumerate(_rows(sheet)):
        cells = "".join(
            _cell(f"{letters(column)}{at + 1}", cell, styles) for column, cell in enumerate(row)
        )
        if cells:
            lines.append(f'<row r="{at + 1}">{cells}</row>')
    merged = "".join(f'<mergeCell ref="{first.name}:{last.name}"/>' for first, last in sheet.merged)
    merged = f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else ""
    data = "".join(lines)
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{merged}</worksheet>'


def _cell(name: str, cell: Cell, styles: dict[tuple[str, bool, int], int]) -> str:
    if cell.value is None and not cell.text:
        return ""
    number_format = "General" if cell.value is None else cell.form.number_format
    style = styles.setdefault((number_format, cell.bold, cell.indent), len(styles))
    if cell.value is None:
        text = f'<is><t xml:space="preserve">{escape(cell.text)}</t></is>'
        return f'<c r="{name}" s="{style}" t="inlineStr">{text}</c>'
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    value = f"<v>{decimal_of(cell.value):f}</v>" if cell.stored else ""
    return f'<c r="{name}" s="{style}">{formula}{value}</c>'


def _styles(used: Sequence[tuple[str, bool, int]]) -> str:
    codes = list(dict.fromkeys(code for code, _, _ in used if code != "General"))
    numbers = {"General": 0} | {code: 164 + at for at, code in enumerate(codes)}
    formats = "".join(
        f'<numFmt numFmtId="{numbers[code]}" formatCode={quoteattr(code)}/>' for code in codes
    )
    formats = f'<numFmts count="{len(codes)}">{formats}</numFmts>' if codes else ""
    cells = "".join(
        f'<xf numFmtId="{numbers[code]}" fontId="{int(bold)}" fillId="0" borderId="0" xfId="0" '
        f'applyNumberFormat="1"{_indented(indent)}</xf>'
        for code, bold, indent in used
    )
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}">{formats}'
        '<fonts count="2"><font><sz val="10"/></font><font><b/><sz val="10"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(used)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _indented(indent: int) -> str:
    if not indent:
        return ">"
    return f' applyAlignment="1"><alignment horizontal="left" indent="{indent}"/>'


def _content_types(paths: list[str]) -> str:
    names = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
    names += [(path, "worksheet") for path in paths]
    parts = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{TYPE}.{kind}+xml"/>' for path, kind in names
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def as_opendocument(book: Book) -> bytes:
    """All sheets as OpenDocument, each figure with its value and as it is shown."""
    tables = "".join(_opendocument_table(sheet) for sheet in book.sheets)
    spaces = "".join(f' xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'{HEAD}<office:document-content{spaces} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        f'{HEAD}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{SPREADSHEET}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return pack(
        {"mimetype": SPREADSHEET, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def _opendocument_table(sheet: Sheet) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(map(_opendocument_cell, row))}</table:table-row>"
        for row in _rows(sheet)
    )
    return f"<table:table table:name={quoteattr(sheet.name)}>{rows}</table:table>"


def _opendocument_cell(cell: Cell) -> str:
    if not cell.printed:
        return "<table:table-cell/>"
    text = f"<text:p>{escape(cell.printed)}</text:p>"
    if cell.value is None:
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    formula = f" table:formula={quoteattr('of:=' + cell.formula)}" if cell.formula else ""
    value = f'office:value-type="float" office:value="{decimal_of(cell.value):f}"'
    return f"<table:table-cell {value}{formula}>{text}</table:table-cell>"

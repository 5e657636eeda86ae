"""Writes blocks as a workbook: plain XML in a ZIP, so that stored values and formats are ours.

Figures are stored as numbers and shown by number formats (``–`` for zero, brackets for minus), as
in an officer's workbook. Three marks in a printed text: a leading ``'`` keeps a figure as text,
``=FORMULA|12.3`` is a formula with its stored result, ``=FORMULA|`` one that was never calculated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from tests.compose.archive import pack
from tests.compose.printed import DASH, Block, Grid, Paragraph, plain, width_of

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Cell styles: text, money with no, one and two digits, and bold text.
FORMATS = tuple(f'#,##0{digits};(#,##0{digits});"{DASH}"' for digits in ("", ".0", ".00"))
BOLD = len(FORMATS) + 1
FIGURE = re.compile(r"\(?[\d ]+(\.\d+)?\)?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its blocks below each other, hidden or not, rows hidden by label."""

    name: str
    blocks: tuple[Block, ...]
    is_hidden: bool = False
    hidden_labels: tuple[str, ...] = ()


def render_workbook(sheets: tuple[Sheet, ...]) -> bytes:
    """The workbook."""
    numbers = range(1, len(sheets) + 1)
    paths = [f"worksheets/sheet{number}.xml" for number in numbers]
    parts = {
        "[Content_Types].xml": _content_types(paths),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", path) for path in paths), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(),
    }
    return pack(parts | {f"xl/{path}": _sheet(s) for path, s in zip(paths, sheets, strict=True)})


def _sheet(sheet: Sheet) -> str:
    rows: list[str] = []
    merged: list[str] = []
    number = 0
    for block in sheet.blocks:
        if isinstance(block, Paragraph):
            number += 1 + (block.style == "part")
            rows.append(_row(number, _text(number, 0, plain(block.text), BOLD)))
            continue
        rows += _header(block, number, merged)
        number += len(block.header)
        for row in block.rows:
            number += 1
            digits = _digits(row)
            cells = "".join(_cell(number, at, text, digits) for at, text in enumerate(row))
            rows.append(_row(number, cells, is_hidden=row[0] in sheet.hidden_labels))
        number += 1
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    spans = f'<mergeCells count="{len(merged)}">{spans}</mergeCells>' if merged else ""
    data = "".join(rows)
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{spans}</worksheet>'


def _header(grid: Grid, above: int, merged: list[str]) -> list[str]:
    """The header rows; notes the spans that are merged."""
    open_rows = [0] * width_of(grid)
    rows = []
    for depth, row in enumerate(grid.header):
        number = above + depth + 1
        free = [at for at in range(len(open_rows)) if open_rows[at] <= depth]
        cells = ""
        for heading in row:
            at = free[0]
            free = free[heading.columns :]
            open_rows[at : at + heading.columns] = [depth + heading.rows] * heading.columns
            cells += _text(number, at, plain(heading.text), BOLD)
            if heading.columns > 1 or heading.rows > 1:
                last = _name(number + heading.rows - 1, at + heading.columns - 1)
                merged.append(f"{_name(number, at)}:{last}")
        rows.append(_row(number, cells))
    return rows


def _digits(row: tuple[str, ...]) -> int:
    """How many digits a zero in this row is formatted with: those of the figures beside it."""
    return int(any("." in text for text in row[1:]))


def _cell(row: int, column: int, text: str, digits: int) -> str:
    text = plain(text)
    if text.startswith("="):
        formula, _, value = text[1:].partition("|")
        style = 1 + _precision(value)
        stored = f"<v>{_stored(value)}</v>" if value else ""
        return f'<c r="{_name(row, column)}" s="{style}"><f>{escape(formula)}</f>{stored}</c>'
    if column and text == DASH:
        return f'<c r="{_name(row, column)}" s="{1 + digits}"><v>0</v></c>'
    if column and FIGURE.fullmatch(text):
        style = 1 + _precision(text)
        return f'<c r="{_name(row, column)}" s="{style}"><v>{_stored(text)}</v></c>'
    return _text(row, column, text.removeprefix("'"), 0)


def _precision(text: str) -> int:
    return len(text.strip("()").partition(".")[2])


def _stored(text: str) -> str:
    """A printed figure as a workbook stores it."""
    digits = text.replace(" ", "").strip("()").replace(DASH, "0")
    return f"-{digits}" if text.startswith("(") else digits


def _text(row: int, column: int, text: str, style: int) -> str:
    if not text:
        return ""
    inside = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{_name(row, column)}" s="{style}" t="inlineStr">{inside}</c>'


def _row(number: int, cells: str, *, is_hidden: bool = False) -> str:
    hidden = ' hidden="1"' if is_hidden else ""
    return f'<row r="{number}"{hidden}>{cells}</row>'


def _name(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row}"


def _workbook(sheets: tuple[Sheet, ...]) -> str:
    entries = ""
    for number, sheet in enumerate(sheets, start=1):
        state = 'state="hidden" ' if sheet.is_hidden else ""
        name = quoteattr(sheet.name)
        entries += f'<sheet name={name} sheetId="{number}" {state}r:id="rId{number}"/>'
    spaces = f'xmlns="{MAIN}" xmlns:r="{RELATION}"'
    return f"{HEAD}<workbook {spaces}><sheets>{entries}</sheets></workbook>"


def _styles() -> str:
    formats = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode={quoteattr(code)}/>'
        for at, code in enumerate(FORMATS)
    )
    used = [0, *(164 + at for at in range(len(FORMATS)))]
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/>'
        for number in used
    )
    bold = '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS)}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="10"/></font><font><b/><sz val="10"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(used) + 1}">{cells}{bold}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _content_types(paths: list[str]) -> str:
    names = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
    names += [(path, "worksheet") for path in paths]
    parts = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{TYPE}.{kind}+xml"/>' for path, kind in names
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = (
        f'<Default Extension="rels" ContentType="{rels}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{defaults}{parts}</Types>'


def _relations(targets: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'

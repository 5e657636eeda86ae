"""The parts of an Office Open XML workbook (.xlsx, .xlsm): sheets, texts and number formats.

Source: ECMA-376 part 1, 18. Strict files are read, too: names are told by what follows their
namespace. Of each cell its text in the file is kept, so that no figure passes through a float.

What the XML of a worksheet says beside its values: merged, hidden and never calculated cells.

Read apart from the values, as a stream, and before them: it also bounds what reading them can cost.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying
from unbudget_check.readers.archive import read_part, safe_xml
from unbudget_check.readers.sheets.cells import (
    NamedTable,
    SheetCells,
    Style,
    displayed,
    text_and_marks,
)
from unbudget_check.readers.sheets.xlsx_sheet import (
    TRUE,
    Book,
    column_of,
    has_formulas,
    read_sheet,
    unescaped,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Container, Iterable, Iterator, Mapping

    from unbudget_check.model.document import Worksheets
    from unbudget_check.readers.sheets.cells import Sheet


WORKBOOK = "xl/workbook.xml"
# The formats that files name by number alone (18.8.30); those of dates vary by country.
_MONEY = '"$"#,##0'
_ACCOUNTING = "_({0}* {1}_);_({0}* \\({1}\\);_({0}* {2}_);_(@_)"
BUILT_IN = {
    **dict(enumerate(("General", "0", "0.00", "#,##0", "#,##0.00"))),
    5: f"{_MONEY}_);({_MONEY})",
    6: f"{_MONEY}_);[Red]({_MONEY})",
    7: f"{_MONEY}.00_);({_MONEY}.00)",
    8: f"{_MONEY}.00_);[Red]({_MONEY}.00)",
    **dict(enumerate(("0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??", "mm-dd-yy"), 9)),
    **dict(enumerate(("d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM"), 15)),
    **dict(enumerate(("h:mm", "h:mm:ss", "m/d/yy h:mm"), 20)),
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy/m/d"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"),
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: _ACCOUNTING.format("", "#,##0", '"-"'),
    42: _ACCOUNTING.format('"$"', "#,##0", '"-"'),
    43: _ACCOUNTING.format("", "#,##0.00", '"-"??'),
    44: _ACCOUNTING.format('"$"', "#,##0.00", '"-"??'),
    **dict(enumerate(("mm:ss", "[h]:mm:ss", "mmss.0", "##0.0E+0", "@"), 45)),
}

AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
PARSER = etree.XMLParser(
    remove_comments=True, remove_pis=True, resolve_entities=False, huge_tree=True
)


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """An open workbook file; ``path`` is told where a part of it cannot be read."""

    archive: zipfile.ZipFile
    path: str

    def parsed(self, part: str) -> etree._Element:
        """A part as a tree; raises UnreadableError where it is damaged or hostile."""
        data = safe_xml(read_part(self.archive, self.path, part), self.path, part)
        try:
            return etree.fromstring(data, PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise unreadable(saying("file-damaged-part", path=self.path, part=part)) from error

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """What a part refers to: identity -> (kind, part)."""
        folder, name = posixpath.split(part)
        said = f"{folder}/_rels/{name}.rels"
        if said not in self.archive.namelist():
            return {}
        return {
            each.get("Id", ""): (
                posixpath.basename(each.get("Type", "")),
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:],
            )
            for each in self.parsed(said)
        }


def read_sheets(
    archive: zipfile.ZipFile, path: str, *, is_data: bool = False, without: Container[int] = ()
) -> tuple[list[Sheet], Worksheets]:
    """All worksheets, hidden ones included, in the order of their tabs; charts are no sheets.

    Those ``without``, counted from 0, come empty.

    With them comes what their formulas say and the values that these need. Of data the figures
    may come in plain digits. Raises UnreadableError,
    with a sentence, for what is damaged or no workbook.
    """
    package = WorkbookFile(archive, path)
    root = package.parsed(WORKBOOK)
    relations = package.relations(WORKBOOK)
    known = dict(relations.values())
    settings = {local(each): each for each in root}
    first = settings.get("workbookPr")
    recalculation = settings.get("calcPr")
    texts = known.get("sharedStrings", "xl/sharedStrings.xml")
    styles = known.get("styles", "xl/styles.xml")
    tabs = []
    for each in settings.get("sheets", ()):
        identity = next((str(v) for k, v in each.items() if local_name(str(k)) == "id"), "")
        kind, part = relations.get(identity, ("", ""))
        if kind in {"worksheet", "dialogsheet", "xlMacrosheet"}:
            tabs.append((part, each.get("name", ""), each.get("state", "visible") != "visible"))
    parts = [(part, safe_xml(read_part(archive, path, part), path, part)) for part, *_ in tabs]
    book = Book(
        tuple(_texts(package.parsed(texts))) if texts in archive.namelist() else (),
        tuple(_styles(package.parsed(styles))) if styles in archive.namelist() else (),
        first is not None and first.get("date1904") in TRUE,
        any(has_formulas(data) for _, data in parts),
        is_data,
    )
    sheets = []
    for number, (_, name, hidden) in enumerate(tabs):
        part, data = parts.pop(0)
        sheets.append(
            SheetCells(name, hidden)
            if number in without
            else read_sheet(data, path, (name, hidden), book)
        )
    tables = [table for part, name, _ in tabs for table in _tables(package, part, name)]
    return displayed(
        sheets,
        dict(_names(settings.get("definedNames", ()))),
        tables if book.has_formulas else [],
        recalculates=recalculation is not None and recalculation.get("fullCalcOnLoad") in TRUE,
    )


def _names(elements: Iterable[etree._Element]) -> Iterator[tuple[str, str]]:
    """The names of the whole workbook; those of single sheets may differ from sheet to sheet."""
    for element in elements:
        if element.get("localSheetId") is None and element.text:
            yield (element.get("name") or "").casefold(), element.text


def _tables(package: WorkbookFile, sheet: str, name: str) -> Iterator[NamedTable]:
    """The tables of a sheet, whose columns formulas call by name."""
    for kind, part in package.relations(sheet).values():
        if kind != "table" or part not in package.archive.namelist():
            continue
        table = package.parsed(part)
        corners = AREA.fullmatch(table.get("ref") or "")
        if corners is None:
            continue
        left, top, _, bottom = corners.groups()
        heads, totals = table.get("headerRowCount", "1"), table.get("totalsRowCount", "0")
        rows = range(int(top) - 1 + int(heads), int(bottom) - int(totals))
        called = (each.get("name", "") for each in table.iter() if local(each) == "tableColumn")
        columns = {each.casefold(): column_of(left) + at for at, each in enumerate(called)}
        yield NamedTable((table.get("displayName") or "").casefold(), name, rows, columns)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return local_name(str(element.tag))


def local_name(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def _texts(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The shared texts with their footnote marks."""
    for each in root:
        if local(each) == "si":
            yield text_of(each)


def text_of(element: etree._Element) -> tuple[str, str]:
    """The text of a cell and its footnote marks; how it is read aloud is no part of it."""
    if len(element) == 1 and local(element[0]) == "t":
        return unescaped(element[0].text or ""), ""
    runs: list[tuple[str, bool]] = []
    for piece in element:
        name = local(piece)
        if name == "t":
            runs.append((unescaped(piece.text or ""), False))
        elif name == "r":
            text = "".join(each.text or "" for each in piece if local(each) == "t")
            aligns = (each for each in piece.iter() if local(each) == "vertAlign")
            raised = any(each.get("val") == "superscript" for each in aligns)
            runs.append((unescaped(text), raised))
    return text_and_marks(runs)


def _styles(root: etree._Element) -> Iterator[Style]:
    """The number format and indentation of each kind of cell."""
    codes = dict(BUILT_IN)
    lists = {local(each): each for each in root}
    for each in lists.get("numFmts", ()):
        number = each.get("numFmtId", "")
        if number.isdecimal():
            codes[int(number)] = each.get("formatCode", "") or "General"
    for each in lists.get("cellXfs", ()):
        if local(each) == "xf":
            number = each.get("numFmtId", "0")
            aligned = next((child for child in each if local(child) == "alignment"), None)
            indent = aligned.get("indent", "0") if aligned is not None else "0"
            yield Style(
                codes.get(int(number) if number.isdecimal() else 0, "General"),
                int(indent) if indent.isdecimal() else 0,
            )

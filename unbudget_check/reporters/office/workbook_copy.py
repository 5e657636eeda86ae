"""Copy a workbook with a filled cell and a note at every finding.

The formats of a workbook, and new ones that are the old ones filled with a colour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.errors import UnreadableError
from unbudget_check.messages import ENGLISH, say
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.readers.sheets.xlsx import WORKBOOK
from unbudget_check.reporters.office.package import (
    KINDS,
    OfficePackage,
    TextEdit,
    refuse_damaged,
    relations_of,
    with_attribute,
)
from unbudget_check.reporters.office.remarks import FILLS, at_places, open_findings, remarks_of
from unbudget_check.reporters.office.workbook_notes import (
    add_notes,
    grid_of,
    known_notes,
    place_of_reference,
    reference_of,
    restyled,
)
from unbudget_check.reporters.words import place_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from unbudget_check.model.finding import Finding, Severity
    from unbudget_check.model.report import DocumentResult
    from unbudget_check.reporters.office.package import Element, Markup

    Place = tuple[int, int]


@dataclass(slots=True)
class Styles:
    """The formats of cells as they are, and those that were asked for since, in their order.

    Without a part that can be added to (``part`` is empty), formats stay what they are.
    """

    part: str = ""
    markup: Markup | None = None
    fills: list[Severity] = field(default_factory=list)
    formats: dict[tuple[int, Severity], str] = field(default_factory=dict)
    known_fills: int = 0
    known: tuple[Element, ...] = ()

    def filled(self, style: int, severity: Severity) -> int:
        """The number of the format that is this one, filled with the colour of a severity."""
        if self.markup is None or not self.known:
            return style
        key = (style if style < len(self.known) else 0, severity)
        if severity not in self.fills:
            self.fills.append(severity)
        if key not in self.formats:
            fill = self.known_fills + self.fills.index(severity)
            self.formats[key] = _filled(self.markup, self.known[key[0]], fill)
        return len(self.known) + list(self.formats).index(key)


def styles_of(package: OfficePackage, workbook: str) -> Styles:
    """The formats that the cells of a workbook refer to."""
    named = (each for each in relations_of(package, workbook) if each.kind == f"{KINDS}styles")
    part = next((each.target for each in named if each.target in package), "")
    if not part:
        return Styles()
    markup = package.markup(part)
    fills, formats = (_section(markup, name) for name in ("fills", "cellXfs"))
    if fills < 0 or formats < 0:
        return Styles()
    known = tuple(element for _, element in markup.children(formats))
    return Styles(part, markup, known_fills=len(list(markup.children(fills))), known=known)


def write_styles(package: OfficePackage, styles: Styles) -> None:
    """Put the new fills and formats after the known ones."""
    markup = styles.markup
    if markup is None or not styles.formats:
        return
    prefix = markup.elements[0].prefix
    fills = [_fill(prefix, FILLS[severity]) for severity in styles.fills]
    edits = [
        *_added(markup, "fills", fills, styles.known_fills),
        *_added(markup, "cellXfs", list(styles.formats.values()), len(styles.known)),
    ]
    package.changed[styles.part] = markup.edited(edits)


def _section(markup: Markup, name: str) -> int:
    found = (number for number, each in markup.children(0) if each.local == name)
    return next(found, -1)


def _filled(markup: Markup, element: Element, fill: int) -> str:
    """A format with another fill."""
    tag = markup.text[element.start : element.inside]
    tag = with_attribute(with_attribute(tag, "fillId", str(fill)), "applyFill", "1")
    return tag + markup.text[element.inside : element.end]


def _fill(prefix: str, color: str) -> str:
    inside = f'<{prefix}fgColor rgb="{color}"/><{prefix}bgColor indexed="64"/>'
    pattern = f'<{prefix}patternFill patternType="solid">{inside}</{prefix}patternFill>'
    return f"<{prefix}fill>{pattern}</{prefix}fill>"


def _added(markup: Markup, name: str, texts: list[str], known: int) -> list[TextEdit]:
    """The edits that add to a section of the part and count anew."""
    element = markup.elements[_section(markup, name)]
    tag = markup.text[element.start : element.inside]
    counted = with_attribute(tag, "count", str(known + len(texts)))
    return [
        TextEdit(element.start, element.inside, counted),
        markup.appended(element, "".join(texts)),
    ]


class MarkedCell(NamedTuple):
    """A cell of a worksheet; ``is_found`` is False where a finding only stands in for its place."""

    part: str
    place: Place
    is_found: bool = True


def annotate(data: bytes, document: DocumentResult, lang: str = ENGLISH) -> bytes:
    """The same workbook with every open finding marked.

    Raises UserError where the file is not the one that was checked, UnreadableError where Excel
    would not open the copy.
    """
    findings = open_findings(data, document)
    refuse_damaged(data, document.path)
    if not findings:
        return data
    package = OfficePackage(document.path, data)
    sheets = _sheets(package)
    if not sheets:
        message = f"{shown(document.path)} is written in an unusual way: save it again."
        raise UnreadableError(message)
    marked: dict[str, dict[MarkedCell, list[Finding]]] = {}
    for finding in at_places(findings):
        spot = _spot(finding, sheets)
        marked.setdefault(spot.part, {}).setdefault(spot, []).append(finding)
    styles = styles_of(package, WORKBOOK)
    for part, spots in marked.items():
        texts = partial(_text, lang=lang)
        _mark(package, part, spots, styles, texts)
    write_styles(package, styles)
    return package.written()


def _sheets(package: OfficePackage) -> dict[str, str]:
    """The parts of the worksheets by their names, in the order of their tabs."""
    targets = {each.identity: each.target for each in relations_of(package, WORKBOOK)}
    markup = package.markup(WORKBOOK)
    found = {}
    for element in markup.elements:
        if element.local == "sheet":
            said = markup.attributes(element)
            identity = next((value for name, value in said.items() if name.endswith(":id")), "")
            found[unescape(said.get("name", ""))] = targets.get(identity, "")
    return {
        name: part for name, part in found.items() if part in package and "/worksheets/" in part
    }


def _spot(finding: Finding, sheets: Mapping[str, str]) -> MarkedCell:
    """The cell of a finding; the first one of the workbook where it has none."""
    name, _, reference = (finding.where.address or "").rpartition("!")
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    place = place_of_reference(reference)
    if name in sheets and place is not None:
        return MarkedCell(sheets[name], place)
    return MarkedCell(next(iter(sheets.values())), (0, 0), is_found=False)


def _mark(
    package: OfficePackage,
    part: str,
    spots: Mapping[MarkedCell, Sequence[Finding]],
    styles: Styles,
    text: Callable[[Sequence[Finding], MarkedCell, Place], str],
) -> None:
    """Fill the cells of one worksheet and put notes at them."""
    markup = package.markup(part)
    fills = [
        (spot.place, partial(styles.filled, severity=_worst(findings)))
        for spot, findings in spots.items()
        if spot.is_found
    ]
    used = set(known_notes(package, part))
    notes: dict[Place, str] = {}
    for spot, findings in spots.items():
        at = _free(spot.place, used)
        used.add(at)
        notes[at] = text(findings, spot, at)
    edits = list(restyled(grid_of(markup), fills)) if styles.known else []
    edits += add_notes(package, part, markup, notes)
    package.changed[part] = markup.edited(edits)


def _free(place: Place, used: Collection[Place]) -> Place:
    """The cell itself, or where it has a note already, the next one to its right that has none."""
    row, column = place
    while (row, column) in used:
        column += 1
    return row, column


def _worst(findings: Iterable[Finding]) -> Severity:
    return max((each.severity for each in findings), key=SEVERITIES.index)


def _text(findings: Iterable[Finding], spot: MarkedCell, at: Place, lang: str) -> str:
    """What the note says: every finding, and where it is about another cell than its own."""
    texts = []
    for finding in findings:
        head, *rest = remarks_of(finding, lang)
        if not spot.is_found:
            rest.insert(0, say(lang, "office.elsewhere", place=place_of(finding.where, lang=lang)))
        elif at != spot.place:
            rest.insert(0, say(lang, "office.about_cell", cell=reference_of(spot.place)))
        texts.append("\n".join([head, *rest]))
    return "\n\n".join(texts)

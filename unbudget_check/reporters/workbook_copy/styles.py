"""The formats of a workbook, and new ones that are the old ones filled with a colour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.reporters.office.markup import Edit, with_attribute
from unbudget_check.reporters.office.parts import KINDS, relations_of
from unbudget_check.reporters.office.remarks import FILLS

if TYPE_CHECKING:
    from unbudget_check.model.finding import Severity
    from unbudget_check.reporters.office.markup import Element, Markup
    from unbudget_check.reporters.office.parts import Package


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


def styles_of(package: Package, workbook: str) -> Styles:
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


def write_styles(package: Package, styles: Styles) -> None:
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


def _added(markup: Markup, name: str, texts: list[str], known: int) -> list[Edit]:
    """The edits that add to a section of the part and count anew."""
    element = markup.elements[_section(markup, name)]
    tag = markup.text[element.start : element.inside]
    counted = with_attribute(tag, "count", str(known + len(texts)))
    return [
        Edit(element.start, element.inside, counted),
        markup.appended(element, "".join(texts)),
    ]

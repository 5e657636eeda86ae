"""The numbers that an office program prints before the items of lists: 12., (a), Table 4.7.

They stand nowhere in an OpenDocument text: a list names a style, the style says how each level
looks, and counting is left to whoever shows the document. A list may go on from another one.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.notation.counts import shown_count
from unbudget_check.readers.elements import attribute, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

NOTATIONS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "\u4e00, \u4e8c, \u4e09, ...": "chineseCountingThousand", "01, 02, 03, ...": "decimalZero",
    "\u0430, \u0431, .., \u0430\u0430, \u0430\u0431, ... (ru)": "russianLower",
    "\u0410, \u0411, .., \u0410\u0410, \u0410\u0411, ... (ru)": "russianUpper",
    "\u0623, \u0628, \u062a, ...": "arabicAlpha",
}  # fmt: skip
AFTER = {"space": " ", "nothing": ""}
LEVELS, LONGEST = 10, 100


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list looks: its notation, and the pattern with the counts as %1%, %2%."""

    notation: str
    pattern: str
    start: int
    after: str


@dataclass(slots=True)
class _List:
    """A list that is open: the style that says how it looks, its counts, and how deep it is."""

    style: str
    counts: dict[int, int]
    depth: int


@dataclass(slots=True)
class Counting:
    """The styles of lists, and how far the lists of a text have counted."""

    styles: dict[str, dict[int, _Level]] = field(default_factory=dict)
    outline: dict[int, _Level] = field(default_factory=dict)
    headings: dict[int, int] = field(default_factory=dict)
    by_name: dict[str, dict[int, int]] = field(default_factory=dict)
    by_style: dict[str, dict[int, int]] = field(default_factory=dict)
    open: list[_List] = field(default_factory=list)
    waiting: bool = False  # an item has begun, whose first paragraph will have its number
    start: str = ""  # the number that this item is said to have

    @contextmanager
    def opened(self, element: etree._Element) -> Iterator[None]:
        """A list while its items are read; one inside another is its next level."""
        style, outer = attribute(element, "style-name"), self.open[-1] if self.open else None
        if outer is not None:
            self.open.append(_List(style or outer.style, outer.counts, outer.depth + 1))
        else:
            named = attribute(element, "continue-list")
            before = self.by_name.get(named) if named else None
            if before is None and attribute(element, "continue-numbering") == "true":
                before = self.by_style.get(style)
            counts = before if before is not None else {}
            self.by_name[attribute(element, "id")] = counts
            self.by_style[style] = counts
            self.open.append(_List(style, counts, 1))
        try:
            yield
        finally:
            self.open.pop()
            self.waiting = False

    @contextmanager
    def aside(self) -> Iterator[None]:
        """A note or a box while it is read: it stands in no list of the text around it."""
        held = self.open, self.waiting
        self.open, self.waiting = [], False
        try:
            yield
        finally:
            self.open, self.waiting = held

    def begin(self, item: etree._Element, *, counted: bool) -> None:
        """An item begins; its number is printed before its first paragraph."""
        self.waiting, self.start = counted, attribute(item, "start-value")

    def label(self, paragraph: etree._Element, *, heading: bool) -> str:
        """The number before a paragraph, with the tab or blank that parts them."""
        if self.open:
            if not self.waiting:
                return ""
            self.waiting = False
            held = self.open[-1]
            return _counted(self.styles.get(held.style, {}), held.counts, held.depth, self.start)
        level = attribute(paragraph, "outline-level")
        if not heading or not self.outline or not level.isdigit():
            return ""
        return _counted(self.outline, self.headings, int(level), "")


def _counted(levels: dict[int, _Level], counts: dict[int, int], depth: int, start: str) -> str:
    """Count one item more, and let the levels below begin anew."""
    level = levels.get(depth)
    first = level.start if level else 1
    if start.isascii() and start.isdigit() and len(start) < 7:
        counts[depth] = int(start)
    else:
        counts[depth] = counts[depth] + 1 if depth in counts else first
    for below in [each for each in counts if each > depth]:
        del counts[below]
    if level is None or not level.notation:
        return ""

    def shown(match: re.Match[str]) -> str:
        at = int(match[1])
        own = levels.get(at)
        if own is None or at > depth or not own.notation:
            return ""
        return shown_count(counts.get(at, own.start), own.notation)

    text = re.sub(r"%(\d{1,2})%", shown, level.pattern)
    return text + level.after if text.strip() else ""


def lists_of(roots: Sequence[etree._Element]) -> Counting:
    """The styles of lists that these parts define; automatic ones come last and win."""
    found = Counting()
    for root in roots:
        for style in root.iter():
            local = local_name(style)
            if local == "list-style":
                found.styles[attribute(style, "name")] = _levels(style)
            elif local == "outline-style":
                found.outline = _levels(style)
    return found


def _levels(style: etree._Element) -> dict[int, _Level]:
    levels = {}
    for each in style:
        number = attribute(each, "level")
        if str(each.tag).endswith(("-number", "outline-level-style")) and number.isdigit():
            levels[int(number[:2])] = _level(each, int(number[:2]))
    return levels


def _level(element: etree._Element, number: int) -> _Level:
    notation = attribute(element, "num-format")
    pattern = attribute(element, "num-list-format")
    if not pattern:
        shown = attribute(element, "display-levels")
        first = number - (int(shown) if shown.isdigit() and len(shown) < 3 else 1) + 1
        counts = ".".join(f"%{at}%" for at in range(max(first, 1), number + 1))
        pattern = attribute(element, "num-prefix") + counts + attribute(element, "num-suffix")
    start = attribute(element, "start-value")
    after = (attribute(each, "label-followed-by") for each in element.iter())
    return _Level(
        NOTATIONS.get(notation, "decimal" if notation.strip() else ""),
        pattern if len(pattern) <= LONGEST else "",
        int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1,
        AFTER.get(next(filter(None, after), ""), "\t"),
    )

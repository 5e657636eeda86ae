"""The numbers that Word itself prints before a paragraph: 12., (a), IV., A.1.

They stand nowhere in the text: a paragraph, or its style, names a list and a level in it, the list
says how each level looks, and counting is left to whoever shows the document. Lists that share
one definition count on from each other; text boxes and notes count for themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.notation.counts import shown_count
from unbudget_check.readers.docx.paragraphs import paragraph_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from unbudget_check.readers.docx.paragraphs import Index

# Word knows nine levels; a longer label than this is damage or malice.
LEVELS, LONGEST_LABEL_CHARS = 9, 100
# How many styles or lists may refer to each other; more are a ring.
MOST_REFERENCES = 20
AFTER = {"space": " ", "nothing": ""}
NOT_COUNTED = frozenset({"bullet", "none"})
OFF = frozenset({"0", "false", "off"})
# A word and a number, with more than the letters that count items: Table 4.7, or an ideograph.
_NAMED = re.compile(r"[^\W\d_]{3,}[^\w]*\d|[^\x00-\x7f\W\d_]\s*\d")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list looks and counts.

    ``restarts`` is the highest level whose numbers begin it anew, counted from one: 0 for none,
    None for any level above. ``style`` is the style of paragraphs that stands for the level.
    """

    start: int
    notation: str
    text: str
    after: str
    restarts: int | None
    is_plain: bool
    style: str


@dataclass(frozen=True, slots=True)
class List:
    """A list: the definition that it counts with, its levels, and where it begins anew."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Definitions:
    """What the parts of a document say about lists, read only as far as it is asked for."""

    lists: dict[str, etree._Element] = field(default_factory=dict)
    definitions: dict[str, etree._Element] = field(default_factory=dict)
    styles: dict[str, etree._Element] = field(default_factory=dict)
    plain: str = ""  # the style of paragraphs that name none
    read: dict[str, List | None] = field(default_factory=dict)
    found: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Counter:
    """How far the lists of one text have come: by definition and level, and what has begun."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


def read_definitions(
    numbering: etree._Element | None, styles: etree._Element | None
) -> Definitions | None:
    """The lists of a document and the styles that may use them; None where there are no lists."""
    lists = _by_name(numbering, "num", "numId")
    lists.pop("0", None)  # it stands for no list
    if not lists:
        return None
    plain = ""
    for style in _children(styles, "style"):
        if _get(style, "type") == "paragraph" and _get(style, "default") not in ("", *OFF):
            plain = _get(style, "styleId")
    return Definitions(
        lists,
        _by_name(numbering, "abstractNum", "abstractNumId"),
        _by_name(styles, "style", "styleId"),
        plain,
    )


def label_paragraphs(top: etree._Element, word: Index, known: Definitions) -> None:
    """Enter the label of every numbered paragraph of the tree in the index of its part.

    The paragraphs inside ``top`` are those of the text itself: boxes stand apart from it.
    """
    counters: dict[etree._Element, Counter] = {}
    for paragraph in _candidates(top, word, known):
        number, level = _asked(paragraph, known)
        found = _list(known, number) if number else None
        if found is None or level not in found.levels or _is_hidden(paragraph, word):
            continue
        text = next(reversed(list(paragraph.iterancestors())), paragraph)
        counts = _count(counters.setdefault(text, Counter()), found, number, level)
        label = _label(found, level, counts)
        if label:
            word.labels[paragraph] = label


def names_something(label: str) -> bool:
    """Whether a label is a caption by itself, as Table 4.7 is: an empty paragraph is printed so."""
    return _NAMED.search(label) is not None


def _candidates(top: etree._Element, word: Index, known: Definitions) -> Iterator[etree._Element]:
    """The paragraphs that may be numbered, in reading order, each once."""
    if known.plain and _of_style(known, known.plain)[0]:
        yield from (each for tree in (top, *word.boxes) for each in tree.iter(word.p))
        return
    last, value = None, word.name("val")
    numbered = {"": "yes"}  # the setting of a paragraph itself has no value
    for setting in word.settings:
        style = setting.get(value, "")
        if style not in numbered:
            numbered[style] = _of_style(known, style)[0]
        if not numbered[style]:
            continue
        settings = setting.getparent()
        paragraph = settings.getparent() if settings is not None else None
        if paragraph is not None and paragraph.tag == word.p and paragraph is not last:
            last = paragraph
            yield paragraph


def _asked(paragraph: etree._Element, known: Definitions) -> tuple[str, int]:
    """The list and level of a paragraph: its own setting, and what that leaves to the style."""
    settings = _child(paragraph, "pPr")
    style = _value(settings, "pStyle") or known.plain
    number, level = _of_style(known, style)
    own = _child(settings, "numPr")
    return _value(own, "numId") or number, _whole(_value(own, "ilvl"), level)


def _of_style(known: Definitions, name: str) -> tuple[str, int]:
    """The list and level of a style or of the styles that it is based on; ("", 0) for none."""
    if name not in known.found:
        known.found[name] = _through_styles(known, name)
    return known.found[name]


def _through_styles(known: Definitions, name: str) -> tuple[str, int]:
    level: int | None = None
    passed: list[str] = []
    while name in known.styles and name not in passed and len(passed) < MOST_REFERENCES:
        passed.append(name)
        style = known.styles[name]
        own = _child(_child(style, "pPr"), "numPr")
        said = _value(own, "ilvl")
        if level is None and said:
            level = _whole(said, 0)
        number = _value(own, "numId")
        if number:
            found = _list(known, number)
            levels = found.levels.items() if found else ()
            linked = (at for at, each in levels if each.style in passed)
            return number if found else "", next(linked, level or 0)
        name = _value(style, "basedOn")
    return "", level or 0


def _list(known: Definitions, number: str) -> List | None:
    """A list by its number, with what it changes of its definition; None where there is none."""
    if number not in known.read:
        known.read[number] = None
        entry = known.lists.get(number)
        definition = known.definitions.get(_value(entry, "abstractNumId"))
        for _ in range(MOST_REFERENCES):
            link = _value(definition, "numStyleLink")
            if not link:
                break
            style = known.styles.get(link)
            linked = _value(_child(_child(style, "pPr"), "numPr"), "numId")
            definition = known.definitions.get(_value(known.lists.get(linked), "abstractNumId"))
        if entry is not None and definition is not None:
            known.read[number] = _merged(entry, definition)
    return known.read[number]


def _merged(entry: etree._Element, definition: etree._Element) -> List:
    levels = dict(map(_level, _children(definition, "lvl")))
    starts: dict[int, int] = {}
    for override in _children(entry, "lvlOverride"):
        at = _whole(_get(override, "ilvl"), LEVELS)
        changed = _child(override, "lvl")
        if changed is not None:
            levels[at] = _level(changed)[1]
        start = _value(override, "startOverride")
        if start:
            starts[at] = levels[at].start if changed is not None else _whole(start, 1)
    known = {at: level for at, level in levels.items() if at < LEVELS}
    return List(_get(definition, "abstractNumId"), known, starts)


def _level(element: etree._Element) -> tuple[int, Level]:
    restarts = _value(element, "lvlRestart")
    legal = _child(element, "isLgl")
    text, hidden = _value(element, "lvlText"), _child(_child(element, "rPr"), "vanish")
    is_shown = len(text) <= LONGEST_LABEL_CHARS and (hidden is None or _get(hidden, "val") in OFF)
    return _whole(_get(element, "ilvl"), LEVELS), Level(
        _whole(_value(element, "start"), 0),
        _notation(element),
        text if is_shown else "",
        AFTER.get(_value(element, "suff"), "\t"),
        _whole(restarts, 0) if restarts else None,
        legal is not None and _get(legal, "val") not in OFF,
        _value(element, "pStyle"),
    )


def _notation(level: etree._Element) -> str:
    """The notation of a level; one that is spelled out, such as 001, by its digits."""
    named = next(level.iter(_name(level, "numFmt")), None)
    notation = _get(named, "val") or "decimal"
    first = _get(named, "format").split(",")[0].strip()
    return f"custom{len(first)}" if notation == "custom" and first.isdigit() else notation


def _count(counter: Counter, found: List, number: str, level: int) -> dict[int, int]:
    """Count one paragraph more, and let the levels below begin anew where they are to."""
    counts = counter.counts.setdefault(found.definition, {})
    start = found.starts.get(level, found.levels[level].start)
    begins = level in found.starts and (number, level) not in counter.begun
    counter.begun.add((number, level))
    counts[level] = start if begins or level not in counts else counts[level] + 1
    for below in [each for each in counts if each > level]:
        restarts = found.levels[below].restarts if below in found.levels else None
        if restarts is None or level < restarts:
            del counts[below]
    return counts


def _label(found: List, level: int, counts: dict[int, int]) -> str:
    """The label as printed, with the tab or blank that parts it from the text."""
    own = found.levels[level]
    if own.notation == "bullet":
        return ""

    def shown(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        said = found.levels.get(at)
        if said is None or at > level or said.notation in NOT_COUNTED:
            return ""
        count = counts.get(at, found.starts.get(at, said.start))
        return shown_count(count, "decimal" if own.is_plain else said.notation)

    text = re.sub("%([1-9])", shown, own.text)
    return text + own.after if text.strip() else ""


def _is_hidden(paragraph: etree._Element, word: Index) -> bool:
    """Whether a paragraph is hidden with its mark: it takes no number then."""
    hidden = _child(_child(_child(paragraph, "pPr"), "rPr"), "vanish")
    if hidden is None or _get(hidden, "val") in OFF:
        return False
    return not paragraph_text(paragraph, word)[0].strip()


def _whole(text: str, otherwise: int) -> int:
    """A whole number of a setting, however damaged."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LEVELS else otherwise


def _name(element: etree._Element, local: str) -> str:
    return f"{str(element.tag).partition('}')[0]}}}{local}"


def _child(parent: etree._Element | None, local: str) -> etree._Element | None:
    return None if parent is None else parent.find(_name(parent, local))


def _children(parent: etree._Element | None, local: str) -> Iterator[etree._Element]:
    return iter(()) if parent is None else parent.iterfind(_name(parent, local))


def _get(element: etree._Element | None, local: str) -> str:
    return "" if element is None else str(element.get(_name(element, local), ""))


def _value(parent: etree._Element | None, local: str) -> str:
    return _get(_child(parent, local), "val")


def _by_name(parent: etree._Element | None, local: str, key: str) -> dict[str, etree._Element]:
    return {_get(each, key): each for each in _children(parent, local)}

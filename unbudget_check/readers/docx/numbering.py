"""The numbers that Word itself prints before a paragraph: 12., (a), IV., A.1.

They stand nowhere in the text: a paragraph, or its style, names a list and a level in it, the list
says how each level looks, and counting is left to whoever shows the document. Lists that share
one definition count on from each other; text boxes and notes count for themselves.

A count as Word prints it in an automatic number: 3, 03, c, III, and the numerals of others.

A format that is not listed here is printed in plain digits, which is what other programs do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.model.numbering import IDEOGRAPHS, TEN, printed_number
from unbudget_check.readers.docx.paragraphs import paragraph_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from unbudget_check.readers.docx.paragraphs import Index


# Word repeats letters (aa, bb) up to thirty times and counts to 32767; more is damage.
MOST_REPEATS, MOST = 30, 32_767
HUNDRED, THOUSAND, TEN_THOUSAND = 100, 1000, 10_000
LATIN = "abcdefghijklmnopqrstuvwxyz"
# The alphabet without the letters that begin no item: short i, io, and the two signs.
RUSSIAN = "".join(chr(0x430 + n) for n in range(32) if n not in {9, 26, 28})
ARABIC = (
    "\u0623\u0628\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635"
    "\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u064a"
)
ABJAD = (
    "\u0623\u0628\u062c\u062f\u0647\u0648\u0632\u062d\u0637\u064a\u0643\u0644\u0645\u0646"
    "\u0633\u0639\u0641\u0635\u0642\u0631\u0634\u062a\u062b\u062e\u0630\u0636\u0638\u063a"
)
STEMS = "\u7532\u4e59\u4e19\u4e01\u620a\u5df1\u5e9a\u8f9b\u58ec\u7678"
BRANCHES = "\u5b50\u4e11\u5bc5\u536f\u8fb0\u5df3\u5348\u672a\u7533\u9149\u620c\u4ea5"
# Zero as Chinese counts with it, inside a number and in a row of digits, and its powers of ten.
ZERO, CIRCLE, LARGE = "\u96f6", "\u25cb", "\u5343\u767e\u5341"

# Word knows nine levels; a longer label than this is damage or malice.
LEVELS, LONGEST = 9, 100
# How many styles or lists may refer to each other; more are a ring.
MOST_REFERENCES = 20
AFTER = {"space": " ", "nothing": ""}
NOT_COUNTED = frozenset({"bullet", "none"})
OFF = frozenset({"0", "false", "off"})
# A word and a number, with more than the letters that count items: Table 4.7, or an ideograph.
_NAMED = re.compile(r"[^\W\d_]{3,}[^\w]*\d|[^\x00-\x7f\W\d_]\s*\d")


def shown_count(count: int, notation: str) -> str:
    """A count in one of the notations of Word, by the name that its files give it."""
    plain = str(count)
    if not 0 < count <= MOST:
        return plain
    show = _SHOWN.get(notation)
    return show(count) or plain if show else plain


def _zeroed(width: int) -> Callable[[int], str]:
    return lambda count: str(count).zfill(width)


def _letters(alphabet: str) -> Callable[[int], str]:
    """Letters, doubled when all have been used: z is followed by aa and bb."""

    def show(count: int) -> str:
        rounds, place = divmod(count - 1, len(alphabet))
        return alphabet[place] * (rounds + 1) if rounds < MOST_REPEATS else ""

    return show


def _signs(first: int, most: int) -> Callable[[int], str]:
    """Characters that stand in a row, such as circled figures; there are only so many."""
    return lambda count: chr(first + count - 1) if count <= most else ""


def _listed(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if count <= len(signs) else ""


def _digits(zero: str, nine: str) -> Callable[[int], str]:
    """Figure by figure in other digits, ``nine`` being those of one to nine."""
    return lambda count: "".join((zero + nine)[int(digit)] for digit in str(count))


def _tens(count: int) -> str:
    """Chinese counting: ten, eleven, twenty; from a hundred on figure by figure."""
    if count < HUNDRED:
        return printed_number("", "ideograph", count)
    return _digits(CIRCLE, IDEOGRAPHS[:9])(count)


def _thousands(count: int) -> str:
    """Chinese counting with words for hundred and thousand, and a zero for what is skipped."""
    if count < 2 * TEN:
        return printed_number("", "ideograph", count)
    if count >= TEN_THOUSAND:
        return ""
    text = ""
    for power, word in zip((THOUSAND, HUNDRED, TEN, 1), (*LARGE, ""), strict=True):
        digit = count // power % TEN
        if digit:
            text += IDEOGRAPHS[digit - 1] + word
        elif text and count % power:
            text += "" if text.endswith(ZERO) else ZERO
    return text


def _japanese(count: int) -> str:
    """Japanese counting: no zero, and no one before ten, hundred and thousand."""
    if count >= TEN_THOUSAND:
        return ""
    text = ""
    for power, word in zip((THOUSAND, HUNDRED, TEN, 1), (*LARGE, ""), strict=True):
        digit = count // power % TEN
        text += IDEOGRAPHS[digit - 1] if digit > 1 or (digit and power == 1) else ""
        text += word if digit else ""
    return text


def _roman(count: int) -> str:
    return printed_number("", "roman", count)


_SHOWN: dict[str, Callable[[int], str]] = {
    "decimalZero": _zeroed(2),
    "custom2": _zeroed(2),
    "custom3": _zeroed(3),
    "custom4": _zeroed(4),
    "custom5": _zeroed(5),
    "lowerLetter": _letters(LATIN),
    "upperLetter": _letters(LATIN.upper()),
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
    "russianLower": _letters(RUSSIAN),
    "russianUpper": _letters(RUSSIAN.upper()),
    "arabicAlpha": _letters(ARABIC),
    "arabicAbjad": _letters(ABJAD),
    "chineseCounting": _tens,
    "taiwaneseCounting": _tens,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "ideographDigital": _digits("\u3007", IDEOGRAPHS[:9]),
    "japaneseDigitalTenThousand": _digits("\u3007", IDEOGRAPHS[:9]),
    "taiwaneseDigital": _digits(CIRCLE, IDEOGRAPHS[:9]),
    "ideographTraditional": _listed(STEMS),
    "ideographZodiac": _listed(BRANCHES),
    "decimalFullWidth": _digits("\uff10", "".join(chr(0xFF10 + n) for n in range(1, TEN))),
    "decimalEnclosedCircle": _signs(0x2460, 20),
    "decimalEnclosedCircleChinese": _signs(0x2460, 10),
    "decimalEnclosedParen": _signs(0x2474, 20),
    "decimalEnclosedFullstop": _signs(0x2488, 20),
    "ideographEnclosedCircle": _signs(0x3280, 10),
    "numberInDash": lambda count: f"- {count} -",
    "hex": lambda count: f"{count:X}",
}


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
    is_shown = len(text) <= LONGEST and (hidden is None or _get(hidden, "val") in OFF)
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

"""What a page's own styles say that matters for reading: hidden, raised, set in, how lists count.

Only styles in the page itself are known; nothing is fetched. Of selectors, names, classes and
identities are heeded, alone, together, and below others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

HEEDED = frozenset(
    {"display", "visibility", "vertical-align", "list-style-type", "list-style", "white-space"}
    | {"padding-left", "margin-left", "text-indent", "padding", "margin", "font-size"}
    | {"padding-inline-start", "margin-inline-start", "text-decoration", "text-decoration-line"}
    | {"position", "float"}
)
# A style sheet with more rules that matter is no budget page's own.
MOST_RULES = 5_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# A selector begins where something ended, so that no long text without a bracket is walked again.
_RULE = re.compile(r"(?<![^{};])([^{};]*)\{([^{}]*)\}")
_MEDIA = re.compile(r"@media\b([^{};@]*)\{", re.IGNORECASE)
_PART = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
_NAMED = re.compile(r"([.#])([\w-]+)")
_LENGTH = re.compile(r"(\d{0,5})(?:\.(\d{1,3}))?(px|pt|pc|em|rem|ex|ch|cm|mm|in)", re.IGNORECASE)
# Hundredths of a point in one unit; an em is the usual size of print.
_POINTS = {
    "px": 75, "pt": 100, "pc": 1200, "em": 1200, "rem": 1200, "ex": 600, "ch": 600,
    "cm": 2835, "mm": 283, "in": 7200,
}  # fmt: skip
# One step of indentation, as in Word documents, and what a blank that is kept is wide.
STEP, BLANK = 1400, 350


class _Selector(NamedTuple):
    """One part of a selector: the name of an element, its classes and its identity."""

    tag: str
    classes: frozenset[str]
    identity: str


class _Rule(NamedTuple):
    """Declarations, the selector of their element, and those of elements around it."""

    rank: tuple[int, int, int]
    order: int
    own: _Selector
    around: tuple[_Selector, ...]
    said: Mapping[str, str]


@dataclass(slots=True)
class Styles:
    """The rules of a page that matter, by what their element must be called."""

    rules: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    said: dict[tuple[int, str], dict[str, str]] = field(default_factory=dict)
    kinds: dict[tuple[int, str, str, str], int] = field(default_factory=dict)
    count: int = 0
    nested: bool = False  # some rules ask for the elements around

    def kind_of(self, element: etree._Element, around: int) -> int:
        """A number for all elements for which the same rules hold, ``around`` being the parent's.

        Cells of a column are one kind, so that rules are looked up once for all of them.
        """
        get = element.get
        key = around if self.nested else 0, str(element.tag), get("class", ""), get("id", "")
        return self.kinds.setdefault(key, len(self.kinds))

    def said_of(self, element: etree._Element, kind: int) -> Mapping[str, str]:
        """The declarations that hold for an element, its own before those of the page."""
        own = element.get("style", "")
        if not self.rules and not own:
            return {}
        found = self.said.get((kind, own))
        if found is None:
            found = {}
            tag, names = str(element.tag), element.get("class", "")
            for rule in self._fitting(element, tag, names, element.get("id", "")):
                found.update(rule.said)
            found.update(_declared(own))
            self.said[kind, own] = found
        return found

    def _fitting(self, element: etree._Element, tag: str, names: str, identity: str) -> list[_Rule]:
        if not self.rules:
            return []
        classes = names.split()
        keys = (
            tag,
            "*",
            *(f".{name}" for name in classes),
            *([f"#{identity}"] if identity else ()),
        )
        held = [
            rule
            for key in keys
            for rule in self.rules.get(key, ())
            if _fits(rule.own, tag, classes, identity) and _stands_below(element, rule.around)
        ]
        return sorted(held, key=lambda rule: (rule.rank, rule.order))


def styles_of(root: etree._Element) -> Styles:
    """The style sheets that stand in the page itself."""
    styles = Styles()
    for sheet in root.iter("style"):
        text = _COMMENT.sub(" ", "".join(map(str, sheet.itertext())))
        text = text.replace("<!--", " ").replace("-->", " ")
        for selectors, block in _rules(text):
            said = _declared(block)
            if said:
                _enter(styles, selectors, said)
    return styles


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations for the screen, in order; what other media show is left out."""
    at = 0
    for match in _MEDIA.finditer(text):
        if match.start() < at:
            continue
        yield from _RULE.findall(text[at : match.start()])
        at = _end_of_block(text, match.end())
        if not re.search(r"\bprint\b|\bspeech\b|width|height|prefers", match[1]):
            yield from _RULE.findall(text[match.end() : at])
    yield from _RULE.findall(text[at:])


def _end_of_block(text: str, start: int) -> int:
    depth = 1
    for match in re.finditer(r"[{}]", text[start:]):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return start + match.end()
    return len(text)


def _enter(styles: Styles, selectors: str, said: Mapping[str, str]) -> None:
    for text in selectors.split(","):
        parts = [_selector(part) for part in text.replace(">", " ").split()]
        if not parts or None in parts or styles.count >= MOST_RULES:
            continue
        *around, own = (part for part in parts if part is not None)
        rank = (
            sum(bool(part.identity) for part in (*around, own)),
            sum(len(part.classes) for part in (*around, own)),
            sum(bool(part.tag) for part in (*around, own)),
        )
        first = next(iter(sorted(own.classes)), "")
        key = f"#{own.identity}" if own.identity else f".{first}" if first else own.tag or "*"
        styles.count += 1
        styles.nested |= bool(around)
        styles.rules[key].append(_Rule(rank, styles.count, own, tuple(around), said))


def _selector(text: str) -> _Selector | None:
    match = _PART.fullmatch(text)
    if match is None or not text:
        return None  # a state, an attribute, a neighbour: such rules are not heeded
    named = _NAMED.findall(match[2])
    identity = next((name for mark, name in named if mark == "#"), "")
    classes = frozenset(name for mark, name in named if mark == ".")
    return _Selector((match[1] or "").lower().replace("*", ""), classes, identity)


def _fits(selector: _Selector, tag: str, classes: Iterable[str], identity: str) -> bool:
    return (
        selector.tag in ("", tag)
        and selector.classes.issubset(classes)
        and selector.identity in ("", identity)
    )


def _stands_below(element: etree._Element, around: tuple[_Selector, ...]) -> bool:
    """Whether elements that fit stand around this one, the last of them innermost."""
    wanted = list(around)
    for outer in element.iterancestors() if wanted else ():
        names = outer.get("class", "").split()
        if _fits(wanted[-1], str(outer.tag), names, outer.get("id", "")):
            wanted.pop()
            if not wanted:
                return True
    return not wanted


def _declared(text: str) -> dict[str, str]:
    """The declarations of a block that matter; important ones hold against later ones."""
    said: dict[str, str] = {}
    weighty: dict[str, str] = {}
    for declaration in text.split(";") if ":" in text else ():
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in HEEDED:
            value = value.strip().lower()
            bare = value.removesuffix("!important").strip()
            (weighty if bare != value else said)[name] = bare
    return {**said, **weighty}


def is_hidden(element: etree._Element, said: Mapping[str, str]) -> bool:
    """Whether a page does not show an element, or shows it as a mere ornament."""
    if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
        return True
    if element.get("aria-hidden", "").lower() == "true":
        return True
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "false":
        return "display" not in said
    return re.fullmatch(r"0+(\.0*)?[a-z%]*", said.get("font-size", "1")) is not None


def is_raised(said: Mapping[str, str]) -> bool:
    """Whether styles set a text as a superscript."""
    return said.get("vertical-align", "").startswith(("super", "text-top"))


def keeps_blanks(said: Mapping[str, str]) -> bool:
    """Whether blanks and line ends are shown as they stand."""
    return said.get("white-space", "").startswith(("pre", "break-spaces"))


def set_in(said: Mapping[str, str]) -> int:
    """How far a text is set in from the left, in hundredths of a point."""
    total = 0
    for name in ("padding", "margin") if said else ():
        sides = said.get(name, "").split()
        left = sides[3] if len(sides) == 4 else sides[1] if len(sides) > 1 else "".join(sides)
        left = said.get(f"{name}-inline-start", left)
        total += _length(said.get(f"{name}-left", left))
    return total + _length(said.get("text-indent", ""))


def _length(text: str) -> int:
    negative, bare = text.startswith("-"), text.lstrip("-+")
    match = _LENGTH.fullmatch(bare)
    if match is None:
        return 0
    thousandths = int(match[1] or 0) * 1000 + int((match[2] or "").ljust(3, "0"))
    length = thousandths * _POINTS[match[3].lower()] // 1000
    return -length if negative else length

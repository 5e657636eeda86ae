"""The text of one Word paragraph, with superscript footnote marks told apart from figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the "strict" variant of the standard
)


@dataclass(frozen=True, slots=True)
class Names:
    """The qualified names of the elements that carry text, in the document's own namespace."""

    space: str
    body: str
    p: str
    r: str
    t: str
    tab: str
    br: str
    cr: str
    hyphen: str
    sym: str
    rpr: str
    align: str
    vanish: str
    style: str
    val: str
    char: str
    tbl: str
    tr: str
    tc: str
    box: str
    wrappers: frozenset[str]
    text_tags: tuple[str, ...]


def names_of(root: etree._Element) -> Names:
    """The names in the namespace that a part declares; the usual one where it declares none."""
    space = next((known for known in SPACES if str(root.tag).startswith(f"{{{known}}}")), SPACES[0])

    def name(local: str) -> str:
        return f"{{{space}}}{local}"

    wrappers = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
    carriers = ("t", "tab", "br", "cr", "noBreakHyphen", "sym")
    return Names(
        space,
        *map(name, ("body", "p", "r", "t", "tab", "br", "cr", "noBreakHyphen", "sym")),
        *map(name, ("rPr", "vertAlign", "vanish", "rStyle", "val", "char")),
        *map(name, ("tbl", "tr", "tc", "txbxContent")),
        frozenset(map(name, wrappers)),
        tuple(map(name, carriers)),
    )


def paragraph_text(paragraph: etree._Element, word: Names) -> tuple[str, str]:
    """The text as printed and, apart from it, the footnote marks set as superscripts.

    A superscript at the very start of a paragraph introduces a note and stays in the text.
    """
    pieces: list[str] = []
    marks: list[str] = []
    for carrier in paragraph.iter(*word.text_tags):
        run = carrier.getparent()
        if run is None or run.tag != word.r:
            continue
        style = run.find(word.rpr)
        if style is not None and len(style):
            if _is_on(style.find(word.vanish), word):
                continue
            raised = style.find(word.align)
            if raised is not None and raised.get(word.val) == "superscript":
                marks.append(carrier.text or "")
                continue
        pieces.append(_text_of(carrier, word))
    return "".join(pieces), "".join(marks).strip()


def _text_of(carrier: etree._Element, word: Names) -> str:
    if carrier.tag == word.t:
        return carrier.text or ""
    if carrier.tag == word.tab:
        return "\t"
    if carrier.tag == word.hyphen:
        return "-"
    if carrier.tag == word.sym:
        # Symbol fonts keep their glyphs in the private area; the low byte is the character.
        return chr(int(carrier.get(word.char, "20"), 16) & 0xFF)
    return "\n"


def _is_on(switch: etree._Element | None, word: Names) -> bool:
    return switch is not None and switch.get(word.val, "true") not in {"0", "false", "off"}

"""Lists for Word documents of tests: their levels, styles and numbered paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.readers.drawing import draw
from tests.readers.word_file import paragraph, part, word_file
from unbudget_check.readers.docx.document import read
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from unbudget_check.model.document import Document

NUMBERS = "word/numbering.xml"


def setting(local: str, value: object) -> str:
    return f'<w:{local} w:val="{value}"/>'


def level(at: int, text: str, notation: str = "decimal", *more: str, start: int = 1) -> str:
    """A level of a list; ``more`` are further settings of it."""
    look = setting("start", start) + setting("numFmt", notation) + "".join(more)
    return f'<w:lvl w:ilvl="{at}">{look}{setting("lvlText", text)}</w:lvl>'


def defined(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def listed(number: int, definition: int, *overrides: str) -> str:
    inside = setting("abstractNumId", definition) + "".join(overrides)
    return f'<w:num w:numId="{number}">{inside}</w:num>'


def override(at: int, inside: str) -> str:
    return f'<w:lvlOverride w:ilvl="{at}">{inside}</w:lvlOverride>'


def style(name: str, inside: str, *, based: str = "", more: str = "") -> str:
    above = setting("basedOn", based) if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{more}>'
        f"{above}<w:pPr>{inside}</w:pPr></w:style>"
    )


def asked(number: int | str = "", at: int | str = "") -> str:
    """The setting of a paragraph that belongs to a list."""
    given = (setting("ilvl", at) if at != "" else "") + (
        setting("numId", number) if number != "" else ""
    )
    return f"<w:numPr>{given}</w:numPr>"


def item(text: str, number: int | str = 1, at: int | str = 0) -> str:
    return paragraph(text, settings=asked(number, at))


def read_with(body: str, lists: str, styles: str = "", **parts: str) -> Document:
    inside = {NUMBERS: part("numbering", lists), "word/styles.xml": part("styles", styles)}
    inside |= {f"word/{name}.xml": text for name, text in parts.items()}
    return read(Source("a.docx", word_file(body, parts=inside)))


def texts(body: str, lists: str, styles: str = "", **parts: str) -> list[str]:
    return draw(read_with(body, lists, styles, **parts))


def labels(lists: str, *numbered: tuple[int, int], styles: str = "") -> list[str]:
    """The labels of paragraphs of these lists and levels."""
    body = "".join(item("x", number, at) for number, at in numbered)
    return [text.removesuffix("x") for text in texts(body, lists, styles)]


PLAIN = defined(0, level(0, "%1.")) + listed(1, 0)

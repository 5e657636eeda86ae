"""Elements and attributes of Office files by their local names, whatever their namespace.

Programs write the same things in namespaces of their own beside those of the standard (a table in
a drawing), so the name alone tells what an element is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

# The names that addresses give to namespaces, by their last words.
PREFIXES = {"drawing": "draw"}


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, local: str) -> str:
    """An attribute by its name without its namespace, "" where there is none."""
    for name, value in element.items():
        if str(name).rpartition("}")[2] == local:
            return str(value)
    return ""


def text_of(element: etree._Element) -> str:
    """All text in an element, with single blanks."""
    return " ".join("".join(map(str, element.itertext())).split())


def whole(text: str, otherwise: int, most: int) -> int:
    """A whole number of at least one of an attribute, however damaged."""
    known = text.isascii() and text.isdigit() and len(text) < 10
    return min(max(int(text), 1), most) if known else otherwise


def step_of(element: etree._Element, local: str, counts: dict[str, int]) -> str:
    """The step of an address that leads to an element, ``counts`` being those of its parent."""
    counts[local] = counts.get(local, 0) + 1
    space = str(element.tag).rpartition("}")[0].rpartition(":xmlns:")[2].partition(":")[0]
    return f"/{PREFIXES.get(space, space) or 'text'}:{local}[{counts[local]}]"

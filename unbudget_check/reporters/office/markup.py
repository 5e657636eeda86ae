"""The text of an XML part with the place of every element, so that pieces can be put in.

A tree that is read and written again comes out otherwise than it went in: names are declared
anew, quotes and blanks change. What is put in at a place of the text leaves all else as it was.
Only for parts that a parser has accepted already.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"""|<(/?)([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*+)>""",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
# What XML cannot hold in any form.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Element(NamedTuple):
    """Where an element stands: ``[start:inside]`` is its start tag, ``[close:end]`` its end tag.

    ``parent`` is the number of the element around it, -1 for the root; an element without content
    may have no end tag, and ``inside``, ``close`` and ``end`` are one place then.
    """

    name: str
    start: int
    inside: int
    close: int
    end: int
    parent: int

    @property
    def prefix(self) -> str:
        """What stands before the local name, with its colon."""
        return self.name[: self.name.rfind(":") + 1]

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name[self.name.rfind(":") + 1 :]


class Edit(NamedTuple):
    """``text`` instead of what stands at ``[start:end]``; nothing does where they are equal."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Markup:
    """A part as text, and its elements in the order of their start tags."""

    text: str
    encoding: str = "utf-8"
    elements: list[Element] = field(default_factory=list)

    def attributes(self, element: Element) -> dict[str, str]:
        """The attributes of an element, by their full names, as written."""
        tag = self.text[element.start : element.inside]
        return {name: value[1:-1] for name, value in ATTRIBUTE.findall(tag)}

    def children(self, parent: int) -> Iterator[tuple[int, Element]]:
        """The numbers and places of the elements right below one."""
        end = self.elements[parent].end
        for number in range(parent + 1, len(self.elements)):
            element = self.elements[number]
            if element.start >= end:
                return
            if element.parent == parent:
                yield number, element

    def appended(self, element: Element, text: str) -> Edit:
        """Put something in as the last content of an element."""
        if element.close < element.end:
            return Edit(element.close, element.close, text)
        slash = self.text.rindex("/", element.start, element.inside)
        return Edit(slash, element.inside, f">{text}</{element.name}>")

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The part with all edits made; several at one place come in their order."""
        pieces, at = [], 0
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            pieces += [self.text[at : edit.start], edit.text]
            at = edit.end
        return "".join([*pieces, self.text[at:]]).encode(self.encoding)


def read_markup(data: bytes) -> Markup:
    """The text of a part and its elements."""
    encoding = _encoding(data)
    markup = Markup(data.decode(encoding), encoding)
    opened: list[tuple[int, str, int, int]] = []
    elements = markup.elements
    for match in TAG.finditer(markup.text):
        is_end, name, rest = match.groups()
        if name is None:
            continue
        start, end = match.span()
        if is_end:
            number, name, begin, inside = opened.pop()
            parent = opened[-1][0] if opened else -1
            elements[number] = Element(name, begin, inside, start, end, parent)
            continue
        parent = opened[-1][0] if opened else -1
        if not rest.endswith("/"):
            opened.append((len(elements), name, start, end))
        # One with content takes its place when its end is known.
        elements.append(Element(name, start, end, end, end, parent))
    return markup


def with_attribute(tag: str, name: str, value: str) -> str:
    """A start tag with this attribute, instead of the value that it had."""
    for found in ATTRIBUTE.finditer(tag):
        if found[1] == name:
            return f'{tag[: found.start(2)]}"{value}"{tag[found.end(2) :]}'
    named = len(re.split(r"[\s/>]", tag, maxsplit=1)[0])
    return f'{tag[:named]} {name}="{value}"{tag[named:]}'


def attribute(text: str) -> str:
    """Text as the value of an attribute in double quotes."""
    return escape(FORBIDDEN.sub("", text)).replace("\n", "&#10;")


def content(text: str) -> str:
    """Text as the content of an element; what XML cannot hold is left out."""
    return escape(FORBIDDEN.sub("", text), quote=False)


def _encoding(data: bytes) -> str:
    """The encoding, without the mark at the beginning, which stays part of the text."""
    if data.startswith(codecs.BOM_UTF16_BE) or data[:1] == b"\0":
        return "utf-16-be"
    if data.startswith(codecs.BOM_UTF16_LE) or data[1:2] == b"\0":
        return "utf-16-le"
    return "utf-8"

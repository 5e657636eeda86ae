"""The part of a Word document that holds the texts of its comments."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from unbudget_check.reporters.office.markup import attribute, content
from unbudget_check.reporters.office.parts import (
    DECLARATION,
    KINDS,
    STRICT_KINDS,
    add_relation,
    declare,
    relations_of,
    resolved,
)
from unbudget_check.reporters.office.remarks import AUTHOR, INITIALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.reporters.office.markup import Markup
    from unbudget_check.reporters.office.parts import Package

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
NUMBERED = frozenset({"comment", "commentRangeStart", "commentRangeEnd", "commentReference"})
# Ten points, whatever the document's own style is; comments stand in a narrow column.
SIZE = '<w:sz w:val="20"/><w:szCs w:val="20"/>'
TIGHT = (
    '<w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/>'
)


def comments_part(package: Package, main: str, space: str) -> str:
    """The name of the part with the comments; an empty one is made where there is none."""
    kinds = STRICT_KINDS if space == STRICT else KINDS
    for relation in relations_of(package, main):
        if relation.kind == f"{kinds}comments" and relation.target in package:
            return relation.target
    name = resolved(main, "comments.xml")
    if name in package:
        name = package.unused(resolved(main, "comments"), ".xml")
    package.changed[name] = f'{DECLARATION}<w:comments xmlns:w="{space}"/>'.encode()
    declare(package, name, CONTENT_TYPE)
    add_relation(package, main, f"{kinds}comments", name)
    return name


def known_comments(*parts: Markup) -> list[int]:
    """The numbers of the comments that are there already, in their part or in the text."""
    return [
        int(value)
        for markup in parts
        for element in markup.elements
        if element.local in NUMBERED
        for key, value in markup.attributes(element).items()
        if key.rpartition(":")[2] == "id" and value.isascii() and value.isdigit()
    ]


def add_comments(package: Package, name: str, space: str, comments: Sequence[str]) -> None:
    """Put comments after those that are there."""
    markup = package.markup(name)
    root = markup.elements[0]
    if unescape(markup.attributes(root).get("xmlns:w", "")) != space:
        opening = f'<w:comment xmlns:w="{space}" '
        comments = [each.replace("<w:comment ", opening, 1) for each in comments]
    edit = markup.appended(root, "".join(comments))
    package.changed[name] = markup.edited([edit])


def comment(number: int, paragraphs: Sequence[str], *, from_right: bool) -> str:
    """One comment; the first of its paragraphs is set in bold."""
    said = f'w:id="{number}" w:author="{attribute(AUTHOR)}"'
    inside = "".join(
        _paragraph(text, is_first=not at, from_right=from_right)
        for at, text in enumerate(paragraphs)
    )
    return f'<w:comment {said} w:initials="{INITIALS}">{inside}</w:comment>'


def _paragraph(text: str, *, is_first: bool, from_right: bool) -> str:
    bold = "<w:b/><w:bCs/>" if is_first else ""
    mark = f"<w:r><w:rPr>{SIZE}</w:rPr><w:annotationRef/></w:r>" if is_first else ""
    side, turned = ("<w:bidi/>", "<w:rtl/>") if from_right else ("", "")
    return (
        f'<w:p><w:pPr>{side}{TIGHT}<w:jc w:val="left"/></w:pPr>{mark}'
        f"<w:r><w:rPr>{bold}{SIZE}{turned}</w:rPr>"
        f'<w:t xml:space="preserve">{content(text)}</w:t></w:r></w:p>'
    )

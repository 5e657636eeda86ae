"""Copy Word documents with a comment at every finding, and nothing else changed.

A copy of a Word document with a comment at every finding, and nothing else changed.

The part of a Word document that holds the texts of its comments.
"""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.lexicon import load_language
from unbudget_check.messages import ENGLISH, say
from unbudget_check.model.document import Where
from unbudget_check.readers.docx.places import NOTE, Place, find_places
from unbudget_check.readers.source import ReadOptions, Source
from unbudget_check.reporters.office.package import (
    DECLARATION,
    KINDS,
    STRICT_KINDS,
    OfficePackage,
    add_relation,
    attribute,
    content,
    declare,
    refuse_damaged,
    relations_of,
    resolved,
)
from unbudget_check.reporters.office.remarks import (
    AUTHOR,
    INITIALS,
    OfficeFile,
    at_places,
    copies,
    open_findings,
    remarks_of,
)
from unbudget_check.reporters.office.word_marks import (
    anchor_element,
    anchor_text,
    boxed,
    first_paragraph,
    marks_of,
    quoted_part,
)
from unbudget_check.reporters.office.word_suggestions import suggested
from unbudget_check.reporters.words import place_of, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.office.package import Markup
    from unbudget_check.reporters.office.remarks import Original
    from unbudget_check.reporters.office.word_marks import Anchor


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
NUMBERED = frozenset({"comment", "commentRangeStart", "commentRangeEnd", "commentReference"})
# Ten points, whatever the document's own style is; comments stand in a narrow column.
SIZE = '<w:sz w:val="20"/><w:szCs w:val="20"/>'
TIGHT = (
    '<w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/>'
)

BODY = "/w:body"
MOST_COMMENTS = 32_767  # Word opens no document with more comments


def comments_part(package: OfficePackage, main: str, space: str) -> str:
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


def add_comments(package: OfficePackage, name: str, space: str, comments: Sequence[str]) -> None:
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


def annotate(
    data: bytes, document: DocumentResult, lang: str = ENGLISH, suggested_on: date | None = None
) -> bytes:
    """The same document with a comment at every open finding.

    With a day, the corrections that are proved are suggested as tracked changes of that day, too.
    The comments carry no date, so that the same input gives the same bytes. Raises UserError where
    the file is not the one that was checked, UnreadableError where Word would not open the copy.
    """
    findings = open_findings(data, document)
    refuse_damaged(data, document.path)
    if not findings:
        return data
    source = Source(document.path, data, ReadOptions(document.revisions))
    marked = tuple(at_places(findings))
    places = find_places(source, (each.where.address or "" for each in marked))
    package = OfficePackage(document.path, data)
    markup = package.markup(places.part)
    if places.names != tuple(element.local for element in markup.elements):
        message = f"{document.path} is written in an unusual way: save it again in Word."
        raise UnreadableError(message)
    space = _space_of(markup)
    part = comments_part(package, places.part, space)
    first = max(known_comments(package.markup(part), markup), default=-1) + 1
    if first + len(marked) > MOST_COMMENTS:
        message = (
            f"{document.path}: Word cannot hold more than {MOST_COMMENTS} comments in a document."
        )
        raise UserError(message)
    from_right = load_language(lang).right_to_left
    comments, anchors = [], []
    for number, finding in enumerate(marked, first):
        place = places.found.get(finding.where.address or "")
        anchor, lead = _anchor(markup, place, finding, lang)
        anchors.append((number, anchor))
        head, *rest = remarks_of(finding, lang)
        texts = [head, *([lead] if lead else []), *rest]
        comments.append(comment(number, texts, from_right=from_right))
    add_comments(package, part, space, comments)
    package.changed[places.part] = markup.edited(marks_of(markup, space, anchors))
    copy = package.written()
    return copy if suggested_on is None else suggested(copy, document, findings, suggested_on)


def _anchor(markup: Markup, place: Place | None, finding: Finding, lang: str) -> tuple[Anchor, str]:
    """Where a comment goes, and a sentence where it does not stand at the figure itself."""
    address = finding.where.address or ""
    if place is None:
        anchor, holder = None, "office.lost"
    elif not address.startswith(BODY):
        anchor = anchor_element(markup, place.element)
        holder = "office.in_footnote" if address.startswith(NOTE) else "office.in_chart"
    elif boxed(markup, place.element):
        anchor = anchor_element(markup, place.element)
        holder = "office.in_box"
    else:
        text = "".join(piece.text for piece in place.pieces)
        anchor = anchor_text(markup, place, *quoted_part(text, finding))
        anchor = anchor or anchor_element(markup, place.element)
        holder = ""
    if anchor is None:
        start = first_paragraph(markup, 0)
        anchor = anchor_element(markup, start) if start >= 0 else None
        holder = holder or "office.elsewhere"
    if anchor is None:
        message = f"{finding.document} has no paragraph at which a comment could stand."
        raise UserError(message)
    return anchor, say(lang, holder, place=_place_said(finding, lang)) if holder else ""


def _place_said(finding: Finding, lang: str) -> str:
    """The place of a finding as a person finds it, with what is printed there."""
    quote, where = finding.quote, replace(finding.where, address=None, line=None)
    printed = shown(quote.text if quote else finding.stated_text)
    named = "" if where == Where(where.document, cell=where.cell) else place_of(where, lang=lang)
    if named and printed:
        return say(lang, "office.told", place=named, text=printed)
    return named or printed or place_of(finding.where, lang=lang)


def _space_of(markup: Markup) -> str:
    """The namespace in which the part is written: one of the two variants of the standard."""
    root = markup.elements[0]
    name = f"xmlns:{root.prefix[:-1]}" if root.prefix else "xmlns"
    return unescape(markup.attributes(root).get(name, ""))


def files(report: Report, original: Original) -> tuple[OfficeFile, ...]:
    """One copy of every Word document that was read, whether it has findings or not.

    Raises UserError where there is no Word document, or one is not the file any more that was
    checked; UnreadableError where none of them could be read.
    """

    def copy(each: DocumentResult) -> OfficeFile:
        data = annotate(original(each), each, report.lang, original.suggested_on)
        return OfficeFile(data, each.path)

    return copies(report, "docx", "Word document", copy)

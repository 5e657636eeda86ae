"""A copy of a Word document with a comment at every finding, and nothing else changed."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.languages import load_language
from unbudget_check.languages.messages import ENGLISH, say
from unbudget_check.model.location import Where
from unbudget_check.readers.docx_places import NOTE, Place, find_places
from unbudget_check.readers.source import ReadOptions, Source
from unbudget_check.reporters.office.originals import open_findings
from unbudget_check.reporters.office.parts import Package
from unbudget_check.reporters.office.remarks import remarks_of
from unbudget_check.reporters.word_copy.anchors import (
    anchor_element,
    anchor_text,
    boxed,
    first_paragraph,
)
from unbudget_check.reporters.word_copy.comments import (
    add_comments,
    comment,
    comments_part,
    known_comments,
)
from unbudget_check.reporters.word_copy.marks import marks_of
from unbudget_check.reporters.word_copy.quoted import quoted_part
from unbudget_check.reporters.words import place_of, shown

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult
    from unbudget_check.reporters.office.markup import Markup
    from unbudget_check.reporters.word_copy.anchors import Anchor

BODY = "/w:body"
MOST = 32_767  # Word opens no document with more comments


def annotate(data: bytes, document: DocumentResult, lang: str = ENGLISH) -> bytes:
    """The same document with a comment at every open finding.

    The comments carry no date, so that the same input gives the same bytes. Raises UserError where
    the file is not the one that was checked.
    """
    findings = open_findings(data, document)
    if not findings:
        return data
    source = Source(document.path, data, ReadOptions(document.revisions))
    places = find_places(source, (each.where.address or "" for each in findings))
    package = Package(document.path, data)
    markup = package.markup(places.part)
    if places.names != tuple(element.local for element in markup.elements):
        message = f"{document.path} is written in an unusual way: save it again in Word."
        raise UnreadableError(message)
    space = _space_of(markup)
    part = comments_part(package, places.part, space)
    first = max(known_comments(package.markup(part), markup), default=-1) + 1
    if first + len(findings) > MOST:
        message = f"{document.path}: Word cannot hold more than {MOST} comments in a document."
        raise UserError(message)
    from_right = load_language(lang).right_to_left
    comments, anchors = [], []
    for number, finding in enumerate(findings, first):
        place = places.found.get(finding.where.address or "")
        anchor, lead = _anchor(markup, place, finding, lang)
        anchors.append((number, anchor))
        head, *rest = remarks_of(finding, lang)
        texts = [head, *([lead] if lead else []), *rest]
        comments.append(comment(number, texts, from_right=from_right))
    add_comments(package, part, space, comments)
    package.changed[places.part] = markup.edited(marks_of(markup, space, anchors))
    return package.written()


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

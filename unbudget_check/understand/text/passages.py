"""The running text of a document as passages: what each is, its number, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from unbudget_check.model.document import Paragraph
from unbudget_check.model.numbering import counted
from unbudget_check.model.prose import SPOKEN, Caption, CaptionKind, Passage, PassageKind
from unbudget_check.notation.captions import caption_of, is_note
from unbudget_check.notation.marks import ENDS
from unbudget_check.notation.units import is_unit_line
from unbudget_check.understand.tables.context import PART
from unbudget_check.understand.text.entities import Compass, scope_of
from unbudget_check.understand.text.items import (
    Outline,
    is_plain,
    is_sentence,
    leading_marker,
    leading_number,
    numbers_due,
    without_bullet,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from unbudget_check.model.document import Block
    from unbudget_check.understand.text.entities import Entities

# Longer ones without a full stop are sentences that lost it.
LONGEST_HEADING = 200
_STOPS = (".", "。", ";", "；", ",", "，", ":", "：")
_PARTING = (PassageKind.HEADING, PassageKind.CAPTION, PassageKind.NOTE)
_COLONS = (":", "：")
# Where the next item of a list stands, at the farthest: further on another list may begin.
FARTHEST_ITEM = 12


@dataclass(slots=True)
class _PassageReader:
    """What is known while the passages are read in order."""

    compass: Compass
    due: Collection[int]  # the places of numbered paragraphs that look like headings
    texts: Sequence[str]
    place: int = -1
    number: str = ""  # of the last paragraph that had one
    parted: bool = False  # a heading, a table or a note stands between it and what follows
    outline: Outline = field(default_factory=Outline)
    passages: list[Passage] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    follows: int = 0
    untitled: bool = False  # the last caption still waits for its title

    def take(self, paragraph: Paragraph) -> None:
        """One paragraph more."""
        self.place += 1
        text = self._unbulleted(self.texts[self.place])
        if not text:
            return
        kind, number, items, body = self._kind(text)
        self.parted |= kind in _PARTING
        self.passages.append(
            Passage(
                len(self.passages),
                kind,
                text,
                number,
                items,
                body,
                self.compass.bearing,
                self._named(kind, text, body),
                self.follows,
                paragraph.address,
                paragraph.line,
            )
        )

    def _named(self, kind: PassageKind, text: str, body: int) -> str:
        """The component that an item, a paragraph or the title of a caption begins with."""
        if kind is PassageKind.CAPTION:
            found = caption_of(text, self.compass.entities.language)
            body = len(text) - len(found.title) if found else 0
        elif kind not in SPOKEN:
            return ""
        return self.compass.named(text, body)

    def _unbulleted(self, text: str) -> str:
        """A text without the bullet before the marker of an item or the number that is due."""
        bare = without_bullet(text)
        if bare == text:
            return text
        due = counted(self.number)
        is_due = due and (*due[:2], due[2] + 1) == counted(leading_number(bare)[0])
        return bare if is_due or (bare.startswith("(") and leading_marker(bare)[0]) else text

    def _kind(self, text: str) -> tuple[PassageKind, str, tuple[str, ...], int]:
        number, body = leading_number(text)
        if number and body < len(text):
            return self._numbered(text, number, body)
        marker, body = leading_marker(text)
        is_item = marker and body < len(text)
        # A part of a table is no sentence; an item that goes on a list behind a table is one.
        resumes = is_item and is_sentence(text) and self.outline.goes_on(marker)
        if not resumes and self._is_caption(text):
            return PassageKind.CAPTION, "", (), 0
        is_raised = not is_item and len(text) <= LONGEST_HEADING and ENDS.search(text)
        if is_raised or is_note(text, self.compass.entities.language):
            return PassageKind.NOTE, "", (), 0
        if is_item:
            return self._item(marker, body)
        if len(text) <= LONGEST_HEADING and not text.endswith(_STOPS):
            return self._heading(text)
        return PassageKind.PARAGRAPH, self._number(), (), 0

    def _item(self, marker: str, body: int) -> tuple[PassageKind, str, tuple[str, ...], int]:
        """An item; behind a heading or a table it still goes on the list that stands above."""
        goes_on = self.outline.goes_on(marker) or self._is_announced()
        if self.parted and not goes_on and not self.outline.begins_anew(marker):
            self.outline.clear()
            self.number = ""
        self.parted = False
        return PassageKind.ITEM, self.number, self.outline.path(marker, self._upcoming()), body

    def _is_announced(self) -> bool:
        """Whether the last passage before the headings here ends in a colon: a list begins."""
        before = (each for each in reversed(self.passages) if each.kind not in _PARTING)
        last = next(before, None)
        return last is not None and last.text.endswith(_COLONS)

    def _upcoming(self) -> str:
        """The marker of the next item of the same paragraph."""
        for text in self.texts[self.place + 1 : self.place + 1 + FARTHEST_ITEM]:
            bare = without_bullet(text)
            if leading_number(bare)[0]:
                break
            if bare.startswith("(") and (marker := leading_marker(bare)[0]):
                return marker
        return ""

    def _heading(self, text: str) -> tuple[PassageKind, str, tuple[str, ...], int]:
        self.compass.turn(text)
        return PassageKind.HEADING, "", (), 0

    def _numbered(
        self, text: str, number: str, body: int
    ) -> tuple[PassageKind, str, tuple[str, ...], int]:
        """A number begins a paragraph; a plain one, such as 2., also a heading or an item."""
        if is_plain(number):
            if self.place not in self.due and not is_sentence(text):
                return self._heading(text)
            if self._number() and not is_plain(self.number):
                return self._item(f"({number})", body)
        self.compass.enter(scope_of(number))
        self.outline.clear()
        self.number, self.parted = number, False
        marker, after = leading_marker(text, body)
        items = self.outline.path(marker) if marker else ()
        return PassageKind.PARAGRAPH, number, items, after if marker else body

    def _number(self) -> str:
        """The number of the paragraph that goes on here; a heading or a table ends it."""
        return "" if self.parted else self.number

    def _is_caption(self, text: str) -> bool:
        """Whether a text is a caption or belongs to the one before: its title, unit or part."""
        language = self.compass.entities.language
        found = caption_of(text, language)
        last = self.passages[-1] if self.passages else None
        # An annex has its title below.
        if found and not (found.kind is CaptionKind.ANNEX and found.title):
            at = len(self.passages)
            self.captions.append(
                Caption(found.kind, found.number, found.title, at, continued=found.continued)
            )
            self.untitled = not found.title
            self.compass.enter(scope_of(found.number))
            if found.kind is CaptionKind.ANNEX:
                self.compass.turn(language.entities["elsewhere"][0])
            return True
        if last is None or last.kind is not PassageKind.CAPTION or not self.captions:
            return False
        return self._goes_on(text)

    def _goes_on(self, text: str) -> bool:
        """Whether a text right below a caption belongs to it."""
        caption = self.captions[-1]
        part = PART.match(text)
        if part and caption.kind is CaptionKind.TABLE:
            parts = (*caption.parts, f"({part[1]})")
            self.captions[-1] = replace(caption, parts=parts)
            return True
        if is_unit_line(text, self.compass.entities.language):
            return True
        if self.untitled and not text.endswith(_STOPS) and caption.kind is not CaptionKind.ANNEX:
            self.captions[-1] = replace(caption, title=text)
            self.untitled = False
            return True
        return False


def passages_of(
    blocks: Iterable[Block], figured: Collection[str], entities: Entities
) -> tuple[tuple[Passage, ...], tuple[Caption, ...]]:
    """The passages and captions of a document.

    ``figured`` are the addresses of the tables that hold figures.
    """
    blocks = tuple(blocks)
    texts = [" ".join(each.text.split()) for each in blocks if isinstance(each, Paragraph)]
    reading = _PassageReader(Compass(entities), numbers_due(texts), texts)
    for block in blocks:
        if isinstance(block, Paragraph):
            reading.take(block)
            continue
        reading.untitled = False  # what follows a table is no title of its caption
        reading.follows += block.address in figured
    return tuple(reading.passages), tuple(reading.captions)

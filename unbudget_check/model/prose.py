"""What stands outside the tables: passages, captions, mentioned figures, targets and results.

What sentences say of results: whether a target was met, and what rose or fell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.model.number import decimal_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.facts import Spot
    from unbudget_check.model.meaning import Fact
    from unbudget_check.model.number import Number


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a passage: ``text[start:end]`` of the passage with this number."""

    passage: int
    start: int
    end: int


class PassageKind(StrEnum):
    """What a piece of running text is."""

    HEADING = "heading"
    CAPTION = "caption"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # (a), (ii), ㈠
    NOTE = "note"  # below a table or a page
    DRAWING = "drawing"  # the printed figures of a chart; these come last


# The passages that are sentences.
SPOKEN = (PassageKind.PARAGRAPH, PassageKind.ITEM)


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the headings above a passage, or the caption of a table, make it about.

    ``scope`` is the numbering that it belongs to (29E, 8.II); ``entity`` the key of a component or
    subprogramme, or "overall"; ``source`` the source of funds; ``factor`` the factor of a change;
    ``body`` the second or further body of the document, with "overall" tables of its own. Each is
    "" where nothing is said.
    """

    scope: str = ""
    entity: str = ""
    source: str = ""
    factor: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, item, heading, caption or note.

    ``text`` is printed text with single blanks; ``body`` tells where it begins after its
    ``number`` (29E.97) and its marker. ``items`` are the markers that lead to it, outermost
    first. ``follows`` counts the tables with figures that stand before it.
    """

    index: int
    kind: PassageKind
    text: str
    number: str = ""
    items: tuple[str, ...] = ()
    body: int = 0
    bearing: Bearing = field(default_factory=Bearing)
    entity: str = ""  # the component that it names at its beginning
    follows: int = 0
    address: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PlainNumber:
    """A plain number before a paragraph: what it counts and where it stands."""

    count: int
    at: Span


class CaptionKind(StrEnum):
    """What a caption names."""

    TABLE = "table"
    FIGURE = "figure"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Caption:
    """The printed number and title of a table, figure or annex; ``passage`` is where it stands."""

    kind: CaptionKind
    number: str
    title: str
    passage: int
    parts: tuple[str, ...] = ()  # (1), (2): the parts that are announced below it
    continued: bool = False  # it says so


class ReferenceKind(StrEnum):
    """What a sentence refers to by its number."""

    TABLE = "table"
    FIGURE = "figure"
    ANNEX = "annex"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Reference:
    """A table, figure, annex or paragraph that a passage refers to; ``at`` is where.

    ``part`` is the (1) of a table, ``items`` are the markers that lead to an item of a paragraph,
    written as in ``Passage``. One reference stands for each number of a list or a range. With
    ``is_outside`` the sentence says that another document holds it, with ``is_own`` that this one
    does; ``side`` is -1 where it is said to stand above, +1 below. A plain number of a paragraph
    is outside also where the text names any other document.
    """

    kind: ReferenceKind
    number: str
    at: Span
    part: str = ""
    items: tuple[str, ...] = ()
    is_outside: bool = False
    is_own: bool = False
    side: int = 0


class MentionKind(StrEnum):
    """What a sentence says with a figure."""

    LEVEL = "level"  # the resources of a component amount to it
    BASE = "base"  # the approved resources from which they changed
    CHANGE = "change"  # an increase or decrease of it, or no change
    RATE = "rate"  # that change in per cent
    SHARE = "share"  # so many per cent of a total
    POSTS = "posts"  # so many posts
    GRADE = "grade"  # so many of them of one grade
    PART = "part"  # an amount in brackets, a part of what the sentence speaks of
    AMOUNT = "amount"  # any other amount of money


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in running text; ``span`` covers it with the words that give it its sign.

    ``figure`` numbers it in the vector: the sign of a change is that of its words. ``sentence``
    counts the sentences of the passage; ``direction`` is +1 or -1 where words say so. ``rounded``
    figures ("some 3 million") are tied to nothing. ``of`` is the position of the mention that a
    rate, grade or part belongs to, or with which a list counts posts together, or -1; ``name`` is
    the grade of a grade, or "positions" where not posts are counted. ``bearing`` is that of the
    passage, with what the sentence itself names; ``year`` is the first one that the sentence names
    before the figure.
    """

    span: Span
    kind: MentionKind
    figure: int
    sentence: int
    direction: int = 0
    rounded: bool = False
    of: int = -1
    name: str = ""
    bearing: Bearing = field(default_factory=Bearing)
    year: int | None = None
    offset: bool = False  # what follows takes part of it back: it is not the net
    apart: bool = False  # words stand between this entry of a list and the one before
    is_odd: bool = False  # another number than one, before what one post is called


@dataclass(frozen=True, slots=True)
class Statement:
    """What a mention claims: the facts of tables that state the same, in reading order.

    ``base`` is what a rate or share is taken of. Without ``facts``, ``reason`` says why the
    mention is tied to none. ``prior`` are the bits of the words by which it may state them.
    """

    mention: int
    facts: tuple[Fact, ...] = ()
    base: Fact | None = None
    reason: str = ""
    prior: int = 0


@dataclass(frozen=True, slots=True)
class Naming:
    """One place that gives a component its name; ``bare`` is the name without what may vary.

    ``scope`` is the numbering of the part of the document (8.I); ``marker`` what tells the
    component in it: 3 of subprogramme 3, B of a lettered row, "" where nothing does. ``goes_on``
    is what follows in the same sentence, where only the sentence ends the name; ``table`` is the
    table of components that lists it.
    """

    scope: str
    marker: str
    name: str
    bare: str
    at: Spot | Span
    table: int | None = None
    goes_on: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number with the words around it; the same words stand for the same number elsewhere.

    ``words`` tell phrases apart; they may name what stands around the number instead of citing it.
    ``length`` counts the words that are known to be the same.
    """

    words: tuple[str, ...]
    number: str
    at: Span
    length: int


@dataclass(frozen=True, slots=True)
class SourceSlip:
    """The name of another source of funds than that of the heading, and the amount it is given.

    ``digits`` are those of the amount, without marks between them.
    """

    at: Span
    source: str
    digits: str


@dataclass(frozen=True, slots=True)
class Offset:
    """The words for a change and for one of the same direction that is said to offset it."""

    change: Span
    other: Span


class Whole(StrEnum):
    """Of what a stated change is explained."""

    PARTS = "parts"  # amounts in the same passage
    ITEMS = "items"  # the items below it
    AGAIN = "again"  # the same change, said twice in one passage


@dataclass(frozen=True, slots=True)
class Explanation:
    """A stated change and the mentions that must add up to it, each with its sign.

    Mentions are positions in ``Prose.mentions``. A sign of +1 takes a mention as its words sign
    it; an amount in brackets has no sign of its own. ``prior`` is what its words are worth, in
    bits.
    """

    whole: int
    parts: tuple[tuple[int, int], ...]
    kind: Whole
    prior: int = 0


@dataclass(frozen=True, slots=True)
class ObjectSum:
    """All amounts by which a text changes one object of expenditure, and the fact they make up.

    ``parts`` are positions in ``Prose.mentions`` with their signs.
    """

    fact: Fact
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """All that a document says outside its tables, in reading order.

    ``listed`` are the names of components in tables of components, ``namings`` those everywhere
    else. ``numberings`` are those of paragraphs without a section; ``counts`` is every number that
    may belong to one of them, however it is printed.
    """

    passages: tuple[Passage, ...] = ()
    captions: tuple[Caption, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    objects: tuple[ObjectSum, ...] = ()
    references: tuple[Reference, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    movements: tuple[Movement, ...] = ()
    measures: tuple[Measure, ...] = ()
    echoes: tuple[Echo, ...] = ()
    offsets: tuple[Offset, ...] = ()
    listed: tuple[Naming, ...] = ()
    namings: tuple[Naming, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    misnamed: tuple[SourceSlip, ...] = ()
    numberings: tuple[tuple[PlainNumber, ...], ...] = ()
    counts: frozenset[int] = frozenset()


class Outturn(StrEnum):
    """How a result came out beside its target."""

    EXCEEDED = "exceeded"
    MET = "met"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence; ``noun`` is the word behind it, which says what is counted."""

    span: Span
    number: Number
    is_percent: bool = False
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One measure that a performance figure or table shows: year -> what was reached or planned.

    ``nouns`` are the words behind the numbers, where cells begin with a number.
    """

    name: str
    reached: Mapping[int, Number]
    planned: Mapping[int, Number]
    nouns: Mapping[int, str]


def additions(series: Series) -> Iterator[Number]:
    """What each year that a series shows added to the one before."""
    values = [decimal_of(series.reached[year]) for year in sorted(series.reached, reverse=True)]
    yield from (number_of(new - old) for new, old in pairwise(values))


def numbers_of(series: Series) -> Iterator[Number]:
    """All that a series shows or gives by adding up: results, targets, additions, their sum."""
    years = sorted(series.reached, reverse=True)
    yield from (series.reached[year] for year in years)
    yield from series.planned.values()
    values = [decimal_of(series.reached[year]) for year in years]
    yield from additions(series)
    if len(values) > 1:
        yield number_of(sum(values[1:], values[0]))


@dataclass(frozen=True, slots=True)
class Measure:
    """A performance figure or table: its series, and the text of its cells.

    ``last`` is the passage right before it, ``captions`` are those that name it, and ``told`` the
    passages that lead to it, nearest first. ``cumulative`` are the words of a caption by which
    each number includes those of the years before.
    """

    last: int
    captions: tuple[int, ...]
    told: tuple[int, ...]
    series: tuple[Series, ...]
    cells: tuple[str, ...]
    cumulative: Span | None = None


@dataclass(frozen=True, slots=True)
class Echo:
    """A number of a sentence that a measure shows again: all that it has for the same thing.

    The first of ``shown`` is the likeliest.
    """

    quantity: Quantity
    shown: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence that sets a result beside its target.

    ``at`` are the words that do so; ``reached`` are the numbers that may be the result, ``target``
    is the number of the target, where one is printed. ``falls`` says that less may be better.
    ``series`` are what the performance measure below shows. ``unmet`` are the words of a further
    sentence of the passage by which a target was not met. Unless ``is_alike``, the sentence does
    not show that result and target count the same.
    """

    outturn: Outturn
    at: Span
    reached: tuple[Quantity, ...]
    target: Quantity | None
    falls: bool
    series: tuple[Series, ...] = ()
    unmet: str = ""
    is_alike: bool = True


@dataclass(frozen=True, slots=True)
class Movement:
    """A sentence by which something rose (+1) or fell (-1) from one number to another.

    ``change`` is by how much, where it says so: a decrease of 46 posts, from 291 to 245.
    """

    at: Span
    direction: int
    first: Quantity
    last: Quantity
    change: Quantity | None = None

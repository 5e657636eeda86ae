"""Where a document states the same fact twice, decided from its printed texts alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from tests.bench.accuracy.charted import is_chart, restated_values
from tests.bench.accuracy.phrases import Piece, hundreds, pieces, references, texts_of
from unbudget_check.model.document import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.accuracy.phrases import Text, Words
    from unbudget_check.model.document import Document

FIGURE = re.compile(r"\(?(?P<whole>\d{1,3}(?:[\s,]\d{3})*|\d+)(?:\.(?P<tenth>\d))?\)?")
# One entry of a box of an organization chart.
ENTRY = re.compile(r"(?<![\w.-])(\d{1,3})(?= [A-Z])")
# So many digits make it unlikely that two figures are equal by chance.
TELLING = 4
# A label of fewer letters is found in every sentence.
LABEL = 6
# More amounts than this add up in some way by chance.
MANY = 7
# A sum is no chance where there are so many times more values than ways to add its parts up.
RARE = 20
# In so many words behind it a number of posts says what it counts.
COUNTED_WORDS = 4
# Smaller numbers of posts stand in every table.
TELLING_COUNT = 10
# Captions, headings and units are shorter than this.
LONGEST = 200
# The largest amounts of a document are what shares are shares of.
LARGEST = 6


@dataclass(slots=True)
class Ledger:
    """What the tables and the passages of a document hold; money is in hundreds of dollars."""

    texts: tuple[Text, ...]
    amounts: dict[int, Counter[int]] = field(default_factory=dict)  # of each passage, by block
    everywhere: set[int] = field(default_factory=set)  # all money in tables
    rows: list[tuple[str, set[int], set[str]]] = field(default_factory=list)  # label, money, texts
    numbered: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    captions: dict[tuple[str, str], int] = field(default_factory=dict)  # kind, number -> block
    sums: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    charts: dict[Text, str] = field(default_factory=dict)  # values that are stated again: where
    reached: dict[int, set[str]] = field(default_factory=dict)  # values of charts in a passage
    boxes: set[Text] = field(default_factory=set)  # of organization charts, where they add up
    counts: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # of posts
    phrases: Counter[str] = field(default_factory=Counter)  # words behind a number, with it


def ledger_of(document: Document, words: Words) -> Ledger:
    """Read a document."""
    ledger = Ledger(texts_of(document))
    number, is_money = "", False
    for block, piece in enumerate(document.blocks):
        if isinstance(piece, Table):
            if is_money and not is_chart(piece):
                _enter(ledger, piece, number)
            cells = (cell.text.strip() for row in piece.rows for cell in row[1:])
            ledger.counts[number] |= {int(each) for each in cells if each.isdecimal()}
            continue
        text = " ".join(piece.text.split())
        for kind, pattern in (("table", words.table_caption), ("figure", words.figure_caption)):
            caption = pattern.match(text)
            if caption and len(text) < LONGEST:
                number, is_money = caption["number"], False
                ledger.captions[kind, number] = block
        is_money |= len(text) < LONGEST and bool(words.thousands_unit.search(text))
        paragraph = re.match(r"[A-Z]{0,3}\d{1,3}[A-Z]?(?:\.[IVX]{1,4})?\.\d{1,3}(?=\s)", text)
        if paragraph:
            ledger.captions["paragraph", paragraph[0]] = block
    _read_passages(ledger, document, words)
    _read_boxes(ledger, words)
    ledger.charts, ledger.reached = restated_values(document, words, ledger.everywhere)
    return ledger


def _enter(ledger: Ledger, table: Table, number: str) -> None:
    for row in table.rows:
        texts = [" ".join(cell.text.split()) for cell in row]
        found = {value for text in texts[1:] if (value := tenths(text)) is not None}
        ledger.everywhere |= found
        ledger.numbered[number] |= found
        label = re.sub(r"^\(?\w{1,3}[.)]\s+", "", texts[0]).lower() if texts else ""
        ledger.rows.append((label, found, set(texts[1:])))


def tenths(text: str) -> int | None:
    """A printed figure in tenths, without its sign; None where it is none."""
    found = FIGURE.fullmatch(text)
    if not found or found["tenth"] is None:
        return None
    return int(re.sub(r"\D", "", found["whole"])) * 10 + int(found["tenth"])


def _read_passages(ledger: Ledger, document: Document, words: Words) -> None:
    """The amounts of each passage, and where those of a paragraph and its items add up."""
    group: list[tuple[int, int]] = []  # block and first amount of a paragraph and of its items
    texts = {each.block: each for each in ledger.texts}
    for block, piece in enumerate(document.blocks):
        if not isinstance(piece, Paragraph):
            continue
        found = [v for each in pieces(words.amount, texts[block]) if (v := hundreds(each.said))]
        ledger.amounts[block] = Counter(found)
        ledger.sums[block] |= added_up(found)
        ledger.phrases.update({said for said, _ in counted(words, texts[block])})
        bare = piece.text.strip()
        if re.match(r"[A-Z]{0,3}\d{1,3}[A-Z]?\.\S", bare):
            group = [(block, found[0])] if found else []
        elif group and found and bare.startswith(f"({chr(ord('a') + len(group) - 1)})"):
            group.append((block, found[0]))
        if adds_up([amount for _, amount in group]):
            for member, amount in group:
                ledger.sums[member].add(amount)


def _read_boxes(ledger: Ledger, words: Words) -> None:
    """The entries of each box of an organization chart that add up to its total."""
    opened: list[Text] | None = None
    for text in ledger.texts:
        bare = text.text.strip()
        total = words.total.match(bare)
        if words.organization.match(bare):
            opened = []
        elif total and opened is not None:
            entries = [each for each in opened if ENTRY.search(each.text)]
            counts = [int(n) for each in entries for n in ENTRY.findall(each.text)]
            if sum(counts) == int(total["digits"]):
                ledger.boxes |= set(entries)
            opened = None
        elif opened is not None:
            opened.append(text)
        _read_column(ledger, text, opened)


def _read_column(ledger: Ledger, text: Text, opened: Sequence[Text] | None) -> None:
    """A column of a box that ends with the sum of its entries."""
    if text.row < 0 or not opened or not text.text.strip().isdigit():
        return
    above = [each for each in opened if (each.block, each.at) == (text.block, text.at)]
    entries = [each for each in above if ENTRY.search(each.text)]
    counts = [int(n) for each in entries for n in ENTRY.findall(each.text)]
    if len(counts) > 1 and sum(counts) == int(text.text):
        ledger.boxes |= set(entries)


def adds_up(amounts: Sequence[int]) -> bool:
    """Whether the first amount is what the others make, some added and some taken away."""
    first, *others = amounts or (0,)
    if not 2 <= len(others) < MANY:
        return False
    signs = product((1, -1), repeat=len(others))
    return any(abs(sum(map(_times, each, others))) == first for each in signs)


def _times(sign: int, amount: int) -> int:
    return sign * amount


def added_up(amounts: Sequence[int]) -> set[int]:
    """The amounts of a passage that some right behind one add up to, and those of a from-to-change.

    A whole with its parts behind it, or three amounts that follow each other in any order.
    """
    found: set[int] = set()
    for at in range(len(amounts)):
        for end in range(at + 3, min(at + MANY, len(amounts)) + 1):
            run = amounts[at:end]
            ways = 2 ** (len(run) - 1)
            if ways * RARE < run[0] and adds_up(run):
                found |= set(run)
        three = sorted(amounts[at : at + 3])
        if len(three) == 3 and three[0] * 2 > RARE and three[0] + three[1] == three[2]:
            found |= set(three)
    return found


def counted(words: Words, text: Text) -> Iterator[tuple[str, Piece]]:
    """The numbers of posts in a passage, each with the words that say what it counts."""
    for found in words.count.finditer(text.text):
        behind = " ".join(text.text[found.start("digits") :].split()[: COUNTED_WORDS + 1])
        yield behind.lower(), Piece(text, *found.span("digits"))


def second_statement(ledger: Ledger, words: Words, text: Text, amount: int) -> str:
    """Where else an amount of a passage is stated, or ""."""
    if amount in ledger.sums[text.block]:
        return "sum"
    cited = [piece.said for kind, piece in references(words, text) if kind == "table"]
    if any(amount in ledger.numbered[number] for number in cited):
        return "cited table"
    lowered = text.text.lower()
    if any(
        amount in row and len(label) >= LABEL and label in lowered for label, row, _ in ledger.rows
    ):
        return "row named"
    if len(str(amount).rstrip("0")) < TELLING:
        return ""
    if amount in ledger.everywhere:
        return "table"
    others = (block for block, found in ledger.amounts.items() if amount in found)
    return "passage" if any(block != text.block for block in others) else ""


def second_count(ledger: Ledger, words: Words, text: Text, said: str, number: int) -> str:
    """Where else a number of posts is stated: in a cited table, or in the same words; or ""."""
    cited = [piece.said for kind, piece in references(words, text) if kind == "table"]
    if number >= TELLING_COUNT and any(number in ledger.counts[each] for each in cited):
        return "cited table"
    is_said = len(said.split()) > COUNTED_WORDS and ledger.phrases[said] > 1
    return "same words" if is_said else ""


def proved_percentage(ledger: Ledger, text: Text, printed: str) -> str:
    """How a percentage of a passage is proved: beside its amount in a row, or as a share."""
    amounts = ledger.amounts[text.block]
    if any(printed in texts and row & set(amounts) for _, row, texts in ledger.rows):
        return "row"
    whole, _, digits = printed.partition(".")
    stated, scale = int(whole + digits), 10 ** len(digits)
    lowered, named = text.text.lower(), set[int]()
    for label, row, _ in ledger.rows:
        if len(label) >= LABEL and label in lowered:
            named |= row
    if any(part and part * 100 * scale == stated * of for part in amounts for of in named):
        return "rate of a row"  # a reduction of 5 per cent ($98,500) of what the row shows
    if not digits:
        return ""  # a round share is reached by chance
    pairs = [(p, of) for p in amounts for of in amounts if p < of and len(str(of)) >= TELLING - 1]
    # Of a change so many per cent of what was there before it.
    bases = [(part, base) for part, of in pairs for base in (of, of - part, of + part)]
    if any(_rounded(part * 100 * scale, of) == stated for part, of in bases):
        return "both amounts"
    largest = sorted(ledger.everywhere)[-LARGEST:]
    shares = ((part, of) for part in amounts for of in largest if part <= of)
    return "share" if any(_rounded(part * 100 * scale, of) == stated for part, of in shares) else ""


def _rounded(part: int, base: int) -> int:
    return (2 * part + base) // (2 * base)

"""The slips of a sentence: one amount, word, count or reference put in place of another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.accuracy.charted import NUMBERS
from tests.bench.accuracy.misprints import misprint
from tests.bench.accuracy.phrases import Piece, hundreds, number_of, pieces, references
from tests.bench.accuracy.restated import (
    ENTRY,
    LONGEST,
    counted,
    proved_percentage,
    second_count,
    second_statement,
)
from unbudget_check.evidence.slips import Slip
from unbudget_check.model.number import Number

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tests.bench.accuracy.phrases import Text, Words
    from tests.bench.accuracy.restated import Ledger


@dataclass(frozen=True, slots=True)
class Rewording:
    """One slip: the piece of text, what it says instead, and where the fact is stated again, or "".

    Where it is stated again is decided from the printed texts alone, so that anybody can count it.
    """

    kind: str
    piece: Piece
    after: str
    why: str


def _amounts(
    ledger: Ledger, words: Words, text: Text, chance: random.Random
) -> Iterator[Rewording]:
    for piece in pieces(words.amount, text):
        amount = hundreds(piece.said)
        why = second_statement(ledger, words, text, amount) if amount else ""
        wrong = _misprinted(amount or 0, chance)
        if wrong:
            shown = f"{wrong * 100:,}".replace(",", words.thousands)
            yield Rewording("amount", piece, shown, why)


def _misprinted(value: int, chance: random.Random) -> int | None:
    """The value with a digit wrong, or two exchanged."""
    kind = chance.choice((Slip.DIGIT, Slip.TRANSPOSED))
    return misprint(kind, Number(value, 0), {}, chance) or misprint(
        Slip.DIGIT, Number(value, 0), {}, chance
    )


def _directions(ledger: Ledger, words: Words, text: Text, _: random.Random) -> Iterator[Rewording]:
    for piece in pieces(words.direction, text, "word"):
        following = words.amount.search(text.text, piece.end)
        amount = hundreds(following["digits"]) if following else None
        why = second_statement(ledger, words, text, amount) if amount else ""
        if amount:
            yield Rewording("direction word", piece, words.opposite[piece.said], why)


def _percentages(
    ledger: Ledger, words: Words, text: Text, chance: random.Random
) -> Iterator[Rewording]:
    for piece in pieces(words.percentage, text):
        why = proved_percentage(ledger, text, piece.said)
        digits = piece.said.replace(".", "")
        wrong = misprint(Slip.DIGIT, Number(int(digits), 0), {}, chance)
        if wrong is not None and abs(wrong - int(digits)) > 1:
            shown = str(wrong).rjust(len(digits), "0")
            _, point, tail = piece.said.partition(".")
            cut = len(shown) - len(tail)
            yield Rewording("percentage", piece, f"{shown[:cut]}{point}{shown[cut:]}", why)


def _counts(ledger: Ledger, words: Words, text: Text, chance: random.Random) -> Iterator[Rewording]:
    """A number of posts without a list of their grades."""
    listed = {found.start("digits") for found in words.posts.finditer(text.text)}
    for said, piece in counted(words, text):
        if piece.start not in listed:
            why = second_count(ledger, words, text, said, number_of(words, piece.said))
            yield Rewording("number of posts", piece, _miscounted(words, piece.said, chance), why)


def _lists(ledger: Ledger, words: Words, text: Text, chance: random.Random) -> Iterator[Rewording]:
    """A list of grades whose entries add up to the number before it: either may slip."""
    del ledger
    for found in words.posts.finditer(text.text):
        begin = found.start("list")
        entries = [
            Piece(text, begin + each.start("digits"), begin + each.end("digits"))
            for each in words.entry.finditer(found["list"])
        ]
        stated = Piece(text, *found.span("digits"))
        number = number_of(words, stated.said)
        if len(entries) < 2 or sum(int(each.said) for each in entries) != number:
            continue
        for kind, piece in (("post count", stated), ("list entry", chance.choice(entries))):
            yield Rewording(kind, piece, _miscounted(words, piece.said, chance), "list")


def _miscounted(words: Words, said: str, chance: random.Random) -> str:
    """Another number of posts, in words where the number is."""
    other = number_of(words, said) + chance.choice((1, 2, -1)) or 2
    is_spoken = not said.isdecimal() and other <= len(words.numerals)
    return words.numerals[other - 1] if is_spoken else str(other)


def _missing(ledger: Ledger, words: Words, text: Text, _: random.Random) -> Iterator[Rewording]:
    """A reference, or a caption, takes a number that there is not."""
    is_caption = any(
        ledger.captions.get((kind, piece.said)) == text.block
        for kind, piece in references(words, text)
        if kind != "paragraph"
    )
    for kind, piece in references(words, text):
        if (kind, piece.said) in ledger.captions:
            name = "number of a caption" if is_caption else f"missing {kind}"
            yield Rewording(name, piece, _absent(ledger, words, kind, piece.said), "numbering")


def _absent(ledger: Ledger, words: Words, kind: str, number: str) -> str:
    """A number of the same form that nothing has."""
    scope, _, last = number.rpartition(".")
    roman, other = words.absent
    if last.isdigit():
        free = (f"{scope}.{n}" for n in range(97, 1_000))
        return next(each for each in free if (kind, each) not in ledger.captions)
    return f"{scope}.{roman if last.isascii() else other}"


def _others(ledger: Ledger, words: Words, text: Text, chance: random.Random) -> Iterator[Rewording]:
    """A reference becomes one to another object, which does not hold what the sentence says."""
    for kind, piece in references(words, text):
        block = ledger.captions.get((kind, piece.said))
        if block is None or kind == "figure":
            continue
        scope = piece.said.rpartition(".")[0]
        others = [
            number
            for (each, number), _ in ledger.captions.items()
            if each == kind and number.rpartition(".")[0] == scope and number != piece.said
        ]
        told = {n for n in ledger.amounts[text.block] if len(str(n).rstrip("0")) > 2}
        right = told & _held(ledger, kind, piece.said)
        wrong = [number for number in others if not told & _held(ledger, kind, number)]
        own = [number for number in wrong if ledger.captions[kind, number] != text.block]
        if right and own:
            yield Rewording(f"another {kind}", piece, chance.choice(own), "amount")


def _held(ledger: Ledger, kind: str, number: str) -> set[int]:
    if kind == "table":
        return ledger.numbered[number]
    return set(ledger.amounts.get(ledger.captions[kind, number], ()))


def _captions(ledger: Ledger, words: Words, text: Text, _: random.Random) -> Iterator[Rewording]:
    """A caption that names the subprogramme of the heading above it names another one."""
    bare = text.text.strip()
    found = words.component.match(bare)
    if not found or len(bare) > LONGEST:
        return
    above = [
        heading["digits"]
        for each in ledger.texts
        if each.row < 0 and each.block < text.block
        if (heading := words.heading.match(each.text.strip()))
    ]
    if above and above[-1] == found["digits"]:
        begin = text.text.index(bare) + found.start("digits")
        piece = Piece(text, begin, begin + len(found["digits"]))
        other = "1" if found["digits"] != "1" else "2"
        yield Rewording("caption", piece, other, "heading")


def _charts(ledger: Ledger, words: Words, text: Text, chance: random.Random) -> Iterator[Rewording]:
    """An entry of a box of an organization chart, whose entries add up to its total."""
    del words
    for found in ENTRY.finditer(text.text) if text in ledger.boxes else ():
        piece = Piece(text, *found.span(1))
        other = int(piece.said) + chance.choice((1, 2))
        yield Rewording("organization chart", piece, str(other), "total")


def _values(ledger: Ledger, words: Words, text: Text, chance: random.Random) -> Iterator[Rewording]:
    """A value of a chart."""
    del words
    digits = re.sub(r"\D", "", text.text)
    wrong = misprint(Slip.DIGIT, Number(int(digits), 0), {}, chance) if text in ledger.charts else 0
    if wrong:
        shown = str(wrong)
        cut = len(shown) - len(text.text.partition(".")[2])
        after = f"{shown[:cut]}.{shown[cut:]}" if "." in text.text else shown
        yield Rewording("chart value", Piece(text, 0, len(text.text)), after, ledger.charts[text])


def _targets(
    ledger: Ledger, words: Words, text: Text, chance: random.Random
) -> Iterator[Rewording]:
    """What was reached and what was planned, which a chart shows; and whether that is more."""
    charted = ledger.reached.get(text.block, ())
    for found in NUMBERS.finditer(text.text) if charted else ():
        digits = re.sub(r"[\s,]", "", found[0])
        wrong = misprint(Slip.DIGIT, Number(int(digits), 0), {}, chance) if digits.isdigit() else 0
        if digits in charted and wrong:
            shown = f"{wrong:,}" if "," in found[0] else str(wrong)
            yield Rewording("target or result", Piece(text, *found.span()), shown, "chart")
    for piece in pieces(words.comparison, text, "word") if charted else ():
        if len(charted) > 1:
            yield Rewording("comparison word", piece, words.opposite[piece.said], "chart")


OFFERS = (
    _amounts,
    _directions,
    _percentages,
    _counts,
    _lists,
    _missing,
    _others,
    _captions,
    _charts,
    _values,
    _targets,
)


def rewordings(ledger: Ledger, words: Words, chance: random.Random) -> Iterator[Rewording]:
    """Every slip that a document can have, with where its fact is stated again."""
    for text in ledger.texts:
        if text.row >= 0 and text not in ledger.boxes and text not in ledger.charts:
            continue
        for offers in OFFERS:
            yield from offers(ledger, words, text, chance)

"""Slips in sentences, captions and organization charts through the whole engine, one at a time."""

from __future__ import annotations

import random
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.as_printed import RULES
from tests.bench.accuracy.charted import SENTENCES, is_chart
from tests.bench.accuracy.documents import addresses
from tests.bench.accuracy.phrases import words_of
from tests.bench.accuracy.planting import Known
from tests.bench.accuracy.restated import ledger_of
from tests.bench.accuracy.rewording import Rewording, rewordings
from tests.bench.accuracy.sources import real_documents, samples
from tests.compose.docx import render_docx
from tests.compose.office import random_office
from tests.compose.pdf_text import WIDE_DASH, render_pdf_text
from tests.compose.section import compose_section
from tests.compose.volume import words_of as spoken
from unbudget_check.engine import check_document, read
from unbudget_check.model.document import Paragraph, Table
from unbudget_check.understand.understand import FALLBACK, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.document import Block, Document
    from unbudget_check.model.finding import Finding

SEED = 2027
# How many slips of each kind are planted in all documents of a source together.
MOST = {"Real documents": 40, "Composed documents": 20}
HEAD = ("possible", "planted", "detected", "elsewhere")
LAYOUT = "  {:<44}" + "{:>12}" * len(HEAD)
TARGET = "  target: 95% detected where a second statement of the fact exists, elsewhere 0"
CAPTIONS = ("caption", "number of a caption")
CAPTION = 5  # so many blocks at most are a caption and its table
# Subprogrammes, section and year of the offices that are composed for this bench alone.
OFFICES = (
    ("en", 2, "12", 2027),
    ("zh", 4, "8", 2024),
    ("en", 6, "29B", 2031),
    ("zh", 3, "33", 2027),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One slip in one document, and what came of it."""

    known: Known
    slip: Rewording
    is_detected: bool
    elsewhere: int


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    rows: list[str] = []
    sources = {
        "Real documents": list(real_documents()),
        "Composed documents": [*samples(), *composed()],
    }
    for name, documents in sources.items():
        offers = {known: offers_in(known) for known in documents}
        trials = [trial(*each) for each in chosen(offers, MOST[name])]
        rows += [f"Planted wording: {name.lower()}, {len(documents)} of them", ""]
        rows.append(LAYOUT.format("slip", *HEAD))
        possible = Counter(slip.kind for slips in offers.values() for slip in slips)
        rows += _table({kind: possible[kind] for kind in sorted(possible)}, trials, by_kind)
        rows.append(LAYOUT.format("all slips", *_columns(sum(possible.values()), trials)))
        rows += ["", "  the same slips by document"]
        rows += _table({k.name: len(slips) for k, slips in offers.items()}, trials, by_document)
        rows += [TARGET, "", "  not detected"]
        rows += [told(each) for each in trials if not each.is_detected]
        rows.append("")
    return rows


def by_kind(each: Trial) -> str:
    """The kind of slip."""
    return each.slip.kind


def by_document(each: Trial) -> str:
    """The document in which it was planted."""
    return each.known.name


def _table(
    possible: Mapping[str, int], trials: Iterable[Trial], key: Callable[[Trial], str]
) -> list[str]:
    groups: defaultdict[str, list[Trial]] = defaultdict(list)
    for each in trials:
        groups[key(each)].append(each)
    return [
        LAYOUT.format(name[:44], *_columns(count, groups[name]))
        for name, count in possible.items()
        if count
    ]


def _columns(possible: int, trials: Sequence[Trial]) -> list[str]:
    found = sum(each.is_detected for each in trials)
    share = f"{100 * found / len(trials):.1f}%" if trials else "none"
    return [str(possible), str(len(trials)), share, str(sum(each.elsewhere for each in trials))]


def composed() -> Iterator[Known]:
    """Sections of random offices, in Word and as text."""
    with tempfile.TemporaryDirectory() as folder:
        for seed, (language, size, symbol, year) in enumerate(OFFICES):
            words = spoken(language, symbol, year)
            blocks = compose_section(words, random_office(seed, size), symbol)
            said = words["sentences"]
            name = f"office {symbol} {language}.{'docx' if language == 'en' else 'txt'}"
            path = Path(folder) / name
            path.write_bytes(
                render_docx(blocks, said["box"], said["footnote"])
                if language == "en"
                else render_pdf_text(blocks, words["furniture"], WIDE_DASH)
            )
            yield Known(name, read(str(path)))


def offers_in(known: Known) -> list[Rewording]:
    """Every slip that the document can have; none where its language has no patterns."""
    language = known.document.language or language_of(known.document) or FALLBACK
    words = words_of(language)
    if words is None:
        return []
    chance = random.Random(f"{SEED} {known.name}")
    return list(rewordings(ledger_of(known.document, words), words, chance))


def chosen(
    offers: Mapping[Known, Sequence[Rewording]], most: int
) -> Iterator[tuple[Known, Rewording]]:
    """So many slips of each kind, taken from the documents in turn."""
    for kind in sorted({slip.kind for slips in offers.values() for slip in slips}):
        queues = {
            known: [slip for slip in slips if slip.kind == kind] for known, slips in offers.items()
        }
        for known, queue in queues.items():
            random.Random(f"{SEED} {kind} {known.name}").shuffle(queue)
        turns = [
            (known, queue[turn])
            for turn in range(most)
            for known, queue in queues.items()
            if turn < len(queue)
        ]
        yield from turns[:most]


def trial(known: Known, slip: Rewording) -> Trial:
    """Plant a slip, check the document, and see whether a new finding speaks of it."""
    own = {told_by(finding) for finding in known.own}
    findings = check_document(reworded(known.document, slip), RULES).findings
    new = [finding for finding in findings if told_by(finding) not in own]
    places = _places(known.document, slip)
    about = [finding for finding in new if places & addresses(finding)]
    return Trial(known, slip, bool(about), len(new) - len(about) if about else len(new))


def told_by(finding: Finding) -> tuple[object, ...]:
    """What makes two findings the same here: a passage may have several under one rule."""
    where = finding.where
    place = (where.address, where.row, where.column)
    return (finding.code, *place, finding.stated_text, finding.computed)


def _places(document: Document, slip: Rewording) -> set[str]:
    """Where a finding may stand that speaks of a slip: a caption has several parts, and a table."""
    at = slip.piece.text.block
    block = document.blocks[at]
    if not isinstance(block, Paragraph):
        cell = block.rows[slip.piece.text.row][slip.piece.text.at]
        if not is_chart(block):
            return {cell.address, block.address}
        above = document.blocks[max(0, at - SENTENCES) : at]
        told = {each.address for each in above if isinstance(each, Paragraph)}
        return _addresses_in(block) | (told if slip.why == "sentence" else set())
    if slip.kind not in CAPTIONS:
        return {block.address}
    below = document.blocks[at : at + CAPTION]
    captioned = next((n for n, each in enumerate(below) if isinstance(each, Table)), CAPTION)
    near = (document.blocks[at - 1], *below[:captioned])
    places = {each.address for each in near}
    return places.union(*map(_addresses_in, below[captioned : captioned + 1]))


def _addresses_in(block: Block) -> set[str]:
    rows = block.rows if isinstance(block, Table) else ()
    return {block.address, *(cell.address for row in rows for cell in row)}


def reworded(document: Document, slip: Rewording) -> Document:
    """The document with the slip in it."""
    text = slip.piece.text
    after = text.text[: slip.piece.start] + slip.after + text.text[slip.piece.end :]
    blocks = list(document.blocks)
    blocks[text.block] = _with_text(blocks[text.block], slip, after)
    return replace(document, blocks=tuple(blocks))


def _with_text(block: Block, slip: Rewording, after: str) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=after)
    text = slip.piece.text
    row = list(block.rows[text.row])
    row[text.at] = replace(row[text.at], text=after)
    rows = (*block.rows[: text.row], tuple(row), *block.rows[text.row + 1 :])
    return replace(block, rows=rows)


def told(each: Trial) -> str:
    """A slip on one row: document, place, kind, before and after."""
    slip, text = each.slip, each.slip.piece.text
    block = each.known.document.blocks[text.block]
    around = " ".join(text.text[max(0, slip.piece.start - 70) : slip.piece.end + 40].split())
    return (
        f"    {each.known.name[:30]} | {block.address} | {text.text.strip()[:14]!r} | {slip.kind} "
        f"({slip.why}) | {slip.piece.said} -> {slip.after} | ...{around}"
    )

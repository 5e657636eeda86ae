"""Slips in sentences, captions and organization charts through the whole engine, one at a time."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.document import Block, Document
    from unbudget_check.model.finding import Finding

SEED = 2027
# How many slips of each kind are planted in all documents of a source together.
MOST = {"Real documents": 40, "Composed documents": 20}
# And so many of each whose fact is stated only there: nothing in the document contradicts them.
MOST_ONCE = 8
HEAD = ("twice", "planted", "detected", "elsewhere", "once", "planted", "detected")
LAYOUT = "  {:<44}" + "{:>11}" * len(HEAD)
MEANT = "  twice: another place of the document states the fact, too; once: no other place does"
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
        rows += [f"Planted wording: {name.lower()}, {len(documents)} of them", MEANT, ""]
        rows.append(LAYOUT.format("slip", *HEAD))
        possible = [(known.name, slip) for known, slips in offers.items() for slip in slips]
        kinds = sorted({slip.kind for _, slip in possible})
        for kind in kinds:
            own = [slip for _, slip in possible if slip.kind == kind]
            rows.append(_row(kind, own, [each for each in trials if each.slip.kind == kind]))
        rows.append(_row("all slips", [slip for _, slip in possible], trials))
        rows += ["", "  the same slips by document"]
        for known, slips in offers.items():
            planted = [each for each in trials if each.known is known]
            rows += [_row(known.name, slips, planted)] if slips else []
        rows += [TARGET, "", "  not detected"]
        rows += [told(each) for each in trials if each.slip.why and not each.is_detected]
        rows.append("")
    return rows


def _row(name: str, possible: Iterable[Rewording], trials: Iterable[Trial]) -> str:
    """Slips whose fact is stated twice, then those whose fact is stated once."""
    counts = Counter(bool(slip.why) for slip in possible)
    columns: list[object] = []
    for is_twice in (True, False):
        own = [each for each in trials if bool(each.slip.why) is is_twice]
        found = sum(each.is_detected for each in own)
        share = f"{100 * found / len(own):.1f}%" if own else "none"
        columns += [counts[is_twice], len(own), share]
        columns += [sum(each.elsewhere for each in own)] if is_twice else []
    return LAYOUT.format(name[:44], *columns)


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
    """So many slips of each kind, taken from the documents in turn; fewer of facts stated once."""
    groups = sorted({(slip.kind, not slip.why) for slips in offers.values() for slip in slips})
    for kind, is_once in groups:
        queues = {
            known: [slip for slip in slips if (slip.kind, not slip.why) == (kind, is_once)]
            for known, slips in offers.items()
        }
        for known, queue in queues.items():
            random.Random(f"{SEED} {kind} {known.name}").shuffle(queue)
        count = min(most, MOST_ONCE) if is_once else most
        turns = [
            (known, queue[turn])
            for turn in range(count)
            for known, queue in queues.items()
            if turn < len(queue)
        ]
        yield from turns[:count]


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

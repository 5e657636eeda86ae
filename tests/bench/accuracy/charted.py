"""The values of charts that a document states once more: in a table, a sentence, or a sum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.bench.accuracy.phrases import Text
from unbudget_check.model.document import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tests.bench.accuracy.phrases import Words
    from unbudget_check.model.document import Block, Document

CHARTS = "charts/"
# Labels and captions stand so many blocks above a chart, the sentence about it as many more.
LABELS, SENTENCES = 2, 8
STORED = re.compile(r"(?P<whole>\d+)(?:\.(?P<tenth>\d))?")
TELLING = 3


def is_chart(block: Block) -> bool:
    """Whether a block is a chart that the reader has made a table of."""
    return isinstance(block, Table) and CHARTS in block.address


def restated_values(
    document: Document, words: Words, everywhere: Collection[int]
) -> tuple[dict[Text, str], dict[int, set[str]]]:
    """Each value of a chart that is stated again, and where; by passage, those that it states."""
    found: dict[Text, str] = {}
    said: dict[int, set[str]] = {}
    for block, chart in enumerate(document.blocks):
        if not isinstance(chart, Table) or not is_chart(chart):
            continue
        cells = [
            Text(block, cell.text, row, at)
            for row, texts in enumerate(chart.rows)
            for at, cell in enumerate(texts)
            if row and cell.column and STORED.fullmatch(_bare(cell.text))
        ]
        above = {
            at: each.text
            for at, each in enumerate(document.blocks[:block])
            if isinstance(each, Paragraph) and at >= block - SENTENCES
        }
        labels = _numbers(list(above.values())[-LABELS:])
        if len(cells) > 1 and _shown(sum(_tenths(cell.text) for cell in cells)) & labels:
            found |= dict.fromkeys(cells, "sum")
            continue
        found |= {cell: "table" for cell in cells if _is_telling(cell.text, everywhere)}
        places = [at for at, text in above.items() if words.performance.search(text)][-1:]
        told = _numbers([above[at] for at in places])
        reached = [cell.row for cell in cells if _is_reached(chart, cell, words)]
        again = [cell for cell in cells if cell.row in reached[-1:] and _bare(cell.text) in told]
        found |= dict.fromkeys(again, "sentence")
        said |= {at: {_bare(cell.text) for cell in again} for at in places if again}
    return found, said


def _is_reached(chart: Table, cell: Text, words: Words) -> bool:
    """Whether a value is what was reached in a year: its category or its series says so."""
    heads = (chart.rows[cell.row][0].text, chart.rows[0][cell.at].text)
    return any(words.reached.search(head) for head in heads)


def _is_telling(value: str, everywhere: Collection[int]) -> bool:
    """Whether a value has digits enough to be no chance, and a table has it, too."""
    return len(_bare(value).replace(".", "").rstrip("0")) >= TELLING and (
        _tenths(value) in everywhere
    )


def _numbers(texts: Sequence[str]) -> set[str]:
    return {_bare(number) for text in texts for number in NUMBERS.findall(text)}


NUMBERS = re.compile(r"(?<![\d.])\d{1,3}(?:[\s,]\d{3})*(?:\.\d+)?(?![\d.]*\d)")


def _bare(text: str) -> str:
    return re.sub(r"[\s,]", "", text)


def _tenths(value: str) -> int:
    found = STORED.fullmatch(_bare(value))
    return int(found["whole"]) * 10 + int(found["tenth"] or 0) if found else 0


def _shown(tenths: int) -> set[str]:
    whole, rest = divmod(tenths, 10)
    return {f"{whole}.{rest}"} | ({str(whole)} if not rest else set())

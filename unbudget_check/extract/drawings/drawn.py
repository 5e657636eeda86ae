"""What is drawn, as it is read: texts of charts become passages, their figures get numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.model.prose import Passage, PassageKind, Span

if TYPE_CHECKING:
    from unbudget_check.extract.vector import Vector
    from unbudget_check.model.charts import Label
    from unbudget_check.model.number import Number


@dataclass(slots=True)
class Drawn:
    """The vector, the passages, the labels of the figures in drawings, and passages by address."""

    vector: Vector
    passages: list[Passage]
    labels: dict[Span, Label] = field(default_factory=dict)
    known: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Paragraphs are passages already; cells of boxes and charts are added as they come."""
        self.known = {passage.address: passage.index for passage in self.passages}

    def passage(self, address: str, text: str, row: int | None = None) -> int:
        """The number of the passage at an address."""
        if address not in self.known:
            at = self.known[address] = len(self.passages)
            follows = self.passages[-1].follows if self.passages else 0
            drawing = PassageKind.DRAWING
            self.passages.append(
                Passage(at, drawing, text, follows=follows, address=address, line=row)
            )
        return self.known[address]

    def add(self, number: Number, span: Span, label: Label, *, counted: bool) -> int:
        """Take a figure of a drawing into the vector and return its number."""
        self.labels[span] = label
        return self.vector.add(number, span, counted=counted)

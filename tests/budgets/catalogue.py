"""All composed budgets: each a name, how it is composed, and the file that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.budgets.book import Book, Mode
from tests.budgets.write import as_opendocument, as_separated, as_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    Compose = Callable[[Book], None]

# What a variant is written as: the suffix of its file, what stands in computed cells, and whether
# its sums were rounded apart.
VARIANTS = {
    "csv": ("csv", Mode.TYPED, False),
    "semicolons": ("csv", Mode.TYPED, False),
    "tsv": ("tsv", Mode.TYPED, False),
    "xlsx": ("xlsx", Mode.TYPED, False),
    "drift": ("xlsx", Mode.TYPED, True),
    "live": ("xlsx", Mode.LIVE, False),
    "uncalculated": ("xlsx", Mode.UNCALCULATED, False),
    "ods": ("ods", Mode.TYPED, False),
}


@dataclass(frozen=True, slots=True)
class Budget:
    """One composed file."""

    name: str
    variant: str
    compose: Compose

    @property
    def suffix(self) -> str:
        """The suffix of its file."""
        return VARIANTS[self.variant][0]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}-{self.variant}.{self.suffix}"

    def book(self) -> Book:
        """Its cells and ties."""
        _, mode, drifts = VARIANTS[self.variant]
        book = Book(self.name, mode, drifts)
        self.compose(book)
        return book

    def bytes_of(self, book: Book) -> bytes:
        """The file of a book of this budget."""
        if self.suffix == "ods":
            return as_opendocument(book)
        if self.suffix == "xlsx":
            return as_workbook(book)
        return as_separated(book, {"csv": ",", "semicolons": ";", "tsv": "\t"}[self.variant])


BUDGETS: list[Budget] = []


def budget(name: str, *variants: str) -> Callable[[Compose], Compose]:
    """Enter a composer in the catalogue, once for each variant that it is written in."""

    def enter(compose: Compose) -> Compose:
        BUDGETS.extend(Budget(name, variant, compose) for variant in variants)
        return compose

    return enter

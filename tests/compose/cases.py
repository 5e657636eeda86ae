"""Every sample document: its folder, its name and how it is composed, with or without slips."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.budgets.samples import compose_city, compose_grant
from tests.compose.docx import render_docx
from tests.compose.page import render_page
from tests.compose.pdf import render_pdf
from tests.compose.pdf_text import WIDE_DASH, render_pdf_text
from tests.compose.printed import Grid, Paragraph
from tests.compose.printed_csv import render_items, render_printed_csv
from tests.compose.section import compose_section, mission_blocks
from tests.compose.slid_text import render_slid_text
from tests.compose.slips import Slip, Wording, boxed, plant, slip_of
from tests.compose.volume import words_of
from tests.compose.workbook import Sheet, render_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.compose.printed import Block, Piece

Slips = Sequence[Slip | Wording]
# What only the Word document shows: a figure that was corrected with tracked changes, and frames
# around two tables.
TRACKED = Slip("3", "Supplies and materials", "Other", "(2.8)", "[-(3.8)-]{+(2.8)+}")
FRAMES = {"2": "nested", "12": "control"}
# What only the workbook shows: a formula with its stored result.
FORMULA = Slip("3", "Total", "Technical adjustments", "(66.2)", "=SUM(D6:D15)|(66.2)")


@dataclass(frozen=True, slots=True)
class Case:
    """One sample: ``folder`` in clean and in broken, the file's name, and its composer."""

    folder: str
    name: str
    compose: Callable[[Slips], bytes]


def compose_word(slips: Slips) -> bytes:
    """The whole section as a Word document."""
    words = words_of("en")
    said = words["sentences"]
    blocks = boxed(plant(compose_section(words), [TRACKED, *slips]), FRAMES)
    return render_docx(blocks, said["box"], said["footnote"])


def compose_workbook(slips: Slips) -> bytes:
    """Five sheets: two tables on one, parts below each other, a hidden row, a hidden sheet."""
    words = words_of("en")
    blocks = (*compose_section(words), *mission_blocks(words))
    planted = plant(blocks, [FORMULA, *slips])
    return render_workbook(
        (
            Sheet("Financial", tables_of(planted, "3", "8")),
            Sheet("Funds", tables_of(planted, "6")),
            Sheet("Posts", tables_of(planted, "4", "5")),
            Sheet("Mission", tables_of(planted, "15"), hidden_labels=("Operational costs",)),
            Sheet("Rates", tables_of(planted, "9"), is_hidden=True),
        )
    )


def compose_printed_csv(slips: Slips) -> bytes:
    """Three tables below each other as they are printed."""
    planted = plant(compose_section(words_of("en")), slips)
    return render_printed_csv(tables_of(planted, "3", "5", "6"))


def compose_items(slips: Slips) -> bytes:
    """Tidy data; a slip's table is the component, its row the object of expenditure."""
    in_cells = [slip for slip in slips if isinstance(slip, Slip)]
    mistakes = {(slip.table, slip.row, slip.column): slip.printed for slip in in_cells}
    return render_items(words_of("en"), mistakes)


def compose_slid_text(slips: Slips) -> bytes:
    """The whole section as text with tabs, beginning with a byte order mark."""
    planted = plant(compose_section(words_of("en")), slips)
    return b"\xef\xbb\xbf" + render_slid_text(planted)


def compose_pdf_text(slips: Slips) -> bytes:
    """The whole section as text that lost its borders."""
    words = words_of("en")
    return render_pdf_text(plant(compose_section(words), slips), words["furniture"])


def compose_page(slips: Slips) -> bytes:
    """The whole section as a web page."""
    words = words_of("en")
    planted = plant(compose_section(words), [TRACKED, *slips])
    return render_page(planted, "en", words["sentences"]["footnote"])


def compose_chinese(slips: Slips) -> bytes:
    """The same in Chinese."""
    words = words_of("zh")
    return render_pdf_text(plant(compose_section(words), slips), words["furniture"], WIDE_DASH)


def compose_pdf(slips: Slips) -> bytes:
    """The whole section as printed pages."""
    return render_pdf(plant(compose_section(words_of("en")), slips))


CASES = (
    Case("word", "section-40.docx", compose_word),
    Case("pdf", "section-40.pdf", compose_pdf),
    Case("workbook", "section-40.xlsx", compose_workbook),
    Case("printed-csv", "section-40.csv", compose_printed_csv),
    Case("tidy", "items.csv", compose_items),
    Case("slid-text", "section-40.txt", compose_slid_text),
    Case("pdf-text", "section-40.txt", compose_pdf_text),
    Case("chinese", "section-40.txt", compose_chinese),
    Case("web-page", "section-40.html", compose_page),
    Case("grant", "safe-water.csv", compose_grant),
    Case("city", "alder-falls.xlsx", compose_city),
)


def tables_of(blocks: Sequence[Piece], *numbers: str) -> tuple[Block, ...]:
    """Some tables with the captions, units and names of parts above them."""
    chosen: list[Block] = []
    above: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid):
            chosen += [*above, block] if block.number in numbers else []
            above = []
        elif isinstance(block, Paragraph) and block.style in {"caption", "part"}:
            above.append(block)
        else:
            above = []
    return tuple(chosen)


def slips_in(folder: Path) -> Slips:
    """What the findings beside a broken sample say was planted in it."""
    stated = tomllib.loads((folder / "findings.toml").read_text(encoding="utf-8"))
    return [slip_of(entry) for entry in stated["slip"]]


def samples(root: Path) -> dict[Path, bytes]:
    """Every sample below ``root`` with the bytes that it must hold."""
    composed = {}
    for case in CASES:
        composed[root / "clean" / case.folder / case.name] = case.compose(())
        broken = root / "broken" / case.folder
        composed[broken / case.name] = case.compose(slips_in(broken))
    return composed

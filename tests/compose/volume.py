"""A section while it is written: numbers of paragraphs, tables and figures, and references."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.compose.office import HARBOURS, Office
from tests.compose.printed import Chart, Grid, Paragraph, Piece

if TYPE_CHECKING:
    from tests.compose.tables import Words

# The words are written for this section and this year.
WRITTEN_FOR = ("40", 2026)
FOLDER = Path(__file__).parent


def words_of(language: str, symbol: str = "40", year: int = 2026) -> Words:
    """What the section says in this language; its prose is under "prose"."""
    words = _shifted(_read("words.toml")[language], symbol, year)
    return {**words, "prose": _shifted(_read("prose.toml")[language], symbol, year)}


def _read(name: str) -> Words:
    found: Words = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def _shifted(said: Any, symbol: str, year: int) -> Any:  # noqa: ANN401  TOML of any depth
    """Words for another section and another year."""
    if isinstance(said, dict):
        return {key: _shifted(value, symbol, year) for key, value in said.items()}
    if isinstance(said, list):
        return [_shifted(value, symbol, year) for value in said]
    moved = re.sub(
        r"(?<!\d)20(2[2-6])(?!\d)", lambda m: str(int(m[0]) + year - WRITTEN_FOR[1]), str(said)
    )
    return re.sub(rf"(?<![\d-]){WRITTEN_FOR[0]}(?!\d)", symbol, moved)


@dataclass(slots=True)
class Volume:
    """What has been written of a section, and the numbers that references are filled in with."""

    words: Words
    office: Office = HARBOURS
    symbol: str = "40"
    blocks: list[Piece] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    # The paragraph that items belong to.
    place: str = ""

    @property
    def prose(self) -> Words:
        """The sentences."""
        said: Words = self.words["prose"]
        return said

    def heading(self, text: str) -> None:
        """A heading."""
        self.blocks.append(Paragraph(text, "heading"))

    def note(self, text: str) -> None:
        """A note below a table."""
        self.blocks.append(Paragraph(text, "note"))

    def say(self, text: str, name: str = "") -> None:
        """A numbered paragraph, which others may refer to by a name."""
        self.counts["paragraph"] += 1
        self.place = f"{self.symbol}.{self.counts['paragraph']}"
        self.numbers[name] = self.place
        self.blocks.append(Paragraph(f"{self.place} {text}", place=self.place))

    def tell(self, sentence: str, name: str = "", **filled: str) -> None:
        """A numbered paragraph that is one of the sentences."""
        self.say(self.prose["sentences"][sentence].format(**filled), name)

    def item(self, text: str, *markers: str, name: str = "") -> None:
        """An item of the last paragraph; the last marker is printed."""
        place = " ".join((self.place, *markers))
        self.numbers[name] = place
        self.blocks.append(Paragraph(f"{markers[-1]} {text}", "item", place=place))

    def table(self, title: str, *grids: Grid, unit: str = "", of: str = "") -> None:
        """A table with what stands above it: number, title, unit and, if any, its parts."""
        self.counts["table"] += 1
        number = str(self.counts["table"])
        words, name = self.words, self.words["names"].get(of, of)
        self.numbers[f"{title} {of}".strip()] = f"{self.symbol}.{number}"
        shown = of if title == "deliverables" else ""
        said = words["titles"][title].format(number=shown, name=name)
        self._caption(words["table"].format(number=number), said, words.get(unit, ""))
        for grid in grids:
            if grid.part:
                self.blocks.append(Paragraph(words["parts"][str(grid.part)], "part"))
            self.blocks.append(replace(grid, number=number))

    def figure(self, name: str, title: str, *charts: Chart, unit: str = "") -> None:
        """A figure: its caption and its charts."""
        number = self.prose["numerals"][self.counts["figure"]]
        self.counts["figure"] += 1
        self.numbers[name] = f"{self.symbol}.{number}"
        self._caption(self.prose["figure"].format(number=number), title, unit)
        self.blocks += charts

    def _caption(self, number: str, title: str, unit: str) -> None:
        texts = [text for text in (number, title, unit) if text]
        self.blocks += [Paragraph(text, "caption", place=f"{number}: {text}") for text in texts]

    def written(self) -> tuple[Piece, ...]:
        """All blocks, with every reference filled in."""
        return tuple(
            replace(block, text=re.sub("@(.+?)@", lambda m: self.numbers[m[1]], block.text))
            if isinstance(block, Paragraph)
            else block
            for block in self.blocks
        )

    def dollars(self, tenths: int) -> str:
        """An amount in tenths of a thousand, as a sentence says it."""
        amount = f"{abs(tenths) * 100:,}".replace(",", self.words["thousands"])
        return str(self.words["dollars"].format(amount=amount))

    def listed(self, pieces: list[str]) -> str:
        """Pieces as a sentence lists them; nothing where there are none."""
        if not pieces:
            return ""
        head, last = self.prose["mark"].join(pieces[:-1]), pieces[-1]
        mark = self.prose["last_mark_of_figures" if last[0] in "@0123456789" else "last_mark"]
        return f"{head}{mark}{last}" if head else last

    def posts(self, count: int) -> str:
        """A number of posts."""
        return str(self.prose["posts"][count != 1].format(count=count))

    def grades(self, counts: dict[str, int]) -> str:
        """A list of grades, spelled out."""
        names = self.prose["grades"]
        pieces = [
            self.prose["spelled_item" if grade in names else "grade_item"].format(
                count=n, grade=names.get(grade, grade)
            )
            for grade, n in counts.items()
            if n
        ]
        return self.listed(pieces)

    def change(self, amount: int, *, is_net: bool, form: str = "") -> str:
        """The words for a change: ``form`` is "the" or "bare", or nothing."""
        said = self.prose["changes"]
        if not amount:
            return str(said["none"])
        direction = "increase" if amount > 0 else "decrease"
        key = "_".join(filter(None, (form, "net" if is_net and form != "bare" else "", direction)))
        return str(said[key].format(amount=self.dollars(amount)))

    def full_name(self, component: str) -> str:
        """A component with its title."""
        name = self.words["names"][component]
        if component not in self.office.programme:
            return str(name)
        return str(self.prose["full_name"].format(name=name, title=self.title(component)))

    def title(self, component: str) -> str:
        """The title of a subprogramme."""
        return str(self.words["rows"][component].partition(". ")[2])

    def what(self, name: str) -> str:
        """An object of expenditure inside a sentence."""
        return str(self.words["rows"][name]).lower()

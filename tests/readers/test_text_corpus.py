"""The real texts: their tables whole, their sums true but for the errors known to be theirs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.readers.drawing import tables
from unbudget_check.lexicon import load_language
from unbudget_check.readers.source import Source
from unbudget_check.readers.text.columns import value_of
from unbudget_check.readers.text.document import read

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.document import Table

FASCICLES = ["A_77_6_Sect.29C_zh", "A_78_6_Sect.29E_zh"]
OTHERS = ["A_65_6_Prog.24_zh", "E_AC.51_2023_L.4_Prog.25_zh"]
# Where the change and the proposal stand in a row, by the number of columns of the table.
FACTORS = {9: ((3, 4, 5), 6, 2, 8), 7: ((2, 3, 4), 5, 1, 6)}
TENTH = 100_000  # a tenth, in millionths


def read_text(corpus: Path, name: str, data: bytes | None = None) -> list[Table]:
    found = (corpus / "text" / f"{name}.txt").read_bytes() if data is None else data
    return tables(read(Source(f"{name}.txt", found)))


@pytest.mark.parametrize("name", FASCICLES)
def test_changes_add_up_in_every_row_but_those_known(corpus: Path, name: str) -> None:
    style = load_language("zh").numbers
    gold = json.loads((corpus / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    hints = [re.sub(r"\s", "", entry.get("line_hint", "")) for entry in gold["findings"]]
    checked = 0
    for table in read_text(corpus, name):
        for row in table.rows:
            if table.columns not in FACTORS or ", " not in row[-1].address:
                continue  # another kind of table, or a row without figures
            values = [value_of(cell.text, style) or 0 for cell in row]
            factors, change, base, proposal = FACTORS[table.columns]
            moved = values[base] == 0 and values[1] == values[proposal]
            if moved:  # posts printed in the column of expenditure: the text bears either reading
                continue
            checked += 1
            misses = (
                abs(sum(values[at] for at in factors) - values[change]),
                abs(values[base] + values[change] - values[proposal]),
            )
            printed = re.sub(r"\s", "", "".join(cell.text for cell in row))
            known = any(hint and hint in printed for hint in hints)
            assert known or max(misses) <= TENTH, printed
    assert checked > 50


@pytest.mark.parametrize("name", FASCICLES)
def test_every_table_is_certain_and_every_figure_has_its_place(corpus: Path, name: str) -> None:
    text = (corpus / "text" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    found = read_text(corpus, name)
    assert len(found) == 17
    for table in found:
        assert not table.doubt
        for cell in (cell for row in table.rows for cell in row):
            place = re.fullmatch(r"line (\d+), (\d+)-(\d+)", cell.address)
            if place:
                number, first, last = map(int, place.groups())
                assert text[number - 1][first - 1 : last] == cell.text


@pytest.mark.parametrize("name", OTHERS)
def test_texts_without_tables_of_figures_yield_none(corpus: Path, name: str) -> None:
    assert not read_text(corpus, name)


@pytest.mark.parametrize("name", FASCICLES)
def test_wide_gaps_are_a_help_and_no_need(corpus: Path, name: str) -> None:
    text = (corpus / "text" / f"{name}.txt").read_text(encoding="utf-8")
    single = re.sub(" {2,}", " ", text)
    texts = [[cell.text for row in t.rows for cell in row] for t in read_text(corpus, name)]
    narrow = read_text(corpus, name, single.encode())
    assert [[cell.text for row in t.rows for cell in row] for t in narrow] == texts

"""The committed samples are what the composer writes, and every slip sits where it says."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.compose.archive import unpack
from tests.compose.cases import CASES, samples
from tests.compose.office import HARBOURS
from tests.compose.printed import leaves_of
from tests.compose.section import compose_section
from tests.compose.slips import Slip, plant
from tests.compose.tables import funds_table
from tests.compose.volume import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.compose.cases import Case


def test_the_committed_samples_are_what_the_composer_writes(project: Path) -> None:
    for path, composed in samples(project / "sample_data").items():
        committed = path.read_bytes()
        if path.suffix in {".docx", ".xlsx"}:
            # Two machines may compress the same parts differently.
            assert unpack(committed) == unpack(composed), f"{path.name}: run make samples"
        else:
            assert committed == composed, f"{path.name}: run make samples"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder)
def test_every_broken_sample_says_what_must_be_found(project: Path, case: Case) -> None:
    folder = project / "sample_data" / "broken" / case.folder
    stated = tomllib.loads((folder / "findings.toml").read_text(encoding="utf-8"))
    assert stated["finding"]
    for finding in stated["finding"]:
        cell, text = {"table", "row", "column"}, {"paragraph", "figure"}
        assert {"code", "stated", "computed"} <= set(finding)
        assert cell <= set(finding) or text & set(finding)


def test_a_slip_that_misses_its_cell_is_refused() -> None:
    blocks = compose_section(words_of("en"))
    with pytest.raises(LookupError, match="does not fit"):
        plant(blocks, [Slip("3", "Posts", "Other", was="1.0", printed="2.0")])
    with pytest.raises(LookupError, match="no table 77"):
        plant(blocks, [Slip("77", "Posts", "Other", was="1.0", printed="2.0")])


def test_both_languages_print_the_same_figures() -> None:
    english, chinese = (funds_table(HARBOURS, words_of(code)) for code in ("en", "zh"))
    for ours, theirs in zip(english, chinese, strict=True):
        assert len(leaves_of(ours)) == len(leaves_of(theirs))
        assert [row[1:] for row in ours.rows] == [row[1:] for row in theirs.rows]

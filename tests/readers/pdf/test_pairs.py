"""Real documents as Word and as PDF files: the level that was reached is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bench.accuracy.pairs import compare, pairs

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = pairs()


@pytest.mark.skipif(not PAIRS, reason="the documents do not lie beside the project")
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].stem)
def test_a_pdf_file_shows_what_its_word_document_shows(pair: tuple[Path, Path]) -> None:
    found = compare(*pair)
    for (same, count), least in (
        (found.cells, 98),
        (found.captions, 100),
        (found.paragraphs, 98),
        (found.findings, 100),
    ):
        assert 100 * same >= least * count, found
    assert found.more == 0, found

"""Four times as large a document takes four times the work: kinds that once grew faster."""

from __future__ import annotations

import sys

import pytest

from tests.bench.growth import KINDS, measured

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak")
# So many times as large, and so many times the calls of functions at most.
LARGER, MORE = 4, 4.4
MEBIBYTES = 120


@pytest.mark.parametrize(
    "kind",
    [
        "tables with an error each (findings)",
        "levels of nested tables",
        "headers of a Word document",
        "paragraphs with amounts",
        "columns of a CSV file",
    ],
)
def test_work_grows_with_the_document(kind: str) -> None:
    size, compose = KINDS[kind]
    once, again = (measured(*compose(size * times), "calls") for times in (1, LARGER))
    assert again[0] < MORE * once[0]
    assert again[1] < MORE * once[1]
    assert again[2] < MEBIBYTES

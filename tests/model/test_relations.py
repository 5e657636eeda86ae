"""Relations are laid out as one matrix in which nothing is lost, blanks are left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.model.relations import RelationWriter

FIGURES = st.integers(-1, 10**10).map(lambda number: max(number, -1))
ROWS = st.lists(st.lists(FIGURES, min_size=3, max_size=3), min_size=1, max_size=5)
COEFFICIENTS = st.lists(st.integers(-(10**10), 10**10).filter(bool), min_size=3, max_size=3)


@given(st.lists(st.tuples(ROWS, COEFFICIENTS), max_size=4))
def test_terms_come_out_as_they_were_added(
    blocks: list[tuple[list[list[int]], list[int]]],
) -> None:
    writer = RelationWriter()
    wanted: list[list[tuple[int, int]]] = []
    for members, coefficients in blocks:
        added = writer.add(members, coefficients, 0, 0)
        kept = [
            [(f, c) for f, c in zip(row, coefficients, strict=True) if f >= 0]
            for row in members
            if row[0] >= 0 and max(row[1:]) >= 0
        ]
        assert list(added) == list(range(len(wanted), len(wanted) + len(kept)))
        wanted += kept
    relations = writer.finish()
    assert [relations.terms(number) for number in range(len(relations))] == wanted


def test_blank_cells_are_no_addends_and_a_blank_total_claims_nothing() -> None:
    writer = RelationWriter()
    added = writer.add([[9, 1, -1], [-1, 1, 2], [9, -1, -1]], [1, -1, -1], rule=3, place=5)
    relations = writer.finish()
    assert added == range(1)
    assert relations.terms(0) == [(9, 1), (1, -1)]
    assert (relations.rules.tolist(), relations.places.tolist()) == ([3], [5])


def test_each_relation_of_a_block_may_have_its_own_place() -> None:
    writer = RelationWriter()
    writer.add([[0, 1], [-1, 2], [3, 4]], [1, -1], rule=0, place=[7, 8, 9])
    assert writer.finish().places.tolist() == [7, 9]


def test_small_documents_take_little_room() -> None:
    writer = RelationWriter()
    writer.add(np.arange(12).reshape(3, 4), [1, -1, -1, -1], rule=0, place=0)
    relations = writer.finish()
    assert (relations.figures.itemsize, relations.coefficients.itemsize) == (4, 1)


def test_nothing_added_is_an_empty_matrix() -> None:
    relations = RelationWriter().finish()
    assert len(relations) == 0
    assert relations.pointers.tolist() == [0]

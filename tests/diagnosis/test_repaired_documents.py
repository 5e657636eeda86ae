"""Random documents with slips: repaired as proposed they are right, and all witnesses agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.as_printed import MONEY, check
from tests.diagnosis.printing import solved
from tests.growing import (
    BASE,
    CHANGE,
    MANDATES,
    OTHER,
    PROPOSED,
    TECHNICAL,
    address,
    changes,
    lettered,
    moved,
    nodes,
    with_changes,
    written_variance,
)
from unbudget_check.model.finding import Localisation
from unbudget_check.model.number import decimal_of, number_of, percentage, scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from tests.growing import Node, Row
    from unbudget_check.model.finding import Finding, Proof, Suspect

CROSSED = (BASE, TECHNICAL, MANDATES, OTHER, CHANGE, PROPOSED)
SLIPS = st.sampled_from([-5000, -300, 100, 450, 9000])


def repaired(rows: Sequence[Row], findings: Iterable[Finding]) -> list[Row]:
    """The rows with every figure that is named for certain as it should be."""
    spots = {address(at, column): (at, column) for at in range(len(rows)) for column in range(8)}
    found = list(rows)
    for suspect in (each for finding in findings for each in finding.suspects):
        assert suspect.where.address is not None
        assert suspect.proposed is not None
        at, column = spots[suspect.where.address]
        right = scaled(number_of(suspect.proposed), -1)
        found = moved(found, at, column, right - found[at].figures[column])
    return found


def understood(node: Node) -> list[Row]:
    """A table of which all is right, and known to be: random figures may suggest other sums."""
    rows = with_changes(lettered(node))
    assume(not check(written_variance(rows), MONEY).findings)
    return rows


def drawn_cell(rows: Sequence[Row], data: st.DataObject) -> tuple[int, int]:
    """A row and a column of a figure that stands in two sums or more."""
    at = data.draw(st.sampled_from([at for at, row in enumerate(rows) if row.figures]))
    return at, data.draw(st.sampled_from(CROSSED))


def quotient(proof: Proof, suspect: Suspect) -> tuple[Decimal | None, Decimal]:
    """The percentage that is printed or proposed, and that of its part and base."""
    assert suspect.proposed is not None
    wheres = [proof.where, *(part.where for part in proof.parts)]
    found = [proof.stated, *(part.stated for part in proof.parts)]
    stated, part, base = (
        suspect.proposed if where == suspect.where else value
        for where, value in zip(wheres, found, strict=True)
    )
    assert part is not None
    assert base is not None
    tenths = [scaled(number_of(amount), -1) for amount in (part, base)]
    return stated, decimal_of(percentage(tenths[0], tenths[1], -1))


@settings(max_examples=40)
@given(nodes(changes()), st.data())
def test_a_document_repaired_as_proposed_has_no_finding(node: Node, data: st.DataObject) -> None:
    rows = understood(node)
    wrong = moved(rows, *drawn_cell(rows, data), data.draw(SLIPS))
    found = check(written_variance(wrong), MONEY).findings
    assert repaired(wrong, found) == rows


@settings(max_examples=40)
@given(nodes(changes()), st.data())
def test_two_slips_repaired_as_proposed_leave_no_finding(node: Node, data: st.DataObject) -> None:
    """Where each is named for certain; what is proposed may then be another way out of both."""
    rows = understood(node)
    wrong = rows
    for _ in range(2):
        wrong = moved(wrong, *drawn_cell(rows, data), data.draw(SLIPS))
    found = check(written_variance(wrong), MONEY).findings
    assume(all(finding.localisation is Localisation.CELL for finding in found))
    assert not check(written_variance(repaired(wrong, found)), MONEY).findings


@settings(max_examples=40)
@given(nodes(changes()), st.data())
def test_each_witness_solved_for_the_suspect_gives_the_proposed_figure(
    node: Node, data: st.DataObject
) -> None:
    rows = understood(node)
    wrong = moved(rows, *drawn_cell(rows, data), data.draw(SLIPS))
    (finding,) = check(written_variance(wrong), MONEY).findings
    (suspect,) = finding.suspects
    assert len(suspect.witnesses) >= 2
    assert len(set(suspect.witnesses)) == len(suspect.witnesses)
    for proof in (finding.relations[at] for at in suspect.witnesses):
        if proof.code == "ARI301":
            stated, computed = quotient(proof, suspect)
            assert stated == computed
        else:
            assert solved(proof, suspect) == suspect.proposed

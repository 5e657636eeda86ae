"""A table built from its parts has no finding; a figure that moved beyond rounding has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.as_printed import MONEY, POSTS, check, is_complete, places
from tests.compose.printed import count, tenths
from tests.growing import (
    BASE,
    CHANGE,
    MANDATES,
    OTHER,
    PROPOSED,
    SPENT,
    TECHNICAL,
    Row,
    address,
    amounts,
    changes,
    lettered,
    moved,
    nodes,
    telling,
    unnamed,
    with_changes,
    written,
    written_variance,
    years,
)
from unbudget_check.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.growing import Node
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult

SUMMED = (SPENT, BASE, TECHNICAL, MANDATES, OTHER, CHANGE, PROPOSED)


def figured(rows: Sequence[Row]) -> list[int]:
    """The positions of the rows that hold figures."""
    return [at for at, row in enumerate(rows) if row.figures]


def errors(result: DocumentResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.severity is Severity.ERROR]


@settings(max_examples=50)
@given(nodes(changes()))
def test_a_variance_table_built_from_its_parts_has_no_finding(node: Node) -> None:
    assume(any(node.figures[TECHNICAL:]))
    result = check(written_variance(with_changes(lettered(node))), MONEY)
    assert not result.findings
    assert is_complete(result)
    assert not result.coverage.broken
    assert not result.coverage.rounding


@settings(max_examples=30)
@given(nodes(changes(most=500)))
def test_a_table_of_posts_built_from_its_parts_has_no_finding(node: Node) -> None:
    assume(any(node.figures[TECHNICAL:]))
    result = check(written_variance(with_changes(lettered(node)), show=count), POSTS)
    assert not result.findings
    assert is_complete(result)


@settings(max_examples=30)
@given(nodes(telling(3)))
def test_a_table_whose_totals_no_word_names_has_no_finding(node: Node) -> None:
    result = check(written(unnamed(node), years(3)), MONEY)
    assert not result.findings
    assert is_complete(result)


@settings(max_examples=30)
@given(nodes(amounts(-300, 300, 4)))
def test_small_and_negative_figures_give_no_false_alarm(node: Node) -> None:
    assert not errors(check(written(unnamed(node), years(4)), MONEY))
    assert not errors(check(written(lettered(node), years(4)), MONEY))


@settings(max_examples=80)
@given(nodes(changes()), st.data())
def test_a_figure_that_moved_is_in_the_proof_of_a_finding(node: Node, data: st.DataObject) -> None:
    rows = with_changes(lettered(node))
    at = data.draw(st.sampled_from(figured(rows)))
    column = data.draw(st.sampled_from(SUMMED))
    wrong = moved(rows, at, column, data.draw(st.sampled_from([-5000, -300, 100, 450, 9000])))
    findings = check(written_variance(wrong), MONEY).findings
    assert any(address(at, column) in places(finding) for finding in findings)


@settings(max_examples=40)
@given(nodes(changes(most=500)), st.data())
def test_posts_are_never_rounded(node: Node, data: st.DataObject) -> None:
    rows = with_changes(lettered(node))
    at = data.draw(st.sampled_from(figured(rows)))
    column = data.draw(st.sampled_from(SUMMED))
    wrong = moved(rows, at, column, data.draw(st.sampled_from([-1, 1])))
    findings = check(written_variance(wrong, show=count), POSTS).findings
    found = [finding for finding in findings if address(at, column) in places(finding)]
    assert [finding.severity for finding in found if finding.computed is not None]
    assert all(finding.severity is Severity.ERROR for finding in found)


@settings(max_examples=40)
@given(nodes(telling(3)), st.data())
def test_a_total_that_no_word_names_is_still_checked(node: Node, data: st.DataObject) -> None:
    rows = unnamed(node)
    at = data.draw(st.sampled_from([at for at, row in enumerate(rows) if row.parts]))
    column = data.draw(st.integers(0, 3))
    wrong = moved([with_sum(row) for row in rows], at, column, 40_000)
    findings = check(written(wrong, years(4)), MONEY).findings
    assert any(address(at, column) in places(finding) for finding in findings)


def with_sum(row: Row) -> Row:
    """The same row with a fourth column: the sum of the first two."""
    return Row(row.label, (*row.figures, row.figures[0] + row.figures[1]), row.parts)


@settings(max_examples=40)
@given(nodes(changes(most=999_999)))
def test_amounts_that_were_rounded_one_by_one_are_no_error(node: Node) -> None:
    """Expenditure comes from the accounts to the cent; every printed figure is rounded alone."""
    exact = with_changes(lettered(node))
    rows = [moved([row], 0, SPENT, rounding(row))[0] if row.figures else row for row in exact]
    assert not errors(check(written_variance(rows), MONEY))


def rounding(row: Row) -> int:
    """What turns an expenditure of so many cents into one of so many tenths, printed in tenths."""
    spent = row.figures[SPENT]
    return (spent + 5) // 10 - spent


@settings(max_examples=25)
@given(st.lists(amounts(1000, 99_999, 3), min_size=3, max_size=9), st.integers(1, 9))
def test_adding_the_same_to_every_item_moves_the_total_by_as_much(
    items: list[tuple[int, ...]], more: int
) -> None:
    """No total may be right both before and after that."""
    total = tuple(map(sum, zip(*items, strict=True)))
    raised = [tuple(figure + 100 * more for figure in figures) for figures in items]
    for figures in (items, raised):
        texts = [" | ".join(("Item", *years(3)))]
        texts += [
            " | ".join((f"Place {at}", *map(tenths, row))) for at, row in enumerate(figures, 1)
        ]
        texts.append(" | ".join(("Total", *map(tenths, total))))
        found = check("\n".join(texts), MONEY)
        if figures is items:
            assert not found.findings
        else:
            assert found.findings or found.coverage.unchecked

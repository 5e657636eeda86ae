"""Of the readings that checks announce, the document bears some out; only these are told."""

from __future__ import annotations

from unbudget_check.evidence.settle import refused, settle
from unbudget_check.model.claims import NO_TABLE, Claims, PercentClaim
from unbudget_check.model.facts import Reading, Spot, Standing
from unbudget_check.model.number import Number

PLACE = ("money", "resources", "")
AT = Spot(0, 0, 0)
# Two rows that repeat each other but for one misprint, and one row that is something else.
ROW = [48_391, 7_206, 55_597, 3_118]
COPY = [48_391, 7_206, 55_597, 3_181]
STRANGER = [9_004, 61_777, 12_015, 44_444]
NUMBERS = [Number(value, -1) for value in (*ROW, *COPY, *STRANGER)]
COUNTS = [True] * len(NUMBERS)


def tied(claims: Claims, reading: Reading, one: int, other: int) -> None:
    at = claims.read(reading)
    members = [[other + column, one + column] for column in range(4)]
    claims.add(NO_TABLE, 0, members, [1, -1], [PLACE] * 4, reading=at)


def test_a_row_that_repeats_another_is_told_with_its_misprint() -> None:
    claims = Claims()
    tied(claims, Reading("restated", AT), 0, 4)
    found = settle(claims, NUMBERS, COUNTS)
    assert [each.standing for each in found.settled] == [Standing.BORNE_OUT]
    assert len(found.kept) == 4


def test_a_row_that_is_something_else_is_told_in_no_cell_and_listed() -> None:
    claims = Claims()
    tied(claims, Reading("restated", AT, prior=3), 0, 8)
    found = settle(claims, NUMBERS, COUNTS)
    assert found.kept == []
    assert [each.reading.kind for each in refused(found)] == ["restated"]


def test_of_two_rivals_the_one_that_the_figures_bear_out_is_told() -> None:
    claims = Claims()
    tied(claims, Reading("sentence", AT, "wrong", prior=6, contest="p1"), 0, 8)
    tied(claims, Reading("sentence", AT, "right", contest="p1"), 0, 4)
    found = settle(claims, NUMBERS, COUNTS)
    told = {found.readings[tie.reading].other for tie in found.kept}
    assert told == {"right"}
    assert list(refused(found)) == []


def test_a_tie_of_a_refuted_reading_does_not_hide_the_same_tie_of_a_right_one() -> None:
    claims = Claims()
    wrong = claims.read(Reading("components", AT, prior=-30))
    claims.add(NO_TABLE, 0, [[4, 0]], [1, -1], [PLACE], reading=wrong)
    tied(claims, Reading("restated", AT), 0, 4)
    assert len(settle(claims, NUMBERS, COUNTS).kept) == 4


def test_what_holds_under_an_undecided_reading_stays_and_what_fails_goes() -> None:
    numbers = [Number(value) for value in (3, 3, 9, 2)]
    claims = Claims()
    at = claims.read(Reading("restated", AT))
    claims.add(NO_TABLE, 0, [[0, 1], [2, 3]], [1, -1], [PLACE] * 2, reading=at)
    found = settle(claims, numbers, [True] * 4)
    assert found.settled[0].standing is not Standing.BORNE_OUT
    assert all(dict(tie.terms).keys() != {2, 3} for tie in found.kept)


def test_percentages_are_weighed_like_sums() -> None:
    numbers = [Number(each, -1) for each in (125, 50, 400, 333, 111, 333, 97, 213, 777)]
    claims = Claims()
    at = claims.read(Reading("percentages", AT))
    for first in (0, 3, 6):
        claims.percentages.append(
            PercentClaim(0, NO_TABLE, first, first + 1, first + 2, reading=at)
        )
    found = settle(claims, numbers, [False] * len(numbers))
    assert found.settled[0].weight.held == 2
    assert found.settled[0].weight.failed == 1


def test_witnesses_that_another_check_writes_bear_a_reading_out() -> None:
    held = tuple(((column + 4, 1), (column, -1)) for column in range(4))
    found = []
    for witnesses in ((), held):
        claims = Claims()
        at = claims.read(Reading("sentence", AT, contest="p1", witnesses=witnesses))
        claims.add(NO_TABLE, 0, [[4, 8]], [1, -1], [PLACE], reading=at)
        found.append(settle(claims, NUMBERS, COUNTS).settled[0].weight.held)
    assert found[1] > found[0]


def test_readings_of_two_kinds_that_name_one_value_of_a_figure_support_each_other() -> None:
    # A figure is stated as 31.2; a sum of others, and another table, both say that it is 54.7.
    numbers = [Number(value, -1) for value in (312, 547, 401, 146)]
    counts = [True] * len(numbers)
    claims = Claims()
    table = claims.read(Reading("sentence", AT, prior=4))
    claims.add(NO_TABLE, 0, [[0, 1]], [1, -1], [PLACE], reading=table)
    assert settle(claims, numbers, counts).kept == []
    parts = claims.read(Reading("explained-parts", AT, prior=4))
    claims.add(NO_TABLE, 0, [[0, 2, 3]], [1, -1, -1], [PLACE], reading=parts)
    assert len(settle(claims, numbers, counts).kept) == 2
    # Two of one kind may be wrong together.
    claims = Claims()
    for other in (1, 2):
        reading = claims.read(Reading("sentence", AT, str(other), prior=4))
        claims.add(NO_TABLE, 0, [[0, other]], [1, -1], [PLACE], reading=reading)
    assert settle(claims, [*numbers[:2], numbers[1]], counts[:3]).kept == []

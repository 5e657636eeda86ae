"""Which corrections of named figures are reckoned with further on."""

from __future__ import annotations

from unbudget_check.diagnosis.causes import changes_of
from unbudget_check.diagnosis.localisation.board import UNBOUNDED
from unbudget_check.diagnosis.localisation.search import Cause, Suspicion
from unbudget_check.model.finding import Localisation


def test_a_figure_that_may_be_as_large_as_one_likes_is_corrected_nowhere() -> None:
    known = Suspicion(3, (-450, -450), (), 0)
    open_ended = Suspicion(7, (90, UNBOUNDED - 1000), (), 0)
    causes = [
        Cause((at,), (each,), Localisation.CELL) for at, each in enumerate((known, open_ended))
    ]
    assert changes_of(causes) == {3: -450}


def test_alternatives_are_corrected_nowhere() -> None:
    either = tuple(Suspicion(figure, (5, 5), (), 0) for figure in (1, 2))
    assert changes_of([Cause((0,), either, Localisation.ALTERNATIVES)]) == {}

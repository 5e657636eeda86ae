"""The page ends by its button, and some minutes after its last tab; what it held is gone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.page.conftest import RIGHT, WRONG, OpenPage
from unbudget_check.model.options import Bounds, Wishes
from unbudget_check.page import checking
from unbudget_check.page.checking import Checker, Helper, LostError
from unbudget_check.page.presence import CLOSED_SECONDS, SILENT_SECONDS, Presence
from unbudget_check.page.session import Session, State
from unbudget_check.page.uploads import Dropped

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock:
    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> float:
        return self.now


def test_a_page_lives_while_a_tab_is_open_and_some_minutes_longer() -> None:
    clock = Clock()
    presence = Presence(clock)
    presence.seen("one")
    presence.seen("two")
    presence.closed("one")
    clock.now += CLOSED_SECONDS + 1
    assert not presence.is_over
    presence.closed("two")
    clock.now += CLOSED_SECONDS - 1
    assert not presence.is_over
    clock.now += 2
    assert presence.is_over


def test_going_from_one_page_to_the_next_does_not_end_it() -> None:
    clock = Clock()
    presence = Presence(clock)
    presence.seen("list")
    presence.closed("list")
    clock.now += CLOSED_SECONDS - 1
    presence.seen("document")
    clock.now += CLOSED_SECONDS + 1
    assert not presence.is_over


def test_a_page_without_script_ends_when_nothing_was_asked_for_long() -> None:
    clock = Clock()
    presence = Presence(clock)
    presence.seen()
    clock.now += CLOSED_SECONDS + 1
    assert not presence.is_over
    clock.now += SILENT_SECONDS
    assert presence.is_over


def test_the_tabs_of_a_browser_are_known(opened: OpenPage) -> None:
    opened.get("state?tab=a")
    opened.post("closed", {"tab": "a"})
    assert not opened.presence.is_over


def test_the_button_ends_the_page(opened: OpenPage) -> None:
    assert "has ended" in opened.post("end").text
    assert opened.presence.is_over


def test_what_the_page_held_is_gone_when_it_ends(checked: OpenPage) -> None:
    checked.session.end()
    assert not checked.session.entries
    assert checked.session.take(1) == ()


def waited(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def session() -> Session:
    return Session()


def is_checked(session: Session) -> bool:
    return all(each.state is State.CHECKED for each in session.entries)


def test_documents_are_checked_in_a_process_that_ends_with_the_page(session: Session) -> None:
    checker = Checker(session, Wishes())
    checker.start()
    session.add([Dropped("wrong.csv", WRONG), Dropped("right.csv", RIGHT)])
    waited(lambda: is_checked(session))
    counts = [len(each.report.findings) for each in session.entries if each.report]
    assert counts == [1, 0]
    session.end()
    checker.stop()
    assert not checker.is_alive()
    with pytest.raises(LostError):
        checker._helper.start()


def test_a_document_that_ends_its_process_is_named_and_the_others_are_checked(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "check_all", dying)
    session.add([Dropped("wrong.csv", WRONG), Dropped("deadly.csv", RIGHT)])
    checker = Checker(session, Wishes())
    checker.start()
    waited(lambda: is_checked(session))
    session_entries = session.entries
    session.end()
    checker.stop()
    first, second = (each.report for each in session_entries)
    assert first
    assert second
    assert len(first.findings) == 1
    assert second.documents[0].status == "unreadable"
    assert "deadly.csv" in second.documents[0].reason


REAL = checking.check_all


def dying(tasks: list[checking.Task], wishes: Wishes) -> object:
    """What the process does in the test above."""
    import os

    if any(each.name == "deadly.csv" for each in tasks):
        os._exit(1)
    return REAL(tasks, wishes)


def test_a_document_that_takes_too_long_is_given_up(session: Session) -> None:
    helper = Helper()
    with pytest.raises(LostError):
        helper.call(0, time.sleep, 30)
    assert helper.call(30, len, "abc") == 3  # another process goes on
    helper.close()
    assert Bounds().seconds
    assert not session.entries

"""One command as a person types it: what it prints, what it says beside that, its exit code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tests.reports import whole_report
from unbudget_check.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.model.options import Wishes
    from unbudget_check.model.report import DocumentResult, Report


@dataclass(frozen=True, slots=True)
class Ran:
    """The end of one command."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs ``unbudget-check`` with these arguments, standard input and 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def ran(*arguments: str, given: bytes = b"") -> Ran:
        with CliRunner().isolation(input=given) as (out, err, *_):
            code = run(arguments)
            texts = [stream.getvalue().decode("utf-8") for stream in (out, err)]
        return Ran(code, *texts)

    return ran


@dataclass(slots=True)
class FakeEngine:
    """Stands in for the engine: remembers what it was asked, and gives a prepared report."""

    report: Report
    paths: Sequence[str] = ()
    wishes: Wishes | None = None

    def check(
        self,
        paths: Sequence[str],
        wishes: Wishes,
        on_document: Callable[[DocumentResult], None] | None,
        on_wait: Callable[[], None] | None = None,
    ) -> Report:
        assert on_wait is None  # the tests have no terminal
        self.paths, self.wishes = paths, wishes
        for document in self.report.documents if on_document else ():
            assert on_document
            on_document(document)
        return self.report


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """An engine whose report can be chosen; by default the shared one with four documents."""
    fake = FakeEngine(whole_report())
    monkeypatch.setattr("unbudget_check.engine.check", fake.check)
    return fake

"""What people verified by hand: true findings are kept, false ones are gone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.audited import Held, hold, verdicts_of
from unbudget_check import engine
from unbudget_check.model.finding import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult

# Of the root causes that people confirmed, so many in a hundred must still be told.
LEAST_KEPT = 95


@pytest.fixture(scope="module")
def more(corpus: Path) -> Path:
    """The folder of real documents whose findings people have verified."""
    folder = corpus.parent / "more"
    if not folder.is_dir():
        pytest.skip("the audited documents (../shared/more beside the project) are not here")
    return folder


@pytest.fixture(scope="module")
def results(more: Path) -> dict[str, DocumentResult]:
    """Every one of these documents, checked, by its file name."""
    checked = engine.check([str(more / "docx")]).documents
    return {Path(each.path).name: each for each in checked}


@pytest.fixture(scope="module")
def held(more: Path, results: dict[str, DocumentResult]) -> list[Held]:
    found = []
    for name, result in results.items():
        verdicts = verdicts_of(more / "audited", name)
        if verdicts:
            found.append(hold(result, verdicts))
    return found


def test_every_document_is_checked_whole(results: dict[str, DocumentResult]) -> None:
    assert {name: each.status for name, each in results.items()} == dict.fromkeys(
        results, "checked"
    )
    assert not any(each.coverage.faults for each in results.values())


def test_what_people_confirmed_is_still_told(held: list[Held]) -> None:
    kept, lost = (sum(len(getattr(each, name)) for each in held) for name in ("kept", "lost"))
    assert 100 * kept >= LEAST_KEPT * (kept + lost), [each.lost for each in held]


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_at_most_one_finding_of_a_document_is_one_that_people_refuted(
    held: list[Held], severity: Severity
) -> None:
    many = {
        each.name: [(f.code, f.where) for f in found]
        for each in held
        if len(found := [f for f in each.false if f.severity is severity]) > 1
    }
    assert not many


def test_nothing_that_people_refuted_is_told_with_high_confidence(held: list[Held]) -> None:
    sure = [f.where for each in held for f in each.false if f.confidence is Confidence.HIGH]
    assert not sure


def test_confirmed_errors_of_reports_are_found(
    more: Path, results: dict[str, DocumentResult]
) -> None:
    missed = []
    for entry, name in _gold(more):
        stated = [_tight(text) for text in re.split(";", entry["stated"])]
        told = {text for each in results[name].findings for text in _figures(each)}
        if entry["class"] == "definite" and not told.intersection(stated):
            missed.append(entry["id"])
    assert not missed


def test_no_trap_of_reports_is_told(more: Path, results: dict[str, DocumentResult]) -> None:
    caught = [
        (entry["id"], each.code)
        for entry, name in _gold(more)
        if entry["class"] == "artifact" and entry.get("paragraph")
        for each in results[name].findings
        if each.severity is Severity.ERROR and each.where.paragraph == entry["paragraph"]
    ]
    assert not caught


def _gold(more: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for path in sorted((more / "gold").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        yield from ((entry, told["document"]) for entry in told["findings"])


def _figures(finding: Finding) -> Iterator[str]:
    """The figures that a finding states or suspects, as printed."""
    yield _tight(finding.stated_text)
    yield from (_tight(suspect.stated) for suspect in finding.suspects)


def _tight(text: str | None) -> str:
    return re.sub(r"[^\d.]", "", text or "")

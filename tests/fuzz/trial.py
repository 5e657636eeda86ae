"""Checks one input beside a small sound document, within bounds, and says what went wrong."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.fuzz.mutations import Mutant, mutant_of
from tests.fuzz.seeds import SENTINEL
from unbudget_check import engine
from unbudget_check.model import faults
from unbudget_check.model.options import Bounds, Wishes
from unbudget_check.processes import Lost, in_processes
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.added import renderer_of
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.fuzz.seeds import Seed
    from unbudget_check.model.report import Coverage, DocumentResult, Report

# As much as an input of a few kilobytes may take, on a machine that is busy.
BOUNDS = Bounds(seconds=60, mebibytes=1024)
SENTINEL_NAME = "sentinel.csv"
RENDERED_SHARE = 10  # every tenth report is told in all formats
HARM = frozenset(map(chr, (*range(9), *range(11, 32), 127, *range(0x202A, 0x202F))))
# A mutation that keeps all figures may still make some of them unreadable, and say so.
GONE_SHARE = 3


def trials(seed: int, numbers: Sequence[int], count: int) -> Iterator[tuple[Mutant, str]]:
    """Every input with what went wrong, empty where nothing did; ``count`` processes at once."""
    tasks = [(0, (seed, number)) for number in numbers]
    done = in_processes(_try_number, tasks, count, BOUNDS)
    for number, outcome in zip(numbers, done, strict=True):
        said = f"lost: {outcome}" if isinstance(outcome, Lost) else outcome
        yield mutant_of(seed, number), said


def _try_number(task: tuple[int, int]) -> str:
    return problem_of(mutant_of(*task))


def problem_of(mutant: Mutant) -> str:
    """What is wrong with the report on an input, in a few words that name its class."""
    name = f"input{mutant.suffix}"
    strict, faults.STRICT = faults.STRICT, False
    try:
        report = _checked({name: mutant.data, SENTINEL_NAME: SENTINEL})
    except Exception as error:  # noqa: BLE001  whatever it is, it is what we look for
        return f"crash: {faults.fault_of(error)}"
    finally:
        faults.STRICT = strict
    return _told(mutant, report)


def _told(mutant: Mutant, report: Report) -> str:
    document, sentinel = report.documents
    if sentinel.findings != _sentinel().findings:
        return "sentinel: its finding is lost"
    if document.told is not None and document.told.name == "file-fault":
        return f"crash: {document.reason}"
    if document.coverage.faults:
        return f"fault: {next(e.reason for e in document.coverage.remarks if 'fault' in e.reason)}"
    if mutant.keeps and _vanished(document, mutant.seed):
        return "silent: figures are gone without a word"
    return _harm(report) if mutant.number % RENDERED_SHARE == 0 else ""


def _checked(given: dict[str, bytes]) -> Report:
    return engine.check(list(given), Wishes(given=given))


@cache
def _sentinel() -> DocumentResult:
    """What the small document says when it is checked alone."""
    (document,) = _checked({SENTINEL_NAME: SENTINEL}).documents
    assert document.findings
    return document


@cache
def _sound(seed: Seed) -> Coverage:
    """How far a document is read before it is damaged."""
    (document,) = _checked({f"input{seed.suffix}": seed.data}).documents
    return document.coverage


def _vanished(document: DocumentResult, seed: Seed) -> bool:
    """Whether a third of the figures are neither read nor said to be left out."""
    before, now = _sound(seed), document.coverage
    gone = before.figures_read - now.figures_read
    if document.status != "checked" or gone * GONE_SHARE <= before.figures_read:
        return False
    listed = sum(each.figures for each in now.unchecked)
    return not now.remarks and listed <= sum(each.figures for each in before.unchecked)


def _harm(report: Report) -> str:
    """What some format of the report would do to a terminal or a page."""
    for name in FORMATS:
        try:
            text = str(renderer_of(name)(report, RenderOptions(verbose=True, proofs=True)))
        except Exception as error:  # noqa: BLE001  as above
            return f"report {name}: {faults.fault_of(error)}"
        if HARM & set(text.replace("\r\n", "\n")):
            return f"report {name}: a terminal would obey it"
        if "<script>alert" in text and name == "html":
            return "report html: a script of the document runs"
    return ""

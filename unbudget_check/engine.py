"""The one straight way from paths to a report; nothing else knows the order of the steps."""

from __future__ import annotations

import gc
import logging
import pickle
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from unbudget_check.checks import COMPLAINT, load_check
from unbudget_check.checks.document.complaints import complaints_of
from unbudget_check.diagnosis.coverage import coverage_of, crossed, reached, tallies_of
from unbudget_check.diagnosis.data_rows import fact_rows, relation_rows
from unbudget_check.diagnosis.findings import find
from unbudget_check.diagnosis.judging import judge_claims
from unbudget_check.diagnosis.places import printed_tables
from unbudget_check.diagnosis.proofs import Case
from unbudget_check.errors import PluginError, UnreadableError, UserError
from unbudget_check.evidence.settle import settle
from unbudget_check.messages import ENGLISH, tell
from unbudget_check.messages.telling import common_language, told_in, unchecked
from unbudget_check.model import faults as model_faults
from unbudget_check.model.claims import Claims
from unbudget_check.model.faults import Faults, fault_of
from unbudget_check.model.message import Message, saying
from unbudget_check.model.options import Bounds, Profile, Wishes
from unbudget_check.model.report import Coverage, DocumentResult, Report, Tool
from unbudget_check.processes import Lost, in_processes, lacks_bounds, processes_for
from unbudget_check.readers.ahead import FoundFiles, files_of, opened_ahead, opened_or_why, prepared
from unbudget_check.readers.paths import size_of
from unbudget_check.readers.source import MappedFile
from unbudget_check.rulebook.load import all_rules, rules_hash
from unbudget_check.rulebook.page import cards_of
from unbudget_check.rulebook.select import (
    refuse_unknown_rules,
    rules_for,
    select_rules,
    with_severities,
)
from unbudget_check.triage.baseline import set_aside
from unbudget_check.triage.decisions import apply_decisions
from unbudget_check.triage.effects import narrowed, setup_of
from unbudget_check.triage.identity import identified, numbered
from unbudget_check.understand.understand import understand_guarded as understand_document
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.model.document import Document
    from unbudget_check.model.fact_row import FactRow
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.relations import RelationRow
    from unbudget_check.model.report import Unchecked
    from unbudget_check.readers.ahead import Opened
    from unbudget_check.rulebook.rule import Rule

Row = TypeVar("Row")
Done = TypeVar("Done")
NAME = "unbudget-check"
# Kinds of check whose ties the document itself declares.
DECLARED = ("formula", "named_rows", "worksheet")
WHOLE = ("posts", "count")
_LOG = logging.getLogger(__name__)


def check(
    paths: Sequence[str],
    wishes: Wishes | None = None,
    on_document: Callable[[DocumentResult], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Report:
    """Check every document that the paths name, in order; ``on_document`` hears of each at once.

    ``on_wait`` is called some times a second while a process of its own checks a large document.

    Raises UserError where the rules or the selection cannot be used; a document that cannot be
    read is a result with its reason, and all others are still checked.
    """
    return _examined(paths, wishes or Wishes(), on_document, on_wait, is_kept=False).report


@dataclass(frozen=True, slots=True)
class Examined:
    """A report, and what was understood of its documents, for comparing them with other versions.

    ``cases`` maps the path of a document to its ``Case``, packed by ``pickle``, which takes a
    megabyte for a long document. Data files with a mapping have none.
    """

    report: Report
    cases: Mapping[str, bytes]


def examine(
    paths: Sequence[str],
    wishes: Wishes | None = None,
    on_document: Callable[[DocumentResult], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Examined:
    """Check documents as ``check`` does, and keep what was understood of them."""
    return _examined(paths, wishes or Wishes(), on_document, on_wait, is_kept=True)


def _examined(
    paths: Sequence[str],
    wishes: Wishes,
    on_document: Callable[[DocumentResult], None] | None,
    on_wait: Callable[[], None] | None,
    *,
    is_kept: bool,
) -> Examined:
    rules = rules_of(wishes)
    results, cases = [], {}
    listed = files_of(paths, wishes)
    work = partial(_check_opened, rules=rules, wishes=wishes, is_kept=is_kept)
    for found in _bounded(listed.files, wishes, work, on_wait):
        whole, case = found if isinstance(found, tuple) else (found, b"")
        result = _settled(_lost(whole) if isinstance(whole, _Lost) else whole, wishes)
        results.append(result)
        if case:
            cases[result.path] = case
        if on_document is not None:
            on_document(result)
    sizes = [size_of(path, wishes.given) for path, _ in listed.files]
    report = _report(results, rules, wishes, listed, unbounded=lacks_bounds(sizes))
    return Examined(report, cases)


def report_of(result: DocumentResult, rules: Sequence[Rule], wishes: Wishes) -> Report:
    """The report on one document that was checked by itself, such as a frame."""
    return _report([_settled(result, wishes)], rules, wishes, FoundFiles())


def _report(
    results: Sequence[DocumentResult],
    rules: Sequence[Rule],
    wishes: Wishes,
    listed: FoundFiles,
    *,
    unbounded: bool = False,
) -> Report:
    tool = Tool(NAME, __version__, rules_hash(rules))
    cards = cards_of(rules, results)
    usual = all_rules(wishes.rules_dir)
    setup = setup_of(results, wishes, usual, listed.excluded, listed.passed, unbounded=unbounded)
    report = Report(tool, tuple(results), wishes.select, wishes.ignore, cards, setup=setup)
    lang = wishes.lang or common_language(results)
    return told_in(report, lang) if lang else report


@dataclass(frozen=True, slots=True)
class _Lost:
    """A document that its process gave no answer to, and what is to be said of it."""

    path: str
    told: Message


def _bounded(
    files: Sequence[tuple[str, UserError | None]],
    wishes: Wishes,
    work: Callable[[str, Opened], Done],
    on_wait: Callable[[], None] | None = None,
) -> Iterator[Done | _Lost]:
    """What ``work`` makes of every file, in order, each within bounds where the system has them.

    Several are done at once where that saves time.
    """
    sizes = [size_of(path, wishes.given) for path, _ in files]
    count = processes_for(sizes)
    if not count:
        for path, opened in opened_ahead(files, wishes):
            yield work(path, opened)
        return

    def open_and_work(file: tuple[str, UserError | None]) -> Done:
        return work(file[0], opened_or_why(*file, wishes))

    tasks = list(zip(sizes, files, strict=True))
    for (path, _), done in zip(
        files, in_processes(open_and_work, tasks, count, wishes.bounds, on_wait), strict=True
    ):
        yield _Lost(path, _why(path, done, wishes.bounds)) if isinstance(done, Lost) else done


def _why(path: str, lost: Lost, bounds: Bounds) -> Message:
    """What to say of a document whose process ended, or was ended."""
    match lost:
        case Lost.TOO_LONG:
            return saying("file-too-long", path=path, limit=bounds.seconds)
        case Lost.TOO_DEAR:
            return saying("file-too-dear", path=path)
        case Lost.DIED:
            return saying("file-died", path=path)


def _lost(found: _Lost) -> DocumentResult:
    return _unreadable(found.path, tell(ENGLISH, found.told), found.told)


def _settled(result: DocumentResult, wishes: Wishes) -> DocumentResult:
    """What people accepted set apart, what the profile keeps back, and a number to each finding."""
    decided = apply_decisions(result, wishes.decisions, wishes.today)
    told = narrowed(set_aside(decided, wishes.baseline), wishes.profile)
    return replace(told, findings=numbered(told.findings))


def rules_of(wishes: Wishes) -> tuple[Rule, ...]:
    """The rules of a run: all that can be used, as selected and graded.

    Raises UserError for a word that names no rule, wherever it was said.
    """
    rules = all_rules(wishes.rules_dir)
    refuse_unknown_rules(rules, wishes.per_document.values())
    graded = with_severities(rules, wishes.severities)
    return select_rules(graded, wishes.select, wishes.ignore)


def check_document(
    document: Document, rules: Sequence[Rule], wishes: Wishes | None = None
) -> DocumentResult:
    """Check one document that was read."""
    return _checked(document, rules, wishes or Wishes())[0]


def _checked(
    document: Document, rules: Sequence[Rule], wishes: Wishes
) -> tuple[DocumentResult, Case]:
    rules = rules_for(rules, document.path, document.symbol, wishes.per_document)
    faults = Faults(document.path)
    facts = understand_document(document, wishes.language, faults)
    claims = claims_of(facts, rules, faults)
    judged = judge_claims(facts, claims, wishes.rounding)
    case = Case(facts, rules, claims, judged)
    findings = (
        *complaints_of(document, facts.language, rules),
        *find(case, faults, rounded=wishes.profile is Profile.AUDIT),
    )
    tables = faults.guarded(lambda: printed_tables(document, facts, findings), lambda: ())
    tallies = faults.guarded(lambda: tallies_of(facts, rules, claims, judged), lambda: ())
    coverage = faults.guarded(lambda: coverage_of(facts, claims, judged), Coverage)
    result = DocumentResult(
        document.path,
        document.symbol,
        facts.language,
        document.sha256,
        "checked",
        "",
        replace(coverage, remarks=(*coverage.remarks, *_noted(faults))),
        tuple(identified(findings, document.symbol)),
        tables,
        tallies,
        wishes.revisions,
    )
    return result, case


def _noted(faults: Faults) -> tuple[Unchecked, ...]:
    return tuple(unchecked(where, told) for where, told in faults.found)


def claims_of(facts: DocumentFacts, rules: Sequence[Rule], faults: Faults | None = None) -> Claims:
    """What the rules claim about a document, where it bears that out; rule r has number r.

    Formulas that the document prints come first: of two rules that write the same tie, the first
    one tells it. A rule that fails writes nothing, and is noted.
    """
    faults = faults or Faults(facts.path)
    claims = Claims()
    for number, rule in sorted(enumerate(rules), key=lambda pair: pair[1].check not in DECLARED):
        if rule.check == COMPLAINT:
            continue
        before = claims.lengths()
        try:
            load_check(rule.check)(facts, rule, number, claims)
        except Exception as error:  # noqa: BLE001  one rule never stops the others
            faults.note(error, "internal-fault-rule", rule=rule.code)
            claims.cut(before)
    if not facts.worksheets:
        return settle(claims, facts.numbers, facts.counts)
    from unbudget_check.checks.worksheets.worksheet import (  # few documents need it
        reconcile,
        without_computed,
    )

    faults.guarded(lambda: reconcile(facts, claims), lambda: None)
    settled = settle(claims, facts.numbers, facts.counts)
    return faults.guarded(lambda: without_computed(facts, settled), lambda: settled)


def read(path: str, wishes: Wishes | None = None) -> Document:
    """One document as its reader hands it on, data files as printed; raises UnreadableError."""
    return _document(prepared(path, replace(wishes or Wishes(), tidy={}))())


def _document(opened: Document | MappedFile) -> Document:
    assert not isinstance(opened, MappedFile)  # noqa: S101  nothing is mapped without a mapping
    return opened


@dataclass(frozen=True, slots=True)
class UnderstoodDocument:
    """One document before anything is found in it.

    ``regimes`` says in which places its figures are exact and in which they drift; ``checked`` are
    the figures that stand in some relation, ``crossed`` those in which two relations meet that have
    no other figure in common: a wrong one of these can be named. ``case`` are the ties under their
    rules, and how they came out; ``faults`` are those of this program: what they concern is left
    out.
    """

    facts: DocumentFacts
    regimes: Mapping[str, str]
    checked: frozenset[int]
    crossed: frozenset[int]
    case: Case
    faults: tuple[Unchecked, ...] = ()

    @property
    def claims(self) -> Claims:
        """The ties that are believed in."""
        return self.case.claims


def understand(path: str, wishes: Wishes | None = None) -> UnderstoodDocument:
    """What was understood of one document, and how well its figures are covered.

    Raises UnreadableError where it cannot be read, or not within the bounds.
    """
    wishes = replace(wishes or Wishes(), tidy={})
    rules = rules_of(wishes)

    def work(_: str) -> UnderstoodDocument:
        return _understood(read(path, wishes), rules, wishes)

    size = size_of(path, wishes.given)
    count = processes_for([size])
    if not count:
        return work(path)
    (found,) = in_processes(work, [(size, path)], count, wishes.bounds)
    if isinstance(found, Lost):
        told = _why(path, found, wishes.bounds)
        raise UnreadableError(tell(ENGLISH, told), told)
    return found


def _understood(document: Document, rules: Sequence[Rule], wishes: Wishes) -> UnderstoodDocument:
    faults = Faults(document.path)
    facts = understand_document(document, wishes.language, faults)
    claims = claims_of(facts, rules, faults)
    judged = judge_claims(facts, claims, wishes.rounding)
    regimes = {
        " ".join(filter(None, place)): "drifts" if judged.drifting[number] else "exact"
        for place, number in claims.places.items()
        if place[0] not in WHOLE  # counts are never rounded
    }
    checked = frozenset(reached(facts, claims, judged).nonzero()[0].tolist())
    case = Case(facts, rules, claims, judged)
    return UnderstoodDocument(facts, regimes, checked, crossed(judged), case, _noted(faults))


@dataclass(frozen=True, slots=True)
class Extracted:
    """The facts of one document as rows, or the reason why it could not be read.

    ``faults`` are those of this program: what they concern is left out.
    """

    path: str
    rows: tuple[FactRow, ...]
    reason: str = ""
    faults: tuple[Unchecked, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """The ties of one document as rows, or the reason why it could not be read."""

    path: str
    rows: tuple[RelationRow, ...]
    reason: str = ""
    faults: tuple[Unchecked, ...] = ()


def facts(path: str, wishes: Wishes | None = None) -> tuple[FactRow, ...]:
    """The facts with a meaning of one document; raises UnreadableError."""
    return _fact_rows(understand(path, wishes))


def extract(paths: Sequence[str], wishes: Wishes | None = None) -> Iterator[Extracted]:
    """The facts with a meaning of every document that the paths name, document by document.

    Raises UserError where the rules or the selection cannot be used; a document that cannot be
    read comes with its reason, and all others with their facts.
    """
    for each in _each(paths, wishes, _fact_rows):
        yield Extracted(*each)


def relations(paths: Sequence[str], wishes: Wishes | None = None) -> Iterator[Related]:
    """The ties that are believed in, of every document that the paths name; as ``extract``."""
    for each in _each(paths, wishes, _relation_rows):
        yield Related(*each)


def _fact_rows(found: UnderstoodDocument) -> tuple[FactRow, ...]:
    return tuple(fact_rows(found.facts, found.checked))


def _relation_rows(found: UnderstoodDocument) -> tuple[RelationRow, ...]:
    return tuple(relation_rows(found.facts, found.claims))


def _each(
    paths: Sequence[str],
    wishes: Wishes | None,
    rows_of: Callable[[UnderstoodDocument], tuple[Row, ...]],
) -> Iterator[tuple[str, tuple[Row, ...], str, tuple[Unchecked, ...]]]:
    """Path, rows, the reason why there are none, and faults, of every document."""
    wishes = replace(wishes or Wishes(), tidy={})
    rules = rules_of(wishes)

    def work(path: str, opened: Opened) -> tuple[str, tuple[Row, ...], str, tuple[Unchecked, ...]]:
        with _collector_at_rest():
            try:
                if isinstance(opened, Exception):
                    raise opened  # noqa: TRY301  told like what goes wrong here
                found = _understood(_document(opened()), rules, wishes)
                return path, rows_of(found), "", found.faults
            except Exception as error:  # noqa: BLE001  one document never stops the others
                return path, (), _failed(path, error).reason, ()

    for found in _bounded(files_of(paths, wishes).files, wishes, work):
        if isinstance(found, _Lost):
            yield found.path, (), tell(ENGLISH, found.told), ()
        else:
            yield found


def _check_opened(
    path: str,
    opened: Opened,
    rules: Sequence[Rule],
    wishes: Wishes,
    *,
    is_kept: bool,
) -> DocumentResult | tuple[DocumentResult, bytes]:
    """What was found in a document, and its case where that is kept and there is one."""
    if isinstance(opened, Exception):
        return _failed(path, opened)
    try:
        with _collector_at_rest():
            found = opened()
            if isinstance(found, MappedFile):
                # Loading pandas and pyarrow takes longer than checking most documents.
                from unbudget_check.tidy.check import check_data

                return check_data(found, rules, wishes)
            result, case = _checked(found, rules, wishes)
            return (result, pickle.dumps(case)) if is_kept else result
    except Exception as error:  # noqa: BLE001  one document never stops the others
        return _failed(path, error)


def _failed(path: str, error: Exception) -> DocumentResult:
    """The result of a document that was not checked; a fault of this program is reported as such.

    An installed package that cannot be used is no fault of a document: it stops the run.
    """
    if isinstance(error, PluginError):
        raise error
    if isinstance(error, UserError):
        told = error.told if isinstance(error.told, Message) else None
        return _unreadable(path, str(error), told)
    if isinstance(error, MemoryError):
        error.__traceback__ = None  # what was made of the document so far is given up
        told = saying("file-too-dear", path=path)
        return _unreadable(path, tell(ENGLISH, told), told)
    if model_faults.STRICT:
        raise error
    _LOG.debug("%s", path, exc_info=error)
    told = saying("file-fault", path=path, fault=fault_of(error))
    return _unreadable(path, tell(ENGLISH, told), told)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing that a document is made of refers back to itself: looking for cycles is lost time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _unreadable(path: str, reason: str, told: Message | None) -> DocumentResult:
    return DocumentResult(path, None, None, "", "unreadable", reason, Coverage(), told=told)

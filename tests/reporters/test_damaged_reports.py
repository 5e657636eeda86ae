"""A saved report that was cut off or changed by hand is refused in one sentence, or told."""

from __future__ import annotations

import json
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.reports import whole_report
from unbudget_check.errors import UserError
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.added import renderer_of
from unbudget_check.reporters.data.saved import read_report
from unbudget_check.reporters.differences import FORMATS as COMPARISONS
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.triage.differences import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.report import Report

WHOLE = str(renderer_of("json")(whole_report(), RenderOptions()))
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 10**9, 10**30, "", "x", "-", "1e999", "9" * 5000, "\x1b[31m"),
    *([], {}, [[]], ["a"], {"a": 1}, "t99r9c9"),
)
TIMES = 40  # damages of one seed


def places_in(value: object, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to everything that stands in JSON data."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    for key, inner in pairs:
        yield (*place, key)
        yield from places_in(inner, (*place, key))


def damaged(random: Random) -> str:
    """The shared report with one thing taken out, put in twice, added or replaced."""
    data = json.loads(WHOLE)
    *way, last = random.choice(list(places_in(data)))
    holder = data
    for key in way:
        holder = holder[key]
    match random.randrange(4):
        case 0:
            del holder[last]
        case 1 if isinstance(holder, list):
            holder.append(holder[last])
        case 1:
            holder["more"] = 1
        case _:
            holder[last] = random.choice(ODD)
    return json.dumps(data)


def told_everywhere(report: Report) -> None:
    """Tell the report in every format, and compare it with the whole one, both ways."""
    options = RenderOptions(proofs=True, verbose=True)
    for name in FORMATS:
        renderer_of(name)(report, options)
    whole = whole_report()
    for pair in ((report, whole), (whole, report)):
        differences = compare(*pair)
        for module in COMPARISONS.values():
            import_module(module).render(differences, options)


@pytest.mark.parametrize("seed", range(8))
def test_damage_is_refused_or_does_no_harm(seed: int) -> None:
    random = Random(seed)
    refused = 0
    for _ in range(TIMES):
        text = damaged(random)
        try:
            report = read_report(text, "r.json")
        except UserError as error:
            refused += len(str(error).splitlines())  # one sentence each
        else:
            told_everywhere(report)
    assert 0 < refused < TIMES  # both happen, or nothing was tried


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_report_that_was_cut_off_is_refused(share: float) -> None:
    with pytest.raises(UserError, match="is not a report"):
        read_report(WHOLE[: int(len(WHOLE) * share)], "r.json")


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (("findings", 0, "stated"), 17, "findings[0].stated"),
        (("findings", 0, "document"), "else.docx", "a document that was not checked"),
        (("documents", 0, "tables", 0, "columns"), 10**9, "more columns"),
        (("findings", 0, "excerpt", "stated"), [99, 99], "does not hold what it shows"),
        (("documents", 1, "path"), "annual/torn.docx", "the same path"),
    ],
)
def test_the_sentence_says_where_it_is_wrong(
    way: tuple[Any, ...], value: object, said: str
) -> None:
    data = json.loads(WHOLE)
    holder = data
    for key in way[:-1]:
        holder = holder[key]
    holder[way[-1]] = value
    with pytest.raises(UserError) as refused:
        read_report(json.dumps(data), "r.json")
    assert said in str(refused.value)


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(UserError, match="is not a report"):
        read_report(WHOLE.replace('"figures": {', '"figures": {"more": NaN, ', 1), "r.json")

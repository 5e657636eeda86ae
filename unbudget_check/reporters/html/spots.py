"""Which cells of a table a finding speaks of: to blame, in doubt, or part of a proof."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.finding import SEVERITIES, Localisation
from unbudget_check.reporters.words import adds_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.location import Where

# How a cell belongs to a finding, and the letter of it in the style: it is to blame, or perhaps;
# and in the proof it is added, taken away, stated for the sum, or what other relations need.
BLAMED, DOUBTED = "s", "u"
PLUS, MINUS, STATED, OTHER = "p", "m", "e", "o"
# The tone of a finding is its severity, unless it is settled.
SETTLED = "settled"
TONES = (SETTLED, *map(str, SEVERITIES))


@dataclass(frozen=True, slots=True)
class Badge:
    """The number of a finding at a cell that may be to blame, with the link to it."""

    number: int
    anchor: str
    severity: str
    tone: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """All that findings say of one cell; ``style`` names how each of them uses it."""

    anchor: str
    badges: tuple[Badge, ...]
    style: str
    findings: frozenset[int]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its number in its document and its name on the page."""

    number: int
    anchor: str
    finding: Finding


def find_spots(findings: Iterable[Numbered], document: str, prefix: str) -> dict[str, Spot]:
    """The spots of one document by the name of the cell; ``prefix`` begins their own names."""
    badges: dict[str, list[Badge]] = defaultdict(list)
    uses: dict[str, dict[int, str]] = defaultdict(dict)
    for each in findings:
        for where, is_certain in _suspects(each.finding):
            if where.cell and where.document == document:
                badges[where.cell].append(_badge(each, is_certain=is_certain))
        for cell, letters in _uses(each.finding, document).items():
            uses[cell][each.number] = letters
    return {
        cell: Spot(
            f"{prefix}{cell}",
            tuple(badges.get(cell, ())),
            _style(badges.get(cell, ()), used),
            frozenset(used),
        )
        for cell, used in uses.items()
    }


def tone_of(finding: Finding) -> str:
    """How a finding is coloured: by its severity, or as one that was accepted."""
    return str(finding.severity) if finding.status == "open" else SETTLED


def _badge(each: Numbered, *, is_certain: bool) -> Badge:
    severity = str(each.finding.severity)
    return Badge(each.number, each.anchor, severity, tone_of(each.finding), is_certain)


def _style(badges: Iterable[Badge], uses: Mapping[int, str]) -> str:
    """The names of the style: the gravest finding, whether it is certain, and every use."""
    listed = tuple(badges)
    names = ["part"]
    if listed:
        worst = max((each.tone for each in listed), key=TONES.index)
        names = ["x", worst, *([] if any(each.is_certain for each in listed) else ["doubt"])]
    used = (f"{letter}{number}" for number, letters in uses.items() for letter in letters)
    return " ".join([*names, *used])


def _suspects(finding: Finding) -> Iterator[tuple[Where, bool]]:
    """The places to mark, each once, and whether it is certain that they are to blame."""
    told = {each.where.cell: each.where for each in finding.suspects}
    every = {finding.where.cell: finding.where, **told}.values()
    match finding.localisation:
        case Localisation.CELL | Localisation.CELLS:
            yield from ((where, True) for where in every)
        case Localisation.ALTERNATIVES:
            yield from ((where, False) for where in every)
        case _:
            yield finding.where, False


def _uses(finding: Finding, document: str) -> dict[str, str]:
    """The letters that say how the finding uses each cell: perhaps who is to blame, and its role.

    The role is the one in the first relation that needs the cell.
    """
    roles: dict[str, str] = {}
    for position, proof in enumerate(finding.relations):
        is_first, is_sum = position == 0, adds_up(proof)
        _use(roles, proof.where, document, STATED if is_first else OTHER)
        for part in proof.parts:
            letter = MINUS if part.coefficient < 0 else PLUS
            _use(roles, part.where, document, letter if is_first and is_sum else OTHER)
    blamed: dict[str, str] = {}
    for where, is_certain in _suspects(finding):
        _use(blamed, where, document, BLAMED if is_certain else DOUBTED)
    return {cell: blamed.get(cell, "") + roles.get(cell, "") for cell in {**blamed, **roles}}


def _use(uses: dict[str, str], where: Where, document: str, letter: str) -> None:
    if where.cell and where.document == document:
        uses.setdefault(where.cell, letter)

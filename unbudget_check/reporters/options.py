"""How a report is to be drawn: how wide, with which colours, how much of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """The wishes of whoever reads the report; the last three concern formats for machines.

    ``width`` counts terminal columns. ``quiet`` leaves findings only, ``verbose`` shows every
    place that was not checked, every part of a long sum and the address of each finding; ``proofs``
    writes out every relation of a finding in figures. ``max_per_rule`` is how many findings of a
    rule are shown, None for all; the others are counted. ``root`` is the folder that code-hosting
    sites call the top, ``folder`` the one in which the program ran, seen from there: paths within
    the top are said from it. ``suppressions`` keeps accepted findings in SARIF.
    """

    width: int = 80
    color: bool = False
    quiet: bool = False
    verbose: bool = False
    proofs: bool = False
    max_per_rule: int | None = None
    root: str = ""
    folder: str = ""
    suppressions: bool = False

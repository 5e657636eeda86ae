"""Slips of paper: one for each finding, to be handed to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unbudget_check.plugin_api import RenderOptions, Report


def render(report: Report, options: RenderOptions) -> str:
    """A slip for each finding."""
    del options
    slips = [f"[ ] {finding.code}: {finding.message}\n" for finding in report.findings]
    return "".join(slips) or "Nothing to do.\n"

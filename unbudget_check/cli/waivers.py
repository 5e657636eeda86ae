"""The verb ``waivers``, as it was called before ``decisions``; it works for one release more."""

from __future__ import annotations

import click

from unbudget_check.cli import decisions


@click.group("waivers")
def command() -> None:
    """Accept findings: the name that ``decisions`` had before."""


command.add_command(decisions.accept, "add")
command.add_command(decisions.audit)

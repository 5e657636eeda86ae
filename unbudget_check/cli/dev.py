"""The verb ``dev``, for authors of rules and tools, and verbs under their older names."""

from __future__ import annotations

from copy import copy
from typing import Any

import click

from unbudget_check.cli import completion, new_rule, schema, test_rules

HELP = """Write and test rules of your own, and set up editors and shells.

\b
unbudget-check dev new-rule balance --code OWN101   a first rule file
unbudget-check dev test-rules our-rules             test its examples
unbudget-check dev schema rule                      JSON Schemas for editors
unbudget-check dev completion bash                  completion in your shell
"""
VERBS = (new_rule, test_rules, schema, completion)


@click.group("dev", help=HELP, short_help="For authors of rules, editors and shells.")
def command() -> None:
    """Choose a verb."""


for verb in VERBS:
    command.add_command(verb.command)


def under_old_name(found: click.Command, new_name: str) -> click.Command:
    """A verb under the name that it had before, for one release more: it says the new one."""
    older = copy(found)
    older.hidden = True

    def told(*values: Any, **options: Any) -> object:  # noqa: ANN401  whatever the verb takes
        hint = f"`unbudget-check {found.name}` is now `unbudget-check {new_name}`; the old name "
        click.echo(f"{hint}goes in version 0.2", err=True)
        assert found.callback is not None  # noqa: S101  every verb has one
        result: object = found.callback(*values, **options)
        return result

    older.callback = told
    return older

"""Every verb of the command line with its options, as the command line itself tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from unbudget_check.cli.main import NAME, program

if TYPE_CHECKING:
    from collections.abc import Iterator

AS_IT_STANDS = "\b"  # begins a paragraph whose rows click leaves alone


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the help; ``rows`` stand as they are where it is not to be filled."""

    text: str
    as_it_stands: bool


@dataclass(frozen=True, slots=True)
class Verb:
    """One command: how it is called, what it says of itself, its options."""

    name: str
    anchor: str
    usage: str
    passages: tuple[Passage, ...]
    options: tuple[tuple[str, str], ...]


def verbs_of() -> Iterator[Verb]:
    """Every verb that can be called, those of groups under their groups."""
    root = click.Context(program, info_name=NAME, **program.context_settings)
    for name in program.list_commands(root):
        command = program.get_command(root, name)
        if command is not None and not command.hidden:
            yield from _verbs(command, name, root)


def _verbs(command: click.Command, name: str, above: click.Context) -> Iterator[Verb]:
    context = click.Context(command, info_name=name, parent=above)
    yield _verb(command, context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None and not found.hidden:
                yield from _verbs(found, inner, context)


def _verb(command: click.Command, context: click.Context) -> Verb:
    words = context.command_path.split()
    records = (each.get_help_record(context) for each in command.get_params(context))
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    return Verb(
        context.command_path,
        "-".join(words[1:]),
        usage,
        tuple(_passages(command.help or "")),
        tuple(record for record in records if record),
    )


def _passages(help_text: str) -> Iterator[Passage]:
    for block in help_text.split("\n\n"):
        rows = block.strip("\n").splitlines()
        if rows and rows[0].strip() == AS_IT_STANDS:
            yield Passage("\n".join(rows[1:]), as_it_stands=True)
        elif rows:
            yield Passage(" ".join(row.strip() for row in rows), as_it_stands=False)

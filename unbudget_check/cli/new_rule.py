"""The verb ``new-rule``: a rule file to begin with, valid at once and never over another one."""

from __future__ import annotations

from pathlib import Path

import click

from unbudget_check.errors import UserError
from unbudget_check.reporters.words import shown
from unbudget_check.settings import OWN_NAME, load_settings

FOLDER = "our-rules"
HELP = f"""Write a first rule file: a check, its texts, and examples that serve as tests.

\b
unbudget-check dev new-rule unspent-balance --code OWN101
unbudget-check dev new-rule unspent-balance --code OWN101 --dir {FOLDER}

The file is FOLDER/FAMILY/NAME.toml. It is a valid rule: change it, and test its examples
with `unbudget-check dev test-rules`.

\b
Exit codes:
  0  the file was written
  2  wrong use: the file already exists, or its code or name is taken
"""


@click.command("new-rule", help=HELP, short_help="Write a first rule file.")
@click.argument("name", metavar="NAME")
@click.option("--code", required=True, help="Three capitals and three digits: OWN101.")
@click.option("--family", default="own", show_default=True, help="The folder for rules like it.")
@click.option(
    "--dir",
    "folder",
    metavar="FOLDER",
    type=click.Path(),
    help=f"The folder of rules; by default that of the settings, or {FOLDER}.",
)
def command(name: str, code: str, family: str, folder: str | None) -> None:
    """Write the file and say what to do next."""
    from unbudget_check.rulebook.scaffold import scaffold

    text = scaffold(code, name, family)
    chosen = Path(folder or load_settings(None, ".").wishes.rules_dir or FOLDER)
    path = chosen / family / f"{name}.toml"
    if path.exists():
        message = f"{shown(str(path))} already exists; choose another name, or change that file"
        raise UserError(message)
    _refuse_taken(chosen, code, name)
    _write(path, text)
    click.echo(f"{shown(str(path))} was written. Now change it, and\n" + _next(shown(str(chosen))))


def _refuse_taken(folder: Path, code: str, name: str) -> None:
    """Raise UserError where another rule has the code or the name."""
    from unbudget_check.rulebook.load import all_rules

    has_rules = folder.is_dir() and any(folder.rglob("*.toml"))
    for rule in all_rules(str(folder) if has_rules else None):
        if code == rule.code or name in {rule.name, rule.family}:
            taken = f"{rule.code} {rule.name} ({rule.family})"
            message = f"there is already a rule {taken}; codes and names must be unique"
            raise UserError(message)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        message = f"{shown(str(path))}: the file cannot be written: {error.strerror}"
        raise UserError(message) from None


def _next(folder: str) -> str:
    return (
        f"  unbudget-check dev test-rules {folder}                 tries its examples\n"
        f"  unbudget-check check PATH --rules-dir {folder}     checks with it\n"
        f'or write  rules = "{folder}"  into {OWN_NAME}.'
    )

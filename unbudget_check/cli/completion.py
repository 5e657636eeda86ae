"""The verb ``completion``: the script that lets a shell complete verbs, options and rules."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from unbudget_check.cli.screen import write_out

SHELLS = ("bash", "zsh", "fish", "powershell")
HELP = """Print a script with which your shell completes commands, options, rules and formats.

\b
bash: add this to ~/.bashrc
  eval "$(unbudget-check dev completion bash)"
zsh: add this to ~/.zshrc, after compinit
  eval "$(unbudget-check dev completion zsh)"
fish: run this once
  cd ~/.config/fish/completions
  unbudget-check dev completion fish > unbudget-check.fish
PowerShell: add this to your $PROFILE file
  unbudget-check dev completion powershell | Out-String | Invoke-Expression

Then open a new shell and try: unbudget-check explain ARI<Tab>
"""
# The script for fish, as it comes, cuts every answer at its second comma; explanations and lists
# of rules have commas.
CUT, WHOLE = 'string split "," ', 'string split --max 1 "," '


@click.command("completion", help=HELP, short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script of one shell."""
    root = context.find_root()
    name = root.info_name or ""
    shell_complete = get_completion_class(shell)
    assert shell_complete is not None  # noqa: S101 each of SHELLS has one
    variable = f"_{name.replace('-', '_').upper()}_COMPLETE"
    script = shell_complete(root.command, {}, name, variable).source()
    write_out(script.replace(CUT, WHOLE) if shell == "fish" else script)

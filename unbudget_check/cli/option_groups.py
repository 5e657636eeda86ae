"""Help for commands with many options: the common ones, or all in groups with ``--help-all``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALL = "--help-all"
# The names of the parameters by which people ask for help.
HELP, ALL_OPTIONS = "help", "help_all"


class GroupedCommand(click.Command):
    """A command of which the short help lists the ``common`` options only.

    click asks its commands for their help, so this is the one place to say it otherwise. ``groups``
    are headings with the names of their options, as parameters are called; what is in none stands
    at the end.
    """

    def __init__(
        self,
        name: str | None,
        *,
        common: tuple[str, ...],
        groups: Mapping[str, tuple[str, ...]],
        **settings: Any,  # noqa: ANN401  whatever a command of click takes
    ) -> None:
        super().__init__(name, **settings)
        self.common, self.groups = common, groups

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """All options, and the one that shows them all."""
        return [*super().get_params(ctx), _all_option()]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the common options, or all of them under their headings."""
        options = (each for each in self.get_params(ctx) if isinstance(each, click.Option))
        helps = set(ctx.help_option_names)
        params = {HELP if helps & set(each.opts) else str(each.name): each for each in options}
        if not ctx.meta.get(ALL):
            _section(ctx, formatter, "Options", (params[name] for name in self.common))
            return
        named = {name for names in self.groups.values() for name in names}
        for heading, names in self.groups.items():
            _section(ctx, formatter, heading, (params[name] for name in names if name in params))
        _section(ctx, formatter, "Other", (e for name, e in params.items() if name not in named))


def _section(
    context: click.Context,
    formatter: click.HelpFormatter,
    heading: str,
    params: Iterable[click.Parameter],
) -> None:
    records = [record for each in params if (record := each.get_help_record(context))]
    if records:
        with formatter.section(heading):
            formatter.write_dl(records)


def _all_option() -> click.Option:
    def show(context: click.Context, _: click.Parameter, value: object) -> None:
        if value and not context.resilient_parsing:
            context.meta[ALL] = True
            click.echo(context.get_help(), color=context.color)
            context.exit()

    return click.Option(
        [ALL],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Show all options in groups and exit.",
    )

"""Shell completion of rules, families, formats and languages.

Each function is the ``shell_complete`` of an option or an argument. Files are offered by the type
``click.Path``. Completion is felt at every key: nothing heavy may be loaded here.

The rules that a person may ask about: the program's, those of packages, and one's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click
from click.shell_completion import CompletionItem

from unbudget_check.errors import UserError
from unbudget_check.lexicon import language_codes
from unbudget_check.messages import ENGLISH
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.reporters.differences import FORMATS as COMPARISON_FORMATS
from unbudget_check.reporters.facts import FORMATS as FACT_FORMATS
from unbudget_check.rulebook.load import all_rules, load_rules
from unbudget_check.rulebook.rule import title_of
from unbudget_check.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.rulebook.rule import Rule


rules_dir_option = click.option(
    "--rules-dir",
    metavar="FOLDER",
    type=click.Path(),
    help="Folder of your own rules, used in addition to all others.",
)


class RuleOptions(TypedDict):
    """The options of the verbs that speak of rules: which, and in which language and colours."""

    config: str | None
    rules_dir: str | None
    lang: str | None
    color: str


def known_rules(config: str | None, folder: str | None = None) -> tuple[Rule, ...]:
    """All rules, sorted by code, with those of a folder that is named here or in the settings."""
    return all_rules(folder or load_settings(config, ".").wishes.rules_dir)


def complete_rule(
    context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Codes and names of rules, each with what the rule promises."""
    return list(_rules_like(context, "", typed))


def complete_rules(
    context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """The same behind every comma of a list such as ``ARI101,NOT``."""
    before, comma, last = typed.rpartition(",")
    return list(_rules_like(context, before + comma, last))


def complete_family(
    context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Families of rules."""
    return _starting(dict.fromkeys(rule.family for rule in _rules(context)), typed)


def complete_format(
    _context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Formats of reports."""
    return _starting((*FORMATS, *OFFICE), typed)


def complete_facts(
    _context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Formats of facts."""
    return _starting(FACT_FORMATS, typed)


def complete_comparison(
    _context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Formats of comparisons of two reports."""
    return _starting(COMPARISON_FORMATS, typed)


def complete_language(
    _context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Languages of documents."""
    return _starting(language_codes(), typed)


def _rules_like(context: click.Context, before: str, typed: str) -> Iterator[CompletionItem[str]]:
    for rule in _rules(context):
        title = title_of(rule, ENGLISH)
        told = {rule.code: f"{rule.name}: {title}", rule.name: f"{rule.code}: {title}"}
        for word, said in told.items():
            if word.casefold().startswith(typed.casefold()):
                yield CompletionItem(before + word, help=said)


def _rules(context: click.Context) -> tuple[Rule, ...]:
    """Rules of one's own are offered, too; a mistake in them is reported when the command runs."""
    try:
        return known_rules(context.params.get("config"), context.params.get("rules_dir"))
    except UserError:
        return load_rules()


def _starting(words: Iterable[str], typed: str) -> list[CompletionItem[str]]:
    return [CompletionItem(word) for word in words if word.startswith(typed)]

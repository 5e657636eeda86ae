"""The reference pages of the site: commands, keys, the Python interface, rules.

Every key of settings and rule files, and every kind of check, from where they are declared.

The Python interface as its docstrings tell it: the public functions, and every value they give.

Which values these are is not listed by hand: from the functions of ``unbudget_check.__all__`` the
types of arguments, results and fields are followed through the model.

The pages of rules made ready for their template: tables with spans, wrong figures marked.
"""

from __future__ import annotations

import dataclasses
import enum
import inspect
import pkgutil
import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

import unbudget_check
from unbudget_check import errors, model, plugin_api
from unbudget_check.cli.main import NAME, program
from unbudget_check.reporters.words import shown
from unbudget_check.rulebook.kinds import KINDS
from unbudget_check.rulebook.page import finding_text
from unbudget_check.rulebook.rule import RULE, parameters_shape
from unbudget_check.rulebook.shapes import Flag, NamedShape, Spoken, Tables, TableShape, Text, Texts
from unbudget_check.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

    from unbudget_check.model.document import Cell
    from unbudget_check.rulebook.page import ShownExample, ShownTable
    from unbudget_check.rulebook.rule import Rule, StatedFinding
    from unbudget_check.rulebook.shapes import Shape


AS_IT_STANDS = "\b"  # begins a paragraph whose rows click leaves alone

# What may stand under a key, in words; Text and the tables say more of themselves.
HOLDS: Mapping[type, str] = {
    Texts: "a list of texts",
    Flag: "true or false",
    Spoken: "a text by language",
    TableShape: "a table",
    NamedShape: "tables by name",
    Tables: "a list of tables",
}
ANY_NAME = "NAME"  # stands for a name that the writer chooses

WORD = re.compile(r"\w+")
ROLE = re.compile(r":\w+:`~?([^`]+)`")


@dataclass(frozen=True, slots=True)
class HelpPassage:
    """A paragraph of the help; ``rows`` stand as they are where it is not to be filled."""

    text: str
    as_it_stands: bool


@dataclass(frozen=True, slots=True)
class Verb:
    """One command: how it is called, what it says of itself, its options."""

    name: str
    anchor: str
    usage: str
    passages: tuple[HelpPassage, ...]
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


def _passages(help_text: str) -> Iterator[HelpPassage]:
    for block in help_text.split("\n\n"):
        rows = block.strip("\n").splitlines()
        if rows and rows[0].strip() == AS_IT_STANDS:
            yield HelpPassage("\n".join(rows[1:]), as_it_stands=True)
        elif rows:
            yield HelpPassage(" ".join(row.strip() for row in rows), as_it_stands=False)


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name with the tables around it, what it means, what may stand under it."""

    name: str
    about: str
    holds: str
    words: tuple[str, ...]
    default: str
    needed: bool


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A kind of check: its parameters, and the rules that are made of it."""

    name: str
    parameters: tuple[Key, ...]
    rules: tuple[Rule, ...]


def setting_keys() -> tuple[Key, ...]:
    """The keys of a settings file."""
    return tuple(_keys(SETTINGS))


def rule_keys() -> tuple[Key, ...]:
    """The keys of a rule file."""
    return tuple(_keys(RULE))


def check_kinds(rules: Sequence[Rule]) -> tuple[CheckKind, ...]:
    """The kinds of check of the program, by name."""
    return tuple(
        CheckKind(
            name,
            tuple(_keys(parameters_shape(name))),
            tuple(rule for rule in rules if rule.check == name),
        )
        for name in sorted(KINDS)
    )


def _keys(table: TableShape, above: str = "") -> Iterator[Key]:
    for name, shape in table.keys.items():
        yield _key(above + name, shape)
        inner = _inner(shape)
        if inner is not None:
            between = f".{ANY_NAME}." if isinstance(shape, NamedShape) else "."
            yield from _keys(inner, above + name + between)


def _inner(shape: Shape) -> TableShape | None:
    """The table that stands below a key, where one does."""
    below = shape.value if isinstance(shape, NamedShape) else shape
    below = below.item if isinstance(below, Tables) else below
    return below if isinstance(below, TableShape) else None


def _key(name: str, shape: Shape) -> Key:
    words: tuple[str, ...] = ()
    default, holds = "", HOLDS.get(type(shape), "a text")
    if isinstance(shape, Text):
        words = tuple(map(str, shape.words() if callable(shape.words) else shape.words))
        default = str(shape.default)
        holds = shape.such or holds
    elif isinstance(shape, NamedShape) and isinstance(shape.value, Text):
        given = shape.value.words
        words = tuple(map(str, given() if callable(given) else given))
        holds = "texts by name"
    return Key(name, shape.about, holds, words, default, shape.needed)


@dataclass(frozen=True, slots=True)
class Member:
    """A field, a property, a method or a constant of a value."""

    name: str
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A function or a value: what it is called, how it is written, what it says of itself."""

    name: str
    module: str
    signature: str
    text: str
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Interface:
    """What other programs may rely on, and what plug-ins may use beside it."""

    text: str
    functions: tuple[Described, ...]
    values: tuple[Described, ...]
    errors: tuple[Described, ...]
    plugin_text: str
    plugin_functions: tuple[Described, ...]
    plugin_values: tuple[Described, ...]


def interface() -> Interface:
    """The public functions, the values that they take and give, the errors; then for plug-ins."""
    functions, values = _offered(unbudget_check)
    tools, parts = _offered(plugin_api)
    faults = tuple(_classes(errors))
    told = {*values, *faults}
    return Interface(
        _plain(inspect.getdoc(unbudget_check) or ""),
        tuple(_function(each, unbudget_check) for each in functions),
        tuple(map(_value, values)),
        tuple(map(_error, faults)),
        _plain(inspect.getdoc(plugin_api) or ""),
        tuple(_function(each, plugin_api) for each in tools),
        tuple(_value(each) for each in parts if each not in told),
    )


def _offered(module: ModuleType) -> tuple[list[Any], list[type]]:
    """The functions that a module offers, and the values that can be reached from its names."""
    offered = [getattr(module, name) for name in module.__all__]
    functions = [each for each in offered if inspect.isfunction(each)]
    waiting = [each for each in offered if inspect.isclass(each)]
    known = _model() | {each.__name__: each for each in waiting}
    for function in functions:
        waiting += _named(str(inspect.signature(function)), known)
    reached: list[type] = []
    while waiting:
        value = waiting.pop(0)
        if value not in reached:
            reached.append(value)
            waiting += _named(" ".join(_annotations(value).values()), known)
    return functions, reached


def _model() -> dict[str, type]:
    """The values of the model, by name."""
    names = (each.name for each in pkgutil.iter_modules(model.__path__))
    modules = [import_module(f"{model.__name__}.{name}") for name in names]
    return {each.__name__: each for module in modules for each in _classes(module)}


def _classes(module: ModuleType) -> Iterator[type]:
    for name, found in vars(module).items():
        if inspect.isclass(found) and found.__module__ == module.__name__ and name[0] != "_":
            yield found


def _named(text: str, known: dict[str, type]) -> list[type]:
    """The values of the model that an annotation speaks of."""
    return [known[word] for word in WORD.findall(text) if word in known]


def _annotations(value: type) -> dict[str, str]:
    """The types of the fields, and of what properties and methods give."""
    found = {each.name: str(each.type) for each in _fields(value)}
    for name, member in _own(value):
        given = member.fget if isinstance(member, property) else member
        found[name] = str(getattr(given, "__annotations__", {}).get("return", ""))
    return found


def _fields(value: type) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(value) if dataclasses.is_dataclass(value) else ()


def _own(value: type) -> Iterator[tuple[str, Any]]:
    """The public properties and methods that a value defines itself."""
    for name, member in vars(value).items():
        if name[0] != "_" and (isinstance(member, property) or inspect.isfunction(member)):
            yield name, member


def _function(function: Any, module: ModuleType) -> Described:  # noqa: ANN401 functions differ
    text = _plain(inspect.getdoc(function) or "")
    name = function.__name__
    return Described(name, module.__name__, f"{name}{_signature(function)}", text)


def _signature(function: Any) -> str:  # noqa: ANN401 functions differ in what they take
    """The arguments, one a row, as they are written in the source."""
    signature = inspect.signature(function)
    rows = []
    for each in signature.parameters.values():
        if each.kind is each.KEYWORD_ONLY and "*" not in rows:
            rows.append("*")
        given = "" if each.default is each.empty else f" = {each.default!r}"
        rows.append(f"{each.name}: {each.annotation}{given}")
    listed = "".join(f"    {row},\n" for row in rows)
    return f"(\n{listed}) -> {signature.return_annotation}"


def _value(value: type) -> Described:
    members = [Member(each.name, str(each.type)) for each in _fields(value)]
    if issubclass(value, enum.Enum):
        members = [Member(each.name, repr(each.value)) for each in value]
    types = _annotations(value)
    for name, member in _own(value):
        text = _plain(inspect.getdoc(member) or "")
        call = "" if isinstance(member, property) else "()"
        members.append(Member(f"{name}{call}", types[name], text))
    text = _plain(inspect.getdoc(value) or "")
    return Described(value.__name__, value.__module__, "", text, tuple(members))


def _error(error: type) -> Described:
    return Described(error.__name__, error.__module__, "", _plain(inspect.getdoc(error) or ""))


def _plain(docstring: str) -> str:
    """A docstring as Markdown: roles and literal blocks are only code there."""
    return ROLE.sub(r"`\1`", docstring).replace("::\n\n", ":\n\n")


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its text and marks, over how many columns, and whether it is the wrong one."""

    text: str
    marks: str
    columns: int
    stated: bool
    is_figure: bool
    drawn: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: the rows of its heading and of its body."""

    head: tuple[tuple[CellView, ...], ...]
    body: tuple[tuple[CellView, ...], ...]
    chart: bool


@dataclass(frozen=True, slots=True)
class TextView:
    """A paragraph around the figure that is found in it; ``stated`` is empty where none is."""

    before: str
    stated: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ExampleView:
    """An example: what it shows, its blocks, and what is found in them."""

    heading: str
    kind: str
    what: str
    language: str
    blocks: tuple[TableView | TextView, ...]
    findings: tuple[str, ...]


def example_view(example: ShownExample, lang: str) -> ExampleView:
    """An example for the template, what is found in it in this language."""
    blocks = tuple(
        _text(block, example.findings) if isinstance(block, str) else _table(block)
        for block in example.blocks
    )
    findings = tuple(finding_text(each, lang) for each in example.findings)
    return ExampleView(
        example.heading, example.kind, example.what, example.language, blocks, findings
    )


def _table(table: ShownTable) -> TableView:
    rows = tuple(tuple(_cells(row, table)) for row in table.table.rows)
    return TableView(rows[: table.depth], rows[table.depth :], table.table.chart)


def _cells(row: Sequence[Cell], table: ShownTable) -> Iterator[CellView]:
    for cell in row:
        text = shown(cell.text)
        yield CellView(
            text,
            cell.marks,
            cell.columns,
            (cell.row, cell.column) in table.stated,
            not any(map(str.isalpha, text)),
            cell.drawn,
        )


def _text(text: str, findings: Sequence[StatedFinding]) -> TextView:
    """The paragraph, cut around the one figure that a finding states, where it is there once."""
    for stated in (shown(each.stated) for each in findings if each.stated):
        before, found, after = shown(text).partition(stated)
        if found and stated not in after and not _continues(before, after):
            return TextView(before, found, after)
    return TextView(shown(text))


def _continues(before: str, after: str) -> bool:
    """Whether a figure is only a piece of a longer one."""
    return before[-1:].isdigit() or after[:1].isdigit()

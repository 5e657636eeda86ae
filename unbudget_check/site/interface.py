"""The Python interface as its docstrings tell it: the public functions, and every value they give.

Which values these are is not listed by hand: from the functions of ``unbudget_check.__all__`` the
types of arguments, results and fields are followed through the model.
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

import unbudget_check
from unbudget_check import errors, model, plugin_api

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

WORD = re.compile(r"\w+")
ROLE = re.compile(r":\w+:`~?([^`]+)`")


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

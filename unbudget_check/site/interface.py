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
from unbudget_check import errors, model

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """What other programs may rely on."""

    text: str
    functions: tuple[Described, ...]
    values: tuple[Described, ...]
    errors: tuple[Described, ...]


def interface() -> Interface:
    """The public functions, the values that they take and give, and the errors that they raise."""
    public = [getattr(unbudget_check, name) for name in unbudget_check.__all__]
    functions = [each for each in public if inspect.isfunction(each)]
    known = _model()
    reached: dict[str, type] = {}
    waiting = [known[each.__name__] for each in public if inspect.isclass(each)]
    for function in functions:
        waiting += _named(str(inspect.signature(function)), known)
    while waiting:
        value = waiting.pop(0)
        if value.__name__ not in reached:
            reached[value.__name__] = value
            waiting += _named(" ".join(_annotations(value).values()), known)
    return Interface(
        _plain(inspect.getdoc(unbudget_check) or ""),
        tuple(map(_function, functions)),
        tuple(map(_value, reached.values())),
        tuple(_error(each) for each in _classes(errors)),
    )


def _model() -> dict[str, type]:
    """The values of the model, by name."""
    names = (each.name for each in pkgutil.iter_modules(model.__path__))
    modules = [import_module(f"{model.__name__}.{name}") for name in names]
    return {each.__name__: each for module in modules for each in _classes(module)}


def _classes(module: Any) -> Iterator[type]:  # noqa: ANN401 a module has no narrower type
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


def _function(function: Any) -> Described:  # noqa: ANN401 functions differ in what they take
    text = _plain(inspect.getdoc(function) or "")
    name = function.__name__
    return Described(name, unbudget_check.__name__, f"{name}{_signature(function)}", text)


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
    """A docstring as Markdown: roles are only code there."""
    return ROLE.sub(r"`\1`", docstring)

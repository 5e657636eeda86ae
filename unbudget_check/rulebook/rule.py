"""A rule: parameters, examples and words by language, and how its file is read and validated."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import UserError
from unbudget_check.messages import ENGLISH, load_words, spoken_languages
from unbudget_check.model.finding import Confidence, Severity
from unbudget_check.model.message import Message
from unbudget_check.rulebook.equation import parse_equation
from unbudget_check.rulebook.kinds import EQUATION, ROLES, kinds, parameters_of
from unbudget_check.rulebook.nearest import did_you_mean
from unbudget_check.rulebook.shapes import (
    NamedShape,
    Spoken,
    Tables,
    TableShape,
    Text,
    Texts,
    TomlTable,
    parse_toml,
    published,
    read,
    schema_of,
    table_at,
    tables_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.document import Where
    from unbudget_check.model.message import Value


# What a message may speak of; each is filled with the words of one finding.
PLACEHOLDERS = (
    "where",
    "row",
    "column",
    "table",
    "stated",
    "computed",
    "residual",
    "allowance",
    "count",
    "parts",
    "other",
    "text",
)

FAILS, PASSES, ROUNDING = "fails", "passes", "rounding"
EXAMPLE_KINDS = (FAILS, PASSES, ROUNDING)
AN_EQUATION = f"An equation, such as base + change = estimate, of: {', '.join(ROLES)}."

FINDING = TableShape(
    "One finding that the example must give.",
    {
        "at": Text('"row label / column heading", or the number of a paragraph.', needed=True),
        "stated": Text("The figure as printed.", needed=True),
        "computed": Text("The figure that it should be, where one can be computed."),
    },
)
EXAMPLE = TableShape(
    "A small table as printed, and exactly what is found in it.",
    {
        "what": Text("What the example shows, in a few words.", needed=True),
        "kind": Text(
            "It is found (fails), it holds (passes), or only rounding stands between (rounding).",
            needed=True,
            words=EXAMPLE_KINDS,
        ),
        "before": Texts("What is printed above the table: number, title, unit."),
        "table": Text("The rows, one a line, cells separated by |.", needed=True),
        "language": Text("The language of the example.", default="en"),
        "findings": Tables("Exactly what is found.", "finding", FINDING),
    },
)
RULE = TableShape(
    "One rule: a kind of check, its parameters, its words and its examples.",
    {
        "code": Text(
            "Stable for ever, and never used again for another rule.",
            needed=True,
            form="[A-Z]{3}[0-9]{3}",
            such="three capitals and three digits: ARI101",
        ),
        "name": Text(
            "The name for people; the file is called NAME.toml.",
            needed=True,
            form="[a-z0-9]+(?:-[a-z0-9]+)*",
            such="lower-case words joined by hyphens",
        ),
        "family": Text("The folder that the file stands in.", needed=True),
        "severity": Text("How grave a finding is.", needed=True, words=tuple(Severity)),
        "confidence": Text("How sure a finding is.", needed=True, words=tuple(Confidence)),
        "check": Text("The kind of check that finds it.", needed=True, words=kinds),
        "since": Text("The version that the rule came with.", needed=True),
        "source": Text("Where the promise comes from: a manual, a practice.", needed=True),
        "parameters": NamedShape("What the kind of check must know.", Text("")),
        "title": Spoken("The promise in one sentence, without a full stop."),
        "message": Spoken("What is said of one finding, with {where}, {stated}, {computed}, ..."),
        "single": Spoken("The message where {count} is one.", needed=False),
        "why": Spoken("Why it matters."),
        "fix": Spoken("How to put it right."),
        "examples": Tables("The tests of the rule, one of each kind at least.", "example", EXAMPLE),
    },
)

FIRST_EXAMPLE = "\n[[examples]]"


@dataclass(frozen=True, slots=True)
class StatedFinding:
    """One finding that an example must give.

    ``at`` is "row label / column heading", or in running text "29E.97 (a)", else the address.

    ``stated`` and ``computed`` are figures as printed; ``computed`` is empty where there is no
    figure to propose.
    """

    at: str
    stated: str
    computed: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A small table as printed (cells separated by ``|``) and exactly what is found in it.

    ``kind`` is "fails", "passes" or "rounding" (differences that rounding alone explains, or,
    for rules about counts and notation, the nearest case where it is no excuse). ``before`` are
    the lines above the table: caption, title, unit. How ``table`` is written is described in
    :mod:`unbudget_check.rulebook.example_tables`.
    """

    what: str
    kind: str
    table: str
    before: tuple[str, ...] = ()
    language: str = "en"
    findings: tuple[StatedFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One promise that is checked, with the words that explain it, by language.

    ``path`` is the file that the rule was read from; ``origin`` the folder of one's own or the
    installed package that it came with, empty where it came with the program.
    """

    code: str
    name: str
    family: str
    check: str
    severity: Severity
    confidence: Confidence
    title: Mapping[str, str]
    message: Mapping[str, str]
    why: Mapping[str, str]
    fix: Mapping[str, str]
    single: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    since: str = "0.1"
    path: Path = field(default=Path(), compare=False)
    origin: str = field(default="", compare=False)

    @property
    def examples(self) -> tuple[Example, ...]:
        """Read from the rule's file when asked for: most runs do not need them, and time counts."""
        return read_examples(self.path)


def rule_text(rule: Rule, kind: str, language: str) -> str:
    """A rule's title, message, why or fix: from its own file, else as the language puts it."""
    own: Mapping[str, str] = getattr(rule, kind)
    return own.get(language) or _translated(rule, kind, language) or own[ENGLISH]


def rule_texts(rule: Rule, kind: str, others: Iterable[str] = ()) -> Mapping[str, str]:
    """A rule's title, message, why or fix in every language that has it, the others included."""
    languages = dict.fromkeys((*getattr(rule, kind), *spoken_languages(), *others))
    return {code: rule_text(rule, kind, code) for code in languages if speaks(rule, code, kind)}


def speaks(rule: Rule, language: str, kind: str = "message") -> bool:
    """Whether a rule has a text in a language; what it says must be in one language."""
    return bool(getattr(rule, kind).get(language) or _translated(rule, kind, language))


def _translated(rule: Rule, kind: str, language: str) -> str:
    """What the words of a language have for a rule whose own file does not speak it."""
    return load_words(language).rules.get(rule.code, {}).get(kind, "")


def title_of(rule: Rule, language: str) -> str:
    """What the rule promises, in one sentence."""
    return rule_text(rule, "title", language)


def message_of(rule: Rule, own: str, place: Where, **values: Value) -> Message:
    """What a rule says of one place, in a document of the language ``own``."""
    codes = dict.fromkeys((*spoken_languages(), own))
    wording = {code: rule_text(rule, "message", code) for code in codes if speaks(rule, code)}
    if values.get("count") == "1":
        wording |= {code: text for code, text in rule.single.items() if code in wording}
    return Message(f"message.{rule.code}", tuple(values.items()), place, wording)


def placeholders_of(message: str) -> Iterator[str]:
    """What stands between braces in a message; raises ValueError where they are not in pairs."""
    for _, name, form, conversion in Formatter().parse(message):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")


def parameters_shape(kind: str) -> TableShape:
    """The parameters of one kind of check: all of them are needed, and nothing else may stand."""
    known = parameters_of(kind)
    return TableShape(
        f"The parameters of the check {kind}.",
        {
            name: Text(AN_EQUATION, needed=True)
            if words == EQUATION
            else Text("", needed=True, words=words)
            for name, words in known.items()
        },
        needed=bool(known),
    )


def rule_schema() -> dict[str, Any]:
    """The schema of a rule file, with the kinds of check that are installed here."""
    schema = published("rule", "A rule of unbudget-check", RULE)
    schema["required"] = [*schema["required"], "examples"]
    schema["properties"]["examples"]["allOf"] = [
        {"contains": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}}
        for kind in EXAMPLE_KINDS
    ]
    return schema | {"allOf": list(_by_kind())}


def _by_kind() -> Iterator[dict[str, Any]]:
    """For each kind of check, what its parameters must be."""
    for kind in kinds():
        shape = parameters_shape(kind)
        then = {"properties": {"parameters": schema_of(shape)}}
        needed = {"required": ["parameters"]} if shape.needed else {}
        yield {
            "if": {"properties": {"check": {"const": kind}}, "required": ["check"]},
            "then": then | needed,
        }


def read_rule(path: Path, *, whole: bool) -> Rule:
    """The rule in a file; unless ``whole``, what follows the first example is not even parsed."""
    place, text = place_of(path), read_text(path)
    if not whole:
        text = text.partition(FIRST_EXAMPLE)[0]
    rule = _rule(path, parse_toml(place, text))
    if path.stem != rule.name:
        message = f"{place}: the file of the rule '{rule.name}' must be called {rule.name}.toml"
        raise UserError(message)
    if path.parent.name != rule.family:
        message = f"{place}: a rule of the family '{rule.family}' must be in a folder of that name"
        raise UserError(message)
    return rule


def place_of(path: Path) -> str:
    """How messages call a rule file: folder of rules, family, file."""
    return "/".join(path.parts[-3:])


def read_text(path: Path) -> str:
    """The text of a rule file."""
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        message = f"{place_of(path)}: this rule file cannot be read: {error.strerror}"
        raise UserError(message) from None
    except UnicodeDecodeError as error:
        message = f"{place_of(path)}: byte {error.start} is not UTF-8; save the file as UTF-8"
        raise UserError(message) from None


def _rule(path: Path, table: TomlTable) -> Rule:
    said = read(table, RULE)
    return Rule(
        code=said["code"],
        name=said["name"],
        family=said["family"],
        check=said["check"],
        severity=Severity(said["severity"]),
        confidence=Confidence(said["confidence"]),
        title=said["title"],
        message=_message(table.place, "message", said["message"]),
        single=_message(table.place, "single", said["single"]),
        why=said["why"],
        fix=said["fix"],
        parameters=_parameters(table, said["check"]),
        source=said["source"],
        since=said["since"],
        path=path,
    )


def _message(place: str, kind: str, words: Mapping[str, str]) -> Mapping[str, str]:
    """The sentence about a finding, by language; every placeholder in it must be known."""
    for language, text in words.items():
        where = f"{place}, [{kind}], {language}"
        try:
            names = tuple(placeholders_of(text))
        except ValueError as error:
            message = f"{where}: unmatched brace: {error}"
            raise UserError(message) from None
        for name in names:
            if name not in PLACEHOLDERS:
                hint = did_you_mean(name, PLACEHOLDERS) or f"; known: {', '.join(PLACEHOLDERS)}"
                message = f"{where}: unknown placeholder '{{{name}}}'{hint}"
                raise UserError(message)
    return words


def _parameters(table: TomlTable, check: str) -> Mapping[str, str]:
    """The parameters of a check: all of them, nothing else, and only words that it knows."""
    shape = parameters_shape(check)
    parameters = table_at(table, "parameters", needed=shape.needed)
    values = read(parameters, shape)
    for key, words in parameters_of(check).items():
        if words == EQUATION:
            _refuse_unreadable(parameters, values[key])
    return values


def _refuse_unreadable(table: TomlTable, text: str) -> None:
    """Raise unless the text is an equation between roles that a column may have."""
    try:
        equation = parse_equation(text)
    except UserError as error:
        message = f"{table.place}: {error}"
        raise UserError(message) from None
    for name in (equation.stated, *(name for _, name in equation.parts)):
        if name not in ROLES:
            hint = did_you_mean(name, ROLES) or f"; known: {', '.join(ROLES)}"
            message = f"{table.place}: the equation '{text}' uses an unknown column '{name}'{hint}"
            raise UserError(message)


@cache
def read_examples(path: Path) -> tuple[Example, ...]:
    """All examples of a rule file: at least one that fails, one that passes, one of rounding."""
    return examples_in(parse_toml(place_of(path), read_text(path)))


def examples_in(table: TomlTable) -> tuple[Example, ...]:
    """The same of a rule file that was parsed."""
    examples = tuple(map(_example, tables_at(table, "examples", "example", needed=False)))
    kinds = {example.kind for example in examples}
    for kind in EXAMPLE_KINDS:
        if kind not in kinds:
            message = f'{table.place}: an [[examples]] table with kind = "{kind}" is missing'
            raise UserError(message)
    return examples


def _example(table: TomlTable) -> Example:
    said = read(table, EXAMPLE)
    kind = said["kind"]
    findings = tuple(StatedFinding(**each) for each in said["findings"])
    if bool(findings) != (kind == FAILS) and kind != ROUNDING:
        wrong = "passes must not list findings" if findings else "fails must list its findings"
        message = f"{table.place}: an example that {wrong}"
        raise UserError(message)
    return Example(**(said | {"findings": findings}))

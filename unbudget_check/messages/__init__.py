"""The words in which reports speak to people: one TOML file a language, read when first needed.

A text has a name, ``section.name``, which is the same in every language, and blanks in braces. A
text that a language does not have comes in English, and so does everything in a language without
a file; one new file here makes a language that ``--lang`` offers.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from unbudget_check.model.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.document import Where
    from unbudget_check.model.message import Value


FEW_LEAST, FEW_MOST, MANY_LEAST, TEN, HUNDRED = 2, 4, 11, 10, 100
TEENS = range(11, 15)

ENGLISH = "en"  # every text is there in English
# Reasons that begin so name a reading that the document does not bear out.
READING = "reading-"
# What a file says of itself, and of rules whose own files do not speak its language.
NAME, PLURAL, RULES = "name", "plural", "rules"
PARTIAL = "partial"  # the folder of languages with words for findings, not for whole reports
# The place with which the text of a rule begins, and the column in it, which may be empty.
_PLACE = re.compile(r"\{(?:where|row)\}(?:[,，]\s*\{column\})?\s*[:：]\s*")
_BLANK = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_COLUMN_BEHIND = re.compile(r"\{row\}[,，]\s*\{column\}")

Text = str | dict[str, str]


def form_of(plural: str, count: int) -> str:
    """The name of the form, as Unicode's plural rules call it: one, two, few, many or other.

    ``plural`` names the family of languages: "germanic" (English, Spanish), "french", "slavic",
    "arabic"; any other has one form for all numbers.
    """
    match plural:
        case "germanic":
            return "one" if count == 1 else "other"
        case "french":
            return "one" if count <= 1 else "other"
        case "slavic":
            return _slavic(count)
        case "arabic":
            return _arabic(count)
    return "other"


def _slavic(count: int) -> str:
    last = count % TEN
    if count % HUNDRED in TEENS:
        return "many"
    if last == 1:
        return "one"
    return "few" if FEW_LEAST <= last <= FEW_MOST else "many"


def _arabic(count: int) -> str:
    exact = {0: "zero", 1: "one", 2: "two"}
    if count in exact:
        return exact[count]
    last = count % HUNDRED
    if last in range(3, MANY_LEAST):
        return "few"
    return "many" if last >= MANY_LEAST else "other"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language; a text with several forms is a table of them, by number.

    ``rules`` has texts of rules by code and kind (title, message, why, fix).
    """

    code: str
    name: str
    plural: str
    texts: Mapping[str, Text]
    rules: Mapping[str, Mapping[str, str]]


@cache
def spoken_languages() -> tuple[str, ...]:
    """The codes of the languages in which a report can be written, English first."""
    names = (entry.name for entry in files(__package__).iterdir())
    codes = sorted(name[:-5] for name in names if name.endswith(".toml"))
    return tuple(sorted(codes, key=lambda code: code != ENGLISH))


@cache
def load_words(code: str) -> Words:
    """The texts of a language; none at all, so that English speaks, where it has no file.

    Those of ``partial`` only say what follows a rule's own message, and reports do not speak them.
    """
    folder = files(__package__)
    known = [each for each in (folder, folder / PARTIAL) if each.is_dir()]
    found = [entry for each in known for entry in each.iterdir() if entry.name == f"{code}.toml"]
    if not found:
        return Words(code, code, "", {}, {})
    raw = tomllib.loads(found[0].read_text(encoding="utf-8"))
    sections = {key: raw[key] for key in raw if key not in {NAME, PLURAL, RULES}}
    texts = dict(_named(sections))
    return Words(code, raw.get(NAME, code), raw.get(PLURAL, ""), texts, raw.get(RULES, {}))


def _named(sections: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Text]]:
    for section, texts in sections.items():
        for name, text in texts.items():
            yield f"{section}.{name}", text


def say(lang: str, name: str, /, **values: str | int) -> str:
    """A text with its blanks filled; ``count`` chooses its form, and numbers come in groups.

    Raises KeyError for a name that English does not have.
    """
    text = said(lang, name, values)
    if text is None:
        raise KeyError(name)
    return text


def call(lang: str, section: str, name: str) -> str:
    """The word for one of several things, such as a severity; the thing itself if it has none."""
    found = said(lang, f"{section}.{name}", {})
    return name if found is None else found


def tell(lang: str, saying: Message | str, home: Where | None = None) -> str:
    """A sentence that was said before any language was chosen, or the one with this name.

    What has no text here is a sentence already, such as one that a plug-in says. The place with
    which a rule begins its sentence is left out where it is ``home``, which has been named.
    """
    saying = Message(saying) if isinstance(saying, str) else saying
    values = {name: _filled(lang, value, home) for name, value in saying.values}
    if saying.wording:
        return _in_own_words(lang, saying, values, home)
    if saying.name.startswith(READING):
        kind = saying.name.removeprefix(READING)
        return say(lang, "reasons.not-told", reading=reading_of(lang, kind, **values))
    for name in (f"reasons.{saying.name}", saying.name):
        found = said(lang, name, values)
        if found is not None:
            return found
    return saying.name


def _filled(lang: str, value: Value, home: Where | None) -> str | int:
    """What fills a blank, in a language; a list is put in a row."""
    if isinstance(value, Message):
        return tell(lang, value, home)
    if isinstance(value, tuple):
        return say(lang, "sentences.joint").join(str(_filled(lang, each, home)) for each in value)
    return value


def _in_own_words(
    lang: str, saying: Message, values: Mapping[str, str | int], home: Where | None
) -> str:
    """The text of a rule with its blanks filled; a blank without a value is left empty."""
    text = words_in(saying.wording, lang)
    if home is not None and saying.place == home:
        text = text[found.end() :] if (found := _PLACE.match(text)) else text
    if not values.get("column"):  # with the comma that sets it apart
        text = _COLUMN_BEHIND.sub("{row}", text)
    return _BLANK.sub(
        lambda blank: str(values.get(blank[1], "")) if blank[1] else blank[0][0], text
    )


def reading_of(lang: str, kind: str, other: str | int = "") -> str:
    """What a reading says of the document: that these figures restate table 4."""
    return say(lang, f"readings.{kind}", other=other)


def said(lang: str, name: str, values: Mapping[str, str | int]) -> str | None:
    """A text with its blanks filled, None where not even English has it."""
    for words in (load_words(lang), load_words(ENGLISH)):
        text = words.texts.get(name)
        if isinstance(text, dict):
            form = form_of(words.plural, int(values["count"]))
            text = text.get(form) or text["other"]
        if text:
            return text.format_map({key: _shown(value) for key, value in values.items()})
    return None


def _shown(value: str | int) -> str:
    return value if isinstance(value, str) else grouped(value)


def words_in(words: Mapping[str, str], lang: str) -> str:
    """One of the same text in several languages: the one asked for, or English, or nothing."""
    return words.get(lang) or words.get(ENGLISH, "")


def grouped(number: int) -> str:
    """A whole number in groups of three digits."""
    return f"{number:,}".replace(",", " ")

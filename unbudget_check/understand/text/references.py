"""To which tables, figures, annexes and paragraphs do sentences refer, by which number?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width, normalize

from unbudget_check.lexicon import load_language, plain_digits
from unbudget_check.model.numbering import IDEOGRAPHS, between
from unbudget_check.model.prose import Passage, PassageKind, Reference, ReferenceKind, Span
from unbudget_check.profiles import form
from unbudget_check.understand.text.grammar import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.lexicon import Language

NUMBERS, REFERENCE = "{numbers}", "{reference}"
_IDEOGRAPHIC = f"[{IDEOGRAPHS}]{{1,3}}"
_SCOPE = rf"(?:{form('section')}|[IVX]{{1,5}}|{_IDEOGRAPHIC})\."
# No figure with decimals or thousands, no per cent, no fraction, no symbol of a document.
_NUMBER = (
    rf"(?:{_SCOPE})?(?:(?:\d{{1,3}}|[IVXLC]{{1,8}})(?![A-Za-z\d]|[.,]\d|\s?[%/]|\s\d)"
    rf"|{_IDEOGRAPHIC})"
)
# (a), (ii), (1), ㈠; some languages set the closing bracket alone.
_ITEM = rf"(?:\(?(?:[a-z]{{1,2}}|[ivx]{{1,5}})\)|\((?:\d{{1,2}}|{_IDEOGRAPHIC})\)|[\u3220-\u3229])"
# So far back a sentence names the document to which a number belongs.
DOCUMENT_BEFORE_CHARS = 120
DOCUMENT_BEHIND_CHARS = 40


_SYMBOL = form("cited_symbol")


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How a language refers to what is numbered, as patterns."""

    patterns: tuple[tuple[ReferenceKind, tuple[str, ...], re.Pattern[str]], ...]
    cues: tuple[str, ...]
    element: re.Pattern[str]
    ranged: re.Pattern[str]
    outside_before: re.Pattern[str]
    outside_after: re.Pattern[str]
    symbol_before: re.Pattern[str]
    own_before: re.Pattern[str]
    own_after: re.Pattern[str]
    own: re.Pattern[str]
    document: re.Pattern[str]
    above: tuple[re.Pattern[str], re.Pattern[str]]
    below: tuple[re.Pattern[str], re.Pattern[str]]


def references_of(passages: Iterable[Passage], language: Language) -> tuple[Reference, ...]:
    """All references of the running text, in reading order; captions refer to nothing."""
    return tuple(
        reference
        for passage in passages
        if passage.kind is not PassageKind.CAPTION
        for reference in references_in(passage, language)
    )


def references_in(passage: Passage, language: Language) -> list[Reference]:
    """The references of one passage, in reading order."""
    grammar, text = _grammar(language.code), folded(passage.text)
    plain = text.casefold()
    if not any(cue in plain for cue in grammar.cues):
        return []
    text = plain_digits(text)
    found: dict[int, tuple[int, list[Reference]]] = {}
    for kind, cues, pattern in grammar.patterns:
        if not any(cue in plain for cue in cues):
            continue
        for match in pattern.finditer(text, passage.body):
            start, end = match.span("numbers")
            if _is_reference(text, match, language) and found.get(start, (0,))[0] < end:
                listed = list(_listed(passage.index, kind, match, grammar))
                found[start] = end, _placed(listed, match, grammar)
    return [reference for start in sorted(found) for reference in found[start][1]]


def _is_reference(text: str, match: re.Match[str], language: Language) -> bool:
    """Whether a word with a number stands by itself and is no end of another word."""
    is_scoped = "." in match["numbers"].rstrip(".")
    if match.start() == match.start("numbers") and not is_scoped:
        return False
    before = text[match.start() - 1] if match.start() else ""
    if not before.isalnum() or match.end() > match.end("numbers"):
        return True
    # Some scripts set no blanks between words.
    return before in language.references["opening"] or (
        is_scoped and east_asian_width(before) == "W"
    )


def _placed(found: list[Reference], match: re.Match[str], grammar: _Grammar) -> list[Reference]:
    """The references of one list with what the sentence says of where they stand.

    What is said behind a list, or before it, is about the nearest one.
    """
    text = match.string
    before, is_own = text[max(match.start() - DOCUMENT_BEFORE_CHARS, 0) : match.start()], False
    for side, (leading, trailing) in ((-1, grammar.above), (1, grammar.below)):
        for at, said in ((0, leading.search(before)), (-1, trailing.match(text, match.end()))):
            if said:
                is_own = True
                found[at] = replace(found[at], side=side)
    if is_own or grammar.own_before.search(before) or grammar.own_after.match(text, match.end()):
        return [replace(each, is_own=True) for each in found]
    outside = _is_outside(text, match, grammar) or _is_anywhere(text, found[0], grammar)
    return [replace(each, is_outside=outside) for each in found]


def _is_anywhere(text: str, reference: Reference, grammar: _Grammar) -> bool:
    """Whether a plain number may be that of any paragraph: the text speaks of other documents."""
    if reference.kind is not ReferenceKind.PARAGRAPH or "." in reference.number:
        return False
    return grammar.document.search(grammar.own.sub("", text)) is not None


def _is_outside(text: str, match: re.Match[str], grammar: _Grammar) -> bool:
    """Whether a sentence says that another document holds what it refers to."""
    before = text[max(match.start() - DOCUMENT_BEFORE_CHARS, 0) : match.start()]
    if grammar.symbol_before.search(before) or grammar.outside_after.match(text, match.end()):
        return True
    is_scoped = "." in match["numbers"]
    near = grammar.own.sub("", before[-DOCUMENT_BEHIND_CHARS:])
    return not is_scoped and grammar.outside_before.search(near) is not None


def _listed(
    passage: int, kind: ReferenceKind, match: re.Match[str], grammar: _Grammar
) -> Iterator[Reference]:
    """One reference for each number of a list, and for each within a range."""
    text, at, end = match.string, match.start("numbers"), match.end("numbers")
    found: list[Reference] = []
    while at < end:
        element = grammar.element.match(text, at, end)
        if element is None:
            break
        number = element["number"] or found[-1].number
        items = tuple(_marker(each) for each in re.findall(_ITEM, element["body"]))
        span = Span(passage, element.start("body"), element.end("body"))
        new = _reference(kind, number, items, span)
        if found and grammar.ranged.fullmatch(element["joint"] or ""):
            found.extend(_between(found[-1], new))
        found.append(new)
        at = element.end()
    if len(found) == 1:
        # Alone, it is quoted with its word.
        found = [replace(found[0], at=Span(passage, match.start(), match.end()))]
    yield from found


def _reference(kind: ReferenceKind, number: str, items: tuple[str, ...], at: Span) -> Reference:
    if kind is ReferenceKind.PARAGRAPH:
        return Reference(kind, number, at, items=items)
    return Reference(kind, number, at, part="".join(items[:1]))


def _between(low: Reference, high: Reference) -> Iterator[Reference]:
    """What a range leaves out: numbers, or else items of the same paragraph or table."""
    at = Span(low.at.passage, low.at.start, high.at.end)
    if low.number != high.number:
        for number in between(low.number, high.number):
            yield Reference(low.kind, number, at)
    elif low.items[-1:] and high.items[-1:]:
        for marker in _markers_between(low.items[-1], high.items[-1]):
            yield replace(low, items=(*low.items[:-1], marker), at=at)
    elif low.part and high.part:
        for marker in _markers_between(low.part, high.part):
            yield replace(low, part=marker, at=at)


def _markers_between(low: str, high: str) -> Iterator[str]:
    """The markers of a list between two others: (b) between (a) and (c)."""
    yield from (f"({each})" for each in between(low.strip("()"), high.strip("()")))


def _marker(text: str) -> str:
    """A marker as passages have it: in both brackets, ㈠ as a numeral in brackets."""
    return f"({normalize('NFKC', text).strip('()')})"


@lru_cache(maxsize=8)
def _grammar(code: str) -> _Grammar:
    words = load_language(code).references
    ranged, joint = _joints(words["range"]), _joints(words["joint"])
    body = rf"(?:{_NUMBER}(?:\s?{_ITEM})*|{_ITEM}(?:\s?{_ITEM})*)"
    numbers = rf"(?P<numbers>{_NUMBER}(?:\s?{_ITEM})*(?:(?:{ranged}|(?:{joint})+){body})*)"
    element = (
        rf"(?P<joint>{ranged}|(?:{joint})+)?"
        rf"(?P<body>(?P<number>{_NUMBER})(?:\s?{_ITEM})*|{_ITEM}(?:\s?{_ITEM})*)"
    )
    patterns = tuple(
        (kind, *shape) for kind in ReferenceKind for shape in _shapes(words[kind], numbers)
    )
    before, after = _either(words["outside_before"]), _either(words["outside_after"])
    own = _either(words["own"])
    heads = {
        p.strip() for kind in ReferenceKind for each in words[kind] for p in each.split(NUMBERS)
    }
    listed = {*heads, *words["outside_before"], *words["joint"]} - {"", ","}
    among = _either(sorted(listed, key=len, reverse=True))
    return _Grammar(
        patterns,
        tuple({cue for _, cues, _ in patterns for cue in cues}),
        re.compile(element),
        re.compile(ranged),
        re.compile(rf"(?i:{before})[^,.;\uff0c\u3002\uff1b]{{0,20}},?\s?$"),
        re.compile(rf"\s?,?\s?(?i:{after})(?![a-z])"),
        # Behind the symbol may stand its chapters and tables, up to this one.
        re.compile(rf"{_SYMBOL}(?:[\s,\u2013-]|(?i:{among})|{_NUMBER}|{_ITEM}|[A-Z](?![a-z]))*$"),
        re.compile(rf"(?i:{own})\s?$"),
        re.compile(rf"[^,.;\d]{{0,8}}\b(?i:{own})"),
        re.compile(rf"(?i:{own})"),
        _named(words["documents"]),
        _sides(words["above"]),
        _sides(words["below"]),
    )


def _named(documents: Iterable[str]) -> re.Pattern[str]:
    """Other documents: words for them, symbols such as A/80/7, and numbers such as 72/266."""
    words = "|".join(
        re.escape(each) if east_asian_width(each[0]) == "W" else rf"\b{re.escape(each)}\b"
        for each in documents
    )
    return re.compile(rf"(?i:{words})|{form('document_number')}")


def _sides(templates: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is said before a reference, and behind it, of where it stands."""
    split = [each.partition(REFERENCE) for each in templates]
    leading, trailing = ([pair[at].strip() for pair in split] for at in (0, 2))
    return (
        re.compile(rf"(?i:{_either(filter(None, leading))})\s?$"),
        # A level may lie below a number.
        re.compile(rf"\s?(?i:{_either(filter(None, trailing))})(?!\w|\s\d)"),
    )


def _shapes(
    templates: Iterable[str], numbers: str
) -> Iterator[tuple[tuple[str, ...], re.Pattern[str]]]:
    """Templates that end alike as one pattern, with the words one of which must be there."""
    alike: dict[str, list[str]] = {}
    for template in templates:
        before, after = (part.strip() for part in template.split(NUMBERS))
        alike.setdefault(after, []).append(before)
    for after, befores in alike.items():
        leading = sorted(filter(None, befores), key=len, reverse=True)
        word = rf"(?:(?i:{_either(leading)})\s?)" + "?" * ("" in befores) if leading else ""
        end = rf"\s?(?i:{re.escape(after)})" if after else ""
        cues = (after,) if "" in befores else tuple(leading)
        yield cues, re.compile(f"{word}{numbers}{end}")


def _joints(words: Iterable[str]) -> str:
    """What stands between the numbers of a list: words of letters between blanks."""
    return "|".join(
        rf"\s{re.escape(word)}\s"
        if word[0].isalpha() and east_asian_width(word[0]) != "W"
        else rf"\s?{re.escape(word)}\s?"
        for word in words
    )


def _either(words: Iterable[str]) -> str:
    """One of some words; none at all matches nothing."""
    return "|".join(map(re.escape, words)) or r"(?!)"

"""Offices, subprogrammes and components under their names, and which one a passage is about.

An entity is a path: office, group, subprogramme, component. Its key is the shortest end of the path
that no other entity of the same part of the document has: ``subprogramme 3`` where there is one,
``harbour office › subprogramme 3`` where several offices number theirs alike.

What the headings above a passage make it about: component, source of funds, factor of change.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise, plain_digits
from unbudget_check.model.facts import ROWS_OF_TOTALS, RowRole
from unbudget_check.model.meaning import OVERALL, STEP, steps_of
from unbudget_check.model.prose import Bearing
from unbudget_check.notation.years import YEAR
from unbudget_check.profiles import factors
from unbudget_check.understand.text.items import LETTER, ROMAN, heading_marker, unnumbered
from unbudget_check.understand.text.sources import source_in, source_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.facts import Row, TableFacts


LONGEST_NAME = 200
# A name of fewer letters is no name: it would be found everywhere.
SHORTEST = 3
# A part of a document has about a dozen components, of which one is named in full ...
SAME_ENTITY_BITS = 4
# ... or by the end of its path, which another may share.
PARTLY_NAMED_BITS = 1
_SUBPROGRAMME, _COMPONENT = "subprogramme", "component"
_STRIPPED = " .:;,。：；，"
_ROMAN = frozenset("IVX")

# What a caption says in brackets at its end: (jointly financed activities).
QUALIFIER = re.compile(r"\(([^()]+)\)\s*$")
_YEAR = re.compile(YEAR)

Path = tuple[str, ...]


def compatible(said: str, meant: str) -> int | None:
    """The bits by which an entity, as said, is the one that is meant; None where it cannot be.

    Nothing is said for or against by an empty key. A path that is printed in part may be a longer
    one with the same end; a whole is never its own component.
    """
    if not said or not meant:
        return 0
    if said == meant:
        return SAME_ENTITY_BITS
    return PARTLY_NAMED_BITS if _is_part(steps_of(said), steps_of(meant)) else None


def in_body(entity: str, body: str) -> str:
    """The key of an entity within a body, whose whole has the key of the body itself."""
    if not body or not entity:
        return entity
    return body if entity == OVERALL else f"{body}{STEP}{entity}"


def _is_part(one: Path, other: Path) -> bool:
    """Whether the shorter path is the longer one with steps left out before the last."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return short[-1] == long[-1] and all(step in rest for step in short)


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities of each numbered part (8.I, 8.II) of a document.

    ``names[scope, name]`` are the keys of all that are printed so, ``keys[scope, path]`` is the key
    of a path as a table of components prints it. ``titled`` are what captions name before a colon,
    and ``funds`` what they name in brackets at their end.
    """

    language: Language
    names: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    keys: Mapping[tuple[str, Path], str] = field(default_factory=dict)
    titled: Collection[tuple[str, str]] = frozenset()
    funds: Collection[str] = frozenset()

    @property
    def scopes(self) -> Collection[str]:
        """The parts of the document that list components."""
        return {scope for scope, _ in self.names}

    def of(self, text: str, scope: str, within: str = "") -> str:
        """The key of the entity that a caption, heading or label names, or "".

        ``within`` is the entity under whose heading the text stands: of several with the name it
        decides. Where it does not, the key is the name itself, which is nobody's.
        """
        bare = normalise(text).strip(_STRIPPED)
        if bare in self.language.entities["overall"]:
            return OVERALL
        return self._numbered(bare, scope, within) or self._pick(bare, scope, within)

    def headed(self, title: str, scope: str, within: str) -> str:
        """The key of the entity that a heading names, listed in a table or named in a caption."""
        found = self.of(title, scope, within)
        return found or (title if (scope, title) in self.titled else "")

    def at_start(self, text: str, start: int, scope: str, within: str = "") -> str:
        """The key of the entity whose name begins a text at some place, or ""."""
        bare = text[start : start + LONGEST_NAME].casefold()
        if numbered := self._numbered(bare, scope, within):
            return numbered
        names = {name for where, name in self.names if where == scope and STEP not in name}
        # Most texts begin with no name at all; only the others are worth comparing in full.
        if not any(bare.startswith(name[:SHORTEST]) for name in names):
            return ""
        bare = normalise(bare)
        found = [n for n in names if bare.startswith(n) and not bare[len(n) : len(n) + 1].isalpha()]
        return self._pick(max(found, key=len), scope, within) if found else ""

    def _numbered(self, bare: str, scope: str, within: str) -> str:
        """Subprogramme 8, component 2: its key, or "" where a text does not begin so."""
        found = _numbers(self.language.code).match(plain_digits(bare))
        if not found:
            return ""
        if found["number"]:
            whole = self._pick(key_of_number(found["number"]), scope, within)
            whole = whole or key_of_number(found["number"])
            return self._below(whole, found["part"], scope) if found["part"] else whole
        above = [at for at, step in enumerate(steps_of(within)) if _is_numbered(step)]
        if above:
            return self._below(STEP.join(steps_of(within)[: above[-1] + 1]), found["alone"], scope)
        return self._pick(_component(found["alone"]), scope, within)

    def _below(self, whole: str, number: str, scope: str) -> str:
        """The key of a numbered component of a subprogramme."""
        path = f"{whole}{STEP}{_component(number)}"
        return self._pick(path, scope, whole) or path

    def _pick(self, name: str, scope: str, within: str) -> str:
        """Of all entities with a name the one that is nearest to another, or the name itself."""
        found = self.names.get((scope, name), ())
        if len(found) < 2:
            return found[0] if found else ""
        near = [(_common(steps_of(key), steps_of(within)), key) for key in found if within]
        near.sort(reverse=True)
        if near and near[0][0] > 0 and near[0][0] > near[1][0]:
            return near[0][1]
        return name


def _common(one: Path, other: Path) -> int:
    """How many steps of two paths are the same, from the widest on."""
    alike = (first == second for first, second in zip(one, other, strict=False))
    return next((at for at, same in enumerate(alike) if not same), min(len(one), len(other)))


def key_of_number(number: str) -> str:
    """The step of a numbered subprogramme."""
    return f"{_SUBPROGRAMME} {int(number)}"


def _component(number: str) -> str:
    return f"{_COMPONENT} {int(number)}"


def _is_numbered(step: str) -> bool:
    return step.startswith(f"{_SUBPROGRAMME} ") and step.rpartition(" ")[2].isdigit()


@lru_cache(maxsize=8)
def _numbers(code: str) -> re.Pattern[str]:
    """Subprogramme 8, with or without a component; a component by its number alone."""
    entities = load_language(code).entities
    whole = "|".join(map(re.escape, entities["subprogramme"]))
    parts = [word for word in entities["component"] if word not in entities["subprogramme"]]
    part = "|".join(map(re.escape, parts))
    return re.compile(
        rf"(?:{whole})\s*(?P<number>\d{{1,2}})(?!\d|\s*[-–])"
        rf"(?:[\s,،、，;.(（]*(?:{part})\s*(?P<part>\d{{1,2}})(?!\d))?"
        rf"|(?:{part})\s*(?P<alone>\d{{1,2}})(?!\d|\s*[-–])"
    )


def is_by_component(table: TableFacts, language: Language) -> bool:
    """Whether the rows of a table are components: the heading over its labels says so."""
    heading = normalise(table.columns[0].heading) if table.columns else ""
    return any(term in heading for term in language.entities["component"])


def scope_of(number: str) -> str:
    """The numbering to which a printed number belongs: 8.II of 8.II.27, nothing of 4."""
    return number.rpartition(".")[0]


def paths_in(table: TableFacts, language: Language) -> Mapping[int, Path]:
    """Row of a table of components -> its path: the headings above it, each by its last row.

    A path that one table gives to two rows of a block is the path of none.
    """
    found = dict(_walk(table, language))
    counts = Counter((table.rows[r].block, table.rows[r].unit, path) for r, path in found.items())
    return {
        r: path
        for r, path in found.items()
        if counts[table.rows[r].block, table.rows[r].unit, path] == 1
    }


def _walk(table: TableFacts, language: Language) -> Iterator[tuple[int, Path]]:
    """(Row, path); how deep a kind of marker stands is as the table first shows it."""
    works = {*language.entities["elsewhere"]}
    counts_within = any(r.role is RowRole.HEADING and _bare_label(r) in works for r in table.rows)
    depths: dict[str, int] = {}
    stack: list[tuple[str, Row, str]] = []  # kind of marker, row, step
    block = 0
    for r, row in enumerate(table.rows):
        if row.role in ROWS_OF_TOTALS or row.block != block:
            stack = [] if row.reference or row.block != block else stack[:-2]
            block = row.block
        name = _bare_label(row)
        if row.role in (*ROWS_OF_TOTALS, RowRole.MEMO) or len(name) < SHORTEST:
            continue
        kind = _kind(row, name, stack, language)
        if kind not in depths:
            depths = {each: depth for each, depth in depths.items() if depth < len(stack)}
            depths[kind] = len(stack)
        stack = stack[: depths[kind]]
        # Where a table has a programme of work, only what it numbers there are subprogrammes.
        counted = not counts_within or any(step in works for _, _, step in stack)
        stack.append((kind, row, _step(row, name, kind, language, counted=counted)))
        yield r, tuple(step for _, _, step in stack)


def _bare_label(row: Row) -> str:
    return normalise(row.label).strip(_STRIPPED)


def _kind(row: Row, name: str, stack: Sequence[tuple[str, Row, str]], language: Language) -> str:
    """By what a row is marked; rows without a marker below a heading without one are its own."""
    if row.marker:
        mark = row.marker.strip("().")
        if mark.isdigit():
            return "digit"
        return "roman" if set(mark) <= _ROMAN and len(mark) > 1 else f"letter {mark.isupper()}"
    numbered = _numbers(language.code).match(plain_digits(name))
    if numbered:
        return _SUBPROGRAMME if numbered["number"] else _COMPONENT
    is_inner = stack and (stack[-1][0] == "inner" or _is_bare_heading(stack[-1][1]))
    return "inner" if is_inner and row.role is RowRole.ITEM else "name"


def _is_bare_heading(row: Row) -> bool:
    return not row.marker and row.role is RowRole.HEADING


def _step(row: Row, name: str, kind: str, language: Language, *, counted: bool) -> str:
    if kind == "digit" and counted:
        return key_of_number(row.marker.strip("()."))
    numbered = _numbers(language.code).match(plain_digits(name))
    if numbered and kind == _SUBPROGRAMME:
        return key_of_number(numbered["number"])
    return _component(numbered["alone"]) if numbered and kind == _COMPONENT else name


def entities_of(tables: Iterable[TableFacts], language: Language) -> Entities:
    """The entities that the tables list or are titled after, and their sources of funds."""
    tables = tuple(tables)
    titles = [(scope_of(each.number or ""), normalise(each.title)) for each in tables]
    pieces = [(scope, *title.partition(":")) for scope, title in titles]
    titled = {(scope, name.strip()) for scope, name, _, rest in pieces if rest.strip()}
    found_funds = (QUALIFIER.search(title) for _, title in titles)
    funds = {each[1] for each in found_funds if each and not _YEAR.search(each[1])}
    paths: defaultdict[str, set[Path]] = defaultdict(set)
    printed: defaultdict[tuple[str, Path], set[str]] = defaultdict(set)
    for table in (each for each in tables if is_by_component(each, language)):
        scope = scope_of(table.number or "")
        for r, path in paths_in(table, language).items():
            paths[scope].add(path)
            name = _bare_label(table.rows[r])
            numbered = _numbers(language.code).match(plain_digits(name))
            rest = name[numbered.end() :].strip(_STRIPPED) if numbered else ""
            printed[scope, path] |= {name, rest, path[-1]} - {""}
    keys: dict[tuple[str, Path], str] = {}
    names: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for scope, found in paths.items():
        whole = {path: _whole(path, found) for path in found}
        for path in sorted(found):
            key = keys[scope, path] = _key(whole[path], {*whole.values()})
            steps = whole[path]
            ends = {STEP.join(steps[at:]) for at in range(len(steps))}
            for name in sorted({key} | ends | printed[scope, path]):
                names[scope, name][key] = None
    named = {name: tuple(each) for name, each in names.items()}
    return Entities(language, named, keys, titled, funds)


def _whole(path: Path, others: Collection[Path]) -> Path:
    """The one longer path of which this is a part, if there is just one."""
    longer = [each for each in others if len(each) > len(path) and _is_part(path, each)]
    longest = max(longer, key=len, default=path)
    return longest if all(_is_part(each, longest) for each in longer) else path


def _key(path: Path, others: Collection[Path]) -> str:
    """The shortest end of a path that no other one has; a component is nothing by its number."""
    shortest = 2 if path[-1].startswith(f"{_COMPONENT} ") and len(path) > 1 else 1
    for length in range(shortest, len(path)):
        end = path[-length:]
        if sum(each[-length:] == end for each in others) == 1:
            return STEP.join(end)
    return STEP.join(path)


@dataclass(slots=True)
class Compass:
    """The bearing while a text is read; each heading turns it."""

    entities: Entities
    bearing: Bearing = field(default_factory=Bearing)
    place: str = ""  # the last entity or group of a heading: what stands below it is within it

    def enter(self, scope: str) -> None:
        """A numbered paragraph or caption: another numbering begins another part."""
        if scope and scope != self.bearing.scope:
            entity = self.entities.of(self.bearing.entity, scope) or self.bearing.entity
            self.place = entity
            self.bearing = replace(self.bearing, scope=scope, entity=entity)

    def turn(self, heading: str) -> None:
        """Take a heading in: a component ends the source, any other heading the factor."""
        code, scope = self.entities.language.code, self.bearing.scope
        title, fund = self._fund(_bare_heading(heading))
        kind, name = _headings(code).get(title, ("", ""))
        entity = self.entities.headed(title, scope, self.place)
        if kind in ("overall", "elsewhere") or entity:
            self.place = "" if entity == OVERALL else entity
        if kind == "overall" or (entity == OVERALL and not kind):
            self.bearing = Bearing(scope, OVERALL)
        elif kind == "elsewhere" or (not (entity or kind) and self._ends_component(heading)):
            self.bearing = Bearing(scope)
        elif entity:
            self.bearing = Bearing(scope, entity)
        elif kind == "source":
            self.bearing = Bearing(scope, self.bearing.entity, name)
        else:
            # A factor stands alone, with more words, or in one piece with the heading above it.
            # Whatever comes after the factors, such as the same changes by object, is about none.
            factor = name if kind == "factor" else factor_in(heading, code)
            self.bearing = replace(self.bearing, factor=factor)
        if fund:
            self.bearing = replace(self.bearing, source=fund)

    def _fund(self, title: str) -> tuple[str, str]:
        """A heading without the source of funds in brackets at its end, and that source."""
        found = QUALIFIER.search(title)
        known = found and (found[1] in self.entities.funds or source_in(found[1], self._code))
        if not (found and known):
            return title, ""
        return title[: found.start()].strip(), source_of(found[1], self._code) or found[1]

    @property
    def _code(self) -> str:
        return self.entities.language.code

    def _ends_component(self, heading: str) -> bool:
        """Whether a heading that means nothing else stands above that of a component."""
        is_high = heading_marker(heading) in (ROMAN, LETTER)
        return is_high and self.bearing.entity not in ("", OVERALL)

    def named(self, text: str, start: int) -> str:
        """The entity whose name begins a text at some place, or ""."""
        within = self.bearing.entity or self.place
        return self.entities.at_start(text, start, self.bearing.scope, within)


def is_known(heading: str, code: str) -> bool:
    """Whether a heading sets a factor or a source, or says that what follows is overall."""
    return _bare_heading(heading) in _headings(code) or bool(factor_in(heading, code))


def is_overview(heading: str, code: str) -> bool:
    """Whether a heading says that what follows is overall."""
    overall = load_language(code).entities["overall"]
    return (
        _bare_heading(heading) in overall
        or _headings(code).get(_bare_heading(heading), ("",))[0] == "overall"
    )


def _bare_heading(heading: str) -> str:
    return normalise(unnumbered(heading)).strip(" .:：")


@lru_cache(maxsize=8)
def _headings(code: str) -> Mapping[str, tuple[str, str]]:
    """Printed heading -> what it sets, and to what."""
    language = load_language(code)
    return {
        **{term: ("factor", name) for name in factors() for term in language.columns[name]},
        **{term: ("source", name) for name, terms in language.sources.items() for term in terms},
        **dict.fromkeys(language.entities["overview"], ("overall", "")),
        **dict.fromkeys(language.entities["elsewhere"], ("elsewhere", "")),
    }


@lru_cache(maxsize=1024)
def factor_in(sentence: str, code: str) -> str:
    """The one factor of change that a sentence names in full, or ""."""
    bare = normalise(sentence)
    columns = load_language(code).columns
    found = {
        name for name in factors() for term in columns[name] if _is_name(term) and term in bare
    }
    return found.pop() if len(found) == 1 else ""


def _is_name(term: str) -> bool:
    """Whether a heading is more than one word: "other" alone names nothing in a sentence."""
    return " " in term or (not term.isascii() and len(term) >= SHORTEST)

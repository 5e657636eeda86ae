"""What the headings above a passage make it about: component, source of funds, factor of change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.entities import OVERALL, QUALIFIER, Entities
from unbudget_check.extract.prose.markers import LETTER, ROMAN, heading_marker, unnumbered
from unbudget_check.languages import load_language, normalise
from unbudget_check.model.prose import Bearing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The source of a sentence that names more than one: no table states that.
SEVERAL = "several"
_FACTORS = ("technical", "mandates", "other")


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
        title, fund = self._fund(_bare(heading))
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
    return _bare(heading) in _headings(code) or bool(factor_in(heading, code))


def is_overview(heading: str, code: str) -> bool:
    """Whether a heading says that what follows is overall."""
    overall = load_language(code).entities["overall"]
    return _bare(heading) in overall or _headings(code).get(_bare(heading), ("",))[0] == "overall"


def _bare(heading: str) -> str:
    return normalise(unnumbered(heading)).strip(" .:：")


@lru_cache(maxsize=8)
def _headings(code: str) -> Mapping[str, tuple[str, str]]:
    """Printed heading -> what it sets, and to what."""
    language = load_language(code)
    return {
        **{term: ("factor", name) for name in _FACTORS for term in language.columns[name]},
        **{term: ("source", name) for name, terms in language.sources.items() for term in terms},
        **dict.fromkeys(language.entities["overview"], ("overall", "")),
        **dict.fromkeys(language.entities["elsewhere"], ("elsewhere", "")),
    }


@lru_cache(maxsize=1024)
def factor_in(sentence: str, code: str) -> str:
    """The one factor of change that a sentence names in full, or ""."""
    bare = normalise(sentence)
    columns = load_language(code).columns
    found = {name for name in _FACTORS for term in columns[name] if _is_name(term) and term in bare}
    return found.pop() if len(found) == 1 else ""


def _is_name(term: str) -> bool:
    """Whether a heading is more than one word: "other" alone names nothing in a sentence."""
    return " " in term or (not term.isascii() and len(term) > len("xx"))


@lru_cache(maxsize=1024)
def source_in(sentence: str, code: str) -> str:
    """The one source of funds that a sentence names, "" for none and SEVERAL for more."""
    named = {name for _, name in _sources_in(normalise(sentence), code)}
    return SEVERAL if len(named) > 1 else next(iter(named), "")


@lru_cache(maxsize=1024)
def source_of(text: str, code: str) -> str:
    """The source of funds that a caption or the title of a part names, or ""."""
    bare = normalise(text).strip(" .:：")
    sources = load_language(code).sources
    whole = next((name for name, terms in sources.items() if bare in terms), "")
    return whole or max(_sources_in(bare, code), default=(0, ""))[1]


def _sources_in(bare: str, code: str) -> Iterator[tuple[int, str]]:
    """(Length of its name, source) for every name of a source in a text."""
    for name, terms in load_language(code).sources.items():
        yield from ((len(term), name) for term in terms if term in bare)

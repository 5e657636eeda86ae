"""Units, years and components in captions and headings that contradict what stands around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise, plain_digits
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import CellKind, ColumnRole, RowRole, Spot
from unbudget_check.model.meaning import OVERALL
from unbudget_check.model.prose import CaptionKind, PassageKind, Span
from unbudget_check.notation.units import measures
from unbudget_check.notation.years import BUDGET_YEAR, DAY, ODD_YEAR, YEAR, YEAR_RANGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Column, DocumentFacts, Row, TableFacts
    from unbudget_check.model.prose import Caption, Passage
    from unbudget_check.rulebook.rule import Rule


# Captions of one kind that must share a unit, one other at most, before it is theirs.
FEWEST_OF_A_UNIT = 3
# Figures, the same digit for digit, that show that two tables print the same amounts.
SAME = 3
# Amounts with fewer digits may be the same by chance.
LARGE = 10_000
_BEFORE_COLON = re.compile(r"^[^:]*:")

# Captions of one kind that must have the same years; only one may have others.
FEWEST_ALIKE_CAPTIONS = 3
_ENTITY = re.compile(r"^[^:：]*[:：]")
# A longer caption, without its component and years, is the same only where the same is meant.
LONG_CAPTION_WORDS = 8

# A document has a year for what was spent, approved and proposed where so many columns print it,
# and at most one prints another, or one in ten.
FEWEST_COLUMNS_OF_A_YEAR = 4
TENTH = 10
# A table that prints the years of the document in two columns or more speaks of these years.
SEVERAL = 2
_STOCK = {"approved": ColumnRole.BASE, "proposed": ColumnRole.ESTIMATE}
_ROLES = (ColumnRole.EXPENDITURE, ColumnRole.BASE, ColumnRole.ESTIMATE)

# Headings and captions were understood where so many captions agree with their headings, and of
# those that do not there is at most one in five.
FEWEST_AGREEING_CAPTIONS = 3
FIFTH = 5
_NAME_ENDS = re.compile(r"[:.,;(\uff1a\uff0c\uff08]|$")


def check_caption_unit(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on each unit that is not the one of the same figures, or of captions of its kind."""
    lines = {
        caption.number: found
        for caption in facts.prose.captions
        if (found := _unit_of(facts, caption)) is not None
    }
    told: set[int] = set()
    for at, text in (*_among_captions(facts), *_by_figures(facts, lines), *_by_heading(facts)):
        passage = at.passage if isinstance(at, Span) else -1
        if passage not in told or passage < 0:
            claims.remarks.append(Remark(number, at, text=text))
        told.add(passage)


def _unit_of(facts: DocumentFacts, caption: Caption) -> Passage | None:
    """The passage right below a caption that says what its figures count."""
    for passage in facts.prose.passages[caption.passage + 1 : caption.passage + 4]:
        if passage.kind is not PassageKind.CAPTION:
            return None
        if measures(passage.text, facts.language):
            return passage
    return None


def _among_captions(facts: DocumentFacts) -> Iterator[tuple[Spot | Span, str]]:
    """Units that differ from those of nearly all captions with the same words."""
    alike: dict[tuple[str, str], list[Passage]] = {}
    for caption in facts.prose.captions:
        line = _unit_of(facts, caption)
        if line is not None:
            title = re.sub(YEAR, "", _BEFORE_COLON.sub("", normalise(caption.title)))
            alike.setdefault((caption.kind.value, title), []).append(line)
    for lines in alike.values():
        counts = Counter(measures(line.text, facts.language) for line in lines)
        (usual, times), *_ = counts.most_common(1)
        if times < FEWEST_OF_A_UNIT or len(lines) - times != 1:
            continue
        pattern = next(x.text for x in lines if measures(x.text, facts.language) == usual)
        for line in lines:
            said = measures(line.text, facts.language)
            if said != usual and len(said) == len(usual):
                yield Span(line.index, 0, len(line.text)), pattern


def _by_figures(
    facts: DocumentFacts, lines: dict[str, Passage]
) -> Iterator[tuple[Spot | Span, str]]:
    """Units of tables that print, digit for digit, the figures of tables with another unit."""
    amounts = {t.ordinal: _large(t) for t in facts.tables if t.unit == "money" and t.number}
    usual = Counter(facts.tables[ordinal].scale for ordinal in amounts).most_common(1)
    scales: dict[tuple[int, int], Counter[int]] = {}
    for ordinal, found in amounts.items():
        for amount in found:
            scales.setdefault(amount, Counter())[facts.tables[ordinal].scale] += 1
    for ordinal, found in amounts.items():
        table, scale = facts.tables[ordinal], usual[0][0]
        line = lines.get(table.number or "")
        same = [amount for amount in found if scales[amount][scale]]
        if line is not None and scale != table.scale and len(same) >= SAME:
            meant = (
                other.text
                for other in lines.values()
                if ("money", scale) in measures(other.text, facts.language)
            )
            yield Span(line.index, 0, len(line.text)), next(meant, "")


def _large(table: TableFacts) -> set[tuple[int, int]]:
    """The figures of a table that are too large to be the same by chance."""
    return {
        (abs(numeral.number.units), numeral.number.exponent)
        for row, numerals in zip(table.rows, table.numerals, strict=True)
        for numeral in numerals
        if row.unit == "money"
        and numeral.reading is CellKind.FIGURE
        and numeral.number is not None
        and abs(numeral.number.units) >= LARGE
    }


def _by_heading(facts: DocumentFacts) -> Iterator[tuple[Spot | Span, str]]:
    """Headings of columns of resources with a unit of money that is not the caption's."""
    roles = (ColumnRole.EXPENDITURE, ColumnRole.BASE, ColumnRole.CHANGE, ColumnRole.ESTIMATE)
    for table in facts.tables:
        if table.unit != "money" or not table.rows:
            continue
        for column in table.columns:
            bracket = re.search(r"\([^()]*\)", normalise(column.heading))
            said = measures(bracket[0], facts.language) if bracket else frozenset()
            kinds = {scale for kind, scale in said if kind == "money"}
            if column.role in roles and kinds and table.scale not in kinds:
                yield Spot(table.ordinal, 0, column.index), bracket[0] if bracket else ""


def alike_years(facts: DocumentFacts) -> Iterator[tuple[Span, str]]:
    """The one year by which a caption differs from all others of its kind, and theirs."""
    kinds: defaultdict[str, list[tuple[tuple[str, ...], Passage]]] = defaultdict(list)
    for passage in facts.prose.passages:
        if passage.kind is PassageKind.CAPTION and (found := _kind(passage.text)):
            kinds[found[0]].append((found[1], passage))
    for captions in kinds.values():
        usual, times = Counter(years for years, _ in captions).most_common(1)[0]
        odd = [(years, passage) for years, passage in captions if years != usual]
        wrong = [at for years, _ in odd[:1] for at in range(len(years)) if years[at] != usual[at]]
        if times >= FEWEST_ALIKE_CAPTIONS and len(odd) == len(wrong) == 1:
            passage = odd[0][1]
            place = list(ODD_YEAR.finditer(plain_digits(passage.text)))[wrong[0]]
            yield Span(passage.index, *place.span()), usual[wrong[0]]


def _kind(text: str) -> tuple[str, tuple[str, ...]] | None:
    """A caption without its component and its years, and these years; nothing without years."""
    plain = plain_digits(text)
    years = tuple(ODD_YEAR.findall(plain))
    bare = normalise(ODD_YEAR.sub("#", _ENTITY.sub("", plain)))
    return (bare, years) if years and len(bare) >= LONG_CAPTION_WORDS else None


def check_printed_year(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on each year that is not the one which the document prints in all other places."""
    years = _years(facts)
    in_tables = rule.parameters["place"] == "table"
    # A caption that differs from its columns may also differ from other captions.
    found = _in_tables(facts, years) if in_tables else _captioned(facts, years)
    for at, year in dict(found).items():
        claims.remarks.append(Remark(number, at, text=year))


def _years(facts: DocumentFacts) -> dict[ColumnRole, int]:
    """The year that nearly all columns with a role print."""
    found: dict[ColumnRole, Counter[int]] = {role: Counter() for role in _ROLES}
    for table in facts.tables:
        for column in table.columns:
            if column.role in found and column.year is not None and not _is_dated(column):
                found[column.role][column.year] += 1
    usual = {role: count.most_common(1)[0] for role, count in found.items() if count}
    return {
        role: year
        for role, (year, times) in usual.items()
        if times >= FEWEST_COLUMNS_OF_A_YEAR
        and found[role].total() - times <= max(1, times // TENTH)
    }


def _in_tables(
    facts: DocumentFacts, years: Mapping[ColumnRole, int]
) -> Iterator[tuple[Spot | Span, str]]:
    for table in facts.tables:
        column = _odd_column(table, years)
        if column is not None and table.rows:
            yield Spot(table.ordinal, 0, column), str(years[table.columns[column].role])
        for r, row in enumerate(table.rows):
            role = _stock(row, facts.language)
            year = years.get(role) if role is not None else None
            said = BUDGET_YEAR.findall(plain_digits(row.label)) if year else ()
            if len(said) == 1 and int(said[0]) != year:
                yield Spot(table.ordinal, r, 0), str(year)


def _stock(row: Row, code: str) -> ColumnRole | None:
    """Whether a row counts posts approved or proposed; its year may stand before the word."""
    if row.unit != "posts" or row.role is RowRole.HEADING:
        return None
    bare, terms = normalise(row.label), load_language(code).rows
    for concept, role in _STOCK.items():
        if row.concept == concept or any(bare.endswith(term) for term in terms[concept]):
            return role
    return None


def _odd_column(table: TableFacts, years: Mapping[ColumnRole, int]) -> int | None:
    """The only column of a table whose year is not that of its role in the document."""
    dated = [c for c in table.columns if c.year is not None and c.role in years]
    dated = [c for c in dated if not _is_dated(c)]
    # Where two estimates stand side by side, one of them only serves as a base.
    dated = [c for c in dated if (c.role, c.concept) != (ColumnRole.BASE, "estimate")]
    odd = [column for column in dated if column.year != years[column.role]]
    alone = len(odd) == 1 and len({column.side for column in table.columns}) == 1
    roles = [column.role for column in dated]
    if alone and len(dated) >= SEVERAL and roles.count(odd[0].role) == 1:
        return odd[0].index
    return None


def _is_dated(column: Column) -> bool:
    """Whether a heading prints a day, and so no year by itself."""
    return DAY.search(plain_digits(column.heading)) is not None


def _captioned(
    facts: DocumentFacts, years: Mapping[ColumnRole, int]
) -> Iterator[tuple[Spot | Span, str]]:
    yield from _in_text(facts, years)
    yield from alike_years(facts)


def _in_text(
    facts: DocumentFacts, years: Mapping[ColumnRole, int]
) -> Iterator[tuple[Spot | Span, str]]:
    """Captions of other years than their columns; proposals for another year than all columns."""
    tables: dict[str | None, list[TableFacts]] = {}
    for table in facts.tables:
        tables.setdefault(table.number, []).append(table)
    for caption in facts.prose.captions:
        if caption.kind is CaptionKind.TABLE and len(tables.get(caption.number, ())) == 1:
            yield from _range(facts, caption, tables[caption.number][0])
    proposed = years.get(ColumnRole.ESTIMATE)
    terms = load_language(facts.language).rows["proposed"]
    # A note may stand between a caption and its title.
    titles = {c.passage + 2 for c in facts.prose.captions if not c.title}
    for passage in facts.prose.passages:
        captioned = passage.kind is PassageKind.CAPTION or passage.index in titles
        if proposed is None or not captioned:
            continue
        text = plain_digits(passage.text)
        said = list(BUDGET_YEAR.finditer(text))
        if len(said) == 1 and int(said[0][1]) != proposed and not YEAR_RANGE.search(text):
            bare = normalise(passage.text)
            if any(term in bare for term in terms):
                yield Span(passage.index, *said[0].span(1)), str(proposed)


def _range(
    facts: DocumentFacts, caption: Caption, table: TableFacts
) -> Iterator[tuple[Spot | Span, str]]:
    """A caption for 2024-2026 over columns that begin or end with another year."""
    columns = [column.year for column in table.columns if column.year is not None]
    if len(set(columns)) < SEVERAL or any(YEAR_RANGE.search(c.heading) for c in table.columns):
        return
    for passage in facts.prose.passages[caption.passage : caption.passage + SEVERAL]:
        found = YEAR_RANGE.search(plain_digits(passage.text))
        if found and passage.kind is PassageKind.CAPTION:
            said, printed = (int(found[1]), int(found[2])), (min(columns), max(columns))
            wrong = [at for at in (0, 1) if said[at] != printed[at]]
            if len(wrong) == 1:
                place = wrong[0] + 1
                yield Span(passage.index, *found.span(place)), str(printed[wrong[0]])
            return


def check_caption_component(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on captions that stand under the heading of another component."""
    named = list(_named(facts))
    # What a heading names without a number, and no caption, may be a numbered one in its words.
    known = {each.entity for each in named}
    wrong = [
        each
        for each in named
        if each.entity != (heading := each.bearing.entity)
        and (heading in known or re.search(r"\d", heading))
    ]
    if len(named) - len(wrong) < FEWEST_AGREEING_CAPTIONS or len(wrong) * FIFTH > len(named):
        return
    for each in wrong:
        span = _name(facts, each)
        printed = each.text[span.start : span.end]
        claims.remarks.append(Remark(number, span, text=_renamed(printed, each.bearing.entity)))


def _named(facts: DocumentFacts) -> Iterator[Passage]:
    """The captions that name a component and stand under the heading of one."""
    for each in facts.prose.passages:
        known = each.entity and each.bearing.entity
        if (
            each.kind is PassageKind.CAPTION
            and known
            and OVERALL
            not in (
                each.entity,
                each.bearing.entity,
            )
        ):
            yield each


def _name(facts: DocumentFacts, passage: Passage) -> Span:
    """Where a caption names its component: at the beginning of its title."""
    titles = {each.passage: each.title for each in facts.prose.captions}
    start = len(passage.text) - len(titles.get(passage.index, passage.text))
    if passage.index in titles and not passage.text.endswith(titles[passage.index]):
        start = 0
    end = _NAME_ENDS.search(passage.text, start)
    return Span(passage.index, start, end.start() if end else len(passage.text))


def _renamed(printed: str, entity: str) -> str:
    """How the caption names the component of its heading: by its number where it has one."""
    counts = re.findall(r"(?:^|› )(?:subprogramme|component) (\d+)", entity)
    if counts and len(re.findall(r"\d+", printed)) == len(counts):
        return re.sub(r"\d+", lambda _: counts.pop(0), printed)
    return entity

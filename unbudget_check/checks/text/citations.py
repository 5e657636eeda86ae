"""The tables that a sentence cites for an amount must show the component of which it speaks.

Sentences that name another source of funds than the heading above them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language
from unbudget_check.model.claims import Remark
from unbudget_check.model.meaning import POSTS, RESOURCES, Kind
from unbudget_check.model.number import Number, agree
from unbudget_check.model.prose import MentionKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Mention, Reference, Statement
    from unbudget_check.rulebook.rule import Rule


# Tables in these units, or without any, may state resources that were not understood.
UNITS = ("money", "posts", "")
# Component and measures that a table, or a part of it, shows.
Shown = tuple[str, str]


def check_cited_table(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on a cited table that shows neither the resources nor the posts of the component."""
    shown, references, parts = _shown(facts), _references(facts), _parts(facts)
    told: set[Reference] = set()
    for statement, mention in _stated(facts):
        cited = list(_cited(facts, mention, references))
        entity = statement.facts[0].meaning.entity
        read = [each for each in cited if each.part in parts[each.number]]
        for each in _wrong(read, entity, shown, is_all=read == cited):
            if each not in told and not _may_show(facts, each, mention):
                told.add(each)
                claims.remarks.append(Remark(number, each.at, text=_stating(facts, statement)))


def _references(facts: DocumentFacts) -> Mapping[int, list[Reference]]:
    """Passage -> the tables that it cites."""
    found: defaultdict[int, list[Reference]] = defaultdict(list)
    for each in facts.prose.references:
        if each.kind is ReferenceKind.TABLE and not each.is_outside:
            found[each.at.passage].append(each)
    return found


def _parts(facts: DocumentFacts) -> defaultdict[str, set[str]]:
    """The number of each table that was read -> its parts, and none for the whole of it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for table in facts.tables:
        found[table.number or ""] |= {"", table.part or ""}
    return found


def _shown(facts: DocumentFacts) -> Mapping[tuple[str, str], set[Shown]]:
    """Printed number and part of a table -> what it shows of which component."""
    found: defaultdict[tuple[str, str], set[Shown]] = defaultdict(set)
    for fact in facts.meanings:
        table = facts.tables[fact.table]
        for part in {"", table.part or ""}:
            meaning = fact.meaning
            found[table.number or "", part].add((meaning.entity, meaning.measure))
    return found


def _stated(facts: DocumentFacts) -> Iterator[tuple[Statement, Mention]]:
    """The levels and changes of resources that tables bear out or contradict."""
    for statement in facts.prose.statements:
        mention = facts.prose.mentions[statement.mention]
        amount = mention.kind in (MentionKind.LEVEL, MentionKind.CHANGE)
        # Without words for them, nothing is known of the facts but that they print the amount.
        if (
            amount
            and statement.prior
            and any(fact.meaning.measure == RESOURCES for fact in statement.facts)
        ):
            yield statement, mention


def _cited(
    facts: DocumentFacts, mention: Mention, references: Mapping[int, list[Reference]]
) -> Iterator[Reference]:
    """The tables that a sentence cites before it states an amount."""
    span = mention.span
    text = facts.prose.passages[span.passage].text
    for each in references.get(span.passage, ()):
        between = text[each.at.end : span.start]
        if each.at.end <= span.start and ". " not in between and "。" not in between:
            yield each


def _wrong(
    cited: list[Reference],
    entity: str,
    shown: Mapping[tuple[str, str], set[Shown]],
    *,
    is_all: bool,
) -> Iterator[Reference]:
    """Those that show nothing of the component; all of them where none shows its resources.

    Without ``is_all``, another one is cited that was not read.
    """
    of_money = [(entity, RESOURCES) in shown[each.number, each.part] for each in cited]
    for each, shows_money in zip(cited, of_money, strict=True):
        shows_posts = (entity, POSTS) in shown[each.number, each.part]
        if not shows_money and not (shows_posts and (any(of_money) or not is_all)):
            yield each


def _may_show(facts: DocumentFacts, cited: Reference, mention: Mention) -> bool:
    """Whether a table prints the amount, in whatever row, or was not understood at all."""
    amount = facts.numbers[mention.figure]
    known = {fact.table for fact in facts.meanings}
    for table in facts.tables:
        if table.number != cited.number or cited.part not in ("", table.part or ""):
            continue
        if table.unit in UNITS and table.ordinal not in known:
            return True
        for number in (facts.numbers[f] for figures in table.grid for f in figures if f >= 0):
            shown = Number(abs(number.units), number.exponent + table.scale)
            if number.units and agree(shown, Number(abs(amount.units), amount.exponent)):
                return True
    return False


def _stating(facts: DocumentFacts, statement: Statement) -> str:
    """The tables that do state the amount."""
    tables = (facts.tables[fact.table] for fact in statement.facts)
    names = (" ".join(filter(None, (table.number, table.part))) for table in tables)
    return ", ".join(dict.fromkeys(filter(None, names)))


def check_source_label(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on the source that a sentence gives to an amount, where its heading names another.

    With proof: the tables give that amount to the source of the heading. Without: they do not
    know it at all. Where they give it to the source of the sentence, the sentence is right.
    """
    proved = rule.parameters["proof"] == "table"
    sums = _sums(facts) if facts.prose.misnamed else {}
    for each in facts.prose.misnamed:
        where = facts.prose.passages[each.at.passage].bearing
        meant = each.digits in sums.get((where.scope, where.entity, where.source), ())
        right = each.digits in sums.get((where.scope, where.entity, each.source), ())
        if meant == proved and not right:
            term = load_language(facts.language).sources[where.source]
            claims.remarks.append(Remark(number, each.at, text=max(term[:2], key=len)))


def _sums(facts: DocumentFacts) -> dict[tuple[str, str, str], set[str]]:
    """(Scope, component, source of funds) -> digits of the amounts that tables propose."""
    sums: dict[tuple[str, str, str], set[str]] = {}
    for fact in facts.meanings:
        meaning = fact.meaning
        if meaning.kind is Kind.PROPOSED and meaning.measure == RESOURCES:
            amount = facts.numbers[fact.figure]
            zeros = amount.exponent + fact.scale
            if zeros >= 0:
                key = meaning.scope, meaning.entity, meaning.source
                sums.setdefault(key, set()).add(f"{amount.units}{'0' * zeros}")
    return sums

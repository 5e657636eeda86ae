"""Why the resources change: by factor and component with items below items, then by object."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.compose import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.compose.volume import Volume

Entries = list[tuple[str, int]]
# With so many objects of expenditure, each has an item of its own.
MANY = 3


def explain_changes(volume: Volume) -> Mapping[str, list[str]]:
    """The paragraphs of the three factors; returns where the change of each component is told."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    for factor in figures.FACTORS:
        entries = _by_component(volume, factor)
        if not entries:
            continue
        volume.heading(volume.prose["headings"][factor])
        if len(entries) == 1 and len(next(iter(entries.values()))) == 1:
            _one_change(volume, factor, entries)
            told[next(iter(entries))].append(volume.place)
            continue
        amounts = [amount for row in entries.values() for _, amount in row]
        volume.tell("factor", factor, change=volume.change(sum(amounts), is_net=_mixed(amounts)))
        for at, (component, row) in enumerate(entries.items()):
            marker = volume.prose["items"][at]
            stop = volume.prose["semicolon" if at + 1 < len(entries) else "stop"]
            _component(volume, factor, component, row, marker, stop)
            told[component].append(f"{volume.place} {marker}")
    return told


def explain_objects(volume: Volume) -> None:
    """The same changes once more, by object of expenditure."""
    sums: defaultdict[str, int] = defaultdict(int)
    for name, _, _, amount in volume.office.changes:
        sums[name] += amount
    row = [(name, sums[name]) for name in figures.OBJECTS if sums[name]]
    amounts = [amount for _, amount in row]
    pieces, against = _sides(volume, row)
    sentence = "by_object" if against else "by_object_same"
    change = volume.change(sum(amounts), is_net=_mixed(amounts), form="")
    volume.heading(volume.prose["headings"]["objects"])
    volume.tell(sentence, change=change, pieces=pieces, against=against)


def _by_component(volume: Volume, factor: str) -> dict[str, Entries]:
    found: dict[str, Entries] = {}
    for component in volume.office.components:
        row = [
            (name, amount)
            for name, where, cause, amount in volume.office.changes
            if (where, cause) == (component, factor)
        ]
        if row:
            found[component] = row
    return found


def _one_change(volume: Volume, factor: str, entries: Mapping[str, Entries]) -> None:
    ((component, ((name, amount),)),) = entries.items()
    volume.tell(
        "factor_alone",
        factor,
        change=volume.change(amount, is_net=False),
        under=volume.words["under"][component],
        what=volume.what(name),
        reason=_reason(volume, factor, name),
    )


def _component(
    volume: Volume, factor: str, component: str, row: Entries, marker: str, stop: str
) -> None:
    """One item, with items below it where there are many objects."""
    said = volume.prose["sentences"]
    amounts = [amount for _, amount in row]
    change = sum(amounts)
    filled = {
        "name": volume.full_name(component),
        "the": volume.change(change, is_net=_mixed(amounts), form="the"),
        "bare": volume.change(change, is_net=False, form="bare"),
    }
    if len(row) >= MANY:
        volume.item(said["item_divided"].format(**filled), marker)
        for at, (name, amount) in enumerate(row):
            end = stop if at + 1 == len(row) else volume.prose["semicolon"]
            below = volume.prose["subitems"][at]
            volume.item(_alone(volume, factor, name, amount, "subitem") + end, marker, below)
        return
    if len(row) == 1:
        ((spent, amount),) = row
        text = _alone(volume, factor, spent, amount, "item_alone", name=filled["name"])
    else:
        filled["pieces"], filled["against"] = _sides(volume, row)
        form = "item_neutral" if not change else "item_offset" if _mixed(amounts) else "item_same"
        text = said[form].format(**filled)
    volume.item(text + stop, marker)


def _alone(
    volume: Volume, factor: str, spent: str, amount: int, sentence: str, **filled: str
) -> str:
    """One object of expenditure with its change and its reason."""
    told = volume.change(amount, is_net=False)
    return str(
        volume.prose["sentences"][sentence].format(
            **filled,
            change=told[0].upper() + told[1:],
            what=volume.words["rows"][spent] if sentence == "subitem" else volume.what(spent),
            reason=_reason(volume, factor, spent),
        )
    )


def _reason(volume: Volume, factor: str, name: str) -> str:
    moved = name == "posts" and factor != "technical"
    return str(volume.prose["reasons"]["posts_moved" if moved else name])


def _sides(volume: Volume, row: Entries) -> tuple[str, str]:
    """What changes in the direction of the whole, and what offsets it."""
    more = [(name, amount) for name, amount in row if amount > 0]
    less = [(name, amount) for name, amount in row if amount < 0]
    first, second = (more, less) if sum(amount for _, amount in row) > 0 else (less, more)
    return _under(volume, first), _under(volume, second)


def _under(volume: Volume, row: Entries) -> str:
    if not row:
        return ""
    side = "more" if row[0][1] > 0 else "less"
    said = volume.prose[f"piece_of_{side}"]
    pieces = [said.format(what=volume.what(n), amount=volume.dollars(a)) for n, a in row]
    return str(volume.prose["changes"][f"{side}_under"].format(pieces=volume.listed(pieces)))


def _mixed(amounts: Iterable[int]) -> bool:
    """Whether some go up and others down."""
    return len({amount > 0 for amount in amounts}) > 1

"""The tables of the invented section: each is a function of the words of one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.compose import figures
from tests.compose.moves import details_of_moves
from tests.compose.printed import Grid, Heading, count
from tests.compose.sums import (
    added,
    money,
    money_row,
    post_row,
    posts,
    short_money_row,
    short_post_row,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.compose.office import Office

Words = dict[str, Any]
Row = tuple[str, ...]
NON_POST = tuple(name for name in figures.OBJECTS if name != "posts")
PROFESSIONAL = figures.GRADES[: figures.PROFESSIONAL]
GENERAL = figures.GRADES[figures.PROFESSIONAL :]


def objects_table(office: Office, words: Words) -> Grid:
    """Financial resources by object of expenditure: ten rows, eight columns."""
    rows = words["rows"]
    printed = tuple(money_row(rows[name], money(office, [name])) for name in figures.OBJECTS)
    total = money_row(rows["total"], money(office, figures.OBJECTS))
    return Grid("3", _money_header(words, "object", "spent_a"), (*printed, total))


def post_changes_table(office: Office, words: Words) -> Grid:
    """Posts approved and proposed with their grades, and each change between them."""
    rows, columns = words["rows"], words["columns"]
    approved = {grade: posts(office, [grade])[0] for grade in figures.GRADES}
    proposed = {grade: sum(posts(office, [grade])) for grade in figures.GRADES}
    details = details_of_moves(office, words)
    changes = {"establishment": 2, "abolishment": -1, "redeployment": 0, "reclassification": 0}
    printed = tuple((rows[name], count(number), details[name]) for name, number in changes.items())
    return Grid(
        "4",
        ((Heading(""), Heading(columns["number"]), Heading(columns["details"])),),
        (
            (rows["approved"], count(sum(approved.values())), grade_list(words, approved)),
            *printed,
            (rows["proposed"], count(sum(proposed.values())), grade_list(words, proposed)),
        ),
    )


def grade_list(words: Words, numbers: Mapping[str, int]) -> str:
    """A list of grades as a sentence holds it."""
    item = words["grade_item"]
    pieces = [item.format(count=n, grade=grade) for grade, n in numbers.items() if n]
    return str(words["list_mark"]).join(pieces)


def grades_table(office: Office, words: Words) -> Grid:
    """Posts by category and grade, with a subtotal for each category."""
    rows = words["rows"]
    printed: list[Row] = []
    for name, grades in (("professional", PROFESSIONAL), ("general", GENERAL)):
        printed.append((rows[name],))
        printed += [post_row(grade, posts(office, [grade])) for grade in grades]
        printed.append(post_row(rows["subtotal"], posts(office, grades)))
    printed.append(post_row(rows["total"], posts(office, figures.GRADES)))
    return Grid("5", _post_header(words, "grade"), tuple(printed))


def funds_table(office: Office, words: Words) -> tuple[Grid, ...]:
    """Financial resources by component in three parts; the last row adds up the parts."""
    regular = {name: money(office, figures.OBJECTS, [name]) for name in office.components}
    short_header = _short_header(words, "spent", "base_other", "change", "percentage")
    sources = (regular, office.other_assessed, office.extrabudgetary)
    every = added(_three_columns(added(source.values())) for source in sources)
    first = _by_component(office, words, regular, 1, money_row)
    return (
        Grid("6", _money_header(words, "component"), first, 1),
        Grid("6", short_header, _by_component(office, words, sources[1], 2, short_money_row), 2),
        Grid(
            "6",
            short_header,
            (
                *_by_component(office, words, sources[2], 3, short_money_row),
                short_money_row(words["rows"]["total"], every),
            ),
            3,
        ),
    )


def fund_posts_table(office: Office, words: Words) -> tuple[Grid, ...]:
    """Posts by component in three parts; the last row adds up the parts."""
    regular = {name: posts(office, figures.GRADES, [name]) for name in office.components}
    header = _short_header(words, "base_other", "change")
    sources = (office.other_assessed_posts, office.extrabudgetary_posts)
    approved, *factors = added(regular.values())
    every = added([(approved, sum(factors)), *(added(source.values()) for source in sources)])
    first = _by_component(office, words, regular, 1, post_row)
    return (
        Grid("7", _post_header(words, "component"), first, 1),
        Grid("7", header, _by_component(office, words, sources[0], 2, short_post_row), 2),
        Grid(
            "7",
            header,
            (
                *_by_component(office, words, sources[1], 3, short_post_row),
                short_post_row(words["rows"]["total"], every),
            ),
            3,
        ),
    )


def evolution_table(office: Office, words: Words, number: str, components: tuple[str, ...]) -> Grid:
    """Money above and posts below, in one table with two units."""
    rows = words["rows"]
    printed: list[Row] = [(rows["money_block"],)]
    for label, names in (("posts", ["posts"]), ("non_post", NON_POST), ("total", figures.OBJECTS)):
        printed.append(money_row(rows[label], money(office, names, components)))
    printed.append((rows["post_block"],))
    blocks = (("professional", PROFESSIONAL), ("general", GENERAL), ("total", figures.GRADES))
    for label, grades in blocks:
        row = money_row(rows[label], (0, *(10 * n for n in posts(office, grades, components))))
        printed.append((row[0], "", *(_whole(text) for text in row[2:7]), row[7], _whole(row[8])))
    return Grid(number, _money_header(words, None), tuple(printed))


def deliverables_table(office: Office, words: Words, number: str) -> Grid:
    """What a subprogramme delivers: a row for each subcategory and a row for each of its items."""
    said = words["deliverables"]
    printed: list[Row] = []
    open_category = ""
    for category, subcategory, items in office.deliverables[number]:
        if category != open_category:
            printed.append((said[f"category_{category}"],))
            open_category = category
        counts = added(numbers for _, numbers in items)
        printed.append((said[subcategory], *map(count, counts)))
        for at, (item, numbers) in enumerate(items, start=1):
            printed.append((f"{at}. {said[item]}", *map(count, numbers)))
    columns = words["columns"]
    header = (Heading(columns["category"]), *map(Heading, columns["years"]))
    return Grid(number, (header,), tuple(printed))


def compliance_table(office: Office, words: Words) -> Grid:
    """Rates that stand for themselves: nothing in this table adds up."""
    header = (Heading(""), *map(Heading, words["columns"]["rates"]))
    rows = tuple(
        (words["compliance"][name], *map(str, rates)) for name, rates in office.compliance.items()
    )
    return Grid("9", (header,), rows)


def mission_table(office: Office, words: Words) -> Grid:
    """A survey mission: numbered columns, one of which says how it is computed."""
    said = words["mission"]
    years = said["years"]
    header = (
        (
            Heading(""),
            Heading(years[0], columns=2),
            Heading(years[1]),
            Heading(years[2], columns=2),
            Heading(years[3]),
        ),
        (Heading(""), *map(Heading, said["kinds"])),
        (Heading(said["category"]), *map(Heading, said["marks"])),
    )
    rows = [_mission_row(said[name], values) for name, values in office.mission.items()]
    rows.append(_mission_row(said["total"], added(office.mission.values())))
    return Grid("15", header, tuple(rows))


def _mission_row(label: str, values: tuple[int, ...]) -> Row:
    spread = values[3] - values[2]
    return (label, *(short_money_row("", (value, 1, 0))[1] for value in (*values, spread)))


def _by_component(
    office: Office,
    words: Words,
    values: Mapping[str, tuple[int, ...]],
    part: int,
    printed: Callable[[str, tuple[int, ...]], Row],
) -> tuple[Row, ...]:
    """Rows of components with the subtotal of the programme of work and that of the part."""
    rows = words["rows"]
    subtotal = rows["subtotal_of"]
    programme = added(values[name] for name in office.programme)
    return (
        printed(rows["A"], values["A"]),
        (rows["B"],),
        *(printed(rows[name], values[name]) for name in office.programme),
        printed(subtotal.format(of="B"), programme),
        printed(rows["C"], values["C"]),
        printed(subtotal.format(of=part), added(values.values())),
    )


def _three_columns(values: tuple[int, ...]) -> tuple[int, int, int]:
    spent, base, *changes = values
    return spent, base, sum(changes)


def _whole(text: str) -> str:
    return text.replace(".0", "")


def _money_header(
    words: Words, label: str | None, spent: str = "spent"
) -> tuple[tuple[Heading, ...], ...]:
    columns = words["columns"]
    first = columns[label] if label else ""
    factors = ("technical", "mandates", "other", "total", "percentage")
    return (
        (
            *(Heading(text, rows=2) for text in (first, columns[spent], columns["base"])),
            Heading(columns["changes"], columns=5),
            Heading(columns["estimate"], rows=2),
        ),
        tuple(Heading(columns[name]) for name in factors),
    )


def _post_header(words: Words, label: str) -> tuple[tuple[Heading, ...], ...]:
    columns = words["columns"]
    base = columns["base_posts"] + ("^c" if label == "grade" else "")
    factors = ("technical", "mandates", "other", "total")
    return (
        (
            *(Heading(text, rows=2) for text in (columns[label], base)),
            Heading(columns["changes"], columns=4),
            Heading(columns["proposed"], rows=2),
        ),
        tuple(Heading(columns[name]) for name in factors),
    )


def _short_header(words: Words, *names: str) -> tuple[tuple[Heading, ...], ...]:
    columns = words["columns"]
    return (tuple(Heading(columns[name]) for name in ("component", *names, "estimate_other")),)

"""The tables of the invented section: each is a function of the words of one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.compose import figures
from tests.compose.printed import DASH, Grid, Heading, count
from tests.compose.sums import (
    PROGRAMME,
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

Words = dict[str, Any]
Row = tuple[str, ...]
NON_POST = tuple(name for name in figures.OBJECTS if name != "posts")
PROFESSIONAL = figures.GRADES[: figures.PROFESSIONAL]
GENERAL = figures.GRADES[figures.PROFESSIONAL :]


def objects_table(words: Words) -> Grid:
    """Financial resources by object of expenditure: ten rows, eight columns."""
    rows = words["rows"]
    printed = tuple(money_row(rows[name], money([name])) for name in figures.OBJECTS)
    total = money_row(rows["total"], money(figures.OBJECTS))
    return Grid("3", _money_header(words, "object", "spent_a"), (*printed, total))


def post_changes_table(words: Words) -> Grid:
    """Posts approved and proposed with their grades, and each change between them."""
    rows, columns = words["rows"], words["columns"]
    approved = {grade: posts([grade])[0] for grade in figures.GRADES}
    proposed = {grade: sum(posts([grade])) for grade in figures.GRADES}
    changes = {"establishment": 2, "abolishment": -1, "redeployment": 0, "reclassification": 0}
    printed = tuple(
        (rows[name], count(number), words["changes"][name]) for name, number in changes.items()
    )
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


def grades_table(words: Words) -> Grid:
    """Posts by category and grade, with a subtotal for each category."""
    rows = words["rows"]
    printed: list[Row] = []
    for name, grades in (("professional", PROFESSIONAL), ("general", GENERAL)):
        printed.append((rows[name],))
        printed += [post_row(grade, posts([grade])) for grade in grades]
        printed.append(post_row(rows["subtotal"], posts(grades)))
    printed.append(post_row(rows["total"], posts(figures.GRADES)))
    return Grid("5", _post_header(words, "grade"), tuple(printed))


def funds_table(words: Words) -> tuple[Grid, ...]:
    """Financial resources by component in three parts; the last row adds up the parts."""
    regular = {name: money(figures.OBJECTS, [name]) for name in figures.COMPONENTS}
    short_header = _short_header(words, "spent", "base_other", "change", "percentage")
    sources = (regular, figures.OTHER_ASSESSED, figures.EXTRABUDGETARY)
    every = added(_three_columns(added(source.values())) for source in sources)
    return (
        Grid(
            "6", _money_header(words, "component"), _by_component(words, regular, 1, money_row), 1
        ),
        Grid("6", short_header, _by_component(words, sources[1], 2, short_money_row), 2),
        Grid(
            "6",
            short_header,
            (
                *_by_component(words, sources[2], 3, short_money_row),
                short_money_row(words["rows"]["total"], every),
            ),
            3,
        ),
    )


def fund_posts_table(words: Words) -> tuple[Grid, ...]:
    """Posts by component in three parts; the last row adds up the parts."""
    regular = {name: posts(figures.GRADES, [name]) for name in figures.COMPONENTS}
    header = _short_header(words, "base_other", "change")
    sources = (figures.OTHER_ASSESSED_POSTS, figures.EXTRABUDGETARY_POSTS)
    approved, *factors = added(regular.values())
    every = added([(approved, sum(factors)), *(added(source.values()) for source in sources)])
    return (
        Grid("7", _post_header(words, "component"), _by_component(words, regular, 1, post_row), 1),
        Grid("7", header, _by_component(words, sources[0], 2, short_post_row), 2),
        Grid(
            "7",
            header,
            (
                *_by_component(words, sources[1], 3, short_post_row),
                short_post_row(words["rows"]["total"], every),
            ),
            3,
        ),
    )


def evolution_table(words: Words, number: str, components: tuple[str, ...]) -> Grid:
    """Money above and posts below, in one table with two units."""
    rows = words["rows"]
    printed: list[Row] = [(rows["money_block"],)]
    for label, names in (("posts", ["posts"]), ("non_post", NON_POST), ("total", figures.OBJECTS)):
        printed.append(money_row(rows[label], money(names, components)))
    printed.append((rows["post_block"],))
    blocks = (("professional", PROFESSIONAL), ("general", GENERAL), ("total", figures.GRADES))
    for label, grades in blocks:
        row = money_row(rows[label], (0, *(10 * n for n in posts(grades, components))))
        printed.append((row[0], "", *(_whole(text) for text in row[2:7]), row[7], _whole(row[8])))
    return Grid(number, _money_header(words, None), tuple(printed))


def deliverables_table(words: Words, number: str) -> Grid:
    """What a subprogramme delivers: a row for each subcategory and a row for each of its items."""
    said = words["deliverables"]
    printed: list[Row] = []
    open_category = ""
    for category, subcategory, items in figures.DELIVERABLES[number]:
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


def compliance_table(words: Words) -> Grid:
    """Rates that stand for themselves: nothing in this table adds up."""
    header = (Heading(""), *map(Heading, words["columns"]["rates"]))
    rows = tuple(
        (words["compliance"][name], *map(str, rates)) for name, rates in figures.COMPLIANCE.items()
    )
    return Grid("9", (header,), rows)


def annex_table(words: Words) -> Grid:
    """Post changes by component: a list, without any total."""
    columns, changes, names = words["columns"], words["changes"], words["names"]
    header = [columns[key] for key in ("component", "posts", "grades", "description")]
    rows = (
        (names["1"], "(1)", "GS (OL)", changes["clerk"]),
        (names["1"], "(1)", "P-3", changes["loan"]),
        (names["2"], DASH, "P-5", changes["chief"]),
        (names["3"], "2", "P-4, P-3", changes["surveyor"]),
        (names["3"], "1", "P-3", changes["loan"]),
    )
    return Grid("", (tuple(map(Heading, header)),), rows)


def mission_table(words: Words) -> Grid:
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
    rows = [_mission_row(said[name], values) for name, values in figures.MISSION.items()]
    rows.append(_mission_row(said["total"], added(figures.MISSION.values())))
    return Grid("15", header, tuple(rows))


def _mission_row(label: str, values: tuple[int, ...]) -> Row:
    spread = values[3] - values[2]
    return (label, *(short_money_row("", (value, 1, 0))[1] for value in (*values, spread)))


def _by_component(
    words: Words,
    values: Mapping[str, tuple[int, ...]],
    part: int,
    printed: Callable[[str, tuple[int, ...]], Row],
) -> tuple[Row, ...]:
    """Rows of components with the subtotal of the programme of work and that of the part."""
    rows = words["rows"]
    subtotal = rows["subtotal_of"]
    programme = added(values[name] for name in PROGRAMME)
    return (
        printed(rows["A"], values["A"]),
        (rows["B"],),
        *(printed(rows[name], values[name]) for name in PROGRAMME),
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

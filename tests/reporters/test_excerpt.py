"""The piece of a table around a finding fits the screen and shows every figure of the proof."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from unbudget_check.model.finding import Excerpt
from unbudget_check.reporters.terminal.proofs import draw_excerpt

FIGURES = st.integers(-(10**9), 10**9).map(lambda value: f"{value:,}".replace(",", " "))


def drawn(excerpt: Excerpt, width: int, *, whole: bool = False) -> list[str]:
    return [row.plain for row in draw_excerpt(excerpt, width, whole=whole)]


@st.composite
def excerpts(draw: st.DrawFn) -> Excerpt:
    """Tables of any shape, with a column or a row of parts."""
    columns, rows = draw(st.integers(2, 14)), draw(st.integers(2, 30))
    labels = st.text(alphabet="abc [汉/]", max_size=60)
    header = tuple(draw(labels) for _ in range(columns))
    cells = tuple((draw(labels), *(draw(FIGURES) for _ in range(columns - 1))) for _ in range(rows))
    stated = (draw(st.integers(0, rows - 1)), draw(st.integers(1, columns - 1)))
    down = [(row, stated[1]) for row in range(rows) if row != stated[0]]
    across = [(stated[0], column) for column in range(1, columns) if column != stated[1]]
    parts = tuple(draw(st.sampled_from([down, across])))
    return Excerpt(header, cells, stated, parts, signs=(1,) * len(parts))


@given(excerpts(), st.integers(56, 120))
def test_it_fits_and_every_figure_of_the_proof_is_whole(excerpt: Excerpt, width: int) -> None:
    rows = drawn(excerpt, width, whole=True)
    assert max(map(cell_len, rows)) <= width
    text = "\n".join(rows)
    for row, column in (*excerpt.parts, excerpt.stated):
        assert excerpt.rows[row][column] in text
    assert sum(row.count("-> ") for row in rows) == 1


SUM = Excerpt(
    header=("Object", "2025 appropriation", "2026"),
    rows=(("Posts", "10.0", "12.5"), ("Travel", "1.0", "2.5"), ("Total", "11.0", "16.0")),
    stated=(2, 2),
    parts=((0, 2), (1, 2)),
    signs=(1, -1),
)


def test_the_marks_say_how_each_figure_enters() -> None:
    assert drawn(SUM, 60) == [
        "                 2025",
        "Object  appropriation     2026",
        "------  -------------  -------",
        "Posts            10.0  +  12.5",
        "Travel            1.0  -   2.5",
        "Total            11.0  -> 16.0",
    ]


def test_a_tie_that_is_no_sum_has_its_own_mark() -> None:
    plain = Excerpt(SUM.header, SUM.rows, (2, 2), ((2, 1),))
    assert drawn(plain, 60)[-1] == "Total   *        11.0  -> 16.0"


def test_rows_that_are_missing_are_counted() -> None:
    gap = Excerpt(SUM.header, SUM.rows, (2, 2), SUM.parts, numbers=(3, 4, 9))
    assert drawn(gap, 60)[-2] == "… 4 rows left out"


def test_a_long_sum_is_shortened_unless_all_of_it_is_wanted() -> None:
    rows = (*((f"Item {number}", f"{number}.0") for number in range(40)), ("Total", "780.0"))
    parts = tuple((row, 1) for row in range(40))
    long = Excerpt(("Object", "2026"), rows, (40, 1), parts, signs=(1,) * 40)
    short = drawn(long, 60)
    assert len(short) < 20
    assert any("left out" in row for row in short)
    assert short[-1].startswith("Total")
    assert len(drawn(long, 60, whole=True)) == 43


def test_a_row_with_too_many_parts_becomes_a_list() -> None:
    months = tuple(f"Month {number}" for number in range(1, 13))
    header = ("Station", *months, "Year")
    cells = (("Harbour", *("1 234 567.8",) * 12, "14 814 813.0"),)
    parts = tuple((0, column) for column in range(1, 13))
    wide = Excerpt(header, cells, (0, 13), parts, signs=(1,) * 12)
    rows = drawn(wide, 72)
    assert rows[0] == "+  Month 1    1 234 567.8"
    assert rows[-1] == "-> Year      14 814 813.0"

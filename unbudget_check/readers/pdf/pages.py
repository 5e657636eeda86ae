"""Pages -> one flow of text: without running headers and footers, column by column."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.readers.pdf.rules import PANEL, Rule
from unbudget_check.readers.pdf.segments import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from unbudget_check.readers.pdf.rules import Area, Drawn
    from unbudget_check.readers.pdf.words import Line, PageText

EDGE_PART = 0.16  # of the height of a page, above and below, where running headers and footers are
SAME_HEIGHT = 3.0  # points between running headers of two pages
MOST_RUNNING = 4  # lines of a running header or footer
APART = 1.4  # type sizes that keep a running header apart from the text
ACROSS = 0.3  # of the width of a page, which a rule under a running header takes
WHOLE = 0.7  # of the width of a page, which the rules of a letterhead take
UPPER = 0.3  # of the height of the first page, where its letterhead is
OTHERS = 3  # pages with running lines that show where those of the first page are
REPEATED = 0.3  # of the pages that show the same header or footer, or all of one side
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
ENOUGH_SHAPES = 3  # without text, in a chart
STROKES = 5  # underscores in a row that are a rule
# Two columns of running text.
GUTTER = 9.0  # points between them at least
COLUMN_LINES = 8  # lines of a column at least
COLUMN_LETTERS = 22  # letters in a usual line of a column
FILLED = 0.6  # of the width of the column that a usual line takes
# Footnotes of a page.
SMALLER = 0.93  # of the size of the text
NOTE_INDENT = 70.0  # points from the left end of all text to the rule above footnotes
NOTE_RULE = (20.0, 220.0)  # points: how wide the rule above footnotes is


@dataclass(slots=True)
class Page:
    """One page: its lines, what it draws, and what was set apart of it."""

    number: int
    text: PageText
    drawn: Drawn
    running: list[Line] = field(default_factory=list)
    flows: list[list[Line]] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    pictured: list[Line] = field(default_factory=list)  # words in charts and other drawings
    spoiled: bool = False  # figures of a table are printed over each other


def arrange(pages: Sequence[Page]) -> None:
    """Set apart what repeats over the pages and the footnotes, and put the columns in order."""
    _take_running(pages)
    body = _body_size(pages)
    for page in pages:
        lines = [line for line in page.text.lines if line not in page.running]
        lines = _without_strokes(lines, page)
        lines, page.pictured = _without_drawings(lines, page, body)
        lines, notes = _without_notes(lines, page, body)
        numbers = {line.words[0].text for line in notes if line.words[0].mark}
        lines = [_without_marks(line, numbers) for line in lines] if numbers else lines
        page.notes = [_without_marks(line, numbers) for line in notes]
        page.flows = _flows(lines, page)


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.text.lines:
            sizes[round(line.size, 1)] += sum(len(word.text) for word in line.words)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _take_running(pages: Sequence[Page]) -> None:
    """The running headers and footers: lines at one height that differ in their numbers only."""
    for at_top in (True, False):
        seen: Counter[tuple[str, int]] = Counter()
        edges = [_edge_lines(page, at_top=at_top) for page in pages]
        for lines in edges:
            seen.update({key for line in lines for key in _keys(line)})
        least = max(2, REPEATED * len(pages) / 2)
        parted: list[tuple[list[Line], list[Line]]] = []  # the running lines and the others
        for page, lines in zip(pages, edges, strict=True):
            taken: list[Line] = []
            for line in lines:
                if not _is_number(line) and max(seen[key] for key in _keys(line)) < least:
                    break
                taken.append(line)
            inner = [line for line in page.text.lines if line not in taken]
            # What stands close to the text, such as the headings of a table, belongs to it.
            while taken and inner and _is_close(taken[-1], inner[0 if at_top else -1]):
                inner.insert(0 if at_top else len(inner), taken.pop())
            page.running += taken
            parted.append((taken, inner if at_top else inner[::-1]))
        pages[0].running += _first_running(pages[0], parted, at_top=at_top)


def _first_running(
    first: Page, parted: Sequence[tuple[list[Line], list[Line]]], *, at_top: bool
) -> list[Line]:
    """What the first page alone has in place of running lines: a letterhead, numbers of a print.

    It stands beyond all text of the other pages, and a letterhead goes on down to a second rule.
    """
    (own, lines), *others = parted
    others = [each for each in others if all(each)]
    if own or len(others) < OTHERS:
        return []
    sign = 1 if at_top else -1
    outer = max(sign * taken[-1].y for taken, _ in others)
    inner = min(sign * rest[0].y for _, rest in others)
    count = sum(sign * line.y < (outer + inner) / 2 for line in lines)
    if outer >= inner or not 0 < count < len(lines) or _is_close(lines[count - 1], lines[count]):
        return []
    frame = first.text.frame
    rules = [r.y for r in first.drawn.rules if r.x1 - r.x0 > WHOLE * frame.width]
    ruled = at_top and len(rules) == 2 and rules[1] < UPPER * frame.height
    if ruled and lines[count - 1].y < rules[0] < lines[count].y:
        count = sum(line.y < rules[1] for line in lines)
    return lines[:count]


def _is_close(outer: Line, inner: Line) -> bool:
    """Whether two lines stand as close as lines of one text do."""
    size = max(outer.size, inner.size)
    return abs(outer.y - inner.y) < APART * size


def _edge_lines(page: Page, *, at_top: bool) -> list[Line]:
    """The outermost lines of a page, from the edge inwards, as far as a rule that crosses it."""
    height, width = page.text.frame.height, page.text.frame.width
    rules = [r.y for r in page.drawn.rules if r.x1 - r.x0 > ACROSS * width]
    lines = page.text.lines if at_top else page.text.lines[::-1]
    zone = EDGE_PART * height
    near = [line for line in lines if (line.y < zone if at_top else line.y > height - zone)]
    near = [
        line
        for line in near
        if not any(y < line.y - line.size / 2 if at_top else y > line.y for y in rules)
    ]
    return near[:MOST_RUNNING]


def _keys(line: Line) -> list[tuple[str, int]]:
    """What a line is the same by on other pages: its words without numbers, and its height."""
    words = sorted(_DIGITS.sub("0", word.text) for word in line.words)
    text = " ".join(words)
    place = round(line.y / SAME_HEIGHT)
    return [(text, place), (text, place + 1)]


def _is_number(line: Line) -> bool:
    text = text_of(line.words)
    return (
        re.fullmatch(r"[-–—]?\s*\d{1,4}\s*[-–—]?|\d{1,4}\s*/\s*\d{1,4}|[ivxlc]{1,6}", text)
        is not None
    )


def _without_notes(lines: Sequence[Line], page: Page, body: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page, and apart from them its footnotes: small, below a short rule."""
    half = 0.4 * page.text.frame.height
    left = min((line.x0 for line in lines), default=0.0)
    for rule in page.drawn.rules:
        if rule.x0 - left > NOTE_INDENT:
            continue
        if rule.y < half or not NOTE_RULE[0] <= rule.x1 - rule.x0 <= NOTE_RULE[1]:
            continue
        below = [line for line in lines if line.y > rule.y]
        if not below or any(line.size > SMALLER * body for line in below):
            continue
        first = below[0]
        if first.y - rule.y > 3 * first.size or abs(first.x0 - rule.x0) > 40:
            continue
        if first.words[0].mark or not first.words[0].text[:1].isalpha():
            above = [line for line in lines if line.y <= rule.y]
            return above, below
    return list(lines), []


def _without_strokes(lines: Sequence[Line], page: Page) -> list[Line]:
    """The lines less those of underscores, which are rules."""
    kept = []
    for line in lines:
        text = "".join(word.text for word in line.words)
        if len(text) >= STROKES and not text.strip("_"):
            edges = (line.x0, line.x1)
            page.drawn.rules.append(Rule(line.y, *edges, (edges,), edges, 0.5))
        else:
            kept.append(line)
    page.drawn.rules.sort(key=lambda rule: rule.y)
    return kept


def _without_drawings(
    lines: Sequence[Line], page: Page, body: float
) -> tuple[list[Line], list[Line]]:
    """The lines of a page, and apart from them those in charts and other drawings."""
    areas = _drawings(lines, page, body)
    inside = [line for line in lines if any(_is_within(line, area) for area in areas)]
    return [line for line in lines if line not in inside], inside


def _drawings(lines: Sequence[Line], page: Page, body: float) -> list[Area]:
    """The areas in which shapes are drawn that carry no text: bars, curves, arrows."""
    words = [word for line in lines for word in line.words]
    frame = page.text.frame
    shapes = [
        shape
        for shape in page.drawn.shapes
        if not any(
            shape[0] <= (w.x0 + w.x1) / 2 <= shape[2] and shape[1] <= w.y - 1 <= shape[3]
            for w in words
        )
        or (shape[2] - shape[0] > PANEL[0] and shape[3] - shape[1] > PANEL[1])
    ]
    if len(shapes) < ENOUGH_SHAPES:
        return []
    whole = frame.width * frame.height
    found: list[Area] = []
    for panel in page.drawn.panels:
        size = (panel[2] - panel[0]) * (panel[3] - panel[1])
        held = sum(_holds(panel, shape) and shape != panel for shape in shapes)
        if held >= ENOUGH_SHAPES and size < 0.8 * whole:
            found.append(panel)
    if found:
        # Numbers of a scale stand over the edge of the ground.
        return [(x0 - body, y0, x1 + body, y1) for x0, y0, x1, y1 in found]
    left, top, right, bottom = _with_axes(
        (
            min(s[0] for s in shapes),
            min(s[1] for s in shapes),
            max(s[2] for s in shapes),
            max(s[3] for s in shapes),
        ),
        page,
    )
    if (
        right - left < PANEL[0]
        or bottom - top < PANEL[1]
        or (right - left) * (bottom - top) > whole / 2
    ):
        return []
    around = 3 * body
    return [(left - 2 * around, top - around, right + 2 * around, bottom + around)]


def _with_axes(area: Area, page: Page) -> Area:
    """An area of shapes with the axes and the lines of scales that run through it."""
    x0, y0, x1, y1 = area
    level = [r for r in page.drawn.rules if y0 - 2 <= r.y <= y1 + 2 and r.x0 < x1 and r.x1 > x0]
    x0, x1 = min([x0, *(r.x0 for r in level)]), max([x1, *(r.x1 for r in level)])
    upright = [u for u in page.drawn.uprights if x0 <= u.x <= x1 and u.y0 < y1 and u.y1 > y0]
    y0, y1 = min([y0, *(u.y0 for u in upright)]), max([y1, *(u.y1 for u in upright)])
    return x0, y0, x1, y1


def _holds(outer: Area, inner: Area) -> bool:
    return (
        outer[0] - 2 <= inner[0]
        and outer[1] - 2 <= inner[1]
        and inner[2] <= outer[2] + 2
        and inner[3] <= outer[3] + 2
    )


def _is_within(line: Line, area: Area) -> bool:
    middle = line.y - 0.3 * line.size
    return area[0] - 2 <= line.x0 and line.x1 <= area[2] + 2 and area[1] <= middle <= area[3]


def _without_marks(line: Line, numbers: Collection[str]) -> Line:
    """A line less the numbers of footnotes, which Word does not keep with the text either."""
    words = tuple(w for w in line.words if not (w.mark and w.text.isdigit() and w.text in numbers))
    return line._replace(words=words, x0=words[0].x0) if words else line


def _flows(lines: Sequence[Line], page: Page) -> list[list[Line]]:
    """The lines in reading order: columns of running text one after the other."""
    gutter = _gutter(lines, page)
    if gutter is None:
        return [list(lines)] if lines else []
    x, first, last = gutter
    left, right = [], []
    for line in lines[first : last + 1]:
        a = [word for word in line.words if word.x1 <= x + 1]
        b = [word for word in line.words if word.x0 >= x - 1]
        if a:
            left.append(_relined(a, line))
        if b:
            right.append(_relined(b, line))
    return [each for each in (list(lines[:first]), left, right, list(lines[last + 1 :])) if each]


def _relined(words: Sequence[object], line: Line) -> Line:
    kept = tuple(words)
    x1 = max(word.x1 for word in kept)  # type: ignore[attr-defined]
    return line._replace(words=kept, x0=kept[0].x0, x1=x1)  # type: ignore[arg-type, attr-defined]


def _gutter(lines: Sequence[Line], page: Page) -> tuple[float, int, int] | None:
    """Where two columns of running text are parted, and their first and last lines."""
    if len(lines) < COLUMN_LINES:
        return None
    width = page.text.frame.width
    starts = Counter(
        round(b.x0 / 3)
        for line in lines
        for a, b in zip(line.words, line.words[1:], strict=False)
        if b.x0 - a.x1 >= GUTTER and 0.3 * width < b.x0 < 0.7 * width
    )
    for start, count in starts.most_common(3):
        if count < COLUMN_LINES:
            break
        x = 3 * start - GUTTER / 2 - 1.5
        first, last = _run_around(lines, x)
        if last - first + 1 >= COLUMN_LINES and _is_prose(lines[first : last + 1], x, page):
            return x, first, last
    return None


def _run_around(lines: Sequence[Line], x: float) -> tuple[int, int]:
    """The longest run of lines whose words leave a place free."""
    best, begin = (0, -1), 0
    for at, line in enumerate(lines):
        if any(word.x0 < x < word.x1 for word in line.words):
            begin = at + 1
        elif at - begin > best[1] - best[0]:
            best = (begin, at)
    return best


def _is_prose(lines: Sequence[Line], x: float, page: Page) -> bool:
    """Whether both sides of a gap are running text rather than columns of a table."""
    top, bottom = lines[0].top, lines[-1].bottom
    crossing = [
        r for r in page.drawn.rules if top < r.y < bottom and r.x0 < x - 20 and r.x1 > x + 20
    ]
    if crossing:
        return False
    for side in (-1, 1):
        texts = []
        for line in lines:
            words = [w for w in line.words if (w.x1 <= x + 1 if side < 0 else w.x0 >= x - 1)]
            if words:
                letters = sum(sum(map(str.isalpha, w.text)) for w in words)
                texts.append((words[0].x0, words[-1].x1, letters))
        if len(texts) < COLUMN_LINES:
            return False
        left, right = min(t[0] for t in texts), max(t[1] for t in texts)
        filled = sorted((t[1] - t[0]) / (right - left) for t in texts)
        usual = sorted(t[2] for t in texts)[len(texts) // 2]
        if filled[len(filled) // 2] < FILLED or usual < COLUMN_LETTERS:
            return False
    return True

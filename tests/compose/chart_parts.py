"""A chart of a Word document: its part with stored values, and the frame that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.compose.printed import Chart

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
AXES = (
    '<c:catAx><c:axId val="111"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/>'
    '<c:crossAx val="222"/></c:catAx>'
    '<c:valAx><c:axId val="222"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/>'
    '<c:crossAx val="111"/></c:valAx>'
)
SHOWN = (
    '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
)


def chart_part(chart: Chart) -> str:
    """The part of one chart: a pie, or columns with two axes."""
    last = len(chart.values) + 1
    series = (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f>'
        f"<c:strCache>{_points([chart.title])}</c:strCache></c:strRef></c:tx>{SHOWN}"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>"
        f"<c:strCache>{_points(chart.categories)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!$B$2:$B${last}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{_points(chart.values)}</c:numCache></c:numRef>"
        "</c:val></c:ser>"
    )
    if chart.kind == "pie":
        plot = f'<c:pieChart><c:varyColors val="1"/>{series}</c:pieChart>'
    else:
        plot = (
            '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/>'
            f'{series}<c:axId val="111"/><c:axId val="222"/></c:barChart>{AXES}'
        )
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{CHART}"><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{plot}</c:plotArea></c:chart></c:chartSpace>"
    )


def chart_frame(number: int, link: str) -> str:
    """The run that shows a chart; ``link`` is the relation to its part."""
    name = quoteattr(f"Chart {number}")
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="2000000"/>'
        f'<wp:docPr id="{number + 100}" name={name}/><a:graphic><a:graphicData uri="{CHART}">'
        f'<c:chart xmlns:c="{CHART}" xmlns:r="{RELATION}" r:id="{link}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _points(texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{escape(text)}</c:v></c:pt>' for at, text in enumerate(texts)
    )
    return f'<c:ptCount val="{len(texts)}"/>{points}'

"""Sums as an XBRL report: a small taxonomy, its calculation links and one context for each sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.number import Number, decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

OURS = "http://example.org/sums"
SUMMATION = "https://xbrl.org/2023/arcrole/summation-item"
SPACES = (
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    f'xmlns:s="{OURS}"'
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total, its parts and the sign with which each part enters; counts are never rounded."""

    total: Number
    parts: tuple[Number, ...]
    weights: tuple[int, ...]
    counts: tuple[bool, ...]

    @property
    def name(self) -> str:
        """What sums of the same shape have in common: their weights, as letters."""
        return "".join("p" if weight > 0 else "m" for weight in self.weights)


def write_report(folder: Path, sums: Sequence[Sum]) -> Path:
    """Write taxonomy, links and report into a folder; returns the report."""
    shapes = {each.name: each for each in sums}
    (folder / "sums.xsd").write_text(_taxonomy(shapes.values()), encoding="utf-8")
    (folder / "sums-calculation.xml").write_text(_links(shapes.values()), encoding="utf-8")
    report = folder / "report.xbrl"
    report.write_text(_facts(sums), encoding="utf-8")
    return report


def _concepts(shape: Sum) -> list[str]:
    """The names of a total and of its parts."""
    return [f"T{shape.name}", *(f"P{shape.name}{at}" for at in range(len(shape.parts)))]


def _taxonomy(shapes: Iterable[Sum]) -> str:
    concepts = "".join(
        f'<xs:element name="{name}" id="{name}" type="xbrli:decimalItemType" '
        'substitutionGroup="xbrli:item" xbrli:periodType="instant"/>'
        for shape in shapes
        for name in _concepts(shape)
    )
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" {SPACES} '
        f'targetNamespace="{OURS}" elementFormDefault="qualified">'
        '<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type="simple" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase" '
        'xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef" '
        'xlink:href="sums-calculation.xml"/></xs:appinfo></xs:annotation>'
        '<xs:import namespace="http://www.xbrl.org/2003/instance" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
        f"{concepts}</xs:schema>"
    )


def _links(shapes: Iterable[Sum]) -> str:
    pieces = []
    for shape in shapes:
        total, *parts = _concepts(shape)
        pieces += [
            f'<link:loc xlink:type="locator" xlink:href="sums.xsd#{name}" xlink:label="{name}"/>'
            for name in (total, *parts)
        ]
        pieces += [
            f'<link:calculationArc xlink:type="arc" xlink:arcrole="{SUMMATION}" '
            f'xlink:from="{total}" xlink:to="{part}" order="1" weight="{weight}"/>'
            for part, weight in zip(parts, shape.weights, strict=True)
        ]
    return (
        f'<link:linkbase {SPACES}><link:arcroleRef arcroleURI="{SUMMATION}" '
        'xlink:type="simple" xlink:href="https://www.xbrl.org/2023/calculation-1.1.xsd'
        '#summation-item"/><link:calculationLink xlink:type="extended" '
        'xlink:role="http://www.xbrl.org/2003/role/link">'
        f"{''.join(pieces)}</link:calculationLink></link:linkbase>"
    )


def _facts(sums: Sequence[Sum]) -> str:
    pieces = []
    for number, each in enumerate(sums):
        pieces.append(
            f'<xbrli:context id="c{number}"><xbrli:entity><xbrli:identifier scheme="{OURS}">'
            f"{number}</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2026-12-31"
            "</xbrli:instant></xbrli:period></xbrli:context>"
        )
        figures = zip(_concepts(each), (each.total, *each.parts), each.counts, strict=True)
        pieces += [
            f'<s:{name} contextRef="c{number}" unitRef="u" '
            f'decimals="{"INF" if count else -figure.exponent}">{decimal_of(figure):f}</s:{name}>'
            for name, figure, count in figures
        ]
    return (
        f'<xbrli:xbrl {SPACES}><link:schemaRef xlink:type="simple" xlink:href="sums.xsd"/>'
        '<xbrli:unit id="u"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>'
        f"{''.join(pieces)}</xbrli:xbrl>"
    )

"""What stands where in one Word part, looked up once: names, merged cells, raised and hidden runs.

Asking every run and every cell for its settings costs more than all the rest of the reading; the
few elements that carry such a setting are found by one walk of the parser instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the "strict" variant of the standard
)
# Elements of a run that print something, beside its text.
CARRIERS = ("tab", "br", "cr", "noBreakHyphen", "sym")
# Elements of a paragraph that hold settings, not text.
CLOSED = ("pPr", "rPr", "sdtPr", "sdtEndPr")
SETTINGS = ("vertAlign", "vanish", "gridSpan", "vMerge", "gridBefore")
TRACKED = ("del", "ins", "moveFrom", "moveTo", "cellDel", "cellIns")
BOX = "txbxContent"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# A row wider than this is damage or malice: Word itself stops at 63 columns.
WIDEST = 20_000


@dataclass(frozen=True, slots=True)
class Index:
    """The qualified names of a part, and the elements with settings that matter.

    ``raised`` and ``hidden`` hold runs; ``spans`` the grid columns that a cell covers; ``merges``
    whether a cell begins ("restart") or goes on with ("continue") a vertical merge; ``before`` the
    grid columns that a row leaves out at its start; ``tracked`` the elements of tracked changes,
    ``boxes`` the contents of text boxes, ``fallbacks`` the copies of drawings for old programs.
    """

    space: str
    p: str
    t: str
    tab: str
    hyphen: str
    sym: str
    char: str
    r: str
    tbl: str
    tr: str
    tc: str
    wrappers: frozenset[str]
    carriers: frozenset[str]
    closed: frozenset[str]
    raised: set[etree._Element] = field(default_factory=set)
    hidden: set[etree._Element] = field(default_factory=set)
    spans: dict[etree._Element, int] = field(default_factory=dict)
    merges: dict[etree._Element, str] = field(default_factory=dict)
    before: dict[etree._Element, int] = field(default_factory=dict)
    tracked: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    fallbacks: list[etree._Element] = field(default_factory=list)

    def name(self, local: str) -> str:
        """A qualified name in the namespace of this part."""
        return f"{{{self.space}}}{local}"


def index_part(root: etree._Element) -> Index:
    """The index of one part, in the namespace that it declares."""
    space = next((known for known in SPACES if str(root.tag).startswith(f"{{{known}}}")), SPACES[0])

    def name(local: str) -> str:
        return f"{{{space}}}{local}"

    wrappers = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
    index = Index(
        space,
        p=name("p"),
        t=name("t"),
        tab=name("tab"),
        hyphen=name("noBreakHyphen"),
        sym=name("sym"),
        char=name("char"),
        r=name("r"),
        tbl=name("tbl"),
        tr=name("tr"),
        tc=name("tc"),
        wrappers=frozenset(map(name, wrappers)),
        carriers=frozenset(map(name, CARRIERS)),
        closed=frozenset(map(name, CLOSED)),
    )
    kept = {
        **dict.fromkeys(map(name, TRACKED), index.tracked),
        name(BOX): index.boxes,
        FALLBACK: index.fallbacks,
    }
    for element in root.iter(*map(name, SETTINGS), *kept):
        found = kept.get(str(element.tag))
        if found is None:
            _enter(element, index)
        else:
            found.append(element)
    return index


def _enter(setting: etree._Element, index: Index) -> None:
    """Enter one setting under the run, cell or row that it belongs to."""
    block = setting.getparent()
    owner = block.getparent() if block is not None else None
    if owner is None:
        return
    local = str(setting.tag).rpartition("}")[2]
    value = setting.get(index.name("val"), "")
    if local == "vertAlign" and value == "superscript" and owner.tag == index.r:
        index.raised.add(owner)
    elif local == "vanish" and value not in {"0", "false", "off"}:
        index.hidden.add(owner)
    elif local == "gridSpan" and value.isdigit():
        index.spans[owner] = max(min(int(value), WIDEST), 1)
    elif local == "vMerge":
        index.merges[owner] = value or "continue"
    elif local == "gridBefore" and value.isdigit():
        index.before[owner] = min(int(value), WIDEST)

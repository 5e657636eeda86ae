"""The changes of posts in words: the rows of the staffing table, and the annex that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose.printed import DASH, Grid, Heading

if TYPE_CHECKING:
    from tests.compose.office import Office
    from tests.compose.tables import Row, Words


def details_of_moves(office: Office, words: Words) -> dict[str, str]:
    """What the staffing table says beside each kind of change."""
    said, under, moves = words["changes"], words["under"], office.moves
    where, (one, other) = moves.established
    poorer, lost = moves.abolished
    grade, source, target = moves.redeployed
    raised, before, after = moves.reclassified
    return {
        "establishment": said["establishment"].format(one=one, other=other, under=under[where]),
        "abolishment": said["abolishment"].format(one=lost, under=under[poorer]),
        "redeployment": said["redeployment"].format(
            one=grade, source=under[source], target=under[target]
        ),
        "reclassification": said["reclassification"].format(
            before=before, after=after, under=under[raised]
        ),
    }


def annex_table(office: Office, words: Words) -> Grid:
    """Post changes by component: a list, without any total."""
    columns, said, moves = words["columns"], words["changes"], office.moves
    header = [columns[key] for key in ("component", "posts", "grades", "description")]
    grade, source, target = moves.redeployed
    rows = [
        (moves.abolished[0], "(1)", moves.abolished[1], said["clerk"]),
        (source, "(1)", grade, said["loan"]),
        (moves.reclassified[0], DASH, moves.reclassified[2], said["chief"]),
        (moves.established[0], "2", ", ".join(moves.established[1]), said["surveyor"]),
        (target, "1", grade, said["loan"]),
    ]
    rows.sort(key=lambda row: office.components.index(row[0]))
    printed: tuple[Row, ...] = tuple((words["names"][row[0]], *row[1:]) for row in rows)
    return Grid("", (tuple(map(Heading, header)),), printed)

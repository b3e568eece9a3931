"""Issues by stakeholders, and their gaps."""

from __future__ import annotations

from nacoord.desk.lookup import find_scope
from nacoord.desk.matrix import Matrix
from nacoord.desk.matrix import matrix
from tests.support.records import snapshot_of

ISSUE = (
    "title: Issue\nrelationships: [trilateral]\ntheme: water\npriority: P2\nstatus: active\n"
    "health: green\nleads:\n  foreign: example-abroad\n  domestic: dhs\n"
)
ABROAD = "title: Abroad\nlevel: federal\nsphere: foreign\n"


def _matrix(texts: dict[str, str], level: str | None = None) -> Matrix:
    snapshot = snapshot_of({"agencies/example-abroad.yaml": ABROAD, **texts})
    return matrix(snapshot, find_scope(snapshot, None), level)


def _row(found: Matrix, issue: str) -> dict[str, str]:
    row = next(row for row in found.rows if row.issue == issue)
    return {
        column: cell.gap or (f"{cell.role} {cell.count}" if cell.role else "")
        for column, cell in zip(found.columns, row.cells, strict=True)
    }


def test_the_strongest_role_and_the_count_stand_in_a_cell() -> None:
    row = _row(_matrix({}), "example")

    assert row["state"] == "lead 1"
    assert row["federal"] == "lead 1"
    assert row["states"] == "support 1"
    assert row["MX"] == "inform 1"
    assert row["tribes"] == ""


def test_gaps_are_the_lockstep_agency_and_a_counterpart_in_each_country() -> None:
    row = _row(_matrix({"issues/shared.yaml": ISSUE}), "shared")

    assert row["state"] == "Department of State is no party"
    assert row["CA"] == row["MX"] == "no counterpart is named"
    assert row["states"] == ""


def test_a_state_with_a_position_that_is_no_party_is_a_gap() -> None:
    texas = (
        "title: State of Texas\nlevel: state\nsphere: domestic\n"
        "positions:\n  - issue: shared\n    stance: Wants it settled\n"
    )
    found = _matrix({"issues/shared.yaml": ISSUE, "agencies/texas.yaml": texas})

    assert _row(found, "shared")["states"] == "they have a position and are no party"


def test_a_level_lists_its_members_and_their_issues() -> None:
    found = _matrix({}, "state")

    assert [(member.agency, member.roles["support"]) for member in found.members] == [
        ("texas", ("example",))
    ]

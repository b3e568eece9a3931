"""The graph of an issue: who stands at which side, and what is clipped."""

from __future__ import annotations

from datetime import date

from nacoord.desk.impact.answer import impact
from nacoord.desk.lookup import find_record
from nacoord.model.snapshot import Snapshot
from nacoord.present.site.graph import MOST
from nacoord.present.site.graph import graph
from nacoord.present.site.graph import neighbours
from nacoord.present.site.links import Links
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)


def _issue(title: str, links: str = "", status: str = "active") -> str:
    return (
        f"title: {title}\nrelationships: [mexico]\ntheme: trade\npriority: P2\nstatus: {status}\n"
        f"health: green\nlinks: [{links}]\n"
    )


def _drawn(record: Snapshot, id: str) -> str:
    answer = impact(record, TODAY, find_record(record, id))
    return graph(answer, Links(record, frozenset(record.records), "../"))


def test_what_acts_on_it_stands_at_the_left_and_what_it_acts_on_at_the_right() -> None:
    record = snapshot_of(
        {
            "issues/middle.yaml": _issue("Middle", "{to: after, kind: blocks}"),
            "issues/before.yaml": _issue("Before", "{to: middle, kind: undermines}"),
            "issues/after.yaml": _issue("After"),
        }
    )
    answer = impact(record, TODAY, find_record(record, "middle"))
    sides = {each.moved.issue: (each.outward, each.words) for each in neighbours(answer)}

    assert sides == {"after": (True, "blocks"), "before": (False, "is undermined by")}
    drawn = _drawn(record, "middle")
    assert drawn.count("<a ") == 2
    assert 'href="../issues/after.html"' in drawn
    assert drawn.count("marker-end") == 2


def test_a_long_title_is_clipped_and_whole_in_its_title() -> None:
    long = "A title that goes on and on and on beyond any box"
    record = snapshot_of(
        {
            "issues/middle.yaml": _issue("Middle", "{to: after, kind: related}"),
            "issues/after.yaml": _issue(long),
        }
    )
    drawn = _drawn(record, "middle")

    assert f"<title>{long}: is related to</title>" in drawn
    assert ">A title that goes on and on…</text>" in drawn
    assert "marker-end" not in drawn, "what is only related has no direction"


def test_an_issue_that_stands_alone_has_no_graph() -> None:
    assert _drawn(snapshot_of({"issues/alone.yaml": _issue("Alone")}), "alone") == ""


def test_only_the_weightiest_of_many_are_drawn() -> None:
    many = {f"issues/other-{n}.yaml": _issue(f"Other {n}") for n in range(30)}
    links = ", ".join(f"{{to: other-{n}, kind: related}}" for n in range(30))
    record = snapshot_of({**many, "issues/middle.yaml": _issue("Middle", links)})

    assert _drawn(record, "middle").count('<g class="node') == MOST + 1

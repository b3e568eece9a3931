"""The graph: words and colours say the same, and no title is obeyed by what draws it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess

import pytest

from nacoord.desk.export import Export
from nacoord.desk.export import export
from nacoord.desk.graph import Edge
from nacoord.desk.graph import graph
from nacoord.desk.lookup import find_scope
from nacoord.desk.release import release
from nacoord.present.export.graph import render
from tests.support.records import BASE
from tests.support.records import OFFICE
from tests.support.records import snapshot_of
from tests.support.secrets import SECRET
from tests.support.secrets import TODAY
from tests.support.secrets import everything_in
from tests.support.secrets import exported

LINKED = {
    "issues/example.yaml": BASE["issues/example.yaml"]
    + "links:\n  - {to: new-issue, kind: undermines}\n",
    "issues/over.yaml": (
        "title: Over\nrelationships: [canada]\ntheme: water\npriority: P3\nstatus: resolved\n"
        "health: green\nlinks: [{to: example, kind: precedent}]\n"
    ),
}
HOSTILE = [
    'a"]; click n0 "javascript:alert(1)"',
    "`md **b**` <script>x</script> &lt;b&gt; &#60; #quot; end",
    "back\\",
    '"\\',
    "\\N \\G \\E",
    "a --> b %%{init: {}}%% x",
    "subgraph x[ ]{}|() --- title: y",
    "é 漢字 Nuño",
]


def _export(texts: dict[str, str], word: str | None = None) -> Export:
    snapshot = snapshot_of(texts)
    scope = find_scope(snapshot, word)
    return export(release(snapshot, None), scope, TODAY, linked=True)


def test_links_and_parts_are_edges() -> None:
    found = graph(_export(LINKED).snapshot, stakeholders=True)

    assert [issue.id for issue in found.issues] == [
        "example",
        "new-issue",
        "depends-on-new",
        "over",
    ]
    assert found.links == (
        Edge("example", "new-issue", "undermines"),
        Edge("depends-on-new", "new-issue", "depends-on"),
        Edge("over", "example", "precedent"),
    )
    assert found.parts == (
        Edge("state", "example", "leads abroad"),
        Edge("dhs", "example", "leads at home"),
        Edge("texas", "example", "support"),
        Edge("sre", "example", "inform"),
    )
    assert [agency.id for agency in found.stakeholders] == ["dhs", "sre", "state", "texas"]
    assert graph(_export(LINKED).snapshot).stakeholders == ()


def test_the_graph_of_an_issue_has_what_it_is_linked_to_either_way() -> None:
    issues = {issue.id for issue in graph(_export(LINKED, "example").snapshot).issues}

    assert issues == {"example", "new-issue", "over"}


def test_dot_says_in_words_what_its_colours_say() -> None:
    text = render(_export(LINKED), stakeholders=True).decode()

    assert '"example" [label="Example issue\\nP1 · green · active", fillcolor="#d5ecd4"];' in text
    assert '"over" [label="Over\\nP3 · green · resolved", fillcolor="#eeeeee"];' in text
    assert '"example" -> "new-issue" [label="undermines", color="#a61b1b"' in text
    assert '"dhs" -> "example" [label="leads at home"' in text
    assert 'label="Test Office\\nINTERNAL · Wednesday 20 January 2021"' in text
    assert 'label="Trade"' in text


def test_mermaid_says_the_same() -> None:
    text = render(_export(LINKED), "mermaid", stakeholders=True).decode()

    assert text.startswith(
        '---\ntitle: "Test Office · INTERNAL · Wednesday 20 January 2021"\n---\n'
    )
    assert 'n0["Example issue<br/>P1 · green · active"]:::green' in text
    assert "n0 -->|undermines| n1" in text
    assert "n3 -.->|precedent| n0" in text
    assert 'n4(["Homeland Security"])' in text
    assert "n4 ==>|leads at home| n0" in text


def _hostile(text: str) -> Export:
    said = json.dumps(text, ensure_ascii=False)
    issue = BASE["issues/example.yaml"].replace("title: Example issue", f"title: {said}")
    office = OFFICE.replace("name: Test Office", f"name: {said}").replace(
        "trade: Trade", f"trade: {said}"
    )
    return _export({"issues/example.yaml": issue, "nacoord.yaml": office})


@pytest.mark.parametrize("text", HOSTILE)
def test_mermaid_obeys_no_text(text: str) -> None:
    plain = render(_export({}), "mermaid").decode().splitlines()
    lines = render(_hostile(text), "mermaid").decode().splitlines()

    assert len(lines) == len(plain)
    assert json.loads(lines[1].removeprefix("title: "))
    assert "%%" not in "".join(lines)
    labels = re.findall(r'\["(.*)"\]', "\n".join(lines))
    assert all(re.fullmatch(r'[^"`<>{}\[\]|]*', each.replace("<br/>", "")) for each in labels)
    said = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), labels[0])
    assert said == text


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("text", HOSTILE)
def test_graphviz_draws_any_text_as_it_is(text: str) -> None:
    done = subprocess.run(
        ["dot", "-Tsvg"], input=render(_hostile(text)), capture_output=True, check=True
    )
    drawn = [
        html.unescape(each) for each in re.findall("<text[^>]*>([^<]*)<", done.stdout.decode())
    ]

    assert done.stderr == b""
    assert "".join(text.split()) in "".join("".join(drawn).split())
    assert b"<a " not in done.stdout
    assert b"<script" not in done.stdout


@pytest.mark.parametrize("form", ["dot", "mermaid"])
def test_nothing_above_the_ceiling_leaves(form: str) -> None:
    whole = render(exported(None)[1], form, stakeholders=True)
    under = render(exported("public")[1], form, stakeholders=True)

    assert SECRET in everything_in(whole)
    assert SECRET not in everything_in(under)
    assert b"7 records and 5 fields marked above public left out" in under

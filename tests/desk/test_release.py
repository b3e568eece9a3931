"""What may leave under a ceiling: nothing above it, nor a reference to it, nor a word of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.desk.chronicle import Entry
from nacoord.desk.chronicle import told
from nacoord.desk.release import Release
from nacoord.desk.release import release
from nacoord.desk.release import released_entries
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.issue import Issue
from nacoord.model.marking import ORDER
from nacoord.model.marking import level
from nacoord.present.json import jsonable
from tests.support.records import BASE
from tests.support.records import snapshot_of

PUBLIC = {name: f"{text}marking: public\n" for name, text in BASE.items() if name != "nacoord.yaml"}
OFFICE = {"nacoord.yaml": BASE["nacoord.yaml"]}


def _released(texts: dict[str, str], ceiling: str | None = "public") -> Release:
    return release(snapshot_of({**OFFICE, **PUBLIC, **texts}, base=False), ceiling)


def _dump(left: Release) -> str:
    return json.dumps(jsonable(left.snapshot.records), ensure_ascii=False)


def test_without_a_ceiling_everything_leaves_with_its_highest_marking() -> None:
    secret = PUBLIC["agencies/dhs.yaml"].replace("public", "deliberative")
    left = _released({"agencies/dhs.yaml": secret}, None)

    assert left.marking == "deliberative"
    assert "dhs" in left.snapshot.records
    assert left.said() == ""


def test_a_record_above_the_ceiling_goes_with_every_reference_to_it() -> None:
    secret = PUBLIC["agencies/texas.yaml"].replace("public", "internal")
    left = _released({"agencies/texas.yaml": secret})
    issue = left.snapshot.get(Issue, "example")

    assert issue is not None
    assert [party.agency for party in issue.parties] == ["sre"]
    assert "texas" not in _dump(left)
    assert left.omitted == {("agency", "internal"): 1}
    assert left.marking == "public"
    assert left.said() == "1 record marked above public left out"


def test_what_cannot_be_without_what_is_gone_goes_too() -> None:
    secret = PUBLIC["agencies/sre.yaml"].replace("public", "cui//PRVCY")
    left = _released({"agencies/sre.yaml": secret})

    # The promise was by sre alone, the call with it alone; the call's promise went with them.
    assert "example-promise" not in left.snapshot.records
    assert "example-call" not in left.snapshot.records
    assert left.omitted == {
        ("agency", "cui//PRVCY"): 1,
        ("commitment", "public"): 1,
        ("engagement", "public"): 1,
    }


def test_of_several_who_promised_the_others_stay() -> None:
    promise = PUBLIC["commitments/example-promise.yaml"].replace("by: [sre]", "by: [sre, dhs]")
    secret = PUBLIC["agencies/dhs.yaml"].replace("public", "internal")
    left = _released({"commitments/example-promise.yaml": promise, "agencies/dhs.yaml": secret})
    found = left.snapshot.get(Commitment, "example-promise")
    issue = left.snapshot.get(Issue, "example")

    assert found is not None
    assert found.by == ("sre",)
    assert issue is not None
    assert issue.leads.domestic is None


def test_a_field_above_the_ceiling_goes_and_that_there_was_one() -> None:
    text = PUBLIC["issues/example.yaml"] + (
        "health_reason: Quiet words\nfield_markings:\n  health_reason: deliberative\n"
    )
    left = _released({"issues/example.yaml": text})

    assert "Quiet words" not in _dump(left)
    assert "field_markings" not in _dump(left)
    assert left.fields == 1
    assert left.said() == "1 field marked above public left out"
    assert "Quiet words" in _dump(_released({"issues/example.yaml": text}, "deliberative"))


def test_a_record_goes_when_a_field_it_needs_is_above_the_ceiling() -> None:
    text = PUBLIC["issues/example.yaml"] + "field_markings:\n  title: internal\n"

    assert "example" not in _released({"issues/example.yaml": text}).snapshot.records


def test_a_key_of_the_offices_own_can_be_marked() -> None:
    text = PUBLIC["issues/example.yaml"] + (
        "x-own: Quiet words\nx-other: Plain words\nfield_markings:\n  x-own: deliberative\n"
    )
    left = _released({"issues/example.yaml": text})

    assert snapshot_of({"issues/example.yaml": text}).faults == ()
    assert "uiet" not in _dump(left)
    assert "x-own" not in _dump(left)
    assert "Plain words" in _dump(left)
    assert left.fields == 1


@pytest.mark.parametrize("name", ["sumary", "next_step.what"])
def test_a_record_goes_when_nobody_can_tell_which_field_is_above_the_ceiling(name: str) -> None:
    text = PUBLIC["issues/example.yaml"] + (
        f"summary: Quiet\nfield_markings:\n  {name}: deliberative\n"
    )

    assert "example" not in _released({"issues/example.yaml": text}).snapshot.records


def test_a_source_of_a_field_above_the_ceiling_goes_with_it() -> None:
    text = PUBLIC["issues/example.yaml"] + (
        "summary: Quiet\nfield_markings:\n  summary: deliberative\nsources:\n"
        "  - {cite: One, covers: [summary]}\n"
        "  - {cite: Two, covers: [summary, health], says: Quiet too}\n"
        "  - {cite: Three, covers: [summary, health]}\n"
        "  - {cite: Four}\n"
    )
    left = _released({"issues/example.yaml": text})
    issue = left.snapshot.get(Issue, "example")

    assert issue is not None
    assert [(each.cite, each.covers) for each in issue.sources] == [
        ("Three", ("health",)),
        ("Four", ()),
    ]
    assert "Quiet" not in _dump(left)


def test_a_clearance_goes_with_the_text_that_was_cleared() -> None:
    text = (
        "title: A\nby: [dhs]\nwhen: 2021-02-01\nissues: [example]\ntext: Quiet\nmarking: public\n"
        "clearances: [{who: texas, status: cleared, text: 'sha256:0123456789abcdef'}]\n"
    )
    marked = text + "field_markings: {text: deliberative}\n"

    assert "sha256" in _dump(_released({"actions/a.yaml": text}))
    assert "sha256" not in _dump(_released({"actions/a.yaml": marked}))


def test_a_field_is_never_lower_than_its_record() -> None:
    text = PUBLIC["issues/example.yaml"].replace("marking: public", "marking: internal")
    text += "summary: Lower\nfield_markings:\n  summary: public\n"

    assert "Lower" not in _dump(_released({"issues/example.yaml": text}))


def test_a_text_that_names_what_is_left_out_is_pointed_at() -> None:
    secret = PUBLIC["agencies/quebec.yaml"].replace("public", "internal")
    secret = secret.replace("title: Québec", "title: Ministry of Québec Water")
    text = PUBLIC["issues/example.yaml"] + (
        "summary: Asked the ministry of Quebec, water matters\nsuccess: See example-child and more\n"
    )
    child = PUBLIC["agencies/example-child.yaml"].replace("public", "internal")
    left = _released(
        {
            "agencies/quebec.yaml": secret,
            "issues/example.yaml": text,
            "agencies/example-child.yaml": child,
        }
    )

    assert [(each.record, each.field, each.omitted) for each in left.named] == [
        ("example", ("summary",), "quebec"),
        ("example", ("success",), "example-child"),
    ]


def test_a_word_of_the_office_that_names_what_is_left_out_is_pointed_at() -> None:
    secret = PUBLIC["agencies/quebec.yaml"].replace("public", "internal")
    secret = secret.replace("title: Québec", "title: Ministry of Québec Water")
    office = OFFICE["nacoord.yaml"].replace("water: Water", "water: The Ministry of Quebec Water")
    left = _released({"agencies/quebec.yaml": secret, "nacoord.yaml": office})

    assert [(each.record, each.field, each.omitted) for each in left.named] == [
        ("", ("themes", "water"), "quebec")
    ]


def test_another_name_of_a_body_that_is_left_out_is_pointed_at() -> None:
    secret = PUBLIC["agencies/quebec.yaml"].replace("public", "internal")
    text = PUBLIC["issues/example.yaml"] + "summary: Ask the province de Quebec\n"
    texts = {"agencies/quebec.yaml": secret, "issues/example.yaml": text}

    assert [(each.omitted, each.words) for each in _released(texts).named] == [
        ("quebec", "Province de Québec")
    ]
    said = {**texts, "agencies/quebec.yaml": secret + "field_markings: {title: public}\n"}
    assert _released(said).named == ()


def test_a_title_that_is_known_to_all_may_be_named() -> None:
    treaty = PUBLIC["agencies/quebec.yaml"].replace("public", "internal")
    treaty = treaty.replace("title: Québec", "title: Great River Water Treaty")
    text = PUBLIC["issues/example.yaml"] + "summary: Under the Great River Water Treaty\n"
    texts = {"agencies/quebec.yaml": treaty, "issues/example.yaml": text}
    said = {**texts, "agencies/quebec.yaml": treaty + "field_markings:\n  title: public\n"}

    assert [each.omitted for each in _released(texts).named] == ["quebec"]
    left = _released(said)
    assert left.named == ()
    assert "quebec" not in left.snapshot.records


def _entry(old: str, new: str) -> Entry:
    import yaml

    pairs = {"issues/example.yaml": ((yaml.safe_load(old),), yaml.safe_load(new))}
    return Entry(
        "c" * 40, date(2021, 1, 20), "A", "texas: told", "why", "set", False, told(pairs, {})
    )


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("title: A\nhealth: red\nmarking: public", "title: A\nhealth: green\nmarking: public", 1),
        # It was internal then, or is now; its words of then may not leave.
        ("title: A\nhealth: red", "title: A\nhealth: green\nmarking: public", 0),
        ("title: A\nhealth: red\nmarking: public", "title: A\nhealth: green", 0),
        # A field that was above the ceiling before.
        (
            "title: A\nsummary: S\nhealth: red\nmarking: public\nfield_markings: {summary: internal}",
            "title: A\nsummary: T\nhealth: green\nmarking: public",
            1,
        ),
        # What can't be read could hold anything.
        ("text: broken", "title: A\nhealth: green\nmarking: public", 0),
        # Nobody can tell which field was meant.
        (
            "title: A\nhealth: red\nmarking: public\nfield_markings: {heath: internal}",
            "title: A\nhealth: green\nmarking: public",
            0,
        ),
        ("title: A\nhealth: red\nmarking: oops", "title: A\nhealth: green\nmarking: public", 0),
    ],
)
def test_history_leaves_in_versions_that_may(old: str, new: str, fields: int) -> None:
    left = _released({})
    found = list(released_entries([_entry(old, new)], left))

    if not fields:
        assert found == []
        return
    (entry,) = found
    assert (entry.subject, entry.why) == ("", "")
    assert "summary" not in [change.field for change in entry.records[0].fields]
    assert len(entry.records[0].fields) == fields


def _told(texts: dict[str, str], *versions: tuple[str, str, str]) -> str:
    """Return as text what history tells of changes (id of an issue, before, after), newest first."""
    import yaml

    entries = [
        Entry(
            "c" * 40, date(2021, 1, 20), "A", "s", "w", "set", False,
            told({f"issues/{id}.yaml": ((yaml.safe_load(old),), yaml.safe_load(new))}, {}),
        )
        for id, old, new in versions
    ]  # fmt: skip
    left = _released(texts)
    return json.dumps(jsonable(list(released_entries(entries, left))), ensure_ascii=False)


def test_history_tells_no_field_that_was_marked_only_later() -> None:
    text = PUBLIC["issues/example.yaml"] + (
        "summary: Quiet\nfield_markings:\n  summary: deliberative\n"
    )
    shown = _told(
        {"issues/example.yaml": text},
        ("example", "title: A\nmarking: public", "title: B\nsummary: Quiet\nmarking: public"),
    )

    assert "Quiet" not in shown
    assert "summary" not in shown
    assert '"new": "B"' in shown


def test_history_does_not_name_an_author_whose_record_stays() -> None:
    person = PUBLIC["people/example-officer.yaml"].replace("marking: public", "marking: internal")
    person = person.replace("title: Example officer", "title: Jo Doe")
    entry = _entry("title: A\nmarking: public", "title: B\nmarking: public")
    entries = [replace(entry, who=who) for who in ("Jo Doe", "Another")]
    left = _released({"people/example-officer.yaml": person})

    assert [each.who for each in released_entries(entries, left)] == ["", "Another"]


def test_history_tells_no_source_of_a_field_above_the_ceiling() -> None:
    text = PUBLIC["issues/example.yaml"] + (
        "summary: Quiet\nfield_markings:\n  summary: deliberative\n"
    )
    source = "sources: [{cite: Letter, covers: [summary], says: Quiet}]"
    shown = _told(
        {"issues/example.yaml": text},
        ("example", "title: A\nmarking: public", f"title: B\nmarking: public\n{source}"),
    )

    assert "Quiet" not in shown
    assert "summary" not in shown
    assert '"new": "B"' in shown


def test_history_tells_nothing_older_than_a_version_above_the_ceiling() -> None:
    shown = _told(
        {},
        ("example", "title: C\nmarking: public", "title: D\nmarking: public"),
        ("example", "title: B\nmarking: internal", "title: C\nmarking: public"),
        ("example", "title: First\nsummary: Quiet\nmarking: public", "title: B\nmarking: internal"),
        (
            "example",
            "title: First\nmarking: public",
            "title: First\nsummary: Quiet\nmarking: public",
        ),
    )

    assert '"new": "D"' in shown
    assert "Quiet" not in shown
    assert "First" not in shown


@pytest.mark.parametrize(
    "secret",
    [
        "links: [{to: quiet, kind: related}]",
        "links: [{to: was-removed, kind: related}]",
        "links: [{to: never-known, kind: related}]",
        "parties: [{agency: quiet, role: inform}]",
        "owner: quiet",
        "next_step: {what: Ask, who: quiet}",
        "next_step: {what: See quiet-paper. Then ask}",
        "summary: The paper on quiet waters, in words",
        "tags: [quiet]",
        "tags: [quiet-paper]",
        "milestones: [{what: On the removed paper of old}]",
        "x-own: {quiet-paper: 1}",
        "field_markings: {summary: cui//PRVCY}",
    ],
)
def test_history_tells_nothing_that_names_what_does_not_leave(secret: str) -> None:
    quiet = PUBLIC["issues/new-issue.yaml"].replace("marking: public", "marking: internal")
    quiet = quiet.replace("New issue", "The paper on quiet waters")
    head = "title: A\nmarking: public"
    removed = ("was-removed", "title: The removed paper of old\nmarking: cui//PRVCY", "null")
    changes = [
        ("example", f"{head}\n{secret}", f"{head}\nhealth: red"),
        ("example", head, f"{head}\n{secret}\nhealth: red"),
    ]
    shown = _told(
        {"issues/quiet.yaml": quiet, "issues/quiet-paper.yaml": quiet},
        changes[0],
        removed,
        changes[1],
    )

    assert shown.count("health") == 2
    for word in ("quiet", "removed", "never-known", "summary", "PRVCY"):
        assert word not in shown


def test_what_cannot_be_read_is_not_named() -> None:
    texts = {**OFFICE, **PUBLIC}
    texts["issues/example.yaml"] += "summary: See example-call. It matters\n"
    del texts["engagements/example-call.yaml"]
    whole = replace(snapshot_of(texts, base=False), broken={"example-call": "engagement"})
    left = release(whole, "public")

    assert [each.field for each in left.named] == [("summary",)]
    promise = left.snapshot.get(Commitment, "example-promise")
    assert promise is not None
    assert promise.said is not None
    assert promise.said.engagement is None


MARKINGS = st.sampled_from(["public", "internal", "deliberative", "cui//PRVCY"])


@settings(max_examples=60, deadline=None)
@given(
    records=st.dictionaries(st.sampled_from(sorted(PUBLIC)), MARKINGS),
    fields=st.dictionaries(st.sampled_from(["summary", "notes", "tags", "success"]), MARKINGS),
    ceiling=st.sampled_from(["public", "internal", "deliberative"]),
)
def test_nothing_above_the_ceiling_leaves(
    records: dict[str, str], fields: dict[str, str], ceiling: str
) -> None:
    texts = {
        name: text.replace("marking: public", f"marking: {records.get(name, 'public')}")
        + f"tags: [secret-of-{name.split('/')[1].removesuffix('.yaml')}]\n"
        for name, text in PUBLIC.items()
    }
    issue = "summary: field-summary\nnotes: [{on: 2021-01-01, text: field-notes}]\nsuccess: field-success\n"
    marked = "".join(f"  {name}: {each}\n" for name, each in fields.items())
    texts["issues/example.yaml"] += issue + (f"field_markings:\n{marked}" if marked else "")
    left = _released(texts, ceiling)
    shown = _dump(left)

    limit = level(ceiling)
    for name in PUBLIC:
        if level(records.get(name, "public")) > limit:
            assert f'secret-of-{name.split("/")[1].removesuffix(".yaml")}"' not in shown
    for name, each in fields.items():
        if level(each) > limit:
            assert f"field-{name}" not in shown
    assert ORDER.index(left.marking.split("//")[0]) <= limit
    assert not set(left.snapshot.files) - set(left.snapshot.records)

"""Files to a Snapshot: what is read, what is refused, and that nothing hides anything."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from nacoord.desk.checks.table import check
from nacoord.record.draft import Draft
from nacoord.record.files import NoRecordError
from nacoord.record.files import find
from nacoord.record.loader import load
from nacoord.record.loader import load_one
from nacoord.record.loader import locate
from nacoord.record.loader import reload
from nacoord.record.officefile import OfficeUnreadableError
from nacoord.record.worktree import WorkTree
from tests.conftest import ROOT
from tests.support.records import BASE
from tests.support.records import write


def _codes(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in load(folder, "").faults:
        found.setdefault(fault.origin.file, []).append(fault.code)
    return found


def test_the_small_record_and_the_real_one_load_whole(base: Path) -> None:
    assert len(load(base, "").records) == len(BASE) - 1
    real = load(ROOT / "data", "data")
    assert real.whole
    assert check(real) == []


HOSTILE = {
    "issues/duplicate.yaml": "title: a\ntitle: b\n",
    "issues/tag.yaml": "title: !!python/object:os.system x\n",
    "issues/conflict.yaml": "<<<<<<< HEAD\n",
    "issues/several.yaml": "a: 1\n---\nb: 2\n",
    "issues/latin.yaml": b"title: caf\xe9\n",
    "issues/nul.yaml": b"title: a\0b\n",
    "issues/bomb.yaml": "a: &a [*a, *a]\n",
    "issues/deep.yaml": "[" * 9999,
    "issues/large.yaml": b"# " + b"x" * 2_000_000,
    "issues/empty.yaml": "",
    "issues/list.yaml": "- a\n",
}


def test_one_bad_file_never_hides_the_others(base: Path) -> None:
    write(base, HOSTILE)
    loaded = load(base, "")

    assert set(loaded.records) == {Path(name).stem for name in BASE} - {"nacoord"}
    assert {fault.origin.file for fault in loaded.faults} == set(HOSTILE)
    assert all(fault.unread and fault.hint for fault in loaded.faults)
    assert set(loaded.broken) == {Path(name).stem for name in HOSTILE}


def test_a_reference_to_a_broken_file_is_not_called_unknown(base: Path) -> None:
    write(base, {"agencies/dhs.yaml": "title: [\n"})

    assert [fault.code for fault in check(load(base, ""))] == ["bad-yaml"]


def test_what_stands_where_a_file_should(base: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(BASE["agencies/dhs.yaml"])
    (base / "issues/outside.yaml").symlink_to(outside)
    (base / "issues/inside.yaml").symlink_to("example.yaml")
    (base / "issues/loop.yaml").symlink_to("loop.yaml")
    (base / "issues/dangling.yaml").symlink_to("nowhere.yaml")
    (base / "issues/device.yaml").symlink_to("/dev/zero")
    (base / "issues/folder.yaml").mkdir()
    os.mkfifo(base / "issues/pipe.yaml")

    assert _codes(base) == {
        "issues/dangling.yaml": ["unreadable-file"],
        "issues/device.yaml": ["symlink-outside"],
        "issues/folder.yaml": ["not-a-file"],
        "issues/loop.yaml": ["unreadable-file"],
        "issues/outside.yaml": ["symlink-outside"],
        "issues/pipe.yaml": ["not-a-file"],
    }


def test_a_folder_that_leads_out_is_not_entered(base: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "elsewhere", {"x.yaml": "title: x\n"})
    (base / "actions").symlink_to(tmp_path / "elsewhere")

    assert _codes(base) == {"actions": ["symlink-outside"]}


def test_names_that_are_no_ids(base: Path) -> None:
    for name in (
        "With Space.yaml",
        "UPPER.yaml",
        "québec-2.yaml",
        "-x.yaml",
        f"{'a' * 64}.yaml",
        "x.yml",
        "Y.YAML",
    ):
        write(base, {f"agencies/{name}": BASE["agencies/dhs.yaml"]})
    found = {fault.origin.file: (fault.code, fault.hint) for fault in load(base, "").faults}

    assert found["agencies/With Space.yaml"] == ("bad-id", "rename it to with-space.yaml")
    assert found["agencies/québec-2.yaml"] == ("bad-id", "rename it to quebec-2.yaml")
    assert found["agencies/x.yml"] == ("wrong-ending", "rename it to x.yaml")
    assert len(found) == 7


def test_hidden_and_backup_files_and_readmes_are_nobodys_business(base: Path) -> None:
    write(base, {
        "issues/.hidden.yaml": "[", "issues/example.yaml~": "[", "issues/example.yaml.orig": "[",
        "issues/README.md": "#", "README.md": "#", "briefs/2021-01-20.yaml": "[", "notes/todo.txt": "x",
    })  # fmt: skip

    assert load(base, "").faults == ()


def test_folders_that_are_not_read_are_told(base: Path) -> None:
    write(base, {"issue/x.yaml": "title: x\n", "issues/mexico/deep/y.yaml": "title: y\n"})
    (base / "issues/empty").mkdir()
    found = {fault.origin.file: fault.hint for fault in load(base, "").faults}

    assert found == {
        "issue": 'did you mean "issues"?',
        "issues/mexico": "move its files up into issues/",
    }


def test_an_id_is_taken_once_over_all_kinds_even_by_a_broken_file(base: Path) -> None:
    write(base, {"people/texas.yaml": BASE["people/example-officer.yaml"], "issues/sre.yaml": "["})
    codes = _codes(base)

    assert codes["people/texas.yaml"] == ["duplicate-id"]
    assert codes["agencies/sre.yaml"] == ["duplicate-id"]


def test_an_office_that_cannot_be_read_stops_everything(base: Path) -> None:
    write(base, {"nacoord.yaml": "format: 1\ntime_zone: nowhere/\n"})
    with pytest.raises(OfficeUnreadableError) as found:
        load(base, "here")

    codes = {fault.code for fault in found.value.faults}
    assert codes == {"bad-time-zone", "missing-field"}
    assert found.value.faults[0].origin.file == "here/nacoord.yaml"


def test_faults_between_records_get_their_lines(base: Path) -> None:
    write(base, {"people/new.yaml": "# first\ntitle: N\nrole: R\nagency: dsh\n"})
    found = locate(check(load(base, "shown")), base, "shown")

    assert [(f.origin.file, f.origin.line, f.origin.column, f.origin.source) for f in found] == [
        ("shown/people/new.yaml", 4, 9, "agency: dsh")
    ]


def test_order_of_reading_changes_nothing(base: Path, tmp_path: Path) -> None:
    write(tmp_path / "again", dict(reversed(BASE.items())))

    assert dict(load(base, "").records) == dict(load(tmp_path / "again", "").records)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    write(tmp_path / "set", BASE)
    (tmp_path / "set/issues/below").mkdir()
    return tmp_path


def test_find_looks_upward_and_into_data(full: Path) -> None:
    (full / "set").rename(full / "data")

    assert find(full) == full / "data"
    assert find(full / "data") == full / "data"
    assert find(full / "data/issues/below") == full / "data"
    assert find(full, "data") == full / "data"


def test_find_says_what_is_missing_or_too_much(full: Path) -> None:
    with pytest.raises(NoRecordError, match=r"no nacoord\.yaml in nowhere"):
        find(full, "nowhere")
    (full / "set/data").mkdir()
    (full / "set/data/nacoord.yaml").write_text("format: 1\n")
    with pytest.raises(NoRecordError, match="two records found"):
        find(full / "set")


def test_a_record_that_git_cannot_sweep_in_is_still_read(base: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=base, check=True)
    (base / ".gitignore").write_text("*.yaml\n")

    assert load(base, "").whole


def test_what_is_read_again_over_a_snapshot_is_what_is_read_at_once(base: Path) -> None:
    write(base, {"issues/empty.yaml": "", "issues/list.yaml": "- a\n"})
    before = load(base, "here")
    draft = Draft(WorkTree(base), before)
    example = BASE["issues/example.yaml"].encode()
    draft.writes |= {
        "issues/example.yaml": example.replace(b"P1", b"P2"),
        "issues/new-issue.yaml": None,
        "issues/empty.yaml": example,
        "issues/list.yaml": None,
        "issues/another.yaml": example,
        "issues/BAD.yaml": example,
        "agencies/texas.yaml": b"title: [",
        "people/quebec.yaml": BASE["people/example-officer.yaml"].encode(),
        "people/texas.yaml": BASE["people/example-officer.yaml"].encode(),
        "briefs/a.md": b"# A",
    }

    again, whole = reload(before, draft, draft.changed(), "here"), load(draft, "here")
    assert list(again.records.items()) == list(whole.records.items())
    assert list(again.files.items()) == list(whole.files.items())
    assert (again.office, again.office_file) == (whole.office, whole.office_file)
    assert again.broken == whole.broken
    assert set(again.faults) == set(whole.faults)


def test_one_record_alone_is_not_read_through_a_link(base: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("title: Secret\nlevel: federal\n")
    (base / "agencies/link.yaml").symlink_to(outside / "secret.yaml")
    (base / "people").rename(outside / "people")
    (base / "people").symlink_to(outside / "people")

    one = next(path.stem for path in (outside / "people").glob("*.yaml"))
    assert load_one(base, "link", "") is None
    assert load_one(base, one, "") is None
    assert load_one(base, "dhs", "") is not None

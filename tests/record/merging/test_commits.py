"""Merging commits of real repositories: records by field, removals, renames, two records of one id."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.disagreement import Choice
from nacoord.record.merging.commits import Merged
from nacoord.record.merging.commits import UnrelatedError
from nacoord.record.merging.commits import merge_commits
from nacoord.record.repository import open_repository
from nacoord.record.yamltext import read
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write

ISSUE = "issues/example.yaml"
TEXT = BASE[ISSUE]
A, B = "issues/a.yaml", "issues/b.yaml"


class Branches:
    """A record with two branches that go back to one commit."""

    def __init__(self, folder: Path, below: str = "") -> None:
        self.folder = folder
        self.root = folder / below
        write(self.root, BASE)
        git(folder, "init", "-q", "-b", "main")
        commit_all(folder, "Begin")
        git(folder, "branch", "theirs")

    def commit(self, branch: str, files: Mapping[str, str | None]) -> None:
        git(self.folder, "switch", "-q", branch)
        for path, text in files.items():
            if text is None:
                (self.root / path).unlink()
            else:
                write(self.root, {path: text})
        commit_all(self.folder, f"Change on {branch}")
        git(self.folder, "switch", "-q", "main")

    def merged(self, choices: Mapping[str, Choice] | None = None) -> Merged:
        repository = open_repository(self.root)
        heads = (git(self.folder, "rev-parse", name).strip() for name in ("main", "theirs"))
        return merge_commits(repository, *heads, choices)

    def file(self, merged: Merged, path: str) -> str:
        assert merged.tree
        return git(self.folder, "show", f"{merged.tree}:{path}")

    def names(self, merged: Merged) -> list[str]:
        assert merged.tree
        return git(self.folder, "ls-tree", "-r", "--name-only", merged.tree).split()


@pytest.fixture
def branches(tmp_path: Path) -> Branches:
    folder = tmp_path / "work"
    folder.mkdir()
    return Branches(folder)


def test_two_fields_of_one_record(branches: Branches) -> None:
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})
    branches.commit("theirs", {ISSUE: TEXT.replace("priority: P1", "priority: P2")})

    merged = branches.merged()

    wanted = TEXT.replace("green", "red").replace("priority: P1", "priority: P2")
    assert branches.file(merged, ISSUE) == wanted
    assert merged.texts == {ISSUE: wanted.encode()}
    assert not merged.disagreements


def test_nothing_is_touched(branches: Branches) -> None:
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})
    branches.commit("theirs", {ISSUE: TEXT.replace("green", "amber"), "notes.txt": "x\n"})
    before = git(branches.folder, "rev-parse", "HEAD")

    branches.merged()

    assert git(branches.folder, "rev-parse", "HEAD") == before
    assert git(branches.folder, "status", "--porcelain") == ""


def test_two_values_are_a_disagreement_until_one_is_chosen(branches: Branches) -> None:
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})
    branches.commit("theirs", {ISSUE: TEXT.replace("green", "amber").replace("P1", "P2")})

    merged = branches.merged()

    (disagreement,) = merged.disagreements
    assert merged.tree is None
    assert disagreement.name == "example.health"
    values = (disagreement.clash.base, disagreement.clash.ours, disagreement.clash.theirs)
    assert values == ("green", "red", "amber")

    chosen = branches.merged({disagreement.key: Choice("theirs")})

    assert not chosen.disagreements
    assert [each.disagreement for each in chosen.settled] == [disagreement]
    assert branches.file(chosen, ISSUE) == TEXT.replace("green", "amber").replace("P1", "P2")

    other = branches.merged({disagreement.key: Choice(value="green")})

    assert branches.file(other, ISSUE) == TEXT.replace("P1", "P2")


def test_a_choice_is_of_the_values_that_were_seen(branches: Branches) -> None:
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})
    branches.commit("theirs", {ISSUE: TEXT.replace("green", "amber")})
    choices = {branches.merged().disagreements[0].key: Choice("ours")}

    branches.commit("theirs", {ISSUE: TEXT.replace("P1", "P3")})

    assert not branches.merged(choices).disagreements
    branches.commit("theirs", {ISSUE: TEXT.replace("green", "blue")})
    assert branches.merged(choices).disagreements


@pytest.mark.parametrize(("here", "there"), [("main", "theirs"), ("theirs", "main")])
def test_removed_on_one_side_and_changed_on_the_other(
    branches: Branches, here: str, there: str
) -> None:
    branches.commit(here, {ISSUE: None})
    branches.commit(there, {ISSUE: TEXT.replace("green", "red")})

    merged = branches.merged()

    (disagreement,) = merged.disagreements
    assert disagreement.name == "example"
    assert ABSENT in (disagreement.clash.ours, disagreement.clash.theirs)
    for side in ("ours", "theirs"):
        chosen = branches.merged({disagreement.key: Choice(side)})  # type: ignore[arg-type]
        is_gone = disagreement.clash.value(side) is ABSENT  # type: ignore[arg-type]
        assert (ISSUE in branches.names(chosen)) is not is_gone


def test_removed_on_one_side_and_left_on_the_other(branches: Branches) -> None:
    branches.commit("theirs", {"clocks/example-clock.yaml": None})
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})

    merged = branches.merged()

    assert "clocks/example-clock.yaml" not in branches.names(merged)
    assert merged.files == {"clocks/example-clock.yaml": None}


def test_renamed_on_one_side_and_changed_on_the_other(branches: Branches) -> None:
    _rename_issue(branches, "theirs")
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})

    merged = branches.merged()

    assert ISSUE not in branches.names(merged)
    text = branches.file(merged, "issues/renamed.yaml")
    assert text == TEXT.replace("green", "red") + "formerly: [example]\n"


def test_renamed_here_and_changed_there(branches: Branches) -> None:
    _rename_issue(branches, "main")
    branches.commit("theirs", {ISSUE: TEXT.replace("green", "red")})

    merged = branches.merged()

    assert ISSUE not in branches.names(merged)
    assert "health: red" in branches.file(merged, "issues/renamed.yaml")
    assert list(merged.files) == ["issues/renamed.yaml"]


@pytest.mark.parametrize(("here", "there"), [("main", "theirs"), ("theirs", "main")])
def test_references_follow_a_rename_on_the_other_side(
    branches: Branches, here: str, there: str
) -> None:
    _rename_issue(branches, here)
    promise = BASE["commitments/example-promise.yaml"]
    branches.commit(
        there,
        {
            "commitments/second.yaml": promise.replace("Example", "Second"),
            "commitments/example-promise.yaml": promise.replace("status: open", "status: met"),
        },
    )

    merged = branches.merged()

    assert "issues: [renamed]" in branches.file(merged, "commitments/second.yaml")
    first = branches.file(merged, "commitments/example-promise.yaml")
    assert first == promise.replace("issues: [example]", "issues: [renamed]").replace("open", "met")


def test_renamed_twice_has_a_way_out(branches: Branches) -> None:
    _rename_issue(branches, "main", "mine")
    _rename_issue(branches, "theirs", "yours")

    (disagreement,) = branches.merged().disagreements

    assert "nacoord rename mine yours" in disagreement.remedy


def test_renamed_alike(branches: Branches) -> None:
    _rename_issue(branches, "main")
    _rename_issue(branches, "theirs")

    merged = branches.merged()

    assert not merged.files
    assert not merged.disagreements


@pytest.mark.parametrize(("here", "there"), [("main", "theirs"), ("theirs", "main")])
def test_renamed_to_an_id_that_the_other_side_gave_to_another(
    branches: Branches, here: str, there: str
) -> None:
    _rename_issue(branches, here)
    branches.commit(there, {"issues/renamed.yaml": BASE["issues/new-issue.yaml"]})

    (disagreement,) = branches.merged().disagreements

    assert disagreement.path == "issues/renamed.yaml"
    assert disagreement.record == "renamed"


@pytest.mark.parametrize(("here", "there"), [("main", "theirs"), ("theirs", "main")])
def test_two_that_changed_places_keep_what_the_other_side_wrote(
    branches: Branches, here: str, there: str
) -> None:
    one, other = _two_issues(branches)
    branches.commit(here, {A: other + "formerly: [b]\n", B: one + "formerly: [a]\n"})
    branches.commit(there, {A: one.replace("green", "red"), B: other.replace("green", "amber")})

    merged = branches.merged()

    assert branches.file(merged, A) == other.replace("green", "amber") + "formerly: [b]\n"
    assert branches.file(merged, B) == one.replace("green", "red") + "formerly: [a]\n"


@pytest.mark.parametrize(("here", "there"), [("main", "theirs"), ("theirs", "main")])
def test_one_that_took_the_place_of_one_that_was_removed(
    branches: Branches, here: str, there: str
) -> None:
    one, other = _two_issues(branches)
    branches.commit(here, {A: None, B: one + "formerly: [a]\n"})
    branches.commit(there, {A: one.replace("green", "red")})

    assert branches.names(branches.merged()).count(A) == 0
    assert branches.file(branches.merged(), B) == one.replace("green", "red") + "formerly: [a]\n"

    branches.commit(there, {B: other.replace("green", "amber")})

    (disagreement,) = branches.merged().disagreements
    assert disagreement.name == "b"
    # Neither can be taken without losing the other.
    assert disagreement.remedy.startswith("give yours another id: nacoord rename b NEW-ID")
    assert branches.merged({disagreement.key: Choice("ours")}).disagreements


def test_renamed_again_from_a_place_that_was_left(branches: Branches) -> None:
    """Its first former id is what it was called when the sides parted."""
    one, other = _two_issues(branches)
    branches.commit("main", {A: None, B: None, "issues/c.yaml": one + "formerly: [a, b]\n"})
    branches.commit("theirs", {A: one.replace("green", "red"), B: other.replace("green", "amber")})

    merged = branches.merged()

    assert [each.name for each in merged.disagreements] == ["b"]
    chosen = branches.merged({merged.disagreements[0].key: Choice("ours")})
    text = branches.file(chosen, "issues/c.yaml")
    assert text == one.replace("green", "red") + "formerly: [a, b]\n"


def test_one_that_came_back_to_its_id_took_no_place(branches: Branches) -> None:
    one, other = _two_issues(branches)
    branches.commit("main", {A: one + "formerly: [b]\n", B: None})
    branches.commit("theirs", {A: one.replace("green", "red"), B: other.replace("green", "amber")})

    merged = branches.merged()

    assert [each.name for each in merged.disagreements] == ["b"]
    chosen = branches.merged({merged.disagreements[0].key: Choice("ours")})
    assert branches.file(chosen, A) == one.replace("green", "red") + "formerly: [b]\n"


def _two_issues(branches: Branches) -> tuple[str, str]:
    """Add two more issues that both sides have."""
    one, other = (TEXT.replace("Example", title) for title in ("One", "Other"))
    branches.commit("main", {A: one, B: other})
    git(branches.folder, "branch", "-f", "theirs", "main")
    return one, other


def test_both_add_one_record(branches: Branches) -> None:
    text = BASE["issues/new-issue.yaml"].replace("New issue", "Steel")
    branches.commit("main", {"issues/steel.yaml": text + "tags: [a]\n"})
    branches.commit("theirs", {"issues/steel.yaml": text + "tags: [b]\n"})

    merged = branches.merged()

    assert branches.file(merged, "issues/steel.yaml") == text + "tags: [a, b]\n"


def test_both_add_two_records_under_one_id(branches: Branches) -> None:
    text = BASE["issues/new-issue.yaml"]
    branches.commit("main", {"issues/steel.yaml": text.replace("New issue", "Steel quotas")})
    branches.commit("theirs", {"issues/steel.yaml": text.replace("New issue", "A steel bridge")})

    (disagreement,) = branches.merged().disagreements

    assert disagreement.clash.field == ""
    assert "nacoord rename steel NEW-ID" in disagreement.remedy


def test_other_files_merge_by_lines(branches: Branches) -> None:
    branches.commit("main", {"README.md": "one\ntwo\nthree\n"})
    git(branches.folder, "branch", "-f", "theirs", "main")
    branches.commit("main", {"README.md": "ONE\ntwo\nthree\n"})
    branches.commit("theirs", {"README.md": "one\ntwo\nTHREE\n"})

    assert branches.file(branches.merged(), "README.md") == "ONE\ntwo\nTHREE\n"

    branches.commit("theirs", {"README.md": "eins\ntwo\nTHREE\n"})
    (disagreement,) = branches.merged().disagreements
    assert disagreement.path == "README.md"
    assert disagreement.record == ""


def test_the_office_merges_by_field(branches: Branches) -> None:
    office = BASE["nacoord.yaml"]
    branches.commit("main", {"nacoord.yaml": office + "  labor: Labor\n"})
    branches.commit("theirs", {"nacoord.yaml": office + "  energy: Energy\n"})

    text = branches.file(branches.merged(), "nacoord.yaml")

    assert text == office + "  labor: Labor\n  energy: Energy\n"


def test_a_file_that_one_side_broke(branches: Branches) -> None:
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})
    branches.commit("theirs", {ISSUE: TEXT + "title: twice\n"})

    (disagreement,) = branches.merged().disagreements

    assert disagreement.name == "example"
    chosen = branches.merged({disagreement.key: Choice("ours")})
    assert branches.file(chosen, ISSUE) == TEXT.replace("green", "red")


def test_a_broken_file_that_one_side_alone_touched_is_taken_as_it_is(branches: Branches) -> None:
    branches.commit("theirs", {ISSUE: TEXT + "title: twice\n"})
    branches.commit("main", {"README.md": "x\n"})

    assert branches.file(branches.merged(), ISSUE) == TEXT + "title: twice\n"


def test_modes_links_and_submodules(branches: Branches) -> None:
    (branches.root / "tool").write_text("#!/bin/sh\n")
    (branches.root / "link").symlink_to("tool")
    branches.commit("main", {})
    git(branches.folder, "branch", "-f", "theirs", "main")
    (branches.root / "tool").chmod(0o755)
    branches.commit("main", {})
    branches.commit("theirs", {"tool": "#!/bin/sh\nexit 0\n"})
    head = git(branches.folder, "rev-parse", "HEAD").strip()
    git(branches.folder, "switch", "-q", "theirs")
    git(branches.folder, "update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    (branches.root / "link").unlink()
    (branches.root / "link").symlink_to("elsewhere")
    git(branches.folder, "add", "link")
    git(branches.folder, "commit", "-qm", "A link and a submodule")
    git(branches.folder, "switch", "-q", "main")

    merged = branches.merged()

    assert merged.tree
    listed = git(branches.folder, "ls-tree", merged.tree)
    assert f"160000 commit {head}\tsub" in listed
    assert "100755" in next(line for line in listed.splitlines() if line.endswith("\ttool"))
    assert branches.file(merged, "link") == "elsewhere"


def test_a_record_in_a_subfolder(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    branches = Branches(folder, "data")
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})
    branches.commit("theirs", {ISSUE: TEXT.replace("green", "amber")})

    (disagreement,) = branches.merged().disagreements

    assert disagreement.path == f"data/{ISSUE}"
    assert disagreement.record == "example"


def test_names_that_git_would_quote(branches: Branches) -> None:
    name = 'notes "é\n x.md'
    branches.commit("theirs", {name: "text\n"})
    branches.commit("main", {"README.md": "x\n"})

    assert list(branches.merged().files) == [name]


def test_two_histories(branches: Branches) -> None:
    git(branches.folder, "switch", "-q", "--orphan", "other")
    write(branches.root, BASE)
    commit_all(branches.folder, "Another record")
    git(branches.folder, "branch", "-f", "theirs")
    git(branches.folder, "switch", "-q", "main")

    with pytest.raises(UnrelatedError):
        branches.merged()


def test_branches_that_have_crossed(branches: Branches) -> None:
    """Each has merged the other's first change, and chosen otherwise than the other."""
    branches.commit("main", {ISSUE: TEXT.replace("green", "red")})
    branches.commit("theirs", {ISSUE: TEXT.replace("green", "amber")})
    tips = [git(branches.folder, "rev-parse", name).strip() for name in ("main", "theirs")]
    trees = [git(branches.folder, "rev-parse", f"{tip}^{{tree}}").strip() for tip in tips]
    _cross(branches, tips, trees)

    (disagreement,) = branches.merged().disagreements

    assert disagreement.path == ISSUE
    assert not disagreement.remedy
    for side, health in (("ours", "red"), ("theirs", "amber")):
        chosen = branches.merged({disagreement.key: Choice(side)})  # type: ignore[arg-type]
        assert f"health: {health}" in branches.file(chosen, ISSUE)


@pytest.mark.parametrize(("older", "newer"), [("main", "theirs"), ("theirs", "main")])
def test_a_side_in_an_older_format_is_merged_as_in_todays(
    branches: Branches, older: str, newer: str
) -> None:
    """One side was migrated meanwhile; what the other wrote in the old words is in today's then."""
    office = BASE["nacoord.yaml"].replace("format: 1\n", "")
    clock = "title: A clock\nsteps:\n  - name: Answer\n    after: 30\n    days: business\n    holidays: [{}]\n"
    branches.commit("main", {"nacoord.yaml": office, "clocks/old.yaml": clock.format("us")})
    git(branches.folder, "branch", "-f", "theirs", "main")
    branches.commit(
        newer, {"nacoord.yaml": "format: 1\n" + office, "clocks/old.yaml": clock.format("US")}
    )
    branches.commit(
        older,
        {
            "clocks/new.yaml": clock.format("us"),
            "clocks/old.yaml": clock.format("us") + "tags: [a]\n",
        },
    )

    merged = branches.merged()

    assert branches.file(merged, "nacoord.yaml") == "format: 1\n" + office
    assert branches.file(merged, "clocks/new.yaml") == clock.format("US")
    assert branches.file(merged, "clocks/old.yaml") == clock.format("US") + "tags: [a]\n"


def test_branches_that_have_crossed_and_agreed_go_on(branches: Branches) -> None:
    branches.commit("main", {ISSUE: TEXT.replace("P1", "P2")})
    branches.commit("theirs", {ISSUE: TEXT.replace("status: active", "status: proposed")})
    tips = [git(branches.folder, "rev-parse", name).strip() for name in ("main", "theirs")]
    tree = branches.merged().tree
    assert tree
    _cross(branches, tips, [tree, tree])
    text = TEXT.replace("P1", "P2").replace("status: active", "status: proposed")
    branches.commit("main", {ISSUE: text.replace("green", "red")})
    branches.commit("theirs", {ISSUE: text + "summary: Short\n"})

    merged = branches.merged()

    assert not merged.disagreements
    wanted = read((text.replace("green", "red") + "summary: Short\n").encode())
    assert read(branches.file(merged, ISSUE).encode()).value == wanted.value


def _cross(branches: Branches, tips: list[str], trees: list[str]) -> None:
    """Let each branch merge the tip of the other, with what it chose."""
    for name, tree, (one, other) in (("main", trees[0], tips), ("theirs", trees[1], tips[::-1])):
        made = git(branches.folder, "commit-tree", tree, "-p", one, "-p", other, "-m", "Crossed")
        git(branches.folder, "update-ref", f"refs/heads/{name}", made.strip())
    git(branches.folder, "reset", "-q", "--hard")


def _rename_issue(branches: Branches, branch: str, new: str = "renamed") -> None:
    """Rename as the command does: the file, what it was called, and every reference."""
    files: dict[str, str | None] = {
        path: text.replace("[example]", f"[{new}]").replace("issue: example", f"issue: {new}")
        for path, text in BASE.items()
        if path != ISSUE and ("[example]" in text or "issue: example\n" in text)
    }
    files |= {ISSUE: None, f"issues/{new}.yaml": TEXT + "formerly: [example]\n"}
    branches.commit(branch, files)

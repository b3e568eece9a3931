"""Where a branch goes, as git's settings say it, and what of an address may be shown."""

from __future__ import annotations

import pytest

from nacoord.record.syncing.cloning import folder_of
from nacoord.record.syncing.config import Config
from nacoord.record.syncing.upstream import NoRemoteError
from nacoord.record.syncing.upstream import redacted
from nacoord.record.syncing.upstream import typed
from nacoord.record.syncing.upstream import upstream_of

URL = {"remote.origin.url": "/share/office.git"}


def test_without_an_upstream_it_is_the_same_name_at_origin() -> None:
    found = upstream_of("main", Config(URL))

    assert (found.remote, found.theirs, found.is_set) == ("origin", "refs/heads/main", False)
    assert found.named == "origin/main"
    assert found.memory == "refs/nacoord/synced/origin/main"


def test_an_upstream_that_is_set_counts() -> None:
    settings = Config(
        URL
        | {
            "remote.backup.url": "x@host:office.git",
            "branch.main.remote": "backup",
            "branch.main.merge": "refs/heads/office/main",
        }
    )
    found = upstream_of("main", settings)

    assert (found.named, found.is_set) == ("backup/office/main", True)
    assert found.tracked == "refs/remotes/backup/office/main"


def test_branches_of_which_one_is_called_like_a_folder_of_the_other_are_remembered_apart() -> None:
    names = ("a", "a/b", "a%2Fb", "a/b/c")
    refs = {upstream_of(name, Config(URL)).memory for name in names}

    assert len(refs) == len(names)
    assert not {one for one in refs for other in refs if one.startswith(f"{other}/")}


def test_the_only_remote_is_meant_whatever_it_is_called() -> None:
    assert upstream_of("main", Config({"remote.office.url": "/x"})).remote == "office"


@pytest.mark.parametrize("name", ["-x", "a b", "../up", "x.lock", "né"])
def test_a_strange_name_makes_no_strange_ref(name: str) -> None:
    settings = Config({f"remote.{name}.url": "/x", "branch.main.remote": name})
    try:
        found = upstream_of("main", settings)
    except NoRemoteError:
        assert name == "-x"
    else:
        assert found.memory.removeprefix("refs/nacoord/synced/").split("/")[0].isalnum()
        assert found.tracked is None


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"branch.main.remote": "origin"},
        {"branch.main.remote": "."},
        URL | {"branch.main.remote": "origin", "branch.main.merge": "refs/tags/x"},
        {"remote.origin.url": "--upload-pack=touch x"},
        {"remote.a.url": "/a", "remote.b.url": "/b"},
    ],
    ids=str,
)
def test_what_can_not_be_synced_is_refused_with_a_way_out(settings: dict[str, str]) -> None:
    with pytest.raises(NoRemoteError) as refused:
        upstream_of("main", Config(settings))

    assert refused.value.hint


@pytest.mark.parametrize(
    ("settings", "way_out"),
    [
        ({}, "git remote add origin URL"),
        ({"branch.main.remote": "the office"}, "git remote add 'the office' URL"),
        ({"remote.a b.url": "/a", "remote.c.url": "/c"}, "git config branch.main.remote 'a b'"),
        ({"branch.main.remote": "."}, "git branch --unset-upstream main"),
    ],
    ids=str,
)
def test_the_way_out_can_be_typed(settings: dict[str, str], way_out: str) -> None:
    with pytest.raises(NoRemoteError) as refused:
        upstream_of("main", Config(settings))

    assert way_out in refused.value.hint


def test_what_is_typed_is_one_word_and_holds_no_password() -> None:
    assert typed("https://me:word@host/a b.git") == "'https://host/a b.git'"
    assert typed("/share/ana's.git") == "'/share/ana'\"'\"'s.git'"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("https://me:word@host/x.git", "https://host/x.git"),
        ("https://token@host/x.git", "https://host/x.git"),
        ("fatal: unable to access 'http://a:b@h/': no", "fatal: unable to access 'http://h/': no"),
        ("git@host:x.git", "git@host:x.git"),
        ("https://me:w@rd@host/x.git", "https://host/x.git"),
        ("ssh://git@host/x.git", "ssh://git@host/x.git"),
        ("ssh://git:word@host/x.git", "ssh://git@host/x.git"),
        ("/share/a@b/x.git", "/share/a@b/x.git"),
    ],
)
def test_no_password_is_shown(said: str, shown: str) -> None:
    assert redacted(said) == shown


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("/share/office.git", "office"),
        ("git@host:team/office.git/", "office"),
        ("host:office", "office"),
        ("https://host/office", "office"),
        ("/share/office/.git", "office"),
    ],
)
def test_a_clone_is_called_as_git_calls_it(url: str, folder: str) -> None:
    assert folder_of(url) == folder

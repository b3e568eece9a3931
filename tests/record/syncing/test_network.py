"""What a remote said, in one line that a person can act on."""

from __future__ import annotations

import pytest

from nacoord.record.git import Said
from nacoord.record.syncing.network import RemoteRefusedError
from nacoord.record.syncing.network import UnreachableError
from nacoord.record.syncing.network import failure

AWAY = [
    (
        "Connection timed out during banner exchange\r\nfatal: Could not read from remote "
        "repository.\n\nPlease make sure you have the correct access rights\n",
        "Connection timed out during banner exchange",
    ),
    (
        "ssh: connect to host h port 22: Connection refused\r\nfatal: Could not read from remote "
        "repository.\n",
        "connect to host h port 22: Connection refused",
    ),
    (
        "fatal: unable to access 'https://me:word@h/x.git/': Could not resolve host: h\n",
        "Could not resolve host: h",
    ),
    ("fatal: '/mnt/x.git' does not appear to be a git repository\n", "'/mnt/x.git' does not"),
]
CLOSED = [
    "git@h: Permission denied (publickey).\r\nfatal: Could not read from remote repository.\n",
    "fatal: could not read Username for 'https://h': terminal prompts disabled\n",
    "Host key verification failed.\r\nfatal: Could not read from remote repository.\n",
    "fatal: unable to access 'https://h/': The requested URL returned error: 403\n",
]


@pytest.mark.parametrize(("said", "reason"), AWAY)
def test_who_is_away_is_told_with_why(said: str, reason: str) -> None:
    found = failure(Said(128, b"", said.encode()), "h")

    assert isinstance(found, UnreachableError)
    assert found.message.startswith(f"h can't be reached: {reason}")
    assert "word" not in found.message
    assert found.exit_code == 4


def test_whose_disk_is_full_is_told() -> None:
    full = "fatal: unable to write loose object file: No space left on device\n"
    here = failure(Said(128, b"", full.encode()), "h")
    there = failure(Said(128, b"", f"remote: {full}".encode()), "h")

    assert here.message.startswith("the disk here is full or can't be written: unable to write")
    assert there.message.startswith("h says no: ")
    assert (here.exit_code, there.exit_code) == (4, 4)


@pytest.mark.parametrize("said", CLOSED)
def test_who_lets_us_not_in_is_told_with_how_to_see_what_is_asked(said: str) -> None:
    found = failure(Said(128, b"", said.encode()), "h")

    assert isinstance(found, UnreachableError)
    assert found.message.startswith("h doesn't let us in: ")
    assert "git ls-remote h" in found.hint


def test_anything_else_is_told_in_its_own_words() -> None:
    found = failure(Said(128, b"", b"remote: The office is closed\nfatal: what\n"), "h")

    assert isinstance(found, RemoteRefusedError)
    assert found.message == "h says no: what"
    assert "The office is closed" in found.hint
    assert found.exit_code == 4

"""What git says happened to a record set. One git process an answer; git is never written to."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from datetime import timedelta
from pathlib import Path
from pathlib import PurePosixPath

from nacoord.model.change import Change
from nacoord.model.errors import NacoordError
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.office import FILE

# Far more commits than an office makes in a week; it bounds the walk of a very old record.
_MOST = 2000
_FORMAT = "%x01%H%x02%an%x02%cd%x02%s"
_OPTIONS = ("-c", "core.quotePath=off", "-c", "log.showSignature=false", "--no-optional-locks")
_NO_HISTORY = (
    "not a git repository",
    "does not have any commits yet",
    "must be run in a work tree",
)


class HistoryError(NacoordError):
    """git is missing or says no."""

    exit_code = 4


def recent(root: Path, days: int, until: date | None, time_zone: str) -> list[Change] | None:
    """Return the changes of the last days, newest first; None where there is no history.

    Args:
        root: the folder of the record set.
        days: how many days to look back, the last one included.
        until: the last day; None looks back from the newest change itself, as a record with a
            fixed date needs.
        time_zone: the zone in which a commit's day is told (IANA name).

    Raises:
        HistoryError: when git is missing or refuses.
    """
    arguments = ["log", "--full-history", "--no-merges", "--name-only", "-z", "--relative"]
    arguments += [f"--max-count={_MOST}", "--date=format-local:%Y-%m-%d", f"--format={_FORMAT}"]
    if until is not None:
        arguments.append(f"--since={until - timedelta(days=days)}T00:00:00")
    output = _git(root, [*arguments, "--", "."], time_zone)
    if output is None:
        return None
    changes = [_change(part) for part in output.split("\x01")[1:]]
    changes = [change for change in changes if change.records and (not until or change.on <= until)]
    if not changes:
        return []
    last = until or max(change.on for change in changes)
    return [change for change in changes if change.on > last - timedelta(days=days)]


def _git(root: Path, arguments: list[str], time_zone: str) -> str | None:
    environment = {**os.environ, "TZ": time_zone, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            ["git", *_OPTIONS, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise HistoryError(
            "git is not installed", hint="install git; history comes from it"
        ) from None
    except OSError as error:
        raise HistoryError(f"git can't be run: {error.strerror}") from None
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace")
    said = done.stderr.decode("utf-8", "replace").strip()
    if any(reason in said for reason in _NO_HISTORY):
        return None
    lines = said.splitlines() or [f"it ended with {done.returncode}"]
    hint = "\n".join(line.strip() for line in lines[1:] if line.strip())
    raise HistoryError(f"git can't read the history: {lines[0].removeprefix('fatal: ')}", hint=hint)


def _change(part: str) -> Change:
    header, _, names = part.partition("\0")
    commit, who, on, subject = header.split("\x02", 3)
    ids = {id for name in names.split("\0") if (id := _record_id(name.strip()))}
    return Change(commit, date.fromisoformat(on), who, subject, tuple(sorted(ids)))


def _record_id(name: str) -> str | None:
    path = PurePosixPath(name)
    if name == FILE:
        return FILE
    if len(path.parts) == 2 and path.parts[0] in BY_FOLDER and path.suffix == ".yaml":
        return path.stem
    return None

"""Run nacoord for real, and strike it: strace(1) kills it, or has the system say no, at a system call.

A fault strikes one process of a command: nacoord itself, or the git that it starts for the n-th
time. Which calls a process makes that change anything is counted first, by a run without a fault.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# The system calls by which a process changes a disk, or starts and ends.
CALLS = (
    "write", "pwrite64", "writev", "rename", "renameat", "renameat2", "fsync", "fdatasync",
    "syncfs", "openat", "unlink", "unlinkat", "link", "linkat", "symlink", "mkdir", "rmdir",
    "ftruncate", "chmod", "fchmod", "utimensat", "vfork", "clone", "clone3", "exit_group",
)  # fmt: skip
# Those that change a disk, and can fail for it.
DISK = CALLS[:21]
NACOORD = 0
_GIT = shutil.which("git") or "git"
_NOON = "2021-01-20T12:00:00-05:00"
_WRITES = "O_CREAT|O_TRUNC|O_WRONLY|O_RDWR"
_LINE = re.compile(r"^(\w+)\((.*)$")

# Stands before git on the PATH, and counts. Only the git that nacoord starts comes by here: what git
# starts itself it finds in its own folder.
_SHIM = """\
#!/bin/sh
read -r n < "$FAULT/count"
n=$((n + 1))
echo "$n" > "$FAULT/count"
case "$FAULT_MODE" in
count)
    exec strace -qq -o "$FAULT/trace.$n" -e trace="$FAULT_CALL" "$FAULT_GIT" "$@" ;;
before) case " $* " in *" $FAULT_AT "*) kill -9 $PPID; exit 1 ;; esac ;;
after) case " $* " in *" $FAULT_AT "*) "$FAULT_GIT" "$@"; kill -9 $PPID; exit 1 ;; esac ;;
outlived) if [ "$n" = "$FAULT_AT" ]; then
    : > "$FAULT/busy"; kill -9 $PPID; "$FAULT_GIT" "$@"; rm "$FAULT/busy"; exit 1; fi ;;
git) if [ "$n" = "$FAULT_AT" ]; then
    exec strace -qq -o /dev/null -e trace="$FAULT_CALL" -e inject="$FAULT_INJECT" \
        "$FAULT_GIT" "$@"; fi ;;
all) if [ "$n" = "$FAULT_AT" ]; then
    strace -qq -o /dev/null -e trace="$FAULT_CALL" -e inject="$FAULT_INJECT" "$FAULT_GIT" "$@"
    kill -9 $PPID; exit 1; fi ;;
esac
exec "$FAULT_GIT" "$@"
"""


@dataclass(frozen=True, order=True)
class Fault:
    """What strikes a command.

    Attributes:
        mode: `nacoord` strikes it, `git` a git of it, `all` both at once, and `outlived` kills it
            while that git lives on; `before` and `after` kill it around the git of a given name.
        at: which git, by its number or its name.
        call: at which system call.
        number: the how-many-eth of the process.
        how: what happens then: `signal=KILL`, `error=EIO`, as strace has it.
    """

    mode: str
    at: str = ""
    call: str = ""
    number: int = 0
    how: str = "signal=KILL"

    def __str__(self) -> str:
        return f"{self.mode} {self.at} {self.call}#{self.number} {self.how}"


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


def strike(
    folder: Path,
    words: Sequence[str],
    fault: Fault | None,
    *,
    count: Path | None = None,
    **environment: str,
) -> Ran:
    """Run a command in a folder while a fault strikes it; all that it started has ended afterwards.

    Args:
        count: where to write, process by process, which system calls were made.
    """
    tracer: list[str] = []
    with tempfile.TemporaryDirectory() as own:
        given = _environment(Path(own), fault, count)
        if count:
            tracer = ["strace", "-qq", "-o", f"{own}/trace.0", "-e", f"trace={','.join(CALLS)}"]
        elif fault and fault.mode == "nacoord":
            tracer = ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={fault.call}"]
            tracer += ["-e", f"inject={given['FAULT_INJECT']}"]
        done = subprocess.run(
            [*tracer, sys.executable, "-m", "nacoord", *words],
            cwd=folder,
            env={**given, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        while (Path(own) / "busy").exists():
            time.sleep(0.01)
        if count:
            shutil.copytree(own, count)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def _environment(own: Path, fault: Fault | None, count: Path | None) -> dict[str, str]:
    (own / "count").write_text("0\n")
    shim = own / "git"
    shim.write_text(_SHIM)
    shim.chmod(0o755)
    at = fault or Fault("count" if count else "none")
    return {
        **os.environ,
        "PATH": f"{own}:{os.environ['PATH']}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "NACOORD_TODAY": "2021-01-20",
        # The same change makes the same commit, so that records can be compared by their heads.
        "GIT_AUTHOR_DATE": _NOON,
        "GIT_COMMITTER_DATE": _NOON,
        "FAULT": str(own),
        "FAULT_GIT": _GIT,
        "FAULT_MODE": at.mode,
        "FAULT_AT": at.at,
        "FAULT_CALL": ",".join(CALLS) if count else at.call,
        "FAULT_INJECT": f"{at.call}:{at.how}:when={at.number}",
    }


def calls_made(traces: Path) -> dict[int, list[tuple[str, int]]]:
    """Return, for each process of a counted run, the calls that change something: name, number."""
    found: dict[int, list[tuple[str, int]]] = {}
    for file in sorted(traces.glob("trace.*"), key=lambda each: int(each.suffix[1:])):
        numbers: Counter[str] = Counter()
        made = found.setdefault(int(file.suffix[1:]), [])
        for line in file.read_text("utf-8", "replace").splitlines():
            match = _LINE.match(line)
            if match is None:
                continue
            call, rest = match.groups()
            numbers[call] += 1
            # A file that is only read changes nothing, and git opens /dev/null to write.
            if call != "openat" or (re.search(_WRITES, rest) and '"/dev/null"' not in rest):
                made.append((call, numbers[call]))
    return found

"""The one door to git: fixed arguments, nothing a repository's own configuration could start."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from contextlib import suppress
from datetime import date
from pathlib import Path
from signal import SIGPIPE
from typing import IO
from typing import NamedTuple
from typing import TypedDict
from typing import Unpack

from nacoord.model.errors import NacoordError

# What people set for their own eyes changes what git prints, and has no option to take it back.
_SETTINGS = (
    "core.quotePath=off", "log.showSignature=false", "log.showRoot=true", "log.follow=false",
    "diff.suppressBlankEmpty=false", "diff.orderFile=/dev/null", "diff.relative=false",
    "i18n.logOutputEncoding=UTF-8",
    # A repository can name a program here that each look at the work tree would start; empty is off
    # in every git (`false` was the name of a program before 2.36).
    "core.fsmonitor=",
    # A submodule is nobody's record, and has a configuration of its own; an address can be a
    # command (git-remote-ext(1)).
    "diff.submodule=short", "submodule.recurse=false", "fetch.recurseSubmodules=false",
    "protocol.ext.allow=never",
    # Files of a record can look like git's own folder, with a configuration in it.
    "safe.bareRepository=explicit",
)  # fmt: skip
_OPTIONS = (*(word for each in _SETTINGS for word in ("-c", each)), "--no-optional-locks")
_NO_HISTORY = (
    "not a git repository",
    "does not have any commits yet",
    "must be run in a work tree",
    "ambiguous argument 'HEAD'",
    "bad revision 'HEAD'",
)


class GitError(NacoordError):
    """git is missing or says no."""

    exit_code = 4


@contextmanager
def _starting() -> Iterator[None]:
    """Say it in words where git can't be started."""
    try:
        yield
    except FileNotFoundError:
        raise GitError("git is not installed", hint="install git; history comes from it") from None
    except OSError as error:
        raise GitError(f"git can't be run: {error.strerror}") from None


def _command(arguments: Sequence[str], settings: Sequence[str] = ()) -> list[str]:
    return ["git", *_OPTIONS, *(word for each in settings for word in ("-c", each)), *arguments]


class GitDiedError(GitError):
    """git was killed before it could answer, which says nothing of what it was asked."""


class How(TypedDict, total=False):
    """How a git is run.

    Attributes:
        time_zone: the zone in which git reads and tells local times (IANA name); the machine's
            own when empty, as a commit's author date needs.
        given: what git reads from its standard input.
        settings: configuration for this run, as `core.fsync=all`.
        index: a file to use as the index, instead of the repository's own.
        transports: by which git may reach another repository, as `https:ssh`; none, not even for
            what a partial clone lacks, unless it is said. None leaves it to the user's own
            configuration, for runs whose hooks may do as they like.
        environment: more variables for this run.
    """

    time_zone: str
    given: bytes
    settings: Sequence[str]
    index: Path | None
    transports: str | None
    environment: Mapping[str, str]


def git(root: Path, *arguments: str, **how: Unpack[How]) -> bytes | None:
    """Run git in a folder; return what it printed, or None where there is no history.

    Raises:
        GitError: when git is missing or refuses.
    """
    return answer(asked(root, *arguments, **how))


def git_writes(root: Path, held: int, *arguments: str, **how: Unpack[How]) -> Said:
    """Run a git that changes something and return all it said; it is never killed half-way.

    Its ends are files, not pipes: what a hook leaves running in the background, with git's own
    streams open, is not waited for. An interrupt asks git to end, and it is waited for: killed, it
    would leave its locks.

    Args:
        held: a descriptor that it inherits, by whose lock others know that it lives.

    Raises:
        GitError: when git is missing.
        KeyboardInterrupt: when the person interrupted, once git has ended.
    """
    from fcntl import LOCK_UN
    from fcntl import flock

    with _scratch() as read, _scratch() as told, _scratch() as said:
        read.write(how.get("given", b""))
        read.seek(0)
        with _starting():
            process = subprocess.Popen(
                _command(arguments, how.get("settings", ())),
                cwd=root,
                env=_environment(how),
                stdin=read,
                stdout=told,
                stderr=said,
                pass_fds=(held,),
            )
        interrupt = _ended(process)
        # What a hook leaves running in the background has the lock too, and must not keep it.
        flock(held, LOCK_UN)
        told.seek(0)
        said.seek(0)
        if interrupt:
            raise interrupt
        return Said(process.returncode, told.read(), said.read())


def _ended(process: subprocess.Popen[bytes]) -> KeyboardInterrupt | None:
    """Wait until a git has ended; return the interrupt that came meanwhile."""
    interrupt = None
    while True:
        try:
            process.wait()
        except KeyboardInterrupt as error:
            interrupt = error
            process.terminate()
        else:
            return interrupt


def _scratch() -> IO[bytes]:
    """Return a new file without a name: in memory where the system can (memfd_create(2))."""
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("nacoord", os.MFD_CLOEXEC), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


def answer(done: Said) -> bytes | None:
    """Return what a git printed, or None where there is no history.

    Raises:
        GitError: when it refused or died.
    """
    if done.code == 0:
        return done.out
    words = done.err.decode("utf-8", "replace").strip()
    words = words or done.out.decode("utf-8", "replace").strip()
    if any(reason in words for reason in _NO_HISTORY):
        return None
    raise _error(words, done.code)


def git_told(root: Path, *arguments: str, given: bytes = b"") -> tuple[int, bytes]:
    """Run a git that tells something by how it ends, as merge-file the number of conflicts.

    Returns:
        its exit code, below 128, and what it printed.

    Raises:
        GitError: when git is missing, or refuses.
    """
    done = asked(root, *arguments, given=given)
    if done.code > 127 or done.code < 0:
        raise _error(done.err.decode("utf-8", "replace").strip(), done.code)
    return done.code, done.out


class Said(NamedTuple):
    """How a run of git ended, and what it wrote."""

    code: int
    out: bytes
    err: bytes


def asked(root: Path, *arguments: str, **how: Unpack[How]) -> Said:
    """Run git in a folder and return all it said, willing or not.

    Raises:
        GitError: when git is missing.
    """
    # git ends well where it can't write into a pipe; into a file, it says so.
    with _starting(), _scratch() as told:
        done = subprocess.run(
            _command(arguments, how.get("settings", ())),
            cwd=root,
            env=_environment(how),
            input=how.get("given", b""),
            stdout=told,
            stderr=subprocess.PIPE,
            check=False,
        )
        told.seek(0)
        return Said(done.returncode, told.read(), done.stderr)


def git_into(
    root: Path,
    stream: IO[bytes],
    *arguments: str,
    given: bytes = b"",
    settings: Sequence[str] = (),
) -> None:
    """Run git in a folder and let it write what it prints into an open file, however much it is.

    Raises:
        GitError: when git is missing or refuses.
    """
    with _starting():
        done = subprocess.run(
            _command(arguments, settings),
            cwd=root,
            env=_environment({}),
            input=given,
            stdout=stream,
            stderr=subprocess.PIPE,
            check=False,
        )
    if done.returncode:
        raise _error(done.stderr.decode("utf-8", "replace").strip(), done.returncode)


def day_told(said: str) -> date:
    """Return the day of a commit as git tells it in `--date=format-local:%Y-%m-%d`.

    A commit made by a broken tool can have no time, or one in a year that has no four digits. The
    first day of 1970 stands for it, as git has it for a time that it can't hold.
    """
    try:
        return date.fromisoformat(said)
    except ValueError:
        return date(1970, 1, 1)


def _environment(how: How) -> dict[str, str]:
    # How much is shown around a change is ours to say; this has the last word over -U.
    given = {name: value for name, value in os.environ.items() if name != "GIT_DIFF_OPTS"}
    transports = how.get("transports", "none")
    if transports is not None:
        # To fetch what is missing, git starts programs that a repository names. Only a newer git
        # (2.45) can be told not to; any git allows no protocol but those that are named.
        given |= {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": transports}
    given |= {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        # A path is a path, whatever characters it has.
        "GIT_LITERAL_PATHSPECS": "1",
    }
    if zone := how.get("time_zone"):
        given["TZ"] = zone
    if index := how.get("index"):
        given["GIT_INDEX_FILE"] = str(index.absolute())
    return given | {**how.get("environment", {})}


def _error(said: str, code: int) -> GitError:
    if code == -SIGPIPE and not said:
        # git dies of what it writes to ssh-keygen, which doesn't read on where a signature is nonsense.
        return GitDiedError(
            "a program that git runs here would not listen to it",
            hint="with signatures it happens where one is damaged: try again, or without --signed",
        )
    if code < 0:
        # A signal is a negative number (subprocess).
        return GitDiedError(
            f"git was killed by signal {-code}",
            hint="the machine may be out of memory; try again",
        )
    lines = said.splitlines() or [f"it ended with {code}"]
    hint = "\n".join(line.strip() for line in lines[1:] if line.strip())
    if "safe.bareRepository" in lines[0]:
        hint = "a folder of the record has files named as git's own are: HEAD, objects, refs; remove them"
    return GitError(f"git says no: {lines[0].removeprefix('fatal: ')}", hint=hint)


@contextmanager
def stream(
    root: Path, *arguments: str, time_zone: str = "", settings: Sequence[str] = ()
) -> Iterator[Iterator[bytes]]:
    """Run git in a folder and give its output line by line; nothing where there is no history.

    What is not read to its end is stopped.

    Raises:
        GitError: when git is missing or refuses.
    """
    with _starting():
        process = subprocess.Popen(
            _command(arguments, settings),
            cwd=root,
            env=_environment({"time_zone": time_zone}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        try:
            yield iter(process.stdout)
        except GeneratorExit:
            process.kill()
            return
        if process.poll() is None and process.stdout.read(1):
            process.kill()
            return
        said = process.stderr.read().decode("utf-8", "replace").strip()
        code = process.wait()
    if code and not any(reason in said for reason in _NO_HISTORY):
        raise _error(said, code)


@contextmanager
def conversation(root: Path, *arguments: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Run git in a folder and talk with it: give what it reads, and what it answers.

    It is ended when the block is left. What it says on its way out is lost: who hears nothing
    more from it asks again in another way.

    Raises:
        GitError: when git is missing.
    """
    with _starting():
        process = subprocess.Popen(
            _command(arguments),
            cwd=root,
            env=_environment({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process.stdin, process.stdout
    finally:
        process.kill()
        with suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        process.wait()

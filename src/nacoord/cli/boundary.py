"""The one place where exceptions become words and exit codes."""

from __future__ import annotations

import atexit
import os
import sys

from nacoord.model.errors import NacoordError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

INTERRUPTED = 130
BUG = 70


class InterruptedByPersonError(Exception):
    """A person interrupted a command; typer would end it before what it notes is told."""


def guarded(run: Callable[[], int]) -> int:
    """Run a command line; return its exit code, whatever happens, and print no traceback.

    0 fine, 1 found something or refused, 2 usage, 3 part of the record could not be read,
    4 git or disk failed, 130 interrupted; 70 (EX_SOFTWARE, sysexits.h) is a bug in nacoord.
    """
    _steady_streams()
    try:
        return run()
    except NacoordError as error:
        _print_faults(error)
        say(f"nacoord: {error.message}")
        for line in error.hint.splitlines():
            say(f"  {line}")
        _print_notes(error)
        return error.exit_code
    except (KeyboardInterrupt, InterruptedByPersonError) as error:
        say("nacoord: interrupted")
        _print_notes(error)
        return INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return 0
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        say(f"nacoord: the system said no:{where} {error.strerror or error}")
        _print_notes(error)
        return 4
    except Exception as error:
        return _usage(error) if hasattr(error, "format_message") else _bug(error)


def say(line: str) -> None:
    """Print a message to stderr, control characters made visible."""
    from nacoord.present.plain import clean

    try:
        print(clean(line), file=sys.stderr)
    except OSError:
        # Nobody reads stderr any more; the exit code still tells.
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115


def silence_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush can't fail on a closed pipe."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115


def end_process(code: int) -> NoReturn:
    """End the process with an exit code, once everything that was printed is out.

    It ends at once: to take every module apart first, as Python does, takes longer than to answer a
    short question. What was registered for the end still runs (atexit); there are no threads to wait
    for, and whoever opens a file or starts a program closes it or waits for it.
    """
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads it any more, which is no error.
        pass
    except OSError as error:
        if not code:
            say(f"nacoord: the system said no: {error.strerror or error}")
            code = 4
    try:  # noqa: SIM105 - contextlib is not loaded yet
        sys.stderr.flush()
    except OSError:
        # The exit code still tells.
        pass
    os._exit(code)


def _steady_streams() -> None:
    # A stream that the caller closed is None; what would be written there goes nowhere.
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: SIM115
    # A terminal that can't show an accent shows a question mark, never a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _print_faults(error: NacoordError) -> None:
    from nacoord.present.terminal.faults import fault_lines

    for fault in getattr(error, "faults", ()):
        for line in fault_lines(fault):
            say(line)


def _print_notes(error: BaseException) -> None:
    """Print how far a command got that was ended from outside."""
    for note in getattr(error, "__notes__", ()):
        say(f"  {note}")


def _usage(error: Exception) -> int:
    """Print what typer says of a command line it can't read."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message())  # type: ignore[attr-defined]
        return 2
    say(f"nacoord: {error.format_message()}")  # type: ignore[attr-defined]
    if context is not None:
        say(f"  see: {context.command_path} --help")
    return 2


def _bug(error: Exception) -> int:
    """Say that nacoord failed, and keep what a developer needs in a file."""
    import platform
    import tempfile
    import traceback

    from nacoord import __version__

    report = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix="nacoord-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"nacoord {__version__}, Python {platform.python_version()}\n\n{report}")
    say(f"nacoord: this is a bug in nacoord: {type(error).__name__}")
    say(f"  the record is as it was; report what {log.name} says")
    return BUG

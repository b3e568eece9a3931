"""Where answers go: stdout, coloured or plain, through a pager when it is long."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from nacoord.cli.boundary import silence_stdout
from nacoord.present.terminal.console import Style


def style(color: str | None) -> Style:
    """Return how wide and how colourful to write.

    Colour: `--color`, else NO_COLOR (no-color.org), FORCE_COLOR, TERM=dumb, else a terminal.
    Width: COLUMNS, else the terminal's, else 100 in a pipe.
    """
    terminal = sys.stdout.isatty()
    if color in ("always", "never"):
        wanted = color == "always"
    elif os.environ.get("NO_COLOR"):
        wanted = False
    elif os.environ.get("FORCE_COLOR"):
        wanted = True
    else:
        wanted = terminal and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower()
    return Style(
        width=max(20, width), color=wanted, unicode=encoding.startswith("utf"), terminal=terminal
    )


def write(text: str, *, page: bool) -> None:
    """Write an answer to stdout; a reader that goes away (`| head`) is no error."""
    if page and _is_long(text):
        _page(text)
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()


def _is_long(text: str) -> bool:
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        return False
    return text.count("\n") >= shutil.get_terminal_size((100, 24)).lines


def _page(text: str) -> None:
    import shlex

    command = os.environ.get("NACOORD_PAGER") or os.environ.get("PAGER") or "less"
    words = shlex.split(command)
    if not words or words == ["cat"] or shutil.which(words[0]) is None:
        write(text, page=False)
        return
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=environment)
    assert pager.stdin is not None
    try:
        pager.stdin.write(text.encode("utf-8", "replace"))
        pager.stdin.close()
    except BrokenPipeError:
        pass
    while True:
        try:
            pager.wait()
            return
        except KeyboardInterrupt:
            # The pager handles Ctrl-C itself.
            continue

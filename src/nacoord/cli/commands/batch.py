"""`nacoord batch`: many changes as one commit."""

from __future__ import annotations

from typing import Annotated

import typer


def batch(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="One command a line; - reads standard input.")
    ],
) -> int:
    """Make many changes as one: all of them in one commit, or none.

    Each line is a command that changes the record, as it would be typed after nacoord. Empty lines
    and what follows a # are left out. A line may use what an earlier one made.

    Example: nacoord batch changes.txt -m "Result of the deputies' meeting"
    """
    import sys

    from nacoord.cli.batching import lines_of
    from nacoord.cli.batching import run_lines
    from nacoord.cli.filing import read_file
    from nacoord.cli.session import Session
    from nacoord.model.errors import UsageError

    try:
        text = sys.stdin.read() if file == "-" else read_file(file).decode()
    except (FileNotFoundError, IsADirectoryError):
        raise UsageError(f"there is no file {file}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8 text") from None
    return run_lines(Session(ctx), file, lines_of(file, text))

"""Where a run of nacoord begins and ends."""

from __future__ import annotations

import sys
from typing import Any


def main() -> None:
    """Run the command line and exit with its code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # The commonest probe, answered before anything is imported.
        from nacoord import __version__

        print(f"nacoord {__version__}")
        return
    from nacoord.cli.boundary import guarded

    sys.exit(guarded(lambda: run_arguments(arguments)))


def run_arguments(arguments: list[str]) -> int:
    """Run a command line; return its exit code, or raise what the boundary turns into one."""
    from nacoord.cli.root import command_tree

    result: Any = command_tree().main(args=arguments, prog_name="nacoord", standalone_mode=False)
    return result if isinstance(result, int) else 0

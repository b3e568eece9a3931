"""Where a run of nacoord begins and ends."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    # typing itself is not imported: the commonest probe, --version, needs none of it.
    from typing import NoReturn

# So many more objects than were let go make Python look for cycles among them. Its own 700 has it look
# hundreds of times in a run that lives for a tenth of a second and makes few cycles, each time at all
# that a large record brings; a command that makes more than this many is long enough to look.
_YOUNG = 2_000_000


def main() -> NoReturn:
    """Run the command line and end the process with its code."""
    gc.set_threshold(_YOUNG, 20, 20)
    from nacoord.cli.boundary import end_process
    from nacoord.cli.boundary import guarded

    arguments = sys.argv[1:]
    try:
        code = guarded(lambda: run_arguments(arguments))
    except SystemExit as ended:
        # typer ends a completion by itself.
        if not isinstance(ended.code, int):
            raise
        code = ended.code
    end_process(code)


def run_arguments(arguments: list[str]) -> int:
    """Run a command line; return its exit code, or raise what the boundary turns into one."""
    if arguments == ["--version"]:
        # The commonest probe, answered before anything is imported.
        from nacoord import __version__

        print(f"nacoord {__version__}")
        return 0
    from nacoord.cli.root import command_tree

    result = command_tree().main(args=arguments, prog_name="nacoord", standalone_mode=False)
    return result if isinstance(result, int) else 0

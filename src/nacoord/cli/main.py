"""Where a run of nacoord begins and ends."""

from __future__ import annotations

import gc
import sys

# The module behind signal(3), which would make an enum of every number.
from _signal import SIG_DFL  # type: ignore[import-not-found]
from _signal import SIGINT
from _signal import default_int_handler
from _signal import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    # typing itself is not imported: the commonest probe, --version, needs none of it.
    from typing import Any
    from typing import NoReturn

# So many more objects than were let go make Python look for cycles among them. Its own 700 has it look
# hundreds of times in a run that lives for a tenth of a second and makes few cycles, each time at all
# that a large record brings; a command that makes more than this many is long enough to look.
_YOUNG = 2_000_000


def main() -> NoReturn:
    """Run the command line and end the process with its code."""
    handler = signal(SIGINT, SIG_DFL)
    if handler is not default_int_handler:
        # Ignored by whoever started us, as nohup does.
        signal(SIGINT, handler)
    gc.set_threshold(_YOUNG, 20, 20)
    from nacoord.cli.boundary import end_process
    from nacoord.cli.boundary import guarded

    arguments = sys.argv[1:]
    try:
        code = guarded(lambda: _interruptible(arguments, handler))
    except SystemExit as ended:
        # typer ends a completion by itself.
        if not isinstance(ended.code, int):
            raise
        code = ended.code
    end_process(code)


def _interruptible(arguments: list[str], handler: Any) -> int:
    """Run a command line that can be interrupted; before and after it, to be interrupted is to end.

    As a KeyboardInterrupt it would come where nobody catches it, and be told as a traceback.
    """
    signal(SIGINT, handler)
    try:
        return run_arguments(arguments)
    finally:
        signal(SIGINT, SIG_DFL if handler is default_int_handler else handler)


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

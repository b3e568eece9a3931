"""What a command needs last, read in while it waits for git."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from importlib import import_module
from threading import Thread


@contextmanager
def reading_ahead(module: str) -> Iterator[None]:
    """Import a module beside what is done inside; who imports it then finds it there.

    What goes wrong with it is left to that import.
    """
    thread = Thread(target=_read, args=(module,))
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _read(module: str) -> None:
    with suppress(Exception):
        import_module(module)

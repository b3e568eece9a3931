"""What a command needs last, read in while it waits for git."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from importlib import import_module
from threading import Thread


@contextmanager
def reading_ahead(*modules: str) -> Iterator[None]:
    """Import modules beside what is done inside; who imports them then finds them there.

    What goes wrong with one is left to that import.
    """
    thread = Thread(target=_read, args=(modules,))
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _read(modules: tuple[str, ...]) -> None:
    for module in modules:
        with suppress(Exception):
            import_module(module)

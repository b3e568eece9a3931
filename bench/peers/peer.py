"""What a peer is: how it is installed, how it keeps items, what its user does with them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from peers.items import Item

# In an argument, stands for the folder with the peer's items.
FOLDER = "FOLDER"
# What every tool is asked to look for.
WORD = "harbor"


@dataclass(frozen=True)
class Deed:
    """Something its user does, beside the command of nacoord's that answers the same.

    Attributes:
        name: what it is: list, check or search.
        words: the peer's command line, without the program.
        fine: the exit codes of a run that went well.
    """

    name: str
    words: tuple[str, ...]
    fine: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Peer:
    """A tool that a user would pick instead.

    Attributes:
        name: what it is called.
        origin: where it installs from.
        install: returns its program, in a folder for such things.
        write: puts items in a folder in its own format, with its program.
        deeds: what is timed.
        version: the words that make it tell its version.
        more: environment variables that it needs.
    """

    name: str
    origin: str
    install: Callable[[Path], Path]
    write: Callable[[Sequence[Item], Path, Path], None]
    deeds: tuple[Deed, ...]
    version: tuple[str, ...] = ("--version",)
    more: Mapping[str, str] = field(default_factory=dict)

"""What git is configured to do, read once (git-config(1))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nacoord.record.git import git

_TRUE = frozenset({"true", "yes", "on", "1", ""})


@dataclass(frozen=True, slots=True)
class Config:
    """git's settings: the last value of each, by its full name, sections in small letters."""

    values: Mapping[str, str]

    def get(self, name: str) -> str | None:
        """Return a setting; None when it is not there."""
        return self.values.get(name)

    def is_on(self, name: str) -> bool:
        """Tell whether a setting is true; one that is not there is not."""
        value = self.values.get(name)
        return value is not None and value.lower() in _TRUE

    def remotes(self) -> list[str]:
        """Return the names of the remotes that have an address."""
        names = [key for key in self.values if key.startswith("remote.") and key.endswith(".url")]
        return [name.removeprefix("remote.").removesuffix(".url") for name in names]


def config(root: Path) -> Config:
    """Read git's settings for a folder."""
    values = {}
    for entry in (git(root, "config", "--list", "-z") or b"").split(b"\0"):
        name, line_end, value = entry.decode("utf-8", "surrogateescape").partition("\n")
        if name:
            # A name without a value means yes.
            values[name] = value if line_end else "true"
    return Config(values)

"""The table of keys as textual binds them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.binding import BindingType

from nacoord.present.tui.keys import Key


def bindings(keys: Sequence[Key]) -> list[BindingType]:
    """Return keys as textual binds them."""
    return [
        Binding(each.keys, each.action, each.label, key_display=each.shown, show=False)
        for each in keys
    ]

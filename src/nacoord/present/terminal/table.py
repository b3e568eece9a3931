"""The table of terminal screens: a new answer is one file beside this one and one row here."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from nacoord.model.snapshot import Snapshot
from nacoord.present.terminal.console import Style

SCREENS = {
    "status": "nacoord.present.terminal.status",
    "radar": "nacoord.present.terminal.radar",
    "backtest": "nacoord.present.terminal.backtest",
    "list": "nacoord.present.terminal.listing",
    "show": "nacoord.present.terminal.view",
    "search": "nacoord.present.terminal.search",
    "agenda": "nacoord.present.terminal.agenda",
    "readahead": "nacoord.present.terminal.readahead",
    "untold": "nacoord.present.terminal.untold",
    "matrix": "nacoord.present.terminal.matrix",
    "impact": "nacoord.present.terminal.impact",
    "path": "nacoord.present.terminal.path",
    "clocks": "nacoord.present.terminal.clocks",
    "log": "nacoord.present.terminal.history:log",
    "history": "nacoord.present.terminal.history:history",
    "blame": "nacoord.present.terminal.history:blame",
    "diff": "nacoord.present.terminal.history:diff",
    "kept": "nacoord.present.terminal.kept",
    "handover": "nacoord.present.handover.book:screen",
    "brief": "nacoord.present.brief.page:screen",
    "sync": "nacoord.present.terminal.sync",
    "audit": "nacoord.present.terminal.audit",
}


def render(kind: str, answer: Any, snapshot: Snapshot, style: Style, **wanted: Any) -> str:
    """Return an answer as terminal text; only its own screen is imported."""
    module, _, name = SCREENS[kind].partition(":")
    screen = getattr(import_module(module), name or "render")
    text: str = screen(answer, snapshot, style, **wanted)
    return text

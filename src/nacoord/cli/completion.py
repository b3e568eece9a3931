"""What a TAB offers: ids from the names of files, words from nacoord.yaml. Loads no model."""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

import typer

# The folders of the kinds, named here so that a TAB loads no model; a test holds them to KINDS.
FOLDERS = {
    "issue": "issues",
    "agency": "agencies",
    "person": "people",
    "commitment": "commitments",
    "engagement": "engagements",
    "action": "actions",
    "clock": "clocks",
}

# The rules of the radar, named here for the same reason.
RULES = (
    "collision",
    "conflicting-sources",
    "held-signal",
    "nearly-due",
    "no-next-step",
    "orphan",
    "overdue",
    "position-changed",
    "running-clock",
    "silence",
    "slipping",
    "stale",
    "stovepipe",
    "suspect-clearance",
    "unadopted-edit",
    "uncleared",
    "undefined-success",
    "undermining",
    "unproven-close",
    "unrecorded",
    "untold",
)

# The formats of an export, likewise.
EXPORTS = ("json", "csv", "xlsx", "ics", "sqlite", "graph")


def complete_id(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the id of every record."""
    return _starting(incomplete, _ids(_root(ctx), FOLDERS))


def complete_scope(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer relationships, themes, and the ids of issues, agencies and persons."""
    root = _root(ctx)
    return _starting(incomplete, [*_words(root), *_ids(root, ("issue", "agency", "person"))])


def complete_clocks(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer what a scope can be, and the ids of clocks."""
    return [*complete_scope(ctx, incomplete), *_starting(incomplete, _ids(_root(ctx), ("clock",)))]


def complete_holder(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of persons and agencies."""
    return _starting(incomplete, _ids(_root(ctx), ("person", "agency")))


def complete_action_or_scope(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer what complete_scope does, and the ids of actions."""
    actions = _starting(incomplete, _ids(_root(ctx), ("action",)))
    return [*complete_scope(ctx, incomplete), *actions]


def complete_meeting(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of engagements and agencies."""
    return _starting(incomplete, _ids(_root(ctx), ("engagement", "agency")))


def complete_kind(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the kinds."""
    return _starting(incomplete, FOLDERS)


def complete_schema(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the kinds and office."""
    return _starting(incomplete, [*FOLDERS, "office"])


def complete_export(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the formats of an export."""
    return _starting(incomplete, EXPORTS)


def complete_code(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the fault codes and the rules of the radar."""
    from nacoord.model.faultcodes import FAULT_CODES

    return _starting(incomplete, sorted((*FAULT_CODES, *RULES)))


def complete_rule(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the rules of the radar."""
    return _starting(incomplete, RULES)


def _starting(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete.lower())]


def _root(ctx: typer.Context) -> Path | None:
    """Find the record as `nacoord.record.files.find` does, without its messages."""
    explicit = ctx.meta.get("nacoord.data") or os.environ.get("NACOORD_DATA")
    here = Path.cwd()
    if explicit:
        return here / explicit
    for folder in (here, *here.parents):
        for place in (folder, folder / "data"):
            if (place / "nacoord.yaml").is_file():
                return place
    return None


def _ids(root: Path | None, kinds: Iterable[str]) -> Iterator[str]:
    for kind in kinds if root else ():
        assert root is not None
        try:
            names = sorted(os.listdir(root / FOLDERS[kind]))
        except OSError:
            continue
        yield from (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def _words(root: Path | None) -> list[str]:
    """Return the relationships and themes of nacoord.yaml; none when it can't be read."""
    from nacoord.record.officewords import office_words

    return office_words(root) if root else []

"""Who set the values that people disagree about, from the commits of each side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nacoord.model.difference import difference
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.disagreement import Disagreement
from nacoord.model.merging.disagreement import Dispute
from nacoord.model.merging.disagreement import Setter
from nacoord.record.merging.commits import Merged
from nacoord.record.repository import Repository
from nacoord.record.versions import Revision
from nacoord.record.versions import Version
from nacoord.record.versions import revisions
from nacoord.record.yamltext import value_of


def disputes(repository: Repository, merged: Merged, zone: str) -> tuple[Dispute, ...]:
    """Return the disagreements of a merge with who set each value, and the title of its record.

    Args:
        zone: the zone in which days are told (IANA name).
    """
    known: dict[tuple[str, str], list[Revision]] = {}

    def setter(each: Disagreement, side: str) -> Setter | None:
        path = each.path
        if not path.startswith(repository.prefix):
            return None
        if (path, side) not in known:
            found = revisions(
                repository.root,
                [path.removeprefix(repository.prefix)],
                zone=zone,
                commits=f"{merged.base}..{side}",
            )
            known[path, side] = list(found)
        return _setter(known[path, side], each.clash)

    return tuple(
        Dispute(
            number,
            each,
            _title(each, [*known.get((each.path, merged.ours), ())]),
            ours,
            theirs,
        )
        for number, each in enumerate(merged.disagreements, 1)
        for ours, theirs in [(setter(each, merged.ours), setter(each, merged.theirs))]
    )


def _setter(revisions: Sequence[Revision], clash: Clash) -> Setter | None:
    """Return the last of some commits, newest first, that changed what a clash is about."""
    for revision in revisions:
        if any(_touches(version, clash) for version in revision.versions):
            return Setter(revision.who, revision.on, revision.subject, revision.commit)
    return None


def _touches(version: Version, clash: Clash) -> bool:
    if not clash.field:
        return True
    new = value_of(version.new)
    return all(
        any(
            (
                change.entry == clash.entry
                and (change.field == clash.field or change.field.startswith(f"{clash.field}."))
            )
            or change.field == ""
            or _encloses(change.field, change.entry, clash)
            for change in difference(value_of(old), new)
        )
        for old in version.old or (None,)
    )


def _encloses(field: str, entry: str, clash: Clash) -> bool:
    """Tell whether a change came with all of what a clash is a part of, as a new entry of a list."""
    is_around = clash.field.startswith(f"{field}.") or field == clash.field
    return is_around and (
        not entry or clash.entry == entry or clash.entry.startswith(f"{entry} / ")
    )


def _title(disagreement: Disagreement, revisions: Sequence[Revision]) -> str:
    """Return the title of a disagreement's record, as its last version here has it."""
    texts: list[Any] = [version.new for each in revisions for version in each.versions]
    whole = disagreement.clash.ours if not disagreement.clash.field else ABSENT
    texts += [whole.encode()] if isinstance(whole, str) and disagreement.record else []
    for text in texts:
        value = value_of(text)
        if isinstance(value, dict) and isinstance(value.get("title"), str):
            return str(value["title"])
    return ""

"""What one commit did to the record's files."""

from __future__ import annotations

from dataclasses import dataclass

from nacoord.model.errors import NacoordError
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.office import FILE
from nacoord.model.office import FORMAT
from nacoord.model.past import KeptPast
from nacoord.model.past import Past
from nacoord.record.commits import named
from nacoord.record.files import is_brief
from nacoord.record.git import git
from nacoord.record.journal import on_disk
from nacoord.record.migrations.upgrade import upgraded_text
from nacoord.record.older import format_said
from nacoord.record.repository import Repository
from nacoord.record.yamltext import value_of


class NotUndoableError(NacoordError):
    """A commit that can't be taken back as one change."""


@dataclass(frozen=True, slots=True)
class FoundPast:
    """A commit, and what it did to each record and each saved brief."""

    commit: str
    subject: str
    records: tuple[Past, ...]
    kept: tuple[KeptPast, ...] = ()


def past_of(repository: Repository, name: str) -> FoundPast:
    """Return what a commit did.

    Raises:
        NoSuchMomentError: when no commit has the name.
        NotUndoableError: when it is a merge, or did nothing to the record.
    """
    commit = named(repository.root, name, "UTC").id
    shown = git(repository.root, "show", "-s", "--format=%P%n%s", commit, "--") or b""
    parents, _, subject = shown.decode("utf-8", "replace").rstrip("\n").partition("\n")
    if " " in parents:
        raise NotUndoableError(
            f"{commit[:10]} is a merge, not one change",
            hint="undo the changes it brought, one by one",
        )
    formats = [_format_at(repository, each) for each in (parents, commit) if each]
    if len(set(formats)) > 1:
        raise NotUndoableError(
            f"{commit[:10]} brought the record to another format, which is not taken back",
            hint=f"the record as it was before: nacoord status --as-of {commit[:10]}~1",
        )
    listed = git(
        repository.root, "diff-tree", "--root", "-r", "-z", "--no-renames", "--name-only",
        "--no-commit-id", "--relative", commit,
    )  # fmt: skip
    paths = [
        path for path in (listed or b"").decode("utf-8", "surrogateescape").split("\0") if path
    ]
    found, kept = [], []
    for path in paths:
        folder, _, file = path.partition("/")
        if not is_brief(path) and (folder not in BY_FOLDER or not file.endswith(".yaml")):
            continue
        old = repository.committed(path, parents) if parents else None
        new = repository.committed(path, commit)
        if is_brief(path):
            kept.append(KeptPast(path, old, new, on_disk(repository.root / path)))
            continue
        if formats[0] < FORMAT:
            old, new = (data and upgraded_text(path, data, formats[0]) for data in (old, new))
        id = file.removesuffix(".yaml")
        found.append(Past(id, BY_FOLDER[folder].name, old, new, value_of(old), value_of(new)))
    if not (found or kept):
        raise NotUndoableError(f"{commit[:10]} changed no record", hint="see: nacoord log")
    return FoundPast(commit, subject, tuple(found), tuple(kept))


def _format_at(repository: Repository, commit: str) -> int:
    """Return the format that the record was in at a commit; today's before there was one."""
    data = repository.committed(FILE, commit)
    return FORMAT if data is None else format_said(value_of(data))

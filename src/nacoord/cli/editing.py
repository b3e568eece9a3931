"""A record in the user's editor: opened again with what is wrong until it is right or given up."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nacoord.cli.boundary import say
from nacoord.cli.session import Session
from nacoord.cli.writing import RefusedError
from nacoord.cli.writing import make_change
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.kinds.table import Kind
    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change

_MARK = "#! "


class EditorError(NacoordError):
    """The editor can't be run, or ended badly."""


class ChangedMeanwhileError(NacoordError):
    """Somebody changed the record while it was open in the editor."""


def edit_record(ctx: typer.Context, word: str) -> int:
    """Open a record in the editor until what is saved can be committed; return the exit code."""
    from nacoord.desk.lookup import UnreadableError
    from nacoord.desk.lookup import find_record
    from nacoord.model.kinds.table import KINDS
    from nacoord.model.kinds.table import kind_of
    from nacoord.model.office import FORMAT
    from nacoord.model.proposal import Proposal
    from nacoord.model.proposal import Rewrite
    from nacoord.record.older import OlderFormatError

    session = Session(ctx)
    if session.snapshot.format < FORMAT:
        # Before anybody writes what can't be kept.
        raise OlderFormatError(session.snapshot.format)
    try:
        record = find_record(session.snapshot, word)
        id, kind = record.id, kind_of(record)
    except UnreadableError:
        id = word.strip().lower()
        kind = KINDS[session.snapshot.broken[id]]
    file = session.root / kind.folder / f"{id}.yaml"
    before = file.read_bytes()

    def attempt(text: bytes) -> int:
        def propose(change: Change, today: date) -> Proposal:
            if file.read_bytes() != before:
                raise ChangedMeanwhileError(
                    f"{id} was changed while you had it open", hint=f"see: nacoord history {id}"
                )
            return Proposal("edit", (Rewrite(id, kind.name, text),))

        return make_change(ctx, propose)

    return _until_right(id, before, attempt)


def write_new(ctx: typer.Context, kind: Kind, id: str | None) -> int:
    """Open a commented template in the editor, and add the record that is saved."""
    from nacoord.desk.edits.records import new
    from nacoord.desk.edits.template import template
    from nacoord.record.yamltext import read

    if not os.isatty(0) and not _editor_is_set():
        raise UsageError(
            f"say what the new {kind.name} holds",
            hint=f'nacoord new {kind.name} title="..." or --file',
        )
    start = template(kind).encode()

    def attempt(text: bytes) -> int:
        document = read(text)
        if document.problems:
            first = document.problems[0]
            raise RefusedTextError(f"line {first.place.line}: {first.message}", hint=first.hint)
        if not isinstance(document.value, dict):
            raise RefusedTextError("there are no fields in it")
        fields = {key: value for key, value in document.value.items() if value is not None}

        def propose(change: Change, today: date) -> Proposal:
            return new(change.after, kind, id, [], fields, today)

        return make_change(ctx, propose)

    return _until_right(id or f"new-{kind.name}", start, attempt)


def edit_words(name: str, start: str) -> str:
    """Return a few words as the user leaves them in the editor.

    Raises:
        UsageError: when there is neither an editor nor a terminal for one.
        EditorError: when it can't be run, or ended badly.
    """
    if not (os.isatty(0) or _editor_is_set()):
        raise UsageError(
            "there is no terminal to edit in", hint="name an editor: export EDITOR=nano"
        )
    folder = Path(tempfile.mkdtemp(prefix="nacoord-"))
    file = folder / name
    head = "Write it in your own words; blank lines part paragraphs. Empty, it gives up."
    file.write_text(f"{_MARK}{head}\n{start}\n", encoding="utf-8")
    _open(file)
    words = _without_marks(_saved(file)).decode("utf-8", "replace")
    shutil.rmtree(folder, ignore_errors=True)
    return words


class RefusedTextError(NacoordError):
    """What was saved in the editor can't be read."""


def _until_right(name: str, start: bytes, attempt: Callable[[bytes], int]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="nacoord-"))
    file = folder / f"{name}.yaml"
    file.write_bytes(start)
    shown = start
    while True:
        _open(file)
        saved = _saved(file)
        text = _without_marks(saved)
        if saved == shown:
            if shown == start:
                raise NacoordError("nothing was changed: the file was saved as it was")
            raise NacoordError("nothing was changed", hint=f"what you wrote is in {file}")
        try:
            code = attempt(text)
        except (RefusedError, RefusedTextError, UsageError) as error:
            shown = _marks(error) + text
            file.write_bytes(shown)
            if not os.isatty(0) and not _editor_is_set():
                raise
            continue
        except NacoordError as error:
            error.hint = f"{error.hint}\nwhat you wrote is in {file}".strip()
            raise
        # Editors leave their own files beside it.
        shutil.rmtree(folder, ignore_errors=True)
        return code


def _saved(file: Path) -> bytes:
    """Return what the editor left."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise EditorError("nothing was changed: the editor left no file") from None


def _marks(error: NacoordError) -> bytes:
    lines = []
    for fault in getattr(error, "faults", ()):
        place = f"line {fault.origin.line}: " if fault.origin.line else ""
        lines.append(f"{place}{fault.message}" + (f" ({fault.hint})" if fault.hint else ""))
    lines = lines or [f"{error.message} ({error.hint})" if error.hint else error.message]
    head = [
        "Not saved yet: mend this, or save it unchanged to give up. These lines go by themselves."
    ]
    return "".join(f"{_MARK}{' '.join(line.split())}\n" for line in [*head, *lines]).encode()


def _without_marks(data: bytes) -> bytes:
    return b"".join(
        line for line in data.splitlines(keepends=True) if not line.startswith(_MARK.encode())
    )


def _editor_is_set() -> bool:
    return bool(os.environ.get("VISUAL") or os.environ.get("EDITOR"))


def _open(file: Path) -> None:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(command), str(file)], check=False)
    except OSError as error:
        raise EditorError(
            f"the editor can't be run: {command}: {error.strerror}",
            hint="name one with: export EDITOR=nano",
        ) from None
    if done.returncode:
        say(f"nacoord: the editor ended with {done.returncode}")
        raise EditorError("nothing was changed", hint=f"what you wrote is in {file}")

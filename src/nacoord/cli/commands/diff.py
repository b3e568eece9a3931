"""`nacoord diff`: what differs between two moments, in words by record."""

from __future__ import annotations

from typing import Annotated

import typer


def diff(
    ctx: typer.Context,
    start: Annotated[
        str | None,
        typer.Argument(metavar="FROM", help="A day or a commit; the last commit by default."),
    ] = None,
    end: Annotated[
        str | None, typer.Argument(metavar="TO", help="A day or a commit; now by default.")
    ] = None,
) -> int:
    """Tell what differs between two moments, in words by record.

    Without a moment, what has been edited by hand since the last commit.

    Example: nacoord diff HEAD~1

    Example: nacoord diff HEAD~1 HEAD --json
    """
    from nacoord.cli.chronicles import value
    from nacoord.cli.session import Session
    from nacoord.desk.edits.outcome import record_changes
    from nacoord.model.errors import UsageError
    from nacoord.record.files import Refused
    from nacoord.record.migrations.upgrade import upgraded_but_name
    from nacoord.record.officefile import format_of

    session = Session(ctx)
    if session.option("as_of"):
        raise UsageError("diff takes its moments as FROM and TO", hint="leave out --as-of")
    before = session.store_at(start or "HEAD")
    after = session.store_at(end) if end else session.store_at(None)
    sides = []
    for store in (before, after):
        found = {entry.path: store.read(entry.path) for entry in store.entries() if entry.id}
        found["nacoord.yaml"] = store.read("nacoord.yaml")
        sides.append({path: data for path, data in found.items() if not isinstance(data, Refused)})
    old, new = sides
    formats = [format_of(store, session.shown) for store in (before, after)]
    pairs = {
        path: tuple(
            # Of two formats each is told in the later one.
            upgraded_but_name(path, value(side.get(path)), format, max(formats))
            for side, format in zip(sides, formats, strict=True)
        )
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
    }
    if formats[0] != formats[1]:
        pairs = {path: (was, now) for path, (was, now) in pairs.items() if was != now}
    renamed = {
        former: path.rsplit("/", 1)[1].removesuffix(".yaml")
        for path, (was, now) in pairs.items()
        if was is None and isinstance(now, dict)
        for former in now.get("formerly") or ()
    }
    return session.answer("diff", record_changes(pairs, renamed))

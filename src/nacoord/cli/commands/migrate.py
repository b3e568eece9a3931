"""`nacoord migrate`: bring an older record to today's format."""

from __future__ import annotations

import typer


def migrate(ctx: typer.Context) -> int:
    """Bring an older record to today's format, all files in one commit.

    Until then an older record is read as if that had been done, and not changed. Only the bytes that
    differ are touched; comments and layout stay. What history holds is never rewritten.

    Example: nacoord migrate --dry-run
    """
    from nacoord.cli.session import Session
    from nacoord.cli.writing import begin
    from nacoord.cli.writing import tell_change
    from nacoord.desk.edits.outcome import Outcome
    from nacoord.desk.edits.outcome import record_changes
    from nacoord.model.errors import UsageError
    from nacoord.model.office import FORMAT
    from nacoord.record.changing import changing
    from nacoord.record.message import Trailers
    from nacoord.record.migrations.upgrade import upgraded_but_name
    from nacoord.record.yamltext import value_of

    session = Session(ctx)
    if session.option("as_of"):
        raise UsageError("what was can't be changed", hint="leave out --as-of")
    with changing(session.root, session.shown, older_too=True) as change:
        begin(session, change)
        start = change.before.format
        if start == FORMAT:
            session.note(f"nothing to migrate: this record has format {FORMAT}")
            nothing = Outcome("migrate", "", ())
            return tell_change(session, nothing, "", []) if session.option("json") else 0
        change.migrate()
        texts = list(change.texts())
        pairs = {path: (value_of(old), value_of(new)) for path, old, new in texts}
        made = Outcome("migrate", f"migrate: format {start} → {FORMAT}", record_changes(pairs, {}))
        # As history tells it, only what the record says of its format has changed.
        told = {
            path: (upgraded_but_name(path, old, start, FORMAT), new)
            for path, (old, new) in pairs.items()
        }
        said = Outcome("", "", record_changes({p: v for p, v in told.items() if v[0] != v[1]}, {}))
        commit = ""
        if not session.option("dry_run"):
            trailers = Trailers("migrate", said.records, (), (start, FORMAT))
            landed = change.land(made.subject, session.option("message") or "", trailers)
            commit = landed.commit
            for line in landed.notes:
                session.note(line)
        return tell_change(session, made, commit, texts if session.option("dry_run") else [])

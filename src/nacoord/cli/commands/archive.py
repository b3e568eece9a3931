"""`nacoord archive`: the whole record and its history, for records management."""

from __future__ import annotations

from typing import Annotated

import typer


def archive(
    ctx: typer.Context,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FOLDER|FILE.tar", help="Where to; nothing may be there yet."
        ),
    ] = None,
    verify: Annotated[
        str | None,
        typer.Option(
            "--verify",
            metavar="PATH",
            help="Say whether an archive is what it says; needs no record.",
        ),
    ] = None,
    marking: Annotated[str | None, typer.Option("--marking", hidden=True)] = None,
) -> int:
    """Archive the whole record with its history, to be verified by anybody.

    In it are the record as committed, all of its history as one file that git can clone, what the
    format means, and the SHA-256 of everything. git and sha256sum alone can verify it; its README.txt
    says how. Nothing is left out, whatever its marking: what may leave under a ceiling is for export.
    --verify ends with 1 when anything is missing, added or changed, and names it.

    Example: nacoord archive -o record-2021-01-20.tar
    """
    from nacoord.cli.archiving import make_archive
    from nacoord.cli.archiving import verify_archive
    from nacoord.cli.session import Session
    from nacoord.model.errors import UsageError

    session = Session(ctx)
    if marking is not None:
        raise UsageError(
            "an archive is of the whole record, whatever its marking",
            hint=f"what may leave under a ceiling: nacoord export --marking {marking}",
        )
    if session.option("as_of"):
        raise UsageError(
            "an archive is of the record as it stands, with all of its history",
            hint="leave out --as-of",
        )
    if (output is None) == (verify is None):
        raise UsageError(
            "say where the archive is to be, or which one to verify",
            hint="nacoord archive -o FILE.tar\nnacoord archive --verify FILE.tar",
        )
    return verify_archive(session, verify) if verify else make_archive(session, str(output))

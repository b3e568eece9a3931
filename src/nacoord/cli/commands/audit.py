"""`nacoord audit`: what in the history must be looked at."""

from __future__ import annotations

from typing import Annotated

import typer


def audit(
    ctx: typer.Context,
    anchor: Annotated[
        bool,
        typer.Option("--anchor", help="Tag the history as it is now, for later audits to compare."),
    ] = False,
    signers: Annotated[
        str | None,
        typer.Option(
            "--signers", metavar="FILE", help="Check signatures against this allowed-signers file."
        ),
    ] = None,
    signed: Annotated[
        bool, typer.Option("--signed", help="Check signatures as git is set up to.")
    ] = False,
) -> int:
    """Say what in the history must be looked at; exits with 1 when there is anything.

    Changes made without nacoord, commits whose content is not what their trailers say, authors
    outside their tour, unsigned or badly signed commits, records removed, and a history rewritten
    since an anchor. An anchor is a tag; push it where nobody can move it. Last it names the programs,
    hooks among them, that git starts with a change because this repository says so: a clone brings
    none, a copied folder may.

    Example: nacoord audit --anchor
    """
    import os

    from nacoord.cli.chronicles import entry_of
    from nacoord.cli.chronicles import revisions_of
    from nacoord.cli.chronicles import tell_cut
    from nacoord.cli.output import write
    from nacoord.cli.session import Session
    from nacoord.desk.audit import Audited
    from nacoord.desk.audit import audit as find_all
    from nacoord.model.errors import UsageError
    from nacoord.record import anchors
    from nacoord.record.foreign import started

    session = Session(ctx)
    if anchor:
        name = anchors.drop_anchor(session.root, session.clock_day)
        write(
            f"Anchored the history as {name}; keep it safe with: git push origin {name}\n",
            page=False,
        )
        return 0
    if signers and not os.path.isfile(signers):
        raise UsageError(f"there is no file {signers}")
    check = os.path.abspath(signers) if signers else "" if signed else None
    commits = [
        Audited(entry_of(each), each.email, each.trailers.records, each.signature)
        for each in revisions_of(session, signers=check, whole=True)
    ]
    placed = anchors.anchors(session.root)
    lost = anchors.lost(session.root, placed)
    answer = find_all(
        commits,
        session.snapshot.people,
        len(placed),
        lost,
        signed=check is not None,
        started=started(session.root),
    )
    tell_cut(session)
    if check is None:
        session.note("signatures were not checked; to do so: --signers FILE or --signed")
    return session.answer("audit", answer) or int(bool(answer.findings))

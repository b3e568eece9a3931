"""`nacoord resolve`: choose between the values that two people set."""

from __future__ import annotations

from typing import Annotated

import typer


def resolve(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME...",
            help="Which disagreements: by number, record, or record.field; all with --all.",
        ),
    ] = None,
    ours: Annotated[bool, typer.Option("--ours", help="Take the value that stands here.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Take the value that came.")] = False,
    value: Annotated[
        str | None, typer.Option("--value", metavar="VALUE", help="Take this value instead.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Choose for every open disagreement at once.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Show what is open, and ask nothing.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Forget what was chosen so far.")
    ] = False,
) -> int:
    """Choose between the values that two people set, and so end a merge.

    Without a name it goes through them one after the other; in a pipe it lists them and ends with 1.
    Each shows what was there before, both values, and who set them. What is chosen is kept until all
    is decided; then the merge is checked as a whole and committed, and the values that lost stand in
    the commit's message. Until then nothing is merged, and the record can be worked on as ever.

    Example: nacoord resolve --list

    Example: nacoord resolve usmca-labor.health --theirs
    """
    from nacoord.cli.resolving import Wanted
    from nacoord.cli.resolving import resolve_merge

    wanted = Wanted(tuple(names or ()), ours, theirs, value, everything, listed, restart)
    return resolve_merge(ctx, wanted)

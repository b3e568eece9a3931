"""`nacoord init`: make a new record."""

from __future__ import annotations

from typing import Annotated

import typer


def init(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="Where; the working folder by default.")
    ] = ".",
    sample: Annotated[
        bool, typer.Option("--sample", help="Put the sample record of 20 January 2021 in it.")
    ] = False,
) -> int:
    """Make a new record, empty or with the sample in it.

    The record is a folder in a git repository; one is made where there is none. Nothing is committed
    yet: the first commit is yours.

    Example: nacoord init office --sample
    """
    from nacoord.cli.output import write
    from nacoord.cli.session import shown_path
    from nacoord.cli.session import working_folder
    from nacoord.record.starter import ensure_git
    from nacoord.record.starter import refuse_taken
    from nacoord.record.starter import start

    place = working_folder() / folder
    refuse_taken(place, sample=sample)
    place.mkdir(parents=True, exist_ok=True)
    # First, so that what is a record is always in git.
    made = ensure_git(place)
    count = start(place, sample=sample)
    shown = shown_path(place) or "."
    there = "" if shown == "." else f" --data {shown}"
    lines = [
        f"Made a record with {count} records in {shown}{', and a git repository around it' if made else ''}.",
        f"Keep it:  nacoord commit{there} -m 'Begin the record'",
        f"See it:   nacoord status{there}" + (" mexico" if sample else ""),
    ]
    write("".join(f"{line}\n" for line in lines), page=False)
    return 0

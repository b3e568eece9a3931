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
    remote: Annotated[
        str | None,
        typer.Option(
            "--remote", metavar="URL", help="Commit it, and send it to this empty remote."
        ),
    ] = None,
) -> int:
    """Make a new record, empty or with the sample in it.

    The record is a folder in a git repository; one is made where there is none. Nothing is committed
    yet: the first commit is yours. With --remote it is committed, sent there, and set up for the
    others, who get it with `nacoord clone URL`.

    Example: nacoord init office --sample

    Example: nacoord init office --remote shared.git
    """
    from shlex import quote

    from nacoord.cli.output import write
    from nacoord.cli.session import shown_path
    from nacoord.cli.session import working_folder
    from nacoord.present.plain import clean
    from nacoord.record.starter import count
    from nacoord.record.starter import ensure_git
    from nacoord.record.starter import is_made
    from nacoord.record.starter import refuse_taken
    from nacoord.record.starter import start

    here = working_folder()
    place = here / folder
    # One that was interrupted before it was sent can be typed again.
    begun = remote is not None and is_made(place, sample=sample)
    if not begun:
        refuse_taken(place, sample=sample)
    address = ""
    if remote is not None:
        from nacoord.record.syncing.beginning import refuse_held
        from nacoord.record.syncing.cloning import whole_address

        address = whole_address(here, remote)
        refuse_held(place, address)
    place.mkdir(parents=True, exist_ok=True)
    # First, so that what is a record is always in git.
    made = ensure_git(place)
    if not begun:
        start(place, sample=sample)
    shown = shown_path(place) or "."
    there = "" if shown == "." else f" --data {quote(shown)}"
    around = ", and a git repository around it" if made else ""
    lines = [
        f"Found the record that was begun in {shown}."
        if begun
        else f"Made a record with {count(sample=sample)} records in {shown}{around}."
    ]
    if remote is None:
        lines.append(f"Keep it:  nacoord commit{there} -m 'Begin the record'")
    else:
        from nacoord.record.starter import files_of
        from nacoord.record.syncing.beginning import begin
        from nacoord.record.syncing.upstream import redacted

        commit = begin(place, address, files_of(sample=sample), "")
        url = quote(redacted(address))
        lines += [
            f"[{commit[:10]}] Begin the record, sent to {url}",
            f"Others:   nacoord clone {url}",
            f"Sync it:  nacoord sync{there}",
        ]
    lines.append(f"See it:   nacoord status{there}" + (" mexico" if sample else ""))
    write("".join(f"{clean(line)}\n" for line in lines), page=False)
    return 0

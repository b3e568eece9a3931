"""`nacoord clone`: get the office's record from a remote."""

from __future__ import annotations

from typing import Annotated

import typer


def clone(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Where from: a folder, or an ssh or https address.")
    ],
    folder: Annotated[
        str | None,
        typer.Argument(metavar="DIR", help="Where to; named like the remote by default."),
    ] = None,
) -> int:
    """Get the office's record from a remote, and set it up for merging by field.

    No hook runs and no submodule is followed. What holds no record is not kept.

    Example: nacoord clone office.git my-office
    """
    import shlex

    from nacoord.cli.output import write
    from nacoord.cli.session import shown_path
    from nacoord.cli.session import working_folder
    from nacoord.present.plain import one_line
    from nacoord.record.loader import load_office
    from nacoord.record.syncing.cloning import clone as get

    cloned = get(working_folder(), url, folder)
    place = shown_path(cloned.root) or "."
    shown = one_line(shlex.quote(place))
    office = load_office(cloned.root, place)
    lines = [
        f"Got the record of {one_line(office.name)} in {shown}, from {one_line(cloned.url)}.",
        f"See it:   cd {shown}; nacoord status",
        "Sync it:  nacoord sync",
    ]
    if not cloned.by_field:
        lines.append(
            "nacoord sync merges by field. For git merge to do so too, add this line to\n"
            f"{shown}/.gitattributes and commit it: *.yaml merge=nacoord"
        )
    write("".join(f"{line}\n" for line in lines), page=False)
    return 0

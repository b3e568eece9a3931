"""`nacoord merge-driver`: merge one file of a record, when git asks for it."""

from __future__ import annotations

from typing import Annotated

import typer


def merge_driver(
    base: Annotated[str, typer.Argument(metavar="BASE", help="What both go back to (%O).")],
    ours: Annotated[
        str, typer.Argument(metavar="OURS", help="The file here; gets the result (%A).")
    ],
    theirs: Annotated[str, typer.Argument(metavar="THEIRS", help="The file there (%B).")],
    size: Annotated[
        int, typer.Argument(metavar="SIZE", help="How long a conflict marker is (%L).", min=1)
    ],
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="Where it stands, from the top (%P).")
    ],
) -> int:
    """Merge one file of a record by field; git calls it when a branch is merged.

    `nacoord clone`, `init --remote` and `sync` set it up. Where both sides changed one value, it stands
    between git's conflict markers, the rest is merged, and it ends with 1.

    Example: nacoord merge-driver base.yaml mine.yaml theirs.yaml 7 issues/usmca-labor.yaml
    """
    from nacoord.cli.boundary import say
    from nacoord.cli.session import working_folder
    from nacoord.desk.wording import value_words
    from nacoord.model.merging.clash import ABSENT
    from nacoord.record.merging.driver import drive

    here = working_folder()
    driven = drive(here / base, here / ours, here / theirs, path, size)
    for clash in driven.clashes:
        values = [
            "removed" if each is ABSENT else value_words(each)
            for each in (clash.ours, clash.theirs)
        ]
        entry = f" [{clash.entry}]" if clash.entry else ""
        say(f"nacoord: {path}: {clash.field}{entry}: ours {values[0]}, theirs {values[1]}")
    if driven.by_lines and not driven.clean:
        say(f"nacoord: {path}: could not be merged by field; see: nacoord check")
    if driven.clean:
        say(f"nacoord: {path}: merged by {'lines' if driven.by_lines else 'field'}")
        return 0
    say("  choose with: nacoord resolve")
    return 1

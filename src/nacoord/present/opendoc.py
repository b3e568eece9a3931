"""docs/open.md: the terminal app's screens and keys, written from its table of keys."""

from __future__ import annotations

from nacoord.present.tui.keys import SECTIONS

_HEAD = """\
# The terminal app

<!-- Written by `make golden` from src/nacoord/present/tui/keys.py; don't edit. -->

`nacoord open [SCOPE]` is the morning screen, kept open. It needs a terminal and
`pip install 'nacoord[tui]'`; in a pipe, and where `TERM` is `dumb`, `nacoord status` says the same as text.

## The pages

| page | says what this prints |
| --- | --- |
| 1 Morning | `nacoord status [SCOPE]` |
| 2 Issues | `nacoord list issue`, of the scope; the filter takes the words of `nacoord list`, a kind first if it is to be another: `commitment status:open due.before:+2w` |
| 3 Radar | `nacoord radar [SCOPE]` |
| 4 Agenda | `nacoord agenda [SCOPE]` |
| a record: Fields, History, Lines | `nacoord show`, `nacoord history`, `nacoord blame` |
| ! What is wrong | `nacoord check` |

Each page is laid out for the width there is, from 40 columns on, in the terminal's own colours, dark or
light. What is painted as an id can be opened: the cursor goes from one to the next.

Below the page stands what the command would say on stderr: that today is the record's reference date,
the moment of `--as-of`, and, in red, which files could not be read and so are missing above.

## What shows by itself

Every second the app looks whether a file of the record, the newest commit or the day is another than
before. A change made in another terminal, an edit by hand, a sync or a checkout shows then, and the cursor
stays on its record. What can't be answered any more, as of a record that was removed, stays as it was,
with the reason below it.

With `--as-of` the app shows what was, does not look for changes, and is read only.

## A change

`e` sets fields as `nacoord set` does, `n` adds a note as `nacoord note` does, `E` opens the editor as
`nacoord edit` does; each is one commit with the same trailers. What `e` and `n` do is first looked at:
ctrl-s shows the difference, and once more commits just that. When the record changed in between, nothing
is committed and it is looked at again. What is refused is told with its file and line, and what was typed
stays.

Fields are typed as `FIELD=VALUE`, one a line, without the quotes that a shell needs. `FIELD+=VALUE` adds to
a list, `FIELD-=VALUE` takes away, `FIELD=` unsets.

## Keys
"""


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for title, keys in SECTIONS:
        parts.append(f"\n### {title}\n\n| key | what it does |\n| --- | --- |\n")
        parts += [f"| {each.shown} | {each.says} |\n" for each in keys]
    return "".join(parts)

"""Every key of the app, what it does and where: its bindings, its help and docs/open.md are made of this."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A key.

    Attributes:
        keys: as textual names them, joined by commas.
        shown: as people write it.
        action: what it does, as textual names it.
        label: what the footer calls it; empty when it doesn't stand there.
        says: what it does, in a few words.
    """

    keys: str
    shown: str
    action: str
    label: str
    says: str


ANYWHERE = (
    Key("down,j", "↓ j", "next", "", "go to the next record named on the page"),
    Key("up,k", "↑ k", "previous", "", "go to the one before"),
    Key("pagedown,space", "PgDn space", "page_down", "", "a page down"),
    Key("pageup,b", "PgUp b", "page_up", "", "a page up"),
    Key("home,g", "Home g", "first", "", "to the top"),
    Key("end,G", "End G", "last", "", "to the end"),
    Key("enter", "enter", "open", "open", "open the record under the cursor"),
)
RECORD = (
    Key("e", "e", "write('set')", "set", "set fields of the record: FIELD=VALUE"),
    Key("n", "n", "write('note')", "note", "add a note to it"),
    Key("E", "E", "edit", "editor", "open it in your editor, as `nacoord edit` does"),
)
BOARD = (
    Key("1", "1", "tab(0)", "", "Morning: what `nacoord status` says"),
    Key("2", "2", "tab(1)", "", "Issues: what `nacoord list issue` says"),
    Key("3", "3", "tab(2)", "", "Radar: what `nacoord radar` says"),
    Key("4", "4", "tab(3)", "", "Agenda: what `nacoord agenda` says"),
    Key(
        "slash",
        "/",
        "filter",
        "filter",
        "filter the list, with the words that `nacoord list` takes",
    ),
    Key("s", "s", "scope", "scope", "choose a scope, as `nacoord status SCOPE` does"),
)
PAGES = (
    Key("f,1", "f", "tab(0)", "fields", "its fields, and what refers to it: `nacoord show`"),
    Key("h,2", "h", "tab(1)", "history", "its history: `nacoord history`"),
    Key("l,3", "l", "tab(2)", "lines", "who last set each line: `nacoord blame`"),
)
COMMON = (
    Key("o", "o", "find", "find", "open any record by an id, a title or an alias"),
    Key("a", "a", "everything", "all", "show every section whole, or short again, as `--all`"),
    Key("exclamation_mark", "!", "faults", "", "show everything that is wrong: `nacoord check`"),
    Key("r", "r", "again", "", "read the record again at once"),
    Key("question_mark", "?", "help", "help", "show these keys"),
    Key("escape", "esc", "back", "", "go back"),
    Key("q", "q", "quit", "quit", "quit"),
    Key("ctrl+c", "ctrl-c", "interrupt", "", "quit, with exit code 130"),
)
WRITING = (
    Key("ctrl+s", "ctrl-s", "go_on", "look, commit", "look at the change; once more, commit it"),
    Key("tab", "tab", "next_box", "next box", "go from what is changed to the reason, and back"),
    Key("pagedown", "PgDn", "down", "", "scroll the difference down"),
    Key("pageup", "PgUp", "up", "", "scroll it up"),
    Key("escape", "esc", "back", "back", "go back; what was typed is still there next time"),
)
ASKING = (
    Key("enter", "enter", "submit", "go", "take what was typed; nothing typed takes it back"),
    Key("escape", "esc", "back", "back", "leave it as it was"),
)
# The headings under which the keys are told.
SECTIONS = (
    ("On every page", (*ANYWHERE, *COMMON)),
    ("On the first screen", BOARD),
    ("On a record's screen", PAGES),
    ("With a record under the cursor, or on its screen", RECORD),
    ("While you write a change", WRITING),
    ("While you are asked for a word", ASKING),
)

"""The table of commands: adding one is one file in `commands/` and one row here."""

from __future__ import annotations

from keyword import iskeyword
from typing import NamedTuple


class Command(NamedTuple):
    """A command.

    Attributes:
        name: the word people type.
        summary: what it does, in one line, as `nacoord --help` shows it.
        group: the heading it stands under there.
        record: True when it reads a record, and so takes the options that all such commands take.
        history: True when it answers from the history of the record.
        writes: True when it changes the record, and so takes -m and --dry-run.
        also_writes: True when it answers and can change the record too.
        finds: True when it ends with 1 where it found something.
        terminal: True when it runs in a terminal only.
    """

    name: str
    summary: str
    group: str
    record: bool = True
    writes: bool = False
    history: bool = False
    also_writes: bool = False
    finds: bool = False
    terminal: bool = False

    @property
    def module(self) -> str:
        """The module that holds the command, as a function of the same name."""
        return f"nacoord.cli.commands.{self.word}{'_' * iskeyword(self.word)}"

    @property
    def word(self) -> str:
        """Its name, as Python takes one."""
        return self.name.replace("-", "_")


ASK = "Ask the record"
PAST = "Ask its history"
CHANGE = "Change the record"
LEAVE = "What leaves the office"
KEEP = "Keep the record"

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command(
            "status", "Show what needs a decision, where each issue stands and what comes", ASK
        ),
        Command(
            "open",
            "Open the morning screen, live, and change the record from it",
            ASK,
            terminal=True,
        ),
        Command(
            "radar", "Show what is about to surprise somebody", ASK, also_writes=True, finds=True
        ),
        Command("list", "List records of a kind, filtered, sorted and counted", ASK),
        Command("show", "Show one record whole, and what refers to it", ASK),
        Command("search", "Find records by the words in them", ASK),
        Command("agenda", "Show the days ahead, day by day", ASK),
        Command(
            "untold",
            "Say who has not been told of an action or has not cleared it",
            ASK,
            finds=True,
        ),
        Command("matrix", "Show who is in which issue, and where nobody is", ASK),
        Command(
            "impact", "Show what else moves if this moves, or how one issue leads to another", ASK
        ),
        Command("clocks", "Show when each clock set by law or treaty falls due", ASK),
        Command("handover", "Make the book for whoever takes over from a person or agency", ASK),
        Command("log", "Tell the changes in words, by day", PAST, history=True),
        Command("history", "Tell the history of one record, field by field", PAST, history=True),
        Command("blame", "Tell who last set each line of a record", PAST, history=True),
        Command("diff", "Tell what differs between two moments", PAST, history=True),
        Command("kept", "Show how promises are kept, theirs to us and ours", PAST, history=True),
        Command(
            "audit", "Say what in the history must be looked at", PAST, history=True, finds=True
        ),
        Command("new", "Add a record", CHANGE, writes=True),
        Command("set", "Set fields of one record or several", CHANGE, writes=True),
        Command("note", "Add a dated, signed note to a record", CHANGE, writes=True),
        Command("edit", "Change a record in your editor", CHANGE, writes=True),
        Command("link", "Say how one issue bears on another", CHANGE, writes=True),
        Command("unlink", "Take back what link said", CHANGE, writes=True),
        Command("meet", "Record that a promise was kept, with the proof", CHANGE, writes=True),
        Command("close", "End an issue, a promise or an action", CHANGE, writes=True),
        Command("tell", "Record who has been told of an action", CHANGE, writes=True),
        Command("clear", "Record who has cleared an action's text", CHANGE, writes=True),
        Command("object", "Record who objects to an action's text", CHANGE, writes=True),
        Command("rename", "Give a record another id, in every reference too", CHANGE, writes=True),
        Command("remove", "Remove a record; history keeps it", CHANGE, writes=True),
        Command("undo", "Take back one change by another", CHANGE, writes=True),
        Command("commit", "Keep what was edited by hand", CHANGE, writes=True),
        Command("batch", "Make many changes as one", CHANGE, writes=True),
        Command("resolve", "Choose between the values that two people set", CHANGE, writes=True),
        Command(
            "brief",
            "Make the brief: decisions, what is late, what changed and what comes",
            LEAVE,
            also_writes=True,
        ),
        Command("export", "Export the record for other programs", LEAVE, history=True),
        Command(
            "archive",
            "Archive the whole record with its history, to be verified by anybody",
            LEAVE,
            history=True,
        ),
        Command(
            "site",
            "Write pages for a browser that need no server and no network",
            LEAVE,
            history=True,
        ),
        Command(
            "import", "Import records from a sheet by a mapping, in one commit", KEEP, writes=True
        ),
        Command("migrate", "Bring an older record to today's format", KEEP, writes=True),
        Command(
            "sync",
            "Fetch what others changed, merge it with what is here, and send all",
            KEEP,
            writes=True,
        ),
        Command("clone", "Get the office's record from a remote", KEEP, record=False),
        Command("check", "Say everything that is wrong in the record", KEEP),
        Command(
            "merge-driver", "Merge one file of a record by field, when git asks", KEEP, record=False
        ),
        Command("explain", "Explain a fault code or a rule of the radar", KEEP, record=False),
        Command("schema", "Print the JSON Schema of a kind", KEEP, record=False),
        Command("init", "Make a new record, empty or with the sample in it", KEEP, record=False),
    )
}

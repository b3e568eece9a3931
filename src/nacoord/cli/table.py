"""The table of commands: adding one is one file in `commands/` and one row here."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command.

    Attributes:
        name: the word people type.
        summary: what it does, in one line, as `nacoord --help` shows it.
        group: the heading it stands under there.
        record: True when it reads a record, and so takes the options that all such commands take.
    """

    name: str
    summary: str
    group: str
    record: bool = True

    @property
    def module(self) -> str:
        """The module that holds the command, as a function of the same name."""
        return f"nacoord.cli.commands.{self.name}"


ASK = "Ask the record"
KEEP = "Keep the record"

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command(
            "status", "Show what needs a decision, where each issue stands and what comes", ASK
        ),
        Command("list", "List records of a kind, filtered, sorted and counted", ASK),
        Command("show", "Show one record whole, and what refers to it", ASK),
        Command("search", "Find records by the words in them", ASK),
        Command("matrix", "Show who is in which issue, and where nobody is", ASK),
        Command("check", "Say everything that is wrong in the record", KEEP),
        Command("explain", "Explain a fault code, with an example", KEEP, record=False),
        Command("schema", "Print the JSON Schema of a kind", KEEP, record=False),
        Command("init", "Make a new record, empty or with the sample in it", KEEP, record=False),
    )
}

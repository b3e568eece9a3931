"""Commands that load when they are run: `nacoord status` never imports what `init` needs."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from collections.abc import MutableMapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer
from typer.core import TyperGroup

from nacoord.cli.boundary import InterruptedByPersonError
from nacoord.cli.options import AS_OF
from nacoord.cli.options import SHARED
from nacoord.cli.options import WRITING
from nacoord.cli.table import COMMANDS


def build(name: str) -> Any:
    """Make the command with this name from its module's function of the same name."""
    row = COMMANDS[name]
    word = row.word
    module = import_module(row.module)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    invocation = getattr(module, "Invocation", None)
    app.command(name, cls=invocation, short_help=row.summary)(
        getattr(module, f"{word}_" if hasattr(builtins, word) or iskeyword(word) else word)
    )
    command: Any = typer.main.get_command(app)
    # Before --help, which stands last.
    if row.writes:
        command.params.extend(WRITING)
        # What was is not changed any more.
        command.params.extend(each for each in SHARED if each is not AS_OF)
    elif row.record:
        command.params.extend(WRITING if row.also_writes else ())
        command.params.extend(SHARED)
    return command


class _Commands(MutableMapping[str, Any]):
    """The names of all commands; each is built when it is first asked for."""

    def __init__(self) -> None:
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            if name not in COMMANDS:
                raise KeyError(name)
            self._built[name] = build(name)
        return self._built[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._built[name] = command

    def __delitem__(self, name: str) -> None:
        del self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class LazyGroup(TyperGroup):
    """The group of all commands."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands = _Commands()

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an interrupt leaves it as what the boundary tells."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            interrupted = InterruptedByPersonError()
            for note in getattr(error, "__notes__", ()):
                interrupted.add_note(note)
            raise interrupted from None

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Offer the commands for a TAB, without loading them, and what any command offers."""
        from typer._click.shell_completion import CompletionItem

        offered = [
            CompletionItem(row.name, help=row.summary)
            for row in COMMANDS.values()
            if row.name.startswith(incomplete)
        ]
        return [*offered, *super(TyperGroup, self).shell_complete(ctx, incomplete)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands under the headings of their table, without loading them."""
        for group in dict.fromkeys(row.group for row in COMMANDS.values()):
            rows = [(row.name, row.summary) for row in COMMANDS.values() if row.group == group]
            with formatter.section(group):
                formatter.write_dl(rows)

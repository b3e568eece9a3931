"""Every command that asks, as a command line: what runs over a record that somebody else made."""

from __future__ import annotations

from nacoord.cli.table import COMMANDS

# A few words of each; OUT stands for a folder that is not there yet.
ASKING: dict[str, list[list[str]]] = {
    "status": [["status"], ["status", "mexico", "--all"], ["status", "--as-of", "HEAD"]],
    "radar": [["radar", "--all"], ["radar", "--backtest"]],
    "list": [["list", "issue"], ["list", "--sort", "title", "--columns", "id,title,tags"]],
    "show": [["show", "example"], ["show", "sre"], ["show", "example", "--as-of", "HEAD~1"]],
    "search": [["search", "example"]],
    "agenda": [["agenda"], ["agenda", "--for", "example-call"], ["agenda", "--for", "sre"]],
    "untold": [["untold"], ["untold", "mexico"]],
    "matrix": [["matrix"], ["matrix", "--level", "state"]],
    "impact": [["impact", "example", "--all"], ["impact", "example", "--to", "new-issue"]],
    "clocks": [["clocks", "--all"]],
    "handover": [
        ["handover", "example-officer", "--format", format] for format in ("terminal", "markdown")
    ]
    + [["handover", "sre", "-o", f"OUT/book.{suffix}"] for suffix in ("html", "docx", "pdf")],
    "log": [["log"], ["log", "mexico", "--field", "priority"], ["log", "--by", "staffer"]],
    "history": [["history", "example"], ["history", "example", "--field", "priority"]],
    "blame": [["blame", "example"]],
    "diff": [["diff"], ["diff", "HEAD~1"], ["diff", "HEAD~1", "HEAD"]],
    "kept": [["kept", "--all"]],
    "audit": [["audit"]],
    "brief": [["brief", "--full", "--format", form] for form in ("terminal", "markdown")]
    + [["brief", "-o", f"OUT/brief.{suffix}"] for suffix in ("html", "docx", "pdf", "txt", "md")],
    "export": [
        ["export", "json"],
        ["export", "csv", "--kind", "issue"],
        ["export", "csv", "-o", "OUT/tables.zip"],
        ["export", "xlsx", "-o", "OUT/book.xlsx"],
        ["export", "ics"],
        ["export", "sqlite", "-o", "OUT/record.db"],
        ["export", "graph", "-o", "OUT/graph.dot"],
        ["export", "graph", "-o", "OUT/graph.mmd"],
        ["export", "graph", "-o", "OUT/graph.svg"],
    ],
    "archive": [["archive", "-o", "OUT/archive"], ["archive", "--verify", "OUT/archive"]],
    "site": [["site", "OUT/site"]],
    "check": [["check"]],
    "explain": [["explain"]],
    "schema": [["schema", "issue"]],
}
# What changes something, makes a record anew, or needs a terminal.
_ANEW = frozenset({"init", "clone", "merge-driver", "open"})
CHANGING = frozenset(name for name, row in COMMANDS.items() if row.writes or name in _ANEW)


_MAKE_FILES = frozenset({"archive", "brief", "explain", "export", "handover", "schema", "site"})


def lines(out: str) -> list[list[str]]:
    """Return every command line that asks, once for people and, where it can, once for programs.

    Args:
        out: the folder that files go to.
    """
    found = []
    for words in (words for each in ASKING.values() for words in each):
        told = [word.replace("OUT", out) for word in words]
        found.append(told)
        if told[0] not in _MAKE_FILES:
            found.append([*told, "--json"])
    return found

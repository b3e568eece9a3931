"""The commands, one a file; `nacoord.cli.table.COMMANDS` has a row for each."""

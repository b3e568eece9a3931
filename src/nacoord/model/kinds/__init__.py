"""The kinds of record, one a file; `table.KINDS` has a row for each."""

"""Rules that are true of several records together, one a file; `table.CHECKS` has a row for each."""

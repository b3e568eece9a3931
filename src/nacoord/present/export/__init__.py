"""Exports: what may leave of the record, one format a file, listed in `table`."""

"""Documents: what a page says, apart from how it looks; one renderer a file, in `table.FORMATS`."""

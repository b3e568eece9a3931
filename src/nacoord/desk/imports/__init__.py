"""Import: rows of a sheet as new and changed records, by a mapping."""

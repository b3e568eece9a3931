"""The rules of the radar, one a file; each file's docstring is the rule's manual page."""

"""An index of the history in git's folder: which commits touched which files, and what they said.

It is a cache, never the truth. Where it is missing, torn, locked, of another format or simply can't
be written, git answers, and nobody is told. What it holds is checked whenever it is read: each row by
a sum of its own, each part by what the state says of it, so a half-written file is noticed.
"""

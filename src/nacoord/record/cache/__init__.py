"""What was read before: records kept in git's folder, so that only what differs is read again.

It is never the truth. A file counts as unchanged when `stat` says so, as for git's own index; a
record is found by the content of its file, so another branch, another work tree or a commit finds
it too. Whatever is missing, torn, of another version or locked is read from the files, as if there
were no cache.
"""

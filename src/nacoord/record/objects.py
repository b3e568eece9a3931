"""What git's plumbing calls things: the modes of files in a tree, and the name of a content."""

from __future__ import annotations

PROGRAM = "100755"
REGULAR = frozenset({"100644", PROGRAM})
# Its object is where it leads.
LINK = "120000"
# A submodule: its object is a commit of another repository (gitsubmodules(7)).
GITLINK = "160000"
TREE = "040000"
# Stands in a diff for the mode of a file that is not there.
NO_FILE = "000000"


def blob_named(data: bytes, like: str) -> str:
    """Return the name that git gives to a file's content.

    Args:
        like: the name of another object, in as many digits: of sha1, or of sha256.
    """
    from hashlib import sha1
    from hashlib import sha256

    hashed = sha256 if len(like) == 64 else sha1
    return hashed(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

"""The git repository around a record, and whether a change can be made in it now."""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Unpack

from nacoord.model.errors import NacoordError
from nacoord.record.abandoned import at_work
from nacoord.record.abandoned import end_killed
from nacoord.record.abandoned import remove_abandoned
from nacoord.record.git import GitDiedError
from nacoord.record.git import GitError
from nacoord.record.git import How
from nacoord.record.git import Said
from nacoord.record.git import answer
from nacoord.record.git import git
from nacoord.record.git import git_writes
from nacoord.record.objects import blob_named
from nacoord.record.recovery import own_folder

# What git leaves in its folder while it waits for a person, and how to go on.
_UNDER_WAY = (
    (
        "MERGE_HEAD",
        "a merge",
        "finish it with nacoord resolve, or give it up with git merge --abort",
    ),
    (
        "CHERRY_PICK_HEAD",
        "a cherry-pick",
        "finish it with git cherry-pick --continue, or give it up with --abort",
    ),
    (
        "REVERT_HEAD",
        "a revert",
        "finish it with git revert --continue, or give it up with --abort",
    ),
    (
        "rebase-merge",
        "a rebase",
        "finish it with git rebase --continue, or give it up with --abort",
    ),
    (
        "rebase-apply",
        "a rebase",
        "finish it with git rebase --continue, or give it up with --abort",
    ),
    ("BISECT_LOG", "a bisect", "end it with git bisect reset"),
)
# To mend the index is nobody's change, so that no hook is told of it.
NO_HOOKS = f"core.hooksPath={os.devnull}"
# A commit is somebody's, says what it says in UTF-8, and is on the disk before a branch goes there.
COMMITTING = (
    "user.useConfigOnly=true",
    "i18n.commitEncoding=UTF-8",
    "core.fsync=committed,reference",
)

_SHOWN = 20


class RepositoryError(NacoordError):
    """The repository is in a state in which no change can be made."""

    exit_code = 4


class HandEditedError(NacoordError):
    """A file that a change would write has been changed by hand and not committed."""


def hand_edited(paths: Sequence[str]) -> HandEditedError:
    """Return the refusal to write over files of the record that were changed by hand."""
    names = (path.rsplit("/", 1)[-1] for path in paths)
    ids = " ".join(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    # What is no record, as a saved brief, is kept with git alone.
    keep = f"nacoord commit {ids}" if ids else "git add FILE; git commit FILE"
    return HandEditedError(
        f"changed by hand and not committed: {shortened(paths)}",
        hint=f"keep those edits first: {keep}\nor drop them: git restore --staged --worktree FILE",
    )


def shortened(names: Sequence[str]) -> str:
    """Return names as a sentence has them; of very many the first, and how many more."""
    rest = len(names) - _SHOWN
    return ", ".join(names) if rest <= 1 else f"{', '.join(names[:_SHOWN])} and {rest} more"


@dataclass(frozen=True, slots=True)
class State:
    """What git says of some files and of the branch.

    Attributes:
        head: the commit that is checked out; None before the first.
        branch: the branch; None when the head is detached.
        differing: the paths that differ from the head, in the work tree or staged, with git's
            letters for how; `??` is a file git doesn't know.
    """

    head: str | None
    branch: str | None
    differing: dict[str, str]


@dataclass(frozen=True, slots=True)
class Repository:
    """A git work tree that holds a record.

    Attributes:
        root: the record's folder.
        top: the work tree's folder.
        folder: git's own folder for this work tree.
        prefix: the record's folder below the work tree, with a / at the end unless empty.
    """

    root: Path
    top: Path
    folder: Path
    prefix: str

    @property
    def own(self) -> Path:
        """The folder in git's own where nacoord keeps its lock and journal.

        Raises:
            RepositoryError: when it is a link to elsewhere.
        """
        own = own_folder(self.folder)
        if own is None:
            place = self.folder / "nacoord"
            raise RepositoryError(
                f"{place} is a symbolic link, and nothing is kept where it leads",
                hint=f"remove it: rm {place}",
            )
        return own

    @property
    def whole(self) -> Repository:
        """The repository as if the record were all of its work tree."""
        return replace(self, root=self.top, prefix="")

    def head(self) -> str:
        """Return the id of the commit that is checked out; empty before the first."""
        return (git(self.top, "rev-parse", "HEAD") or b"").decode().strip()

    def state(self, paths: Sequence[str] = (".",), *, asking: bool = False) -> State:
        """Ask git how files of the record stand.

        Args:
            paths: the files, relative to the record.
            asking: whether it is a question that wants to know, and no change: then git starts no
                filter that came with the repository.
        """
        from nacoord.record.foreign import unfiltered

        output = git(
            self.root,
            "status",
            "--porcelain=v2",
            "--branch",
            "-z",
            "--untracked-files=all",
            "--no-renames",
            "--no-ahead-behind",
            "--ignore-submodules=all",
            "--",
            *paths,
            settings=unfiltered(self.root) if asking else (),
        )
        head, branch, differing = None, None, {}
        for line in (output or b"").decode("utf-8", "surrogateescape").split("\0"):
            if line.startswith("# branch.oid "):
                head = line.rsplit(" ", 1)[1]
            elif line.startswith("# branch.head "):
                branch = line.split(" ", 2)[2]
            elif line[:2] in ("1 ", "u "):
                letters, path = line.split(" ")[1], line.split(" ", 8 if line[0] == "1" else 10)[-1]
                differing[path.removeprefix(self.prefix)] = letters
            elif line.startswith("? "):
                differing[line[2:].removeprefix(self.prefix)] = "??"
        return State(
            None if head == "(initial)" else head,
            None if branch == "(detached)" else branch,
            differing,
        )

    def refuse_unready(self, state: State) -> None:
        """Refuse to change anything while git is in the midst of something.

        Raises:
            RepositoryError: naming what is under way and the way out.
        """
        for name, what, remedy in _UNDER_WAY:
            if (self.folder / name).exists():
                raise RepositoryError(f"{what} is under way in this repository", hint=remedy)
        if state.branch is None:
            raise RepositoryError(
                "no branch is checked out, so a change made here could be lost",
                hint="go to a branch with: git switch NAME",
            )
        self.refuse_locked()
        if (self.folder / "info" / "sparse-checkout").exists() and self._skipped():
            raise RepositoryError(
                "part of the record is left out of this work tree (sparse checkout)",
                hint="get it with: git sparse-checkout disable",
            )

    def refuse_locked(self) -> None:
        """Refuse when another git holds the index for long, or one that died left its lock.

        Raises:
            RepositoryError: naming the lock.
        """
        patience = 2.0
        while self.index_lock.exists() and patience > 0:
            sleep(0.05)
            patience -= 0.05
        if self.index_lock.exists():
            raise RepositoryError(
                "another git is at work here, or one that died left its lock behind",
                hint=f"if no git runs any more: rm {self.index_lock}",
            )

    def remove_abandoned(self) -> None:
        """Remove the locks of a git that a killed change left; call it inside our own lock."""
        remove_abandoned(self.top, self.folder)

    def end_killed(self) -> None:
        """Remove what a git of ours left that was killed, if one was; call it inside our own lock."""
        end_killed(self.top, self.folder)

    @property
    def index_lock(self) -> Path:
        """The file by which git keeps others from its index."""
        return self.folder / "index.lock"

    def _skipped(self) -> bool:
        listed = git(self.root, "ls-files", "-t", "-z", "--", ".") or b""
        return any(line.startswith(b"S ") for line in listed.split(b"\0"))

    def add_intent(self, paths: Sequence[str]) -> None:
        """Tell git that new files will be committed."""
        if paths:
            self.write("add", "--intent-to-add", "--", *paths)

    def forget_intent(self, paths: Iterable[str]) -> None:
        """Take back what `add_intent` told."""
        # git reads these names from where it is run.
        names = "".join(f"{path}\0" for path in paths).encode()
        if names:
            words = ("update-index", "--force-remove", "-z", "--stdin")
            self.write(*words, given=names, settings=(NO_HOOKS,))

    def write(self, *words: str, **how: Unpack[How]) -> None:
        """Run a git that changes something; others know that it lives, and it isn't killed half-way.

        Raises:
            GitError: when git is missing or refuses.
        """
        answer(self.said(*words, **how))

    def said(self, *words: str, **how: Unpack[How]) -> Said:
        """Run a git that changes something, as `write` does, and return all it said, willing or not.

        Raises:
            GitError: when git is missing.
        """
        with at_work(self.own) as work:
            said = git_writes(self.root, work.held, *words, **how)
            if said.code >= 0:
                work.ended()
            return said

    def committed(self, path: str, commit: str = "HEAD") -> bytes | None:
        """Return a file as a commit has it, with the line ends of the work tree; None without it."""
        if not git(self.root, "ls-tree", commit, "--", path):
            return None
        return git(self.root, "cat-file", "--filters", f"{commit}:./{path}")

    def last(self) -> tuple[str | None, str]:
        """Return the commit on which the head stands, None for the first, and the head's subject."""
        said = (
            git(self.root, "log", "-1", "--no-show-signature", "--format=%P%x00%s", "HEAD") or b"\0"
        )
        parents, _, subject = said.decode("utf-8", "replace").rstrip("\n").partition("\0")
        return parents or None, subject

    def author(self) -> str:
        """Return the name under which git would commit.

        Raises:
            GitError: when git doesn't know it.
        """
        try:
            said = git(self.root, "var", "GIT_AUTHOR_IDENT", settings=("user.useConfigOnly=true",))
        except GitDiedError:
            raise
        except GitError as error:
            raise GitError("git doesn't know who you are", hint=remedy(error)) from None
        return (said or b"").decode("utf-8", "replace").split(" <")[0].strip()

    def settle_index(self, paths: Sequence[str]) -> None:
        """Make the index of some files what the head has."""
        self.write("reset", "--quiet", "HEAD", "--", *paths, settings=(NO_HOOKS,))

    def made_as_given(self, files: Mapping[str, bytes | None]) -> str | None:
        """Return the id of the head when it is the commit that has given files just these bytes.

        None when it has others too, or when that can't be told, as where git converts what it
        keeps. It asks for two trees and never for the index, which is as long as the record.
        """
        words = ("diff-tree", "-r", "-z", "--root", "--no-renames", "HEAD", "--", *files)
        head, *rows = (git(self.root, *words) or b"").split(b"\0")
        # A row says the modes, the blobs before and after, and how; its path is next.
        blobs = {
            os.fsdecode(path): row.split(b" ")
            for row, path in zip(rows[::2], rows[1::2], strict=False)
        }
        for path, data in files.items():
            row = blobs.get(f"{self.prefix}{path}")
            if row is None or (data is None) != (row[4] == b"D"):
                return None
            if data is not None and row[3].decode() != blob_named(data, head.decode()):
                return None
        return head.decode()

    def commit(self, message: str, paths: Sequence[str]) -> None:
        """Commit some files as they stand, and nothing else that is staged; hooks and signing run.

        Raises:
            GitError: when git, a hook or the signing says no.
        """
        words = ("commit", "--quiet", "--cleanup=verbatim", "--file=-", "--only", "--", *paths)
        try:
            self.write(*words, given=message.encode(), settings=COMMITTING, transports=None)
        except GitError as error:
            raise GitError(error.message, hint=remedy(error)) from None


def remedy(error: GitError) -> str:
    """Return what to do about a commit that git, a hook or the signing refused."""
    if isinstance(error, GitDiedError):
        return error.hint
    said = f"{error.message}\n{error.hint}"
    if "user.email" in said or "user.name" in said or "identity" in said.lower():
        return 'say who you are:\ngit config --global user.name "Your Name"\ngit config --global user.email you@office.gov'
    if "sign" in said or "gpg" in said:
        return f"{error.hint}\nmend the signing key, or ask who keeps the repository".strip()
    return error.hint


def open_repository(root: Path) -> Repository:
    """Find the repository around a record.

    Raises:
        RepositoryError: when there is none, or it has no work tree.
        GitError: when git is missing or refuses.
    """
    found = git(root, "rev-parse", "--absolute-git-dir", "--show-toplevel", "--show-prefix")
    if found is None and os.path.lexists(root / ".git"):
        raise RepositoryError(
            f"git does not take {root / '.git'} for a repository, or can't read it",
            hint=f"see whose it is: ls -la {root / '.git'}",
        )
    if found is None:
        raise RepositoryError(
            "the record is not in a git repository, so a change can't be kept",
            hint=f"make one with: git -C {root} init",
        )
    lines = os.fsdecode(found).split("\n")
    if len(lines) < 3:
        raise GitError("git did not say where its folder is", hint="try again")
    folder, top, prefix = lines[:3]
    return Repository(root, Path(top), Path(folder), prefix)

"""Fetch the tip of a remote's branch, and take nothing over that rewrites what was seen before.

git's own refs for a remote follow wherever it goes (`+` in their refspec). So we fetch into refs of our
own, and remember the last tip that we saw or sent, whatever a plain `git fetch` did since.
"""

from __future__ import annotations

from contextlib import suppress

from nacoord.model.errors import NacoordError
from nacoord.record.git import GitError
from nacoord.record.git import git
from nacoord.record.git import git_told
from nacoord.record.recovery import is_shallow
from nacoord.record.repository import Repository
from nacoord.record.syncing.config import Config
from nacoord.record.syncing.network import failure
from nacoord.record.syncing.network import reach_with
from nacoord.record.syncing.upstream import Upstream
from nacoord.record.syncing.upstream import typed

_SHOWN = 5
_OPTIONS = (
    "fetch", "--quiet", "--no-tags", "--no-prune", "--no-recurse-submodules",
    "--no-write-fetch-head", "--refmap=",
)  # fmt: skip


class RewrittenError(NacoordError):
    """A remote no longer has what it had."""


class UnrelatedError(NacoordError):
    """A remote holds another history than ours."""


class CutOffError(NacoordError):
    """Part of the history is not here, so it can't be told what belongs together."""


def refuse_cut_off(repository: Repository, settings: Config) -> None:
    """Refuse to sync a history that is cut off, or of which files are left out.

    Raises:
        CutOffError: when it is a shallow clone (shallow(5)) or a partial one (partial-clone of git).
    """
    if is_shallow(repository.root):
        raise CutOffError(
            "the history here is cut off (shallow clone), so it can't be synced",
            hint="get the rest with: git fetch --unshallow",
        )
    lacking = [name for name in settings.remotes() if settings.is_on(f"remote.{name}.promisor")]
    if lacking:
        remote = typed(lacking[0])
        section = typed(f"remote.{lacking[0]}")
        raise CutOffError(
            "part of the history is not here (partial clone), so it can't be synced",
            hint=f"get the rest with: git config --unset {section}.partialclonefilter\n"
            f"git fetch --refetch {remote}; git config --unset {section}.promisor",
        )


def fetch(repository: Repository, upstream: Upstream, settings: Config) -> str | None:
    """Fetch the remote's branch; return the commit at its tip, None when there is no such branch.

    Nothing of git's own is moved: no branch, no remote's branch, no FETCH_HEAD.

    Raises:
        UnreachableError: when the remote gives no answer.
        RemoteRefusedError: when it says no.
    """
    into = f"+{upstream.theirs}:{upstream.incoming}"
    said = reach_with(repository, settings, *_OPTIONS, "--", upstream.remote, into)
    if said.code and b"couldn't find remote ref" in said.err:
        return None
    if said.code:
        raise failure(said, upstream.url or upstream.remote)
    return commit_at(repository, upstream.incoming)


def commit_at(repository: Repository, ref: str) -> str | None:
    """Return the commit that a ref names; None when there is no such ref."""
    code, said = git_told(
        repository.top, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{ref}^{{commit}}"
    )
    return None if code else said.decode().strip()


def is_ancestor(repository: Repository, old: str, new: str) -> bool:
    """Tell whether a commit is in the history of another."""
    return not git_told(repository.top, "merge-base", "--is-ancestor", old, new)[0]


def remembered(repository: Repository, upstream: Upstream) -> str | None:
    """Return the tip that was last seen or sent; what git saw where we never did.

    Ask before a fetch: one that runs beside it in the same clone may see more, and remember it.
    """
    seen = commit_at(repository, upstream.memory)
    if seen is None and upstream.tracked:
        return commit_at(repository, upstream.tracked)
    return seen


def remember(repository: Repository, upstream: Upstream, tip: str) -> None:
    """Keep a tip as seen or sent, for us and for git."""
    repository.write("update-ref", "-m", "nacoord sync", upstream.memory, tip)
    if upstream.tracked:
        with suppress(GitError):
            # Where a branch that is gone stands in its way, git's own fetch will tell.
            repository.write("update-ref", "-m", "nacoord sync", upstream.tracked, tip)


def refuse_gone(repository: Repository, upstream: Upstream, seen: str | None) -> None:
    """Refuse to make a branch again that the remote had and has no longer.

    Args:
        seen: its tip as remembered before the fetch.

    Raises:
        RewrittenError: when it had it.
    """
    if seen is not None:
        raise RewrittenError(
            f"{upstream.named} is gone: the remote had it, last seen at {_told(repository, seen)}",
            hint="all of it is kept here, and nothing was changed\n"
            "if it has another name there now: "
            f"git fetch {typed(upstream.remote)}; git branch --set-upstream-to {typed(upstream.remote)}/NAME\n"
            "ask who removed it; to put it back, or to begin at another remote: "
            f"git push {typed(upstream.remote)} {typed(f'HEAD:{upstream.theirs}')}",
        )


def refuse_rewritten(
    repository: Repository, upstream: Upstream, seen: str | None, tip: str
) -> None:
    """Refuse a tip that doesn't go back to the one that was last seen.

    Args:
        seen: its tip as remembered before the fetch.
        tip: the one that was fetched.

    Raises:
        RewrittenError: with both tips, what the remote lacks now, and what can be done.
    """
    if seen is None or is_ancestor(repository, seen, tip):
        return
    lost = _listed(repository, seen, tip)
    count = int(git(repository.top, "rev-list", "--count", seen, f"^{tip}", "--") or 0)
    many = "1 change" if count == 1 else f"{count} changes"
    lines = [
        f"last seen: {_told(repository, seen)}",
        f"there now: {_told(repository, tip)}",
        f"it lacks {many} that it had:",
        *(f"  {line}" for line in lost),
        *(
            [f"  and {count - len(lost)} more: git log {tip[:10]}..{seen[:10]}"]
            if count > len(lost)
            else []
        ),
        "nothing was changed here, and all of that is kept here; ask who did it",
    ]
    remote = typed(upstream.remote)
    if is_ancestor(repository, tip, seen):
        lines.append(f"to put it back: git push {remote} {typed(f'{seen[:10]}:{upstream.theirs}')}")
    else:
        lines += [
            f"to keep it there too: git push {remote} {seen[:10]}:refs/heads/before-{seen[:7]}",
            f"if the new history is meant: nacoord clone {typed(upstream.url)} DIR, and work there",
        ]
    raise RewrittenError(
        f"the history of {upstream.named} was rewritten, so it is not taken over",
        hint="\n".join(lines),
    )


def refuse_unrelated(repository: Repository, upstream: Upstream, ours: str, tip: str) -> None:
    """Refuse a tip that has no commit in common with ours.

    Raises:
        UnrelatedError: saying what is there.
    """
    if not git_told(repository.top, "merge-base", ours, tip)[0]:
        return
    raise UnrelatedError(
        f"{upstream.named} holds another history than this one, with nothing in common",
        hint=f"there: {_told(repository, tip)}\nhere:  {_told(repository, ours)}\n"
        f"if that is the office's record: nacoord clone {typed(upstream.url)} DIR\n"
        f"if not, use a remote that is empty: git remote set-url {typed(upstream.remote)} URL",
    )


def _told(repository: Repository, commit: str) -> str:
    return next(iter(_lines(repository, "--no-walk", commit)), commit[:10])


def _listed(repository: Repository, commit: str, without: str) -> list[str]:
    return _lines(repository, f"--max-count={_SHOWN}", commit, f"^{without}")


def _lines(repository: Repository, *words: str) -> list[str]:
    told = "--format=%h by %an on %cd: %s"
    said = git(repository.top, "log", "--date=format-local:%Y-%m-%d", told, *words, "--")
    return (said or b"").decode("utf-8", "replace").splitlines()

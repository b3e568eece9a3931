"""A record that came as a folder, with a command of somebody else's in every place git has for one.

Each such command writes its own name into a file and fails: what the file says afterwards was run.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from subprocess import CalledProcessError

from tests.support.git import commit_all
from tests.support.git import git

# Settings whose value git gives to a shell or runs as a program (git-config(1), 2.47).
SETTINGS = (
    "core.fsmonitor",
    "core.sshCommand",
    "core.editor",
    "core.pager",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "sequence.editor",
    "diff.external",
    "diff.guitool",
    "diff.evil.command",
    "diff.evil.textconv",
    "difftool.evil.cmd",
    "interactive.diffFilter",
    "filter.evil.clean",
    "filter.evil.smudge",
    "filter.evil.process",
    "merge.evil.driver",
    "mergetool.evil.cmd",
    "gpg.program",
    "gpg.ssh.program",
    "gpg.x509.program",
    "gpg.ssh.defaultKeyCommand",
    "credential.helper",
    "credential.https://example.org.helper",
    "pager.log",
    "pager.diff",
    "pager.show",
    "pager.status",
    "pager.config",
    "pager.tag",
    "pager.blame",
    "pager.rev-list",
    "pager.ls-tree",
    "uploadpack.packObjectsHook",
    "remote.origin.uploadpack",
    "remote.origin.receivepack",
    "remote.origin.vcs",
    "remote.origin.proxy",
    "trailer.evil.command",
    "trailer.evil.cmd",
    "tar.evil.command",
    "browser.evil.cmd",
    "man.evil.cmd",
    "instaweb.httpd",
    "imap.tunnel",
    "sendemail.sendmailCmd",
    "submodule.inner.update",
    "web.browser",
    "alias.log",
    "alias.status",
    "alias.cat-file",
)
# Settings that make a reading run of git run, or ask for, one of those.
TURNED_ON = {
    "log.showSignature": "true",
    "log.diffMerges": "on",
    "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true",
    "diff.submodule": "diff",
    "diff.algorithm": "patience",
    "diff.renames": "copies",
    "diff.ignoreSubmodules": "none",
    "diff.wsErrorHighlight": "all",
    "diff.colorMoved": "default",
    "color.ui": "always",
    "color.diff": "always",
    "color.status": "always",
    "core.abbrev": "4",
    "core.untrackedCache": "true",
    "core.preloadIndex": "true",
    "core.commentChar": "N",
    "format.pretty": "%GG canary",
    "log.date": "raw",
    "log.decorate": "full",
    "log.mailmap": "true",
    "log.abbrevCommit": "true",
    "log.excludeDecoration": "*",
    "status.submoduleSummary": "true",
    "status.showUntrackedFiles": "no",
    "status.short": "true",
    "status.branch": "true",
    "status.relativePaths": "false",
    "status.renames": "copies",
    "submodule.recurse": "true",
    "fetch.recurseSubmodules": "true",
    "protocol.ext.allow": "always",
    "protocol.file.allow": "always",
    "i18n.logOutputEncoding": "UTF-16",
    "column.ui": "always",
    "blame.ignoreRevsFile": "/nowhere",
    "tag.sort": "-creatordate",
    "gc.auto": "1",
    "maintenance.auto": "true",
    "filter.evil.required": "true",
    "diff.evil.cachetextconv": "true",
    "diff.evil.xfuncname": "^title",
    "gpg.format": "ssh",
    "trace2.eventTarget": "{canary}.trace",
}
HOOKS = (
    "applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-applypatch", "post-checkout",
    "post-commit", "post-index-change", "post-merge", "post-rewrite", "pre-applypatch",
    "pre-auto-gc", "pre-commit", "pre-merge-commit", "pre-push", "pre-rebase",
    "prepare-commit-msg", "reference-transaction", "sendemail-validate",
)  # fmt: skip
ATTRIBUTES = "* diff=evil filter=evil merge=evil\n"


def plant(folder: Path, canary: Path, *, turned_on: bool = True) -> None:
    """Put a command into every place of a repository; `canary` is where they write their names."""
    (folder / "issues" / "example.yaml").write_text(
        (folder / "issues" / "example.yaml").read_text().replace("priority: P1", "priority: P2")
    )
    commit_all(folder, "example: priority P1 → P2")
    (folder / ".gitattributes").write_text(ATTRIBUTES)
    commit_all(folder, "Attributes")
    # The clean work tree looks changed to git, so that it must compare.
    for file in folder.rglob("*.yaml"):
        file.write_bytes(file.read_bytes())
    config = [f"[include]\n\tpath = {folder / '.git' / 'more'}\n"]
    (folder / ".git" / "more").write_text(
        "".join(_line(name, _script(canary, name)) for name in SETTINGS)
    )
    if turned_on:
        config += [_line(name, said.format(canary=canary)) for name, said in TURNED_ON.items()]
    hooks = folder / "more-hooks"
    for place in (folder / ".git" / "hooks", hooks):
        place.mkdir(exist_ok=True)
        for name in HOOKS:
            (place / name).write_text(f"#!/bin/sh\n{_script(canary, f'hook {name}')}\n")
            (place / name).chmod(0o755)
    config += [_line("core.hooksPath", str(hooks))]
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "attributes").write_text(ATTRIBUTES)
    (folder / ".git" / "info" / "exclude").write_text("more-hooks\n")
    with (folder / ".git" / "config").open("a") as file:
        file.writelines(config)


def _script(canary: Path, name: str) -> str:
    return f"echo {name} >> {canary}; exit 1"


def _line(name: str, value: str) -> str:
    section, _, rest = name.partition(".")
    middle, _, key = rest.rpartition(".")
    head = f'[{section} "{middle}"]' if middle else f"[{section}]"
    said = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{head}\n\t{key} = "{said}"\n'


def ran(canary: Path) -> set[str]:
    """Return the names of the commands that ran."""
    return set(canary.read_text().splitlines()) if canary.exists() else set()


def proves_itself(folder: Path, canary: Path) -> set[str]:
    """Run plain git over a planted repository; return what ran, so that a test can see it bite."""
    for words in (["status"], ["log", "-p", "-1"], ["diff", "HEAD~1"]):
        # That they fail is what the commands are for.
        with suppress(CalledProcessError):
            git(folder, *words)
    return ran(canary)

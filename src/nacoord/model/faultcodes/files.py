"""Codes for files and folders that can't be taken as records. The examples are commands."""

from __future__ import annotations

from nacoord.model.faultcodes.code import FaultCode

FILES = (
    FaultCode(
        "bad-id",
        "A file's name is not an id.",
        "The name before .yaml is the record's id: small letters, digits and hyphens, at most 63, so "
        "that it can be typed and works on every file system.",
        "issues/",
        "cp issues/example.yaml 'issues/My Issue.yaml'",
        "cp issues/example.yaml issues/my-issue.yaml",
        shell=True,
    ),
    FaultCode(
        "duplicate-id",
        "Two files have the same id.",
        "An id is unique over all kinds, so that a record can be named without saying its kind.",
        "agencies/",
        "cp agencies/dhs.yaml issues/dhs.yaml",
        "sed 's/Homeland/Home/' agencies/dhs.yaml > agencies/dhs-two.yaml",
        shell=True,
    ),
    FaultCode(
        "not-a-file",
        "A folder, pipe or device stands where a record's file is expected.",
        "It is never opened: reading a pipe or a device could wait for ever.",
        "issues/",
        "mkfifo issues/pipe.yaml",
        "cp issues/example.yaml issues/file.yaml",
        shell=True,
    ),
    FaultCode(
        "stray-folder",
        "A folder holds YAML files that are not read.",
        "Only the folders of the kinds are read, and not the folders inside them; records anywhere "
        "else would be missing without a word.",
        "issue/",
        "mkdir issue && cp issues/example.yaml issue/other.yaml",
        "cp issues/example.yaml issues/other.yaml",
        shell=True,
    ),
    FaultCode(
        "symlink-outside",
        "A symbolic link leads out of the record.",
        "What it leads to is not in the record's history and may be anything on the machine.",
        "issues/",
        "ln -s /etc/hostname issues/linked.yaml",
        "ln -s example.yaml issues/linked.yaml",
        shell=True,
    ),
    FaultCode(
        "unreadable-file",
        "The system would not give the file's bytes.",
        "Permissions, a broken disk or a link that leads nowhere. The rest of the record still answers.",
        "issues/",
        "ln -s nowhere.yaml issues/lost.yaml",
        "cp issues/example.yaml issues/lost.yaml",
        shell=True,
    ),
    FaultCode(
        "wrong-ending",
        "A record's file doesn't end in .yaml.",
        "One ending, so that no record is left out by a habit of spelling.",
        "issues/",
        "cp issues/example.yaml issues/other.yml",
        "cp issues/example.yaml issues/other.yaml",
        shell=True,
    ),
)

"""Make a new record set: an empty one that passes `check`, or the sample."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.model.kinds.table import KINDS
from nacoord.model.office import FILE
from nacoord.record import disk
from nacoord.record.git import git

_BESIDE = f"{disk.PREFIX}git."
_OFFICE = """\
# The office and its record. `nacoord schema office` says what every key means.
format: 1
name: Office of the North America Coordinator
time_zone: America/New_York
own_agency: north-america-office
lockstep_agency: state

relationships:
  mexico:
    title: Mexico
    countries: [MX]
  canada:
    title: Canada
    countries: [CA]
  trilateral:
    title: North America
    countries: [CA, MX]

# In the order in which screens show them.
themes:
  covid: Covid-19
  security: Security
  labor: Labor
  infrastructure: Infrastructure
  environment: Environment
  migration: Migration
  trade: Trade
  energy: Energy
"""
_AGENCIES = {
    "north-america-office": "title: Office of the North America Coordinator\nlevel: federal\nsphere: both\ncountry: US\n",
    "state": "title: Department of State\nlevel: federal\nsphere: foreign\ncountry: US\n",
}


class StarterError(NacoordError):
    """A record can't be made here."""


def refuse_taken(folder: Path, *, sample: bool) -> None:
    """Refuse a folder that has a record already, or files where its records would go.

    What an interrupted `start` has left of the same record is no hindrance.

    Raises:
        StarterError: naming what is there.
    """
    if os.path.lexists(folder / FILE):
        raise StarterError(f"{folder / FILE} exists already", hint="name another folder")
    texts = _texts(sample=sample)
    for kind in KINDS.values():
        taken = folder / kind.folder
        if taken.exists() and not (taken.is_dir() and _is_begun(taken, texts)):
            raise StarterError(f"{taken} exists already", hint="name another folder")


def start(folder: Path, *, sample: bool) -> int:
    """Make a record set in a folder; return how many records it has.

    `nacoord.yaml` is written last, so a folder is a record only once it is whole.

    Raises:
        StarterError: when the folder already has a record, or files where its records would go.
    """
    refuse_taken(folder, sample=sample)
    texts = _texts(sample=sample)
    _sweep(folder)
    for path, data in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    disk.settle_all(folder, [folder / path for path in texts])
    disk.write_whole(folder / FILE, _office(sample=sample))
    return count(sample=sample)


def is_made(folder: Path, *, sample: bool) -> bool:
    """Tell whether a folder has the record that `start` makes, and nobody has changed it yet."""
    texts = {**_texts(sample=sample), FILE: _office(sample=sample)}
    return all(
        (folder / path).is_file() and (folder / path).read_bytes() == data
        for path, data in texts.items()
    )


def count(*, sample: bool) -> int:
    """Return how many records `start` makes."""
    return sum(path.endswith(".yaml") for path in _texts(sample=sample))


def _office(*, sample: bool) -> bytes:
    return (sample_folder() / FILE).read_bytes() if sample else _OFFICE.encode()


def _sweep(folder: Path) -> None:
    """Remove what a killed command left beside the record."""
    for left in folder.glob(f"{disk.PREFIX}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            disk.discard(left)


def _texts(*, sample: bool) -> dict[str, bytes]:
    """Return the files of a new record by path, but for nacoord.yaml."""
    if sample:
        source = sample_folder()
        return {
            f"{kind.folder}/{file.name}": file.read_bytes()
            for kind in KINDS.values()
            for file in sorted((source / kind.folder).glob("*.yaml"))
        }
    # git keeps no empty folders.
    empty = {f"{kind.folder}/.gitkeep": b"" for kind in KINDS.values()}
    return empty | {f"agencies/{id}.yaml": text.encode() for id, text in _AGENCIES.items()}


def _is_begun(folder: Path, texts: Mapping[str, bytes]) -> bool:
    """Tell whether all that is in a kind's folder is of the record that is to be made, or its beginning."""
    for file in folder.iterdir():
        wanted = texts.get(f"{folder.name}/{file.name}")
        if wanted is None or not file.is_file() or not wanted.startswith(file.read_bytes()):
            return False
    return True


def files_of(*, sample: bool) -> list[str]:
    """Return the paths of the files that `start` makes."""
    return [FILE, *_texts(sample=sample)]


def sample_folder() -> Path:
    """Return the folder of the sample: inside the package, or `data/` of a checkout.

    Raises:
        StarterError: when the installation lacks it.
    """
    for place in (Path(str(files("nacoord") / "sample")), Path(__file__).parents[3] / "data"):
        if (place / FILE).is_file():
            return place
    raise StarterError(
        "the sample is not part of this installation", hint="reinstall nacoord with pip"
    )


def ensure_git(folder: Path) -> bool:
    """Make a git repository where there is none around a folder; tell whether it was made.

    It is made beside its place and renamed: of a `git init` that was killed, git's folder would be
    there, and not whole.

    Raises:
        GitError: when git is missing or refuses.
    """
    if git(folder, "rev-parse", "--is-inside-work-tree") is not None:
        return False
    if (folder / ".git").exists():
        # What is there is git's own to mend.
        git(folder, "init", "--quiet")
        return True
    beside = folder / f"{_BESIDE}{os.getpid()}"
    try:
        git(folder, "init", "--quiet", "--", beside.name)
        os.rename(beside / ".git", folder / ".git")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return True

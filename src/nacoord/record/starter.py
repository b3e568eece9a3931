"""Make a new record set: an empty one that passes `check`, or the sample."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.model.kinds.table import KINDS
from nacoord.model.office import FILE
from nacoord.record.git import git

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


def start(folder: Path, *, sample: bool) -> int:
    """Make a record set in a folder; return how many records it has.

    `nacoord.yaml` is written last, so a folder is a record only once it is whole.

    Raises:
        StarterError: when the folder already has a record, or files where its records would go.
    """
    if (folder / FILE).exists():
        raise StarterError(f"{folder / FILE} exists already", hint="name another folder")
    for kind in KINDS.values():
        taken = folder / kind.folder
        if taken.exists() and (not taken.is_dir() or any(taken.iterdir())):
            raise StarterError(f"{taken} exists already", hint="name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    return _copy_sample(folder) if sample else _write_empty(folder)


def _write_empty(folder: Path) -> int:
    for kind in KINDS.values():
        (folder / kind.folder).mkdir(exist_ok=True)
        # git keeps no empty folders.
        (folder / kind.folder / ".gitkeep").touch()
    for id, text in _AGENCIES.items():
        (folder / "agencies" / f"{id}.yaml").write_text(text, encoding="utf-8")
    (folder / FILE).write_text(_OFFICE, encoding="utf-8")
    return len(_AGENCIES)


def _copy_sample(folder: Path) -> int:
    source = sample_folder()
    count = 0
    for kind in KINDS.values():
        (folder / kind.folder).mkdir(exist_ok=True)
        for file in sorted((source / kind.folder).glob("*.yaml")):
            shutil.copyfile(file, folder / kind.folder / file.name)
            count += 1
    shutil.copyfile(source / FILE, folder / FILE)
    return count


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

    Raises:
        GitError: when git is missing or refuses.
    """
    if git(folder, "rev-parse", "--is-inside-work-tree") is not None:
        return False
    git(folder, "init", "--quiet")
    return True

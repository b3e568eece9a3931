"""The folder of a site: built beside its place under a temporary name, and put there whole.

A marker file says that a folder is a site of ours and in which form, so that nothing else is ever replaced.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.record.disk import exchange
from nacoord.record.disk import remove_left
from nacoord.record.disk import settle
from nacoord.record.disk import settle_all

MARKER = "nacoord-site.json"
# Raised when an older nacoord could not tell any more what in a site is its own.
FORMAT = 1
_STYLE = "site.css"
_PREFIX = ".nacoord-site-"


class SitePlaceError(NacoordError):
    """A site can't be put where it is asked for."""


class SiteFolder:
    """A site in the making; it takes its place when it is whole."""

    def __init__(self, shown: str, place: Path, record: Path) -> None:
        """Look at the place, before there is any work.

        Args:
            shown: the place as messages print it.
            place: where the site is to be.
            record: the folder of the record, which a site must not be in, nor hold.

        Raises:
            SitePlaceError: when there is something that is no site of ours, or it can't be written.
        """
        self.shown = shown
        # What a link points to is replaced, not the link.
        self._place = Path(os.path.realpath(place))
        self._refuse(Path(os.path.realpath(record)))
        self._beside = self._place.parent / f"{_PREFIX}{self._place.name}.{os.getpid()}"
        self._files: list[Path] = []

    def begin(self, about: Mapping[str, object]) -> None:
        """Make the temporary folder, with the marker in it; remove what killed runs left.

        Args:
            about: what the marker says beside the form.
        """
        remove_left(self._place, _PREFIX)
        self._beside.mkdir()
        text = json.dumps({"format": FORMAT, **about}, indent=2, ensure_ascii=False)
        self.write(MARKER, f"{text}\n")

    def write(self, name: str, text: str) -> None:
        """Write a file of the site."""
        file = self._beside / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode())
        self._files.append(file)

    def finish(self) -> None:
        """Make all of it safe on the disk, put it in place, and remove what was there."""
        settle_all(self._beside, self._files)
        if self._place.exists():
            exchange(self._beside, self._place)
            settle(self._place.parent)
            shutil.rmtree(self._beside, ignore_errors=True)
        else:
            os.rename(self._beside, self._place)
            settle(self._place.parent)

    def discard(self) -> None:
        """Remove what was built and did not take its place."""
        shutil.rmtree(self._beside, ignore_errors=True)

    def _refuse(self, record: Path) -> None:
        place, parent = self._place, self._place.parent
        if place.is_relative_to(record):
            raise _cant(self.shown, "it is in the record", "name a folder outside of it")
        if not parent.is_dir():
            folder = os.path.dirname(self.shown.rstrip("/"))
            raise _cant(
                self.shown,
                f"there is no folder {folder}",
                f"make it: mkdir -p {shlex.quote(folder)}",
            )
        if place.exists() and not place.is_dir():
            raise _cant(self.shown, "it is a file", "name a folder")
        if place.is_dir() and (why := _why_not_ours(place)):
            raise _cant(self.shown, why, "name another folder, or empty that one yourself")
        if not os.access(parent, os.W_OK | os.X_OK):
            raise _cant(self.shown, "its folder is read-only", "name a folder elsewhere")


def _why_not_ours(place: Path) -> str:
    """Return why a folder can't be replaced; nothing when it is empty or all of it is a site of ours."""
    names = sorted(os.listdir(place))
    if not names:
        return ""
    form = _form(place / MARKER)
    if form is None:
        return "it is a folder of something else, not a site that nacoord made"
    if form > FORMAT:
        return f"it is a site of form {form}, made by a newer nacoord"
    stranger = next(_strangers(place, names), None)
    return f"it holds {stranger}, which is not of the site" if stranger else ""


def _form(marker: Path) -> int | None:
    try:
        found = json.loads(marker.read_bytes())
    except (OSError, ValueError):
        return None
    form = found.get("format") if isinstance(found, dict) else None
    return form if type(form) is int else None


def _strangers(place: Path, names: list[str]) -> Iterator[str]:
    """Yield what stands in a site and is none of its files."""
    for name in names:
        inner = place / name
        if name in BY_FOLDER and inner.is_dir() and not inner.is_symlink():
            for page in sorted(os.listdir(inner)):
                if not page.endswith(".html") or not (inner / page).is_file():
                    yield f"{name}/{page}"
        elif name not in (MARKER, _STYLE) and not (name.endswith(".html") and inner.is_file()):
            yield name


def _cant(shown: str, why: str, hint: str) -> SitePlaceError:
    return SitePlaceError(f"can't make the site {shown}: {why}", hint=hint, exit_code=4)

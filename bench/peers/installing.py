"""Install a peer beside everything else: in a folder that the next run finds again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path


class NotInstalledError(Exception):
    """A peer can't be had here."""


def from_pypi(package: str, program: str) -> Callable[[Path], Path]:
    """Return what installs a package from PyPI into an environment of its own."""

    def install(folder: Path) -> Path:
        found = folder / package / "bin" / program
        if not found.exists():
            _run([sys.executable, "-m", "venv", str(folder / package)])
            python = str(folder / package / "bin" / "python")
            _run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", package])
        return _there(found)

    return install


def from_npm(package: str, program: str) -> Callable[[Path], Path]:
    """Return what installs a package from the npm registry below a folder."""

    def install(folder: Path) -> Path:
        place = folder / package
        found = place / "node_modules" / ".bin" / program
        if not found.exists():
            place.mkdir(parents=True, exist_ok=True)
            words = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix"]
            _run([*words, str(place), package])
        return _there(found)

    return install


def from_debian(package: str, program: str) -> Callable[[Path], Path]:
    """Return what unpacks a package of Debian's below a folder, unless the system has it."""

    def install(folder: Path) -> Path:
        already = shutil.which(program)
        if already:
            return Path(already)
        place = folder / package
        found = place / "usr" / "bin" / program
        if not found.exists():
            place.mkdir(parents=True, exist_ok=True)
            _run(["apt-get", "download", "-q", package], place)
            for archive in place.glob("*.deb"):
                _run(["dpkg-deb", "-x", str(archive), str(place)])
        return _there(found)

    return install


def _there(program: Path) -> Path:
    if not program.exists():
        raise NotInstalledError(f"its package has no {program.name}")
    return program


def _run(words: Sequence[str], folder: Path | None = None) -> None:
    try:
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise NotInstalledError(f"there is no {words[0]} here") from None
    if done.returncode:
        raise NotInstalledError(done.stderr.strip()[-200:] or f"{words[0]} failed")

"""Build a wheel, install it with pip alone in a new environment, and use it as a stranger would.

Run by `.ci/run`; it needs no pytest, so that an undeclared dependency shows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command; fail loudly when it fails."""
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Build, install, start a record from the sample, ask it a question."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, cwd=folder)
        venv.create(folder / "env", with_pip=True)
        wheel = next(folder.glob("nacoord-*.whl"))
        held = {Path(name).name for name in zipfile.ZipFile(wheel).namelist()}
        templates = ROOT / "src/nacoord/present/document/templates"
        assert held >= {file.name for file in templates.iterdir()}, "a template is missing"
        run(folder / "env/bin/python", "-m", "pip", "install", "-q", wheel, cwd=folder)
        nacoord = folder / "env/bin/nacoord"
        run(nacoord, "init", "office", "--sample", cwd=folder)
        run(nacoord, "check", "--strict", "--data", "office", cwd=folder)
        shown = run(nacoord, "status", "mexico", "--data", "office", cwd=folder)
        counted = run(nacoord, "list", "issue", "--count", "--data", "office", cwd=folder)
        for command in ("list", "search", "matrix", "schema", "explain", "show", "init"):
            run(nacoord, command, "--help", cwd=folder)
    assert "DECIDE OR LATE" in shown
    expected = len(list((ROOT / "data/issues").glob("*.yaml")))
    assert int(counted) == expected, (counted, expected)
    print(f"the wheel works: {wheel.name}, {expected} issues in its sample")


if __name__ == "__main__":
    main()

"""Measure what people wait for, as ratios to floors on the same machine in the same run.

The floors: an empty Python, the bare imports a terminal tool needs, and libyaml composing the same
files with nothing done to them. Commands and floors take turns, so that a slow moment of the machine
hits both; medians are compared.

    python bench/run.py [--sizes 1000,10000] [--commits 100000] [--runs 5]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from generate import begin
from generate import generate
from generate import lengthen

NACOORD = str(Path(sys.executable).parent / "nacoord")
EMPTY = [sys.executable, "-c", "pass"]
TYPER = [sys.executable, "-c", "import typer"]
IMPORTS = [sys.executable, "-c", "import typer, rich.console, rich.table"]
COMPOSE = """
import os, sys, yaml
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith('.yaml'):
            with open(os.path.join(folder, name), 'rb') as file:
                yaml.compose(file, Loader=yaml.CSafeLoader)
"""


def seconds(command: Sequence[str], cwd: Path, fine: Sequence[int]) -> float:
    environment = {**os.environ, "NACOORD_TODAY": "2021-01-20"}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)
    if done.returncode not in fine:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return time.perf_counter() - started


def medians(
    commands: dict[str, Sequence[str]], cwd: Path, runs: int, fine: Sequence[int] = (0,)
) -> dict[str, float]:
    """Time each command `runs` times after one warm-up, taking turns; return medians.

    Args:
        fine: the exit codes of a run that went well.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            took = seconds(command, cwd, fine)
            if number:
                times[name].append(took)
    return {name: statistics.median(found) for name, found in times.items()}


def row(name: str, took: float, floor: str, floor_took: float) -> None:
    print(f"{name:<34} {took * 1000:>9.0f} ms {took / floor_took:>7.2f} x {floor}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="1000,10000")
    options.add_argument("--commits", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=5)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        print(f"{'what':<34} {'median':>12} {'ratio':>9} floor")
        took = medians(
            {
                "empty": EMPTY,
                "typer": TYPER,
                "imports": IMPORTS,
                "version": [NACOORD, "--version"],
                "help": [NACOORD, "--help"],
            },
            here,
            wanted.runs,
        )
        row("floor: empty Python", took["empty"], "empty", took["empty"])
        row("floor: import typer", took["typer"], "empty", took["empty"])
        row("floor: imports (F)", took["imports"], "empty", took["empty"])
        row("nacoord --version", took["version"], "import typer", took["typer"])
        row("nacoord --help", took["help"], "import typer", took["typer"])
        for size in (int(part) for part in wanted.sizes.split(",")):
            measure(here / str(size), size, wanted.runs)
            measure_change(here / str(size), wanted.runs)
        if wanted.commits:
            measure_history(here / "history", wanted.commits, wanted.runs)


def measure(folder: Path, size: int, runs: int) -> None:
    """Generate a record of a size and time the reads on it."""
    generate(folder, size)
    reads = {
        "status mexico": ["status", "mexico"],
        "list issue": ["list", "issue"],
        "show": ["show", "issue-00001"],
        "search": ["search", "harbor"],
        "matrix": ["matrix"],
        "impact": ["impact", "issue-00001"],
        "check": ["check"],
        # Beside the record, not in it; from the second run on it replaces the last one.
        "site": ["site", f"../site-{size}"],
    }
    commands = {"imports": IMPORTS, "compose": [sys.executable, "-c", COMPOSE, str(folder)]}
    commands |= {name: [NACOORD, *words] for name, words in reads.items()}
    took = medians(commands, folder, runs)
    print(f"\n{size:,} records")
    row("floor: libyaml composes (P)", took["compose"], "imports", took["imports"])
    floor = took["compose"] + took["imports"]
    for name in reads:
        row(f"nacoord {name}", took[name], "P + F", floor)


def measure_change(folder: Path, runs: int) -> None:
    """Put the generated record in git, and time a change beside a bare git add and commit.

    The radar and the brief ask history too, so they are timed here, beside the morning screen.
    """
    begin(folder)
    lengthen(folder, 1000)
    took = medians(
        {
            "status": [NACOORD, "status"],
            "radar": [NACOORD, "radar"],
            "brief": [NACOORD, "brief", "--format", "markdown"],
        },
        folder,
        runs,
        fine=(0, 1),
    )
    row("nacoord radar", took["radar"], "status", took["status"])
    row("nacoord brief", took["brief"], "3 x status", 3 * took["status"])
    # A value that differs each time, for both to have something to commit.
    bare = (
        'sed -i "s/^title: .*/title: Bare $(date +%N%s)/" issues/issue-00002.yaml;'
        " git add issues/issue-00002.yaml && git commit -qm bare"
    )
    ours = f'{NACOORD} set issue-00001 "title=Ours $(date +%N%s)"'
    took = medians(
        {"imports": IMPORTS, "bare": ["sh", "-c", bare], "set": ["sh", "-c", ours]}, folder, runs
    )
    row("floor: git add + commit", took["bare"], "imports", took["imports"])
    row("nacoord set", took["set"], "F + 1.5 commits", took["imports"] + 1.5 * took["bare"])


def measure_history(folder: Path, commits: int, runs: int) -> None:
    """Make a long history, and time one record's beside a bare git log of its file."""
    generate(folder, 5000)
    begin(folder)
    lengthen(folder, commits)
    file = "issues/issue-00001.yaml"
    bare = ["git", "log", "--full-history", "-p", "--", file]
    took = medians(
        {
            "empty": EMPTY,
            "imports": IMPORTS,
            "log": bare,
            "history": [NACOORD, "history", "issue-00001"],
        },
        folder,
        runs,
    )
    print(f"\n{commits:,} commits")
    row("floor: git log -p of the file", took["log"], "imports", took["imports"])
    row("nacoord history", took["history"], "1.2 logs + F", 1.2 * took["log"] + took["imports"])


if __name__ == "__main__":
    main()

"""Try every fault on every operation, and say what came of it: `python -m tests.faults.run`.

It prints a table, and the same as one line of JSON; it ends with 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.faults.operations import OPERATIONS
from tests.faults.oracle import Bench

ROOT = Path(__file__).parents[2]
HOWS = ("signal=KILL", "error=EIO", "error=ENOSPC", "error=EROFS", "signal=INT")


def main() -> int:
    """Run it; return its exit code."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--operations", default=",".join(OPERATIONS))
    words.add_argument("--how", default=",".join(HOWS[:2]), help=f"any of {', '.join(HOWS)}")
    words.add_argument("--share", type=float, default=1.0, help="of all points, drawn by --seed")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = words.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed: apt-get install strace")
        return 2
    compileall.compile_dir(ROOT / "src", quiet=2)
    jobs = [
        (name, how, asked.share, asked.seed)
        for how in asked.how.split(",")
        for name in asked.operations.split(",")
    ]
    rows: list[Counter[str]] = []
    with ProcessPoolExecutor(asked.jobs) as pool:
        for (name, how, *_), (row, wrong) in zip(jobs, pool.map(tried, jobs), strict=True):
            rows.append(row)
            told = "  ".join(f"{key} {count}" for key, count in sorted(row.items()))
            print(f"{name:12} {how:12} {told}", flush=True)
            for line in wrong:
                print(f"  {' '.join(line.split())[:300]}", flush=True)
    whole: Counter[str] = Counter()
    for row in rows:
        whole.update(row)
    print(
        json.dumps({"operations": len(asked.operations.split(",")), **dict(sorted(whole.items()))})
    )
    return 1 if whole["lost"] else 0


def tried(job: tuple[str, str, float, int]) -> tuple[Counter[str], list[str]]:
    """Try the faults of a kind on an operation; return the counts, and what was wrong."""
    name, how, share, seed = job
    count: Counter[str] = Counter(points=0, old=0, new=0, acknowledged=0, lost=0)
    wrong = []
    with tempfile.TemporaryDirectory(prefix="nacoord-faults-") as base:
        settle(Path(base))
        bench = Bench(Path(base) / "bench", name)
        faults = list(bench.faults(how))
        if share < 1:
            faults = random.Random(seed).sample(faults, max(1, round(share * len(faults))))
        for fault in faults:
            outcome = bench.strike(fault)
            count["points"] += 1
            count["new" if outcome.new else "old"] += 1
            count["acknowledged"] += outcome.ran.code == 0
            count["lost"] += bool(outcome.wrong)
            wrong += [f"{name} {fault}: {line}" for line in outcome.wrong]
        os.chdir(ROOT)
    return count, wrong


def settle(base: Path) -> None:
    """Let nothing of the machine be seen: a home of its own, and only the settings that tests have."""
    home = base / "home"
    home.mkdir()
    for name in [each for each in os.environ if each.startswith(("NACOORD_", "GIT_", "LC_"))]:
        del os.environ[name]
    os.environ |= {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(base.parent),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "src"),
    }


if __name__ == "__main__":
    sys.exit(main())

"""Run targets under atheris, guided by coverage, each in a process of its own."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "src")]

from targets import TARGETS  # noqa: E402

# What one input may take: anything slower or larger is a finding.
_LIMITS = ("-timeout=20", "-rss_limit_mb=2048", "-max_len=65536", "-print_final_stats=1")


def main() -> int:
    """Run the targets that are asked for; return 1 when one found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", nargs="*", choices=[[], *TARGETS], default=[])
    parser.add_argument("--seconds", type=int, default=20, help="how long each target runs")
    parser.add_argument("--replay", metavar="FILE", help="only run one input through the target")
    parser.add_argument("--guided", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    names = asked.target or list(TARGETS)
    if asked.replay:
        import_module(TARGETS[names[0]]).one(Path(asked.replay).read_bytes())
        return 0
    if asked.guided:
        return _guided(names[0], asked.seconds)
    found = [name for name in names if _started(name, asked.seconds)]
    print(f"{len(names)} targets, {len(found)} with findings: {', '.join(found) or 'none'}")
    return int(bool(found))


def _started(name: str, seconds: int) -> int:
    print(f"== {name}", flush=True)
    words = [sys.executable, __file__, name, "--seconds", str(seconds), "--guided"]
    return subprocess.run(words, check=False).returncode


def _guided(name: str, seconds: int) -> int:
    try:
        import atheris
    except ModuleNotFoundError:
        print("atheris is not installed: pip install atheris", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["nacoord"]):
        target = import_module(TARGETS[name])
    work = HERE / "work" / name
    work.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (work / f"seed-{number}").write_bytes(seed)
    kept = HERE / "corpus" / name
    folders = [str(work), *([str(kept)] if kept.is_dir() else [])]
    limits = [*_LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={work}/"]
    atheris.Setup([sys.argv[0], *limits, *folders], target.one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())

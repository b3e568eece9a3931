"""Run the command line inside the test's process, as a person in a pipe would."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nacoord.cli.boundary import guarded
from nacoord.cli.main import run_arguments


@dataclass(frozen=True)
class Ran:
    """What a run printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(arguments: Sequence[str]) -> Ran:
    """Run a command line here: quick, and without a terminal."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(out), redirect_stderr(err):
        code = guarded(lambda: run_arguments(list(arguments)))
    shown = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]

    assert "Traceback" not in shown[1]
    return Ran(code, shown[0], shown[1])


def spawn(
    arguments: Sequence[str], cwd: Path, shell: str = "", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own; `shell` is what follows it, as `| head -1`."""
    import os

    env = {**os.environ, **environment}
    command = [sys.executable, "-m", "nacoord", *arguments]
    if shell:
        import shlex

        script = f"set -o pipefail; {shlex.join(command)} {shell}"
        return subprocess.run(
            ["bash", "-c", script], cwd=cwd, env=env, capture_output=True, check=False
        )
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)

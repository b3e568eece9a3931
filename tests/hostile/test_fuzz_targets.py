"""The fuzz targets, without atheris: their seeds, what was found before, and what hypothesis makes."""

from __future__ import annotations

import random
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

_FUZZ = Path(__file__).parents[2] / "fuzz"
sys.path.insert(0, str(_FUZZ))
from targets import TARGETS  # noqa: E402

_SCRAPS = (
    b"\0", b"\xff", b"\t", b"\n", b"\r", b": ", b"- ", b"[", b"]", b"{", b"}", b"'", b'"', b"|", b"&a ", b"*a", b"!!x ", b"#",
    b"---\n", b"<<<<<<< x\n", b"\xe2\x80\xae", b"\x1b[31m", b"9" * 50, b"null", b"\xef\xbb\xbf", b"? ", b"\xc2\x85", b"\xe2\x80\xa8",
    b"=", b",", b";", b"<", b">", b"/", b"..", b"\\", b"%", b"+", b"@",
)  # fmt: skip


def _target(name: str) -> Any:
    return import_module(TARGETS[name])


def test_every_file_is_a_target() -> None:
    files = {file.stem for file in (_FUZZ / "targets").glob("*.py")} - {"__init__"}

    assert files == set(TARGETS)
    assert {folder.name for folder in (_FUZZ / "corpus").iterdir() if folder.is_dir()} <= set(
        TARGETS
    )


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_was_found_before(name: str) -> None:
    target = _target(name)
    tried = [
        *target.seeds(),
        *(file.read_bytes() for file in sorted((_FUZZ / "corpus" / name).glob("*"))),
    ]

    assert tried
    for data in tried:
        target.one(data)


def _changed(rng: random.Random, seeds: list[bytes]) -> bytes:
    data = rng.choice(seeds)[:20_000]
    for _ in range(rng.randint(1, 5)):
        start, end = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
        scrap = rng.choice(_SCRAPS)
        other = rng.choice(seeds)
        data = rng.choice(
            [
                data[:start] + scrap + data[start:],
                data[:start] + scrap + data[end:],
                data[:start] + data[end:],
                data[:end] + data[start:],
                data[:start] + other[: rng.randrange(len(other) + 1)],
                data[:start] + bytes([rng.randrange(256)]) + data[start + 1 :],
            ]
        )[:60_000]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_seeds(name: str) -> None:
    _damage(name, 30)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_damaged_seeds_for_long(name: str) -> None:
    _damage(name, 3_000)


def _damage(name: str, rounds: int) -> None:
    target, rng = _target(name), random.Random(rounds)
    seeds = list(target.seeds())
    for _ in range(rounds):
        data = _changed(rng, seeds)
        try:
            target.one(data)
        except Exception as error:
            error.add_note(f"the input: {data[:2000]!r}")
            raise


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_what_hypothesis_makes(name: str) -> None:
    target = _target(name)
    seeds = list(target.seeds())
    pieces = st.lists(st.one_of(st.sampled_from(_SCRAPS), st.binary(max_size=6), st.text(max_size=6).map(str.encode)), max_size=30)  # fmt: skip

    @settings(max_examples=500, suppress_health_check=list(HealthCheck))
    @given(st.one_of(pieces.map(b"".join), st.tuples(st.sampled_from(seeds), pieces, st.integers(0, 500)).map(lambda t: t[0][: t[2]] + b"".join(t[1]) + t[0][t[2] :])))  # fmt: skip
    def run(data: bytes) -> None:
        target.one(data)

    run()

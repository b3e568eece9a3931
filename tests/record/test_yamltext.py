"""Strict YAML: what values mean, what is refused, and where it says things stand."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.record.coreschema import core_value
from nacoord.record.files import MAX_BYTES
from nacoord.record.yamltext import read


@pytest.mark.parametrize(
    ("plain", "meant"),
    [
        *[(word, word) for word in ("NO", "no", "on", "Off", "yes", "Y", "n", "12:30", "1:30:00", "1_000", "2021-01-20", "v1.0", "1.2.3", "=", "<<", "0b11", "tRue", "NULL.", "+", "-", ".", "e3", "0x", "0o8")],
        *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("FALSE", False),
        ("12", 12), ("-7", -7), ("+7", 7), ("012", 12), ("0o17", 15), ("0x1F", 31),
        ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("1.", 1.0), ("-.inf", float("-inf")),
    ],
)  # fmt: skip
def test_plain_scalars_have_the_types_of_the_core_schema(plain: str, meant: Any) -> None:
    assert core_value(plain) == meant
    assert type(core_value(plain)) is type(meant)


@pytest.mark.parametrize("style", ['"{}"', "'{}'", "|-\n  {}", ">-\n  {}"])
@pytest.mark.parametrize("text", ["NO", "12", "true", "null", "1e3"])
def test_what_is_quoted_is_text(style: str, text: str) -> None:
    assert read(f"a: {style.format(text)}\n".encode()).value == {"a": text}


def _problems(text: str | bytes) -> list[tuple[str, int, int]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [(p.code, p.place.line, p.place.column) for p in read(data).problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\nb: 4\n", [("duplicate-key", 3, 1), ("duplicate-key", 4, 1)]),
        ("a:\n  - b: 1\n    b: 2\n", [("duplicate-key", 3, 5)]),
        ("a: {b: 1, b: 2}\n", [("duplicate-key", 1, 11)]),
        ("a: 1\n'a': 2\n", [("duplicate-key", 2, 1)]),
        ("a: !!str 1\nb: !x 2\nc: !!python/object:os.system {}\n", [("tag", 1, 4), ("tag", 2, 4), ("tag", 3, 4)]),
        ("a: 1\n---\nb: 2\n", [("several-documents", 2, 1)]),
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", [("merge-conflict", 2, 1)]),
        ("a: x\0y\n", [("control-character", 1, 5)]),
        ("a: x\x1by\n", [("control-character", 1, 5)]),
        (b"a: caf\xe9\n", [("not-utf8", 1, 7)]),
        ("é: ü\nb: caf".encode() + b"\xff", [("not-utf8", 2, 7)]),
        ("a: b: c\n", [("bad-yaml", 1, 5)]),
        ("a: [1, 2\n", [("bad-yaml", 2, 1)]),
        ("a: 'x\n", [("bad-yaml", 2, 1)]),
        ("a:\n\t- b\n", [("bad-yaml", 2, 1)]),
        ("a: *x\n", [("bad-yaml", 1, 4)]),
        ("? [a]\n: 1\n", [("bad-key", 1, 3)]),
        (": 1\n", [("bad-yaml", 1, 1)]),
        ("~: 1\n'': 2\n", [("bad-key", 2, 1)]),
    ],
)  # fmt: skip
def test_what_is_refused_and_where(text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert _problems(text) == expected
    document = read(text if isinstance(text, bytes) else text.encode())
    assert document.value is None
    assert all(problem.hint for problem in document.problems)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_file_has_no_value_and_no_problem(text: str) -> None:
    document = read(text.encode())

    assert (document.value, document.problems) == (None, [])


def test_a_small_alias_is_read_and_a_bomb_is_refused() -> None:
    assert read(b"a: &x [1, 2]\nb: *x\n").value == {"a": [1, 2], "b": [1, 2]}
    bomb = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert [code for code, _, _ in _problems(bomb)] == ["too-many-values"]


def test_an_alias_to_what_encloses_it_is_refused() -> None:
    assert [code for code, _, _ in _problems("a: &a [*a]\n")] == ["too-deep"]


DEEP = {
    "flow lists": "[" * 100_000,
    "flow mappings": "{a: " * 100_000,
    "block lists": "- " * 100_000 + "x\n",
    "block mappings": "".join(f"{' ' * n}a:\n" for n in range(1200)),
    "complex keys": "? " * 50_000 + "x\n",
    "block lists after a lone CR": "a:\r" + "- " * 100_000,
    "block lists after U+2028": "a:\u2028" + "- " * 100_000,
    "lists on lines": "".join(f"{' ' * n}-\n" for n in range(1200)),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused_and_never_crashes(text: str) -> None:
    """libyaml's composer recurses in C: a deep text would end the process, so try it in another."""
    script = "import sys; from nacoord.record.yamltext import read; print([p.code for p in read(sys.stdin.buffer.read()).problems])"
    done = subprocess.run(
        [sys.executable, "-c", script], input=text.encode(), capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().strip() in ("['too-deep']", "['bad-yaml']")


def test_the_size_limit() -> None:
    assert [code for code, _, _ in _problems(b"#" * (MAX_BYTES + 1))] == ["too-large"]
    assert _problems(b"#" * MAX_BYTES) == []


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a: 1\nb:\n  c: [x, yy]\n", ("b", "c", 1), (3, 10, 2)),
        ("\ufeffa: 1\nb: two\n", ("b",), (2, 4, 3)),
        ("a: 1\r\nb: two\r\n", ("b",), (2, 4, 3)),
        ('a: "é\u2028ü"\nb: two\n', ("b",), (2, 4, 3)),
        ("a: ééé\nb: 漢字\n", ("b",), (2, 4, 2)),
        ("a:\n  - b: 1\n    c: 2\n", ("a", 0, "c"), (3, 8, 1)),
        ("a: |\n  one\n  two\nb: 3\n", ("b",), (4, 4, 1)),
        ("a:\nb: 1\n", ("a",), (1, 1, 1)),
        ("a: 1\n", ("nowhere",), (1, 1, 1)),
        ("a:\n  b: 1\n", ("a", "missing"), (1, 1, 1)),
    ],
)  # fmt: skip
def test_places_are_where_an_editor_shows_them(
    text: str, path: tuple[str | int, ...], expected: tuple[int, int, int]
) -> None:
    place = read(text.encode()).place(path)

    assert (place.line, place.column, place.width) == expected


def test_a_place_on_the_key() -> None:
    place = read(b"a: 1\nbee: two\n").place(("bee",), on_key=True)

    assert (place.line, place.column, place.width) == (2, 1, 3)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    )
)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_any_bytes_are_a_value_or_problems_in_the_text(data: bytes) -> None:
    document = read(data)

    assert document.value is None or not document.problems
    lines = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in document.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.message


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
_YAMLISH = st.lists(st.sampled_from(["a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "'", '"', "|", ">", "&x ", "*x", "!t ", "#", "é", "? ", "---\n", "1", ","]), max_size=40)  # fmt: skip


@given(_YAMLISH.map("".join))
@settings(max_examples=600, deadline=None, derandomize=True)
def test_what_libyaml_reads_as_one_mapping_keeps_its_keys(text: str) -> None:
    document = read(text.encode())
    if isinstance(document.value, dict):
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        assert isinstance(node, yaml.MappingNode)
        assert list(document.value) == [key.value for key, _ in node.value]


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), _TEXT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(_TEXT.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(_TEXT.filter(bool), _JSON, max_size=5))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_json_is_read_as_json_means_it(value: dict[str, Any]) -> None:
    """YAML 1.2 takes in JSON (YAML 1.2.2, section 1.2); libyaml lacks only surrogate escapes."""
    document = read(json.dumps(value, ensure_ascii=False).encode())

    assert document.problems == []
    assert document.value == (value or {})

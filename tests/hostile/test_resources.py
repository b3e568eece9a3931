"""What asks for too much memory, time or stack is refused with a word. Each runs in a child with limits.

The bounds are the system's: what goes beyond them is killed, so a test that passes has shown that the
answer came within them. None measures time.
"""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.office import office
from tests.support.records import BASE
from tests.support.records import write

# Far above what any honest answer takes, far below what a bomb would.
_SECONDS = 60
_BYTES = 3 * 1024**3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return office(tmp_path / "record")


def ask(folder: Path, *words: str, code: int | tuple[int, ...] = 0) -> str:
    """Run a command with limits on processor time and memory; return what it said."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))

    done = subprocess.run(
        [sys.executable, "-m", "nacoord", *words],
        cwd=folder,
        env={**os.environ, "NACOORD_TODAY": "2021-01-20"},
        capture_output=True,
        check=False,
        preexec_fn=limit,
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode in ((code,) if isinstance(code, int) else code), said[-2000:]
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{{ "a" * 10**10 }}', "more memory than a page may"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "seconds of work"),
        *(
            pytest.param(source, said, marks=pytest.mark.slow)
            for source, said in (
                ('{{ "%10000000000s"|format("x") }}', "office.html:1:"),
                ('{{ "x".ljust(10**10) }}', "more memory than a page may"),
                ('{{ "x"|center(10**10) }}', "more memory than a page may"),
                ('{{ "{:>9999999999}".format("x") }}', "more memory than a page may"),
                ("{% set n = namespace(x='aa') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}", "memory"),
                ("{{ 7 ** (7 ** 9) }}", "seconds of work"),
                ("{% for a in range(99999) %}{{ 'x' * 99999 }}{% endfor %}", "memory"),
            )
        ),
    ],
)  # fmt: skip
def test_a_template_takes_so_much_and_no_more(
    source: str, said: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "office.html").write_text(source)
    # The time a template has is shortened, for the test to be short.
    script = (
        "import nacoord.cli.bounds as b; b.SECONDS = 0.3; from nacoord.cli.main import main; main()"
    )
    words = ["brief", "--template", str(tmp_path / "office.html"), "-o", str(tmp_path / "b.html")]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=folder,
        env={**os.environ, "NACOORD_TODAY": "2021-01-20"},
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS)),
    )

    assert done.returncode == 1, done.stderr.decode()[-500:]
    assert said in done.stderr.decode()
    assert not (tmp_path / "b.html").exists()


_PAD = "title: x\nlevel: federal\nsphere: both\n"
YAML: dict[str, Callable[[], str]] = {
    "aliases": lambda: "x-0: &a0 [x, x]\n" + "".join(f"x-{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
    "merged aliases": lambda: "a: &a {b: 1}\n" + "".join(f"x-{n}: {{<<: *a}}\n" for n in range(9_000)),
    "brackets": lambda: "x-a: " + "[" * 500_000,
    "braces": lambda: "x-a: " + "{a: " * 200_000,
    "dashes": lambda: "x-a:\n" + "- " * 400_000,
    "keys": lambda: "? " * 400_000,
    "indents": lambda: "".join(" " * n + "a:\n" for n in range(1_300)),
    "a long text": lambda: f"{_PAD}summary: {'x' * 1_000_000}\n",
    "a long quoted text": lambda: _PAD + 'summary: "' + r"\x41" * 250_000 + '"\n',
    "long lines of blanks": lambda: f"{_PAD}summary: |\n  x{' ' * 900_000}x\n",
    "many entries": lambda: f"{_PAD}aliases: [{','.join('x' for _ in range(100_000))}]\n",
    "many keys": lambda: _PAD + "".join(f"x-{n}: 1\n" for n in range(60_000)),
    "many equal keys": lambda: _PAD + "x-a: 1\n" * 100_000,
    "many faults": lambda: _PAD + "".join(f"z{n}: 1\n" for n in range(15_000)),
    "digits": lambda: f"{_PAD}x-a: {'9' * 900_000}\n",
    "a float": lambda: f"{_PAD}x-a: 1.{'9' * 900_000}e{'9' * 1000}\n",
    "a based number": lambda: f"{_PAD}x-a: 0x{'f' * 900_000}\n",
    "a key of one megabyte": lambda: f"{_PAD}x-{'k' * 1_000_000}: 1\n",
    "anchors": lambda: _PAD + "".join(f"x-{n}: &a{n} 1\n" for n in range(19_000)),
    "comments": lambda: "#\n" * 500_000,
    "empty lines": lambda: "\n" * 1_000_000,
    "quotes": lambda: _PAD + "summary: " + "'" * 900_000,
    "markers": lambda: "=======\n" * 120_000,
    "conflicts": lambda: "<<<<<<< x\n" * 100_000,
    "documents": lambda: "---\n" * 250_000,
    "directives": lambda: "%TAG ! tag:x\n" * 70_000 + "---\n",
    "block indents": lambda: f"{_PAD}summary: |9\n" + " " * 900_000,
    "combining": lambda: f'{_PAD}summary: "{chr(0x301) * 450_000}"\n',
    "markdown": lambda: f"{_PAD}summary: '{'[' * 200_000}{'*_' * 100_000}{'`' * 100_000}'\n",
    "dates": lambda: f"{_PAD}contact: {{cadence: {'1' * 100_000}}}\n",
    "id like": lambda: f"{_PAD}parent: {'a-' * 400_000}\n",
    "words that are ids": lambda: f"{_PAD}summary: {'sre state dhs ' * 60_000}\n",
}  # fmt: skip


def test_files_of_a_record_take_so_much_and_no_more(folder: Path) -> None:
    slow = {"conflicts", "many equal keys", "many faults", "anchors"}
    names = [name for name in YAML if name not in slow]
    write(folder, {f"agencies/bomb-{n}.yaml": YAML[name]() for n, name in enumerate(names)})

    assert "could not be read" in ask(folder, "status", code=3)


@pytest.mark.slow
@pytest.mark.parametrize("name", YAML)
def test_a_file_of_a_record_takes_so_much_and_no_more(name: str, folder: Path) -> None:
    write(folder, {"agencies/bomb.yaml": YAML[name]()})
    ask(folder, "check", code=(0, 1, 3))
    ask(folder, "show", "bomb", code=(0, 3))


@pytest.mark.slow
@pytest.mark.parametrize("name", YAML)
def test_such_a_file_goes_through_every_document(name: str, folder: Path, tmp_path: Path) -> None:
    write(folder, {"agencies/bomb.yaml": YAML[name]()})
    for words in (
        ["search", "x"],
        ["list", "agency"],
        ["handover", "bomb", "-o", str(tmp_path / "a.html")],
        ["handover", "bomb", "-o", str(tmp_path / "a.md")],
        ["set", "bomb", "title=Other", "--dry-run"],
        ["export", "json", "-o", str(tmp_path / "a.json")],
        ["site", str(tmp_path / "site")],
    ):
        ask(folder, *words, code=(0, 1, 3, 4))


def test_an_office_file_that_is_a_bomb(folder: Path) -> None:
    write(folder, {"nacoord.yaml": BASE["nacoord.yaml"] + "themes: " + "[" * 900_000})

    assert "nacoord.yaml:13:" in ask(folder, "status", code=3)


def test_a_long_line_is_not_shown_whole(folder: Path) -> None:
    write(folder, {"agencies/bomb.yaml": _PAD + "z: " + "x" * 1_000_000})

    assert len(ask(folder, "check", code=3)) < 20_000


def _bomb(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return held.getvalue()


_HEAD = b'<?xml version="1.0"?>'
_ROWS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
_CONTENT = {
    "[Content_Types].xml": _HEAD + b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": _HEAD + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": _HEAD + b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": _HEAD + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="%s"/></Relationships>',
}  # fmt: skip


def _book(rows: bytes, target: bytes = b"worksheets/sheet1.xml", **more: bytes) -> bytes:
    parts = {name: data.replace(b"%s", target) for name, data in _CONTENT.items()}
    return _bomb({**parts, "xl/worksheets/sheet1.xml": _ROWS % rows, **more})


_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
SHEETS: dict[str, Callable[[], bytes]] = {
    "zeros.xlsx": lambda: _bomb({"xl/worksheets/sheet1.xml": bytes(1024**3)}),
    "nested.xlsx": lambda: _bomb({"a.xlsx": _bomb({"b": bytes(10**8)})}),
    "parts.xlsx": lambda: _bomb({f"p{n}": b"" for n in range(60_000)}),
    "laughs.xlsx": lambda: _bomb({"xl/workbook.xml": _HEAD + b'<!DOCTYPE x [<!ENTITY l0 "lol">' + _LAUGHS + b"]><x>&l11;</x>"}),
    "utf16.xlsx": lambda: _bomb({"xl/workbook.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")}),
    "outside.xlsx": lambda: _bomb({"xl/workbook.xml": _HEAD + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
    "deep.xlsx": lambda: _book(b"<row>" * 400_000),
    "far.xlsx": lambda: _book(b'<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "beyond.xlsx": lambda: _book(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999999"><c r="XFD1"><v>1</v></c></row>'),
    "wide.xlsx": lambda: _book(b'<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>'),
    "merged.xlsx": lambda: _book(b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'),
    "loop.xlsx": lambda: _book(b"", b"worksheets/../worksheets/../../xl/workbook.xml"),
    "climbs.xlsx": lambda: _book(b"", b"../../../../../etc/passwd"),
    "rows.xlsx": lambda: _book(b"<row/>" * 1_000_000),
    "hidden.xlsx": lambda: _book(b'<row hidden="1" ' * 200_000),
    "empty.xlsx": lambda: b"",
    "truncated.xlsx": lambda: _book(b"<row/>")[:-30],
    "columns.csv": lambda: b"a," * 500_000 + b"\n" + b"1," * 500_000,
    "rows.csv": lambda: b"title\n" + b"x\n" * 3_000_000,
    "quote.csv": lambda: b'title\n"' + b"x" * 30_000_000,
    "quotes.csv": lambda: b"title\n" + b'"' * 5_000_001,
    "nul.csv": lambda: b"title\nx\0y\n",
    "big.csv": lambda: b"x" * (40 * 1024 * 1024),
    "compressed.csv": lambda: gzip.compress(bytes(10**6)),
    "title.tsv": lambda: b"title\t" * 900_000,
}  # fmt: skip
_MAPPING = "kind: agency\nmatch: title\nid: {from: title}\nfields:\n  title: title\n  level: {constant: federal}\n  sphere: {constant: both}\n"


_QUICK = {"laughs.xlsx", "climbs.xlsx", "nul.csv"}


@pytest.mark.parametrize(
    "name",
    [name if name in _QUICK else pytest.param(name, marks=pytest.mark.slow) for name in SHEETS],
)
def test_a_sheet_takes_so_much_and_no_more(name: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SHEETS[name]())
    (tmp_path / "map.yaml").write_text(_MAPPING)
    said = ask(
        folder, "import", str(tmp_path / name), "--mapping", str(tmp_path / "map.yaml"), "--dry-run",
        code=(0, 1, 2),
    )  # fmt: skip

    assert "bug in nacoord" not in said
    assert "root:" not in said


@pytest.mark.slow
def test_a_history_of_huge_messages(folder: Path) -> None:
    message = (
        f"Subject {'x' * 500_000}\n\n"
        + "Nacoord-Record: example "
        + "y" * 500_000
        + "\n\n" * 100_000
    )
    done = subprocess.run(
        ["git", "commit", "-q", "--allow-empty", "-F", "-"],
        cwd=folder,
        input=message.encode(),
        check=False,
    )
    assert done.returncode == 0
    write(folder, {"issues/example.yaml": BASE["issues/example.yaml"].replace("P1", "P2")})
    subprocess.run(["git", "commit", "-qaF", "-"], cwd=folder, input=message.encode(), check=True)
    for words in (
        ["log"],
        ["history", "example"],
        ["audit"],
        ["blame", "example"],
        ["diff", "HEAD~1"],
    ):
        ask(folder, *words, code=(0, 1))


@pytest.mark.slow
def test_fifty_thousand_files_are_read(folder: Path) -> None:
    place = folder / "agencies"
    for number in range(50_000):
        (place / f"many-{number}.yaml").write_text(_PAD)
    ask(folder, "check", code=(0, 1))
    ask(folder, "status")

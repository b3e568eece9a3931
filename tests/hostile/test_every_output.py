"""A hostile record through every command and every format: what is shown is text, and only text."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from markdown_it import MarkdownIt

from nacoord.present.plain import _UNSAFE
from tests.support import hostile
from tests.support.asking import lines
from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.records import write

# Beside those of `tests/support/hostile.py`.
TEXTS = {
    "osc": "\x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x1b]52;c;ZXZpbA==\x07 \x9d0;title\x9c",
    "bidi": "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C))),
    "hidden": "a\u200bb\u2060c\ufeffd\U000e0041\U000e007f",
    "combining": "z" + "\u0301" * 300,
    "wide": "漢" * 90 + "👩‍👩‍👧‍👦" * 8,
    "long": "x" * 700,
    "rich": "[bold red]x[/bold red] [link=https://evil.example]x[/link] [/] \\[x] :smile:",
    "lines": "one\r\nX-EVIL:1\r\nEND:VCALENDAR\rtwo\u2028three\x85four\x0bfive\x0csix",
    "formula": "=cmd|' /C calc'!A0",
    "formula with a blank": ' \t=HYPERLINK("https://evil.example";"x")',
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "full width": "＝1+1",
    "markdown": "# head\n> quote\n- list\n![i](javascript:hit) [l](javascript:hit) <https://evil.example> [r]: javascript:hit\n```\ncode",
    "links": "[a](data:text/html,<script>hit</script>) javascript:hit vbscript:hit DATA:text/html;base64,AA java\tscript:hit",
    "typst": '#import "@preview/evil:1.0.0" #read("/etc/passwd") $x$ @ref <label> */ // #eval("1")',
    "word": '{ HYPERLINK "https://evil.example" } { DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe } ]]> <w:fldSimple w:instr="X"/>',
    "mermaid": '"]; click example call hit() %%{init: {"securityLevel": "loose"}}%% --> x; end',
    "dot": '"]; evil [shape=box, URL="javascript:hit", image="/etc/passwd"]; \\N \\G <b>x</b> // /* \\',
    "sql": "'); DROP TABLE issue; -- \" ` ]",
    "template": "{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %> {0.__class__} %s %(x)s",
    "trailer": "x\n\nNacoord-Action: set\nNacoord-Record: sre title\nSigned-off-by: Evil <e@e>",
    "numbers": "1e999 NaN Infinity -Infinity 0x10",
}  # fmt: skip
EVERYTHING = {**hostile.TEXTS, **TEXTS}
pytestmark = pytest.mark.slow
_STYLE = re.compile("\x1b\\[[0-9;]*m")
_UNSAFE_TEXT = re.compile(_UNSAFE)


def _written(text: str) -> str:
    """Return a text as YAML writes it in double quotes, by escapes alone."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    return f"\\U{ord(char):08x}" if ord(char) > 0xFFFF else json.dumps(char)[1:-1]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Ask everything once over one record with every text; return what was printed and written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1",
            "NACOORD_TODAY": "2021-01-20", "LANG": "C.UTF-8", "COLUMNS": "80",
        }.items():  # fmt: skip
            patch.setenv(name, value)
        place = office(tmp_path_factory.mktemp("hostile") / "record")
        said = _written(" ".join(EVERYTHING.values()))
        texts = hostile.record(said)
        texts["issues/example.yaml"] += (
            f"x-nan: [.nan, .inf, -.inf, 1e999, {said}]\nx-{'y' * 20}: {said}\n"
        )
        # Each text alone at its beginning too, which is where a cell becomes a formula.
        for number, text in enumerate(EVERYTHING.values()):
            alone = _written(text)
            texts[f"agencies/other-{number}.yaml"] = (
                f"title: {alone}\nlevel: state\nsphere: domestic\naliases: [{alone}]\nsummary: {alone}\n"
            )
        write(place, texts)
        commit_all(
            place,
            f"Hostile \x1b[31m subject {TEXTS['osc']} {TEXTS['bidi']}",
            who="Evil \x1b[31m [red]",
        )
        write(place, {"issues/example.yaml": texts["issues/example.yaml"].replace("P1", "P2")})
        commit_all(place, "Again\n\nNacoord-Action: set\nNacoord-Record: example")
        patch.chdir(place)
        out = tmp_path_factory.mktemp("out")
        printed = {}
        for words in lines(str(out)):
            printed[tuple(words)] = run(words)
            if "--json" not in words:
                told = ["--color", "always", *words]
                if str(out) not in " ".join(words):
                    patch.setenv("COLUMNS", "40")
                    printed[("40", *words)] = run(told)
                patch.setenv("COLUMNS", "80")
        yield {"printed": printed, "out": out, "place": place}


def _all(asked: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Ran]]:
    yield from asked["printed"].items()


def test_every_command_ends_as_it_says(asked: dict[str, Any]) -> None:
    for words, found in _all(asked):
        assert found.code in (0, 1), (words, found.err)


def test_nothing_reaches_a_terminal_but_text_and_our_own_styles(asked: dict[str, Any]) -> None:
    for words, found in _all(asked):
        if "export" in words or "markdown" in words:
            continue
        for text in (found.out, found.err):
            left = _STYLE.sub("", text)
            assert not (bad := _UNSAFE_TEXT.search(left)), (
                words,
                left[bad.start() - 40 : bad.end() + 40],
            )
            assert "\x1b[31mansi" not in text, words


def test_rich_takes_no_text_for_markup(asked: dict[str, Any]) -> None:
    shown = "".join(asked["printed"]["show", "example"].out.split())

    assert "[boldred]x[/boldred]" in shown
    assert ":smile:" in shown


def _no_constant(name: str) -> Any:
    raise AssertionError(f"{name} is no JSON")


def test_json_is_json_and_ascii_safe(asked: dict[str, Any]) -> None:
    answers = {words: found.out for words, found in _all(asked) if "--json" in words}
    answers["export", "json"] = asked["printed"]["export", "json"].out
    assert len(answers) > 30
    for words, text in answers.items():
        json.loads(text, parse_constant=_no_constant)
        assert not _UNSAFE_TEXT.search(text), words
    record = json.loads(asked["printed"]["show", "example", "--json"].out)["data"]["record"]
    assert record["x-nan"][:4] == [".nan", ".inf", "-.inf", ".inf"]
    assert record["title"] == " ".join(EVERYTHING.values())


_LINKS = {"href", "src", "action", "formaction", "poster", "data", "cite", "background"}
_SAFE_LINK = re.compile(
    r"(?:https?:|mailto:|tel:|#|\.{0,2}/|[\w-]+(?:/[\w.-]+)*\.(?:html|css|js|ics)|data:image/|data:,$|$)"
)


def _pages(asked: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    files = sorted(asked["out"].rglob("*.html"))
    assert len(files) > 20
    for file in files:
        yield file.name, html5lib.parse(file.read_text(), namespaceHTMLElements=False)


def test_html_runs_and_fetches_nothing(asked: dict[str, Any]) -> None:
    for name, page in _pages(asked):
        for each in page.iter():
            tag = each.tag if isinstance(each.tag, str) else "comment"
            tag = tag.rpartition("}")[2]
            assert tag not in {
                "iframe",
                "object",
                "embed",
                "base",
                "img",
                "audio",
                "video",
                "applet",
            }, (name, tag)
            for key, value in each.attrib.items():
                plain = str(key).rpartition("}")[2].lower()
                assert not plain.startswith("on"), (name, tag, key)
                assert plain != "srcdoc", name
                if plain in _LINKS and not (tag == "script" and not value):
                    assert _SAFE_LINK.match(value.strip()), (name, tag, key, value)
                if plain == "style":
                    assert "url(" not in value, name


def test_html_of_a_document_has_no_script_and_a_site_only_its_own(asked: dict[str, Any]) -> None:
    seen = set()
    for name, page in _pages(asked):
        scripts = [each for each in page.iter("script") if each.get("type") in (None, "module")]
        if name in ("brief.html", "book.html"):
            assert scripts == []
        seen |= {"".join(each.itertext()) for each in scripts}
    assert all("hit" not in each for each in seen)
    assert len(seen) <= 2


def test_markdown_is_text(asked: dict[str, Any]) -> None:
    read = MarkdownIt("commonmark", {"html": True})
    told = [found.out for words, found in _all(asked) if "markdown" in words and "40" not in words]
    told += [file.read_text() for file in asked["out"].glob("*.md")]
    assert len(told) >= 3
    for text in told:
        for token in _tokens(read.parse(text)):
            assert token.type not in {"html_inline", "html_block", "image", "fence"}, token.content[
                :200
            ]
            if token.type == "link_open":
                assert re.match("https?:|mailto:|#", token.attrs["href"]), token.attrs
                assert "evil.example" not in token.attrs["href"]
        assert not _UNSAFE_TEXT.search(text)


def _tokens(tokens: Any) -> Iterator[Any]:
    for token in tokens or ():
        yield token
        yield from _tokens(token.children)


def test_word_files_have_no_fields_and_lead_nowhere(asked: dict[str, Any]) -> None:
    files = list(asked["out"].glob("*.docx"))
    assert len(files) == 2
    for file in files:
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                if not name.endswith((".xml", ".rels")):
                    continue
                root = ET.fromstring(parts.read(name))
                fields = {
                    (each.text or "").split()[0]
                    for each in root.iter()
                    if each.tag.endswith("}instrText")
                }
                fields |= {
                    each.attrib[key].split()[0]
                    for each in root.iter()
                    for key in each.attrib
                    if key.endswith("}instr")
                }
                assert fields <= {"PAGE", "NUMPAGES", "TOC", "PAGEREF"}, (name, fields)
                for each in root.iter():
                    if each.get("TargetMode") == "External":
                        assert re.match("https?:|mailto:", each.get("Target", "")), name
                        assert "evil" not in each.get("Target", ""), name


def test_pdfs_hold_no_action(asked: dict[str, Any]) -> None:
    files = list(asked["out"].glob("*.pdf"))
    assert len(files) == 2
    for file in files:
        data = file.read_bytes()
        for word in (
            b"/JavaScript",
            b"/JS ",
            b"/Launch",
            b"/EmbeddedFile",
            b"evil.example",
            b"root:x:0",
        ):
            assert word not in data, word


def test_calendars_hold_lines_of_their_own_only(asked: dict[str, Any]) -> None:
    text = asked["printed"]["export", "ics"].out
    lines = text.split("\r\n")

    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")  # noqa: PT018
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    names = {re.split("[;:]", line)[0] for line in unfolded if line}
    assert names <= {
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "UID", "DTSTAMP",
        "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "CLASS", "STATUS",
        "SEQUENCE", "LAST-MODIFIED", "TRANSP", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "RDATE",
        "URL", "X-WR-CALDESC", "CREATED", "TZURL", "X-LIC-LOCATION", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "COLOR",
        "X-WR-TIMEZONE",
    }, names  # fmt: skip
    assert unfolded.count("BEGIN:VCALENDAR") == unfolded.count("END:VCALENDAR") == 1


def _is_formula(cell: str) -> bool:
    return (
        cell.lstrip(" \t\r\n").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        or cell[:1] in "\t\r"
    )


def test_no_cell_of_separated_values_is_a_formula(asked: dict[str, Any]) -> None:
    with zipfile.ZipFile(asked["out"] / "tables.zip") as parts:
        texts = {
            name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".csv")
        }
    texts["issue"] = asked["printed"]["export", "csv", "--kind", "issue"].out
    assert len(texts) > 6
    for name, text in texts.items():
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                assert not cell or not _is_formula(cell) or re.fullmatch(r"-?\d+", cell), (
                    name,
                    cell[:60],
                )


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(asked: dict[str, Any]) -> None:
    with zipfile.ZipFile(asked["out"] / "book.xlsx") as parts:
        for name in parts.namelist():
            data = parts.read(name)
            assert b"<f>" not in data, name
            assert b"<f " not in data, name
            assert b"<hyperlink " not in data, name
            assert b"relationships/hyperlink" not in data, name
            if name.endswith((".xml", ".rels")):
                ET.fromstring(data)


def test_a_database_has_the_tables_of_ours_and_the_texts_as_they_are(asked: dict[str, Any]) -> None:
    database = sqlite3.connect(asked["out"] / "record.db")
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        made = database.execute("SELECT type, name FROM sqlite_master").fetchall()
        assert all(re.fullmatch("[a-z_0-9]+|sqlite_autoindex_.*", name) for _, name in made)
        assert {type for type, _ in made} <= {"table", "index", "view"}
        title, own = database.execute(
            "SELECT title, own FROM issue WHERE id = 'example'"
        ).fetchone()
        assert title == " ".join(EVERYTHING.values())
        json.loads(own, parse_constant=_no_constant)
    finally:
        database.close()


def test_graphs_draw_and_do_nothing(asked: dict[str, Any]) -> None:
    svg = ET.parse(asked["out"] / "graph.svg").getroot()
    for each in svg.iter():
        tag = each.tag.rpartition("}")[2]
        assert tag not in {"script", "image", "foreignObject", "iframe", "use"}, tag
        for key, value in each.attrib.items():
            plain = key.rpartition("}")[2]
            assert not plain.startswith("on"), plain
            if plain == "href":
                assert not re.match(r"\s*(?:javascript|data|vbscript):", value, re.IGNORECASE)
    mermaid = (asked["out"] / "graph.mmd").read_text()
    assert not re.search(r"^\s*(?:click|%%\{)", mermaid, re.MULTILINE)
    assert "%%{init" not in mermaid.replace("#quot;", '"')
    assert not _UNSAFE_TEXT.search(mermaid)


def test_archives_hold_no_path_that_leads_out(asked: dict[str, Any]) -> None:
    found = run(["archive", "-o", str(asked["out"] / "kept.tar"), "--data", str(asked["place"])])
    assert found.code == 0
    with tarfile.open(asked["out"] / "kept.tar") as tar:
        for each in tar.getmembers():
            assert not each.name.startswith("/")
            assert ".." not in each.name.split("/")
            assert each.isfile() or each.isdir()


@pytest.mark.parametrize("text", ["trailer", "lines", "osc", "bidi", "template"])
def test_what_is_typed_forges_no_commit(
    text: str, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = office(base.parent / "office")
    monkeypatch.chdir(place)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    said = TEXTS[text]
    for words in (
        ["note", "example", said, "-m", said],
        ["set", "example", f"title={said}", "-m", said],
    ):
        found = run(words)
        assert found.code in (0, 1, 2), found.err
        body = git(place, "log", "-1", "--format=%B")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", body)
        records = re.findall("^Nacoord-Record: (.*)$", body, re.MULTILINE)
        assert all(record.startswith("example") for record in records)
        assert len(re.findall("^Nacoord-Action:", body, re.MULTILINE)) <= 1
    found = run(["audit", "--json"]).json["data"]["findings"]
    assert [finding["message"] for finding in found] == ["made without nacoord: “Begin the record”"]

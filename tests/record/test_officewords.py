"""What a TAB reads of nacoord.yaml without a parser is what the parser reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nacoord.record.officewords import office_words
from nacoord.record.officewords import parsed_words
from nacoord.record.officewords import plain_words
from nacoord.record.yamltext import read
from tests.conftest import ROOT
from tests.support.records import BASE

PLAIN = """\
name: Bureau – North America
relationships:   # in the order of screens
  mexico:
    title: Mexico
    countries: [MX]

  canada: {title: Canada, countries: [CA]}
  # no more
notes: |
  themes:
    not: this
themes:
    trade: Trade
    water: "Water: all of it"
    text: |
      trade: no word
"""


def test_a_plain_file_needs_no_parser() -> None:
    assert plain_words(PLAIN.encode()) == ["mexico", "canada", "trade", "water", "text"]
    for text in (BASE["nacoord.yaml"].encode(), (ROOT / "data/nacoord.yaml").read_bytes()):
        words = plain_words(text)
        assert words
        assert words == parsed_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "themes: {trade: Trade}\n",
        "themes: &all\n  trade: Trade\n",
        'themes:\n  "trade": Trade\n',
        "themes:\n  ? trade\n  : Trade\n",
        "themes:\n  trade: {title: a,\n  water: b}\n",
        "themes:\n  trade: 'a\n  water: b'\n",
        "themes:\n  true: Trade\n",
        "themes:\n  12: Trade\n",
        "themes:\n  <<: {trade: Trade}\n",
        "themes:\n  trade: Trade\n water: Water\n",
        "themes:\n\ttrade: Trade\n",
        "themes:\r\n  trade: Trade\r\n",
        "themes:\u2028  trade: Trade\n",
        "themes:\n  trade: T\nthemes:\n  water: W\n",
        "---\nthemes:\n  trade: Trade\n",
        "{themes: {trade: Trade}}\n",
        "name: 'a\nthemes:\n  trade: T'\n",
        "\ufeffthemes:\n  trade: Trade\n",
        "- a\n",
        "themes:\n- trade\n",
        "themes:\n  - trade\n",
    ],
)
def test_whatever_is_written_otherwise_is_left_to_the_parser(text: str) -> None:
    assert plain_words(text.encode()) is None


LINES = st.sampled_from(
    [
        "themes:",
        "relationships:",
        "name: a",
        "note: |",
        "note: >-",
        "- x",
        "  trade:",
        "  trade: T",
        "  water: >",
        "  a: [b, c]",
        "  a: {b: c}",
        "  a: [b,",
        "  c]",
        "    deep: D",
        "    - deep",
        "   odd: O",
        " less: L",
        "  'q': Q",
        '  b: "x',
        '  y"',
        "  # word: no",
        "# theme: no",
        "",
        "  ",
        "  plain text",
        "    plain: text # c",
        "  null: x",
        "  k: v: w",
        "...",
    ]
)


@given(st.lists(LINES, max_size=8))
def test_where_no_parser_is_needed_it_would_say_the_same(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    plain = plain_words(data)
    whole = read(data)

    if plain is not None and whole.value is not None and not whole.problems:
        assert plain == parsed_words(data)


def test_a_file_that_is_not_there_has_no_words(tmp_path: Path) -> None:
    assert office_words(tmp_path) == []

"""Every key that does something is told: in the help, and on the page about the app."""

from __future__ import annotations

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from nacoord.present.terminal.console import Style
from nacoord.present.tui.app import OpenApp
from nacoord.present.tui.board import Board
from nacoord.present.tui.foot import foot
from nacoord.present.tui.keys import SECTIONS
from nacoord.present.tui.page import Page
from nacoord.present.tui.prompt import Prompt
from nacoord.present.tui.screens import Faults
from nacoord.present.tui.screens import Help
from nacoord.present.tui.screens import Morning
from nacoord.present.tui.screens import OneRecord
from nacoord.present.tui.text import keys_text
from nacoord.present.tui.writing import Writing
from tests.conftest import ROOT

OURS = (OpenApp, Board, Page, Prompt, Faults, Help, Morning, OneRecord, Writing)
KEYS = [key for _, keys in SECTIONS for key in keys]


@pytest.mark.parametrize("where", OURS, ids=lambda where: where.__name__)
def test_every_binding_is_in_the_table_of_keys(where: type[DOMNode]) -> None:
    known = {(key.keys, key.action) for key in KEYS}

    for binding in where.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        assert (binding.key, binding.action) in known


@pytest.mark.parametrize("where", OURS, ids=lambda where: where.__name__)
def test_every_binding_does_something(where: type[DOMNode]) -> None:
    for binding in where.__dict__.get("BINDINGS", ()):
        name = binding.action.partition("(")[0]
        assert hasattr(where, f"action_{name}"), name


def test_the_page_about_the_app_has_every_key() -> None:
    page = (ROOT / "docs/open.md").read_text()

    for key in KEYS:
        assert f"| {key.shown} | {key.says} |\n" in page


@pytest.mark.parametrize("width", [38, 78])
def test_the_help_has_every_key_at_any_width(width: int) -> None:
    shown = " ".join(keys_text(Style(width, color=False)).split())

    for key in KEYS:
        assert " ".join(f"{key.shown} {key.says}".split()) in shown


def test_no_key_means_two_things_on_one_screen() -> None:
    for title, keys in SECTIONS:
        named = [name for key in keys for name in key.keys.split(",")]
        assert len(named) == len(set(named)), title


@pytest.mark.parametrize("width", [20, 38, 78, 118])
def test_the_foot_fits_and_begins_with_help(width: int) -> None:
    line = foot([key for key in KEYS if key.label], width)

    assert line.plain.startswith("? help")
    assert line.cell_len <= width

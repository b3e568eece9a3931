"""The pages of a site, parsed as a browser parses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib

# Attributes that make a browser fetch or go somewhere.
FETCH = ("href", "src", "action", "data", "srcset", "poster", "formaction", "ping", "background")


class Page:
    """One page of a site on disk."""

    def __init__(self, folder: Path, file: Path) -> None:
        self.folder = folder
        self.name = file.relative_to(folder).as_posix()
        self.text = file.read_text(encoding="utf-8")
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.tree: Any = parser.parse(self.text)
        self.errors = [error[1] for error in parser.errors]
        self._elements = [each for each in self.tree.iter() if isinstance(each.tag, str)]
        self.ids = [id for each in self._elements if (id := each.get("id"))]

    def all(self, *tags: str) -> list[Element]:
        """Return the elements with these tags, in their order; all without any."""
        return [each for each in self._elements if not tags or _plain(each.tag) in tags]

    def one(self, tag: str) -> Element:
        """Return the only element with a tag."""
        [found] = self.all(tag)
        return found

    @property
    def said(self) -> str:
        """Everything a reader sees, in one line."""
        body = self.one("body")
        parts = []
        for each in body.iter():
            if isinstance(each.tag, str) and each.tag not in ("script", "style") and each.text:
                parts.append(each.text)
            if each.tail:
                parts.append(each.tail)
        return " ".join(" ".join(parts).split())

    def references(self) -> Iterator[tuple[Element, str, str]]:
        """Yield every attribute that a browser follows."""
        for each in self.all():
            for name, value in each.attrib.items():
                if _plain(name).split(":")[-1] in FETCH:
                    yield each, name, value


def pages_of(folder: Path) -> list[Page]:
    """Return the pages of a site."""
    return [Page(folder, file) for file in sorted(folder.rglob("*.html"))]


def target(page: Page, value: str) -> tuple[Path, str]:
    """Return the file that a link of a page leads to, and the place in it."""
    where, _, place = value.partition("#")
    path = page.folder / page.name
    return (path.parent / unquote(where)).resolve() if where else path, place


def text_of(element: Element) -> str:
    """Return the text in an element, in one line."""
    return " ".join("".join(element.itertext()).split())


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _plain(tag: str) -> str:
    return re.sub(r"\{.*\}", "", tag)

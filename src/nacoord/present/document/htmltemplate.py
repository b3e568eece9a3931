"""An office's own page of HTML: a Jinja template, in a sandbox, given the document's values.

It may stand on ours: `{% extends "nacoord.html" %}` with the blocks style, header and footer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from jinja2 import BaseLoader
from jinja2 import Environment
from jinja2 import StrictUndefined
from jinja2 import TemplateNotFound
from jinja2 import TemplateSyntaxError
from jinja2 import UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from nacoord.present.document.template import Template
from nacoord.present.document.template import TemplateError

OURS = "nacoord.html"
# A record has no say in what an office calls its file.
_THEIRS = "template"
_BANNER = Markup('<p style="text-align: center; font-weight: bold">{}</p>')
# What in a page is not read, and what needs no end.
_UNREAD = {"script", "style", "template", "title", "noscript"}
_EMPTY = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


def fill(template: Template, values: Mapping[str, Any], ours: str) -> str:
    """Return the page that a template makes of values, with the marking on it in any case.

    Args:
        template: the office's.
        values: what it is given; the texts among them are escaped, but for ready HTML.
        ours: the source of our own page, on which it may stand.

    Raises:
        TemplateError: when it can't be read or filled; with its file and line.
    """
    try:
        source = template.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TemplateError(f"{template.name} is not a text in UTF-8") from None
    try:
        page = _environment(source, ours).get_template(_THEIRS).render(values)
        return _marked(page, str(values["banner"]))
    except TemplateSyntaxError as error:
        raise TemplateError(f"{template.name}:{error.lineno}: {error.message}") from None
    except Exception as error:  # whatever the template does
        raise _failed(template, error, values) from None


def _environment(source: str, ours: str) -> Environment:
    made = ImmutableSandboxedEnvironment(
        loader=_Loader({_THEIRS: source, OURS: ours}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # These make text that goes past the escaping, or a page that is another each time.
    for name in ("safe", "random"):
        del made.filters[name]
    return made


class _Loader(BaseLoader):
    """The two templates there are; none is read from a disk."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:  # noqa: ARG002
        if template not in self.sources:
            raise TemplateNotFound(template)
        # The name stands in tracebacks, by which the line is found.
        return self.sources[template], template, None


def _failed(template: Template, error: Exception, values: Mapping[str, Any]) -> TemplateError:
    line = _line(error)
    where = f"{template.name}:{line}" if line else template.name
    if isinstance(error, TemplateNotFound):
        return TemplateError(
            f'{where}: there is no template "{error.name}" for it',
            hint=f'it can stand on one, ours: {{% extends "{OURS}" %}}',
        )
    if isinstance(error, MemoryError):
        return TemplateError(f"{where}: it takes more memory than a page may")
    hint = f"it is given: {', '.join(values)}" if isinstance(error, UndefinedError) else ""
    return TemplateError(f"{where}: {str(error) or type(error).__name__}", hint=hint)


def _line(error: Exception) -> int | None:
    """Return the last line of the office's template that was at work."""
    found, at = None, error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == _THEIRS:
            found = at.tb_lineno
        at = at.tb_next
    return found


def _marked(page: str, banner: str) -> str:
    """Return the page with its marking first and last, unless an element of it says just that."""
    reader = _Reader(banner)
    reader.feed(page)
    reader.close()
    if reader.found:
        return page
    mark = str(_BANNER.format(banner))
    first, last = reader.begin or 0, reader.end or len(page)
    return f"{page[:first]}\n{mark}\n{page[first:last]}\n{mark}\n{page[last:]}".strip("\n") + "\n"


class _Reader(HTMLParser):
    """Looks for an element in the body that says the marking and nothing else.

    Attributes:
        found: True when there is one.
        begin, end: where the body begins and ends in the text; None when nothing says so.
    """

    def __init__(self, banner: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found = False
        self.begin: int | None = None
        self.end: int | None = None
        self._banner = banner
        self._open: list[str] = []
        self._text = ""
        self._starts: list[int] = []

    def feed(self, data: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", data))]
        super().feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "body" and self.begin is None:
            self.begin = self._place() + len(self.get_starttag_text() or "")
        if tag not in _EMPTY:
            self._open.append(tag)
        self._text = ""

    def handle_endtag(self, tag: str) -> None:
        if " ".join(self._text.split()) == self._banner and not _UNREAD & set(self._open):
            self.found = True
        self._text = ""
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "body":
            self.end = self._place()

    def handle_data(self, data: str) -> None:
        self._text += data

    def _place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

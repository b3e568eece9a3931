"""An office's own template: a file in which a document is to stand."""

from __future__ import annotations

from dataclasses import dataclass

from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError


@dataclass(frozen=True, slots=True)
class Template:
    """A template, as read.

    Attributes:
        name: its file, as it was typed.
        data: its bytes.
    """

    name: str
    data: bytes


class TemplateError(NacoordError):
    """A template can't be used: what is wrong with it, and where."""


def for_format(name: str, suffix: str, template: str) -> None:
    """Refuse a template that the format can't use.

    Args:
        name: the format.
        suffix: how its templates end; empty when it takes none.
        template: the template's file.

    Raises:
        UsageError: when the format takes none, or others.
    """
    if not suffix:
        raise UsageError(
            f"{name} takes no template",
            hint="docx takes a .docx, html takes a .html; leave out --template",
        )
    if not template.lower().endswith(suffix):
        raise UsageError(
            f"{template} is no template for {name}", hint=f"{name} takes a {suffix} file"
        )

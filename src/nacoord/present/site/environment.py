"""Our templates, read by jinja2: what they are given is text, shown as text, unless we made it HTML."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment
from jinja2 import PackageLoader
from jinja2 import StrictUndefined
from jinja2 import Template

from nacoord.present.plain import clean

# Nothing is fetched but our own style and an icon in the page itself; no script runs but the one whose
# hash is named (CSP Level 3, 6.7.3.3). 'self' would let any file of a disk be a script.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; script-src 'sha256-{hash}'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'"
)


def _shown(value: Any) -> Any:
    """Return what a template prints: control characters and the like made visible."""
    return value if hasattr(value, "__html__") or not isinstance(value, str) else clean(value)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nacoord.present.site", "templates"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def template(name: str) -> Template:
    """Return a template."""
    return _environment().get_template(name)


def style(banner: str) -> str:
    """Return the style of all pages; a banner stands on every sheet that is printed."""
    # In CSS a string is left by its quotes only; everything but letters and digits is escaped
    # (CSS Syntax Level 3, section 4.3.7).
    escaped = "".join(char if char.isalnum() else f"\\{ord(char):x} " for char in clean(banner))
    return template("site.css").render(banner=escaped)


@cache
def script(name: str) -> tuple[str, str]:
    """Return a script and the policy of a page that may run it and nothing else."""
    text = template(name).render()
    hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, _POLICY.format(hash=hashed)

"""JSON Schema (draft 2020-12) of the models, as editors use it."""

from __future__ import annotations

import json
from typing import Any

from nacoord.model.declare import Declared

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(model: type[Declared], name: str) -> str:
    """Return a model's JSON Schema as text."""
    return json.dumps(schema_of(model, name), indent=2, ensure_ascii=False) + "\n"


def schema_of(model: type[Declared], name: str) -> dict[str, Any]:
    """Return a model's JSON Schema."""
    from nacoord.model.typed import schema_model

    head = {"$schema": DRAFT, "$id": f"nacoord:{name}"}
    return head | schema_model(model).model_json_schema(by_alias=True)

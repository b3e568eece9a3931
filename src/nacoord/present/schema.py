"""JSON Schema (draft 2020-12) of the models, as editors use it."""

from __future__ import annotations

import json

from pydantic import BaseModel


def json_schema(model: type[BaseModel], name: str) -> str:
    """Return a model's JSON Schema as text."""
    schema = model.model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"nacoord:{name}"}
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"

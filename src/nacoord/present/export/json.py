"""The record as JSON: every record as `show --json` has it, and the JSON Schema that all of it follows."""

from __future__ import annotations

import json
from typing import Any

from nacoord.desk.export import SCHEMA
from nacoord.desk.export import Export
from nacoord.model.kinds.table import KINDS
from nacoord.present.json import jsonable
from nacoord.present.plain import escape_json
from nacoord.present.schema import DRAFT
from nacoord.present.schema import schema_of


def render(export: Export) -> bytes:
    """Return an export as JSON text."""
    whole = {
        "schema": SCHEMA,
        "kind": "record",
        "made_from": export.made_from,
        "today": export.today.isoformat(),
        "marking": export.marking,
        "omitted": jsonable(export.omitted),
        "scope": {"kind": export.scope.kind, "id": export.scope.id, "title": export.scope.title},
        "office": export.office(),
        "records": {name: jsonable(records) for name, records in export.kinds().items()},
        "json_schema": schema(),
    }
    return (
        escape_json(json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"
    ).encode()


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an export in JSON."""
    text = {"type": "string"}
    known: dict[str, Any] = {
        "schema": {"const": SCHEMA},
        "kind": {"const": "record"},
        "made_from": {"type": ["string", "null"]},
        "today": {"type": "string", "format": "date"},
        "marking": text,
        "omitted": {
            "type": "object",
            "properties": {
                "above": {"type": ["string", "null"]},
                "records": {"type": "integer"},
                "fields": {"type": "integer"},
                "unread": {"type": "integer"},
                "said": text,
            },
            "required": ["above", "records", "fields", "unread", "said"],
        },
        "scope": {"type": "object"},
        "office": {"type": "object"},
        "records": {
            "type": "object",
            "properties": {
                name: {"type": "array", "items": {"$ref": f"nacoord:{name}"}} for name in KINDS
            },
            "required": list(KINDS),
            "additionalProperties": False,
        },
        "json_schema": {"type": "object"},
    }
    return {
        "$schema": DRAFT,
        "$id": "nacoord:export",
        "type": "object",
        "properties": known,
        "required": list(known),
        "$defs": {name: _kind(name) for name in KINDS},
    }


def _kind(name: str) -> dict[str, Any]:
    """Return the schema of a kind's records as they stand here: with their id and kind."""
    found = schema_of(KINDS[name].model, name)
    found["properties"] = {
        "id": {"type": "string"},
        "kind": {"const": name},
        **found["properties"],
    }
    found["required"] = ["id", "kind", *found.get("required", [])]
    return found

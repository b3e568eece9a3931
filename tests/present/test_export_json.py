"""The record as JSON: whole, in a stable order, and as its own schema says."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from nacoord.model.kinds.table import KINDS
from nacoord.present.export.json import render
from nacoord.present.json import jsonable
from nacoord.present.schema import json_schema
from tests.support.secrets import SECRET
from tests.support.secrets import everything_in
from tests.support.secrets import exported


def _made(ceiling: str | None) -> Any:
    return json.loads(render(exported(ceiling)[1]))


def test_it_is_versioned_and_says_what_it_is() -> None:
    made = _made(None)

    assert list(made) == [
        "schema",
        "kind",
        "made_from",
        "today",
        "marking",
        "omitted",
        "scope",
        "office",
        "records",
        "json_schema",
    ]
    assert (made["schema"], made["kind"], made["made_from"]) == (1, "record", None)
    assert (made["today"], made["marking"]) == ("2021-01-20", "cui//PRVCY")
    assert list(made["records"]) == list(KINDS)


def test_records_are_as_show_has_them_each_by_its_id() -> None:
    left, found = exported(None)
    made = json.loads(render(found))

    for name, records in made["records"].items():
        ids = [record["id"] for record in records]
        assert ids == sorted(ids)
        for record in records:
            assert record == jsonable(left.snapshot.records[record["id"]])
            assert record["kind"] == name


def test_what_nacoord_schema_prints_takes_every_record() -> None:
    for ceiling in (None, "public"):
        for name, records in _made(ceiling)["records"].items():
            schema = json.loads(json_schema(KINDS[name].model, name))
            for record in records:
                bare = {key: value for key, value in record.items() if key not in ("id", "kind")}
                jsonschema.Draft202012Validator(schema).validate(bare)


def test_its_own_schema_takes_it_and_nothing_else() -> None:
    made = _made(None)
    validator = jsonschema.Draft202012Validator(made["json_schema"])
    validator.check_schema(made["json_schema"])

    validator.validate(made)
    made["records"]["issue"][0]["nonsense"] = 1
    assert not validator.is_valid(made)


def test_the_same_record_gives_the_same_bytes() -> None:
    assert render(exported(None)[1]) == render(exported(None)[1])


def test_nothing_above_the_ceiling_leaves() -> None:
    assert SECRET in everything_in(render(exported("deliberative")[1]))
    assert SECRET not in everything_in(render(exported("public")[1]))

"""Every fault code's examples do what they say: one has the fault, the other doesn't."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from nacoord.desk.checks.table import check
from nacoord.model.fault import Fault
from nacoord.model.faultcodes import FAULT_CODES
from nacoord.model.faultcodes.code import FaultCode
from nacoord.record.loader import load
from nacoord.record.loader import locate
from nacoord.record.officefile import OfficeUnreadableError
from tests.conftest import ROOT
from tests.support.records import write


def _faults(folder: Path) -> list[Fault]:
    try:
        found = check(load(folder, "record"))
    except OfficeUnreadableError as error:
        return list(error.faults)
    return locate(found, folder, "record")


def _apply(row: FaultCode, example: str, folder: Path) -> None:
    if row.shell:
        # The folders of all kinds exist in a record that `nacoord init` made.
        (folder / "actions").mkdir(exist_ok=True)
        subprocess.run(["bash", "-euc", example], cwd=folder, check=True)
    else:
        write(folder, {row.file: example})


@pytest.mark.parametrize("row", FAULT_CODES.values(), ids=lambda row: row.code)
def test_bad_example_has_the_fault(row: FaultCode, base: Path) -> None:
    _apply(row, row.bad, base)
    found = _faults(base)

    assert row.code in {fault.code for fault in found}
    fault = next(fault for fault in found if fault.code == row.code)
    assert fault.severity == row.severity
    assert fault.hint, "a fault says what to do"
    if not row.shell:
        assert fault.origin.file == f"record/{row.file}" or row.code == "dependency-cycle"
        assert fault.origin.line is not None
        assert fault.origin.column is not None


@pytest.mark.parametrize("row", FAULT_CODES.values(), ids=lambda row: row.code)
def test_good_example_has_no_fault(row: FaultCode, base: Path) -> None:
    _apply(row, row.good, base)

    assert _faults(base) == []


def test_every_code_that_the_program_can_raise_is_explained() -> None:
    text = "\n".join(
        path.read_text()
        for path in (ROOT / "src/nacoord").rglob("*.py")
        if "faultcodes" not in path.parts
    )
    quoted = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', text))
    used = {code for code in FAULT_CODES if code in quoted or code.startswith("unknown-")}

    assert used == set(FAULT_CODES), "a code that nothing raises"


def test_base_record_has_no_fault(base: Path) -> None:
    assert _faults(base) == []

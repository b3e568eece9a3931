"""What is said of a fault code."""

from __future__ import annotations

from typing import NamedTuple

from nacoord.model.fault import Severity


class FaultCode(NamedTuple):
    """A fault code.

    Attributes:
        code: the word in brackets, as in `error[unknown-agency]`.
        summary: what it means, in one line.
        why: why the tool minds, and what to do, in a sentence or two.
        file: the file of the record set in which the examples stand.
        bad: the content of that file with the fault; or, with `shell`, commands that make it.
        good: the same without the fault.
        shell: the examples are commands run in the record's folder.
        severity: an error makes `check` fail; a warning only with `--strict`.
    """

    code: str
    summary: str
    why: str
    file: str
    bad: str
    good: str
    shell: bool = False
    severity: Severity = "error"

"""Codes for text that is not the YAML this tool reads."""

from __future__ import annotations

from nacoord.model.faultcodes.code import FaultCode

_AGENCY = "agencies/example-agency.yaml"
_GOOD = "title: Example\nlevel: federal\nsphere: domestic\n"

TEXT = (
    FaultCode(
        "bad-key",
        "A key is missing, empty or not a word.",
        "Keys are the names of fields.",
        _AGENCY,
        _GOOD + "? [a, b]\n: c\n",
        _GOOD + "x-ab: c\n",
    ),
    FaultCode(
        "bad-yaml",
        "The text is not YAML.",
        "The message says what the parser met. Most often a text with a colon in it is not quoted, "
        "a quote is not closed, or a tab indents.",
        _AGENCY,
        "title: Border: the office\nlevel: federal\nsphere: domestic\n",
        'title: "Border: the office"\nlevel: federal\nsphere: domestic\n',
    ),
    FaultCode(
        "control-character",
        "A control character stands in the text.",
        "YAML allows none, and a terminal might obey it.",
        _AGENCY,
        "title: Exam\x00ple\nlevel: federal\nsphere: domestic\n",
        _GOOD,
    ),
    FaultCode(
        "duplicate-key",
        "A mapping has the same key twice.",
        "Most readers keep the last one and lose the other without a word; this one asks.",
        _AGENCY,
        "title: Example\nlevel: federal\nsphere: domestic\nlevel: state\n",
        _GOOD,
    ),
    FaultCode(
        "merge-conflict",
        "A merge left its conflict markers.",
        "Two people changed the same lines. Keep what is right of both and remove the markers.",
        _AGENCY,
        "title: Example\n<<<<<<< HEAD\nlevel: federal\n=======\nlevel: state\n>>>>>>> theirs\nsphere: domestic\n",
        _GOOD,
    ),
    FaultCode(
        "not-utf8",
        "The file is not UTF-8.",
        "Names such as Québec and México come out wrong in any other encoding.",
        _AGENCY,
        "printf 'title: M\\351xico\\nlevel: state\\nsphere: domestic\\n' > " + _AGENCY,
        "printf 'title: México\\nlevel: state\\nsphere: domestic\\n' > " + _AGENCY,
        shell=True,
    ),
    FaultCode(
        "several-documents",
        "The file holds more than one YAML document.",
        "One file is one record; what follows the second --- would be lost.",
        _AGENCY,
        _GOOD + "---\ntitle: Another\n",
        _GOOD,
    ),
    FaultCode(
        "tag",
        "A value has a YAML tag.",
        "Tags can make a reader build objects or change types. The format gives each field its type.",
        _AGENCY,
        "title: !!str Example\nlevel: federal\nsphere: domestic\n",
        _GOOD,
    ),
    FaultCode(
        "too-deep",
        "Values are nested more than 32 deep.",
        "No record needs it, and some readers crash on it.",
        _AGENCY,
        _GOOD + "x-deep: " + "[" * 40 + "]" * 40 + "\n",
        _GOOD + "x-flat: []\n",
    ),
    FaultCode(
        "too-large",
        "The file is larger than 1 MiB.",
        "A record is a page of text. Keep long documents elsewhere and cite them in sources.",
        _AGENCY,
        "(cat agencies/example-agency.yaml; yes '# padding' | head -c 1100000) > new && mv new "
        + _AGENCY,
        "(cat agencies/example-agency.yaml; yes '# padding' | head -c 11000) > new && mv new "
        + _AGENCY,
        shell=True,
    ),
    FaultCode(
        "too-many-values",
        "The file expands to more than 20,000 values.",
        "Aliases that repeat aliases can make a small file fill the memory.",
        _AGENCY,
        _GOOD
        + "x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        + "".join(
            f"x-{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, name in ("ab", "bc", "cd", "de", "ef")
        ),
        _GOOD + "x-a: [1, 1, 1, 1, 1, 1, 1, 1, 1]\n",
    ),
)

"""Records for tests, built from YAML text: on disk, or straight to a Snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from pathlib import PurePosixPath

from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.office import Office
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot
from nacoord.record.validation import validate
from nacoord.record.yamltext import read

OFFICE = """\
format: 1
name: Test Office
time_zone: America/New_York
own_agency: office
lockstep_agency: state
relationships:
  mexico: {title: Mexico, countries: [MX]}
  canada: {title: Canada, countries: [CA]}
  trilateral: {title: North America, countries: [CA, MX]}
themes:
  trade: Trade
  water: Water
"""

BASE: dict[str, str] = {
    "nacoord.yaml": OFFICE,
    "agencies/office.yaml": "title: Test Office\nlevel: federal\nsphere: both\ncountry: US\n",
    "agencies/state.yaml": (
        "title: Department of State\nlevel: federal\nsphere: foreign\ncountry: US\n"
        "aliases: [State Department, Departamento de Estado]\n"
    ),
    "agencies/dhs.yaml": "title: Homeland Security\nlevel: federal\nsphere: domestic\ncountry: US\n",
    "agencies/texas.yaml": (
        "title: State of Texas\nlevel: state\nsphere: domestic\ncountry: US\n"
        "positions:\n  - issue: example\n    stance: Wants it settled\n    since: 2021-01-05\n"
    ),
    "agencies/quebec.yaml": (
        "title: Québec\nlevel: foreign\nsphere: foreign\ncountry: CA\naliases: [Province de Québec]\n"
    ),
    "agencies/sre.yaml": (
        "title: Secretaría de Relaciones Exteriores\nlevel: foreign\nsphere: foreign\ncountry: MX\n"
        "aliases: [Foreign Ministry of Mexico]\n"
    ),
    "agencies/example-child.yaml": (
        "title: Example child\nlevel: federal\nsphere: domestic\nparent: example-agency\n"
    ),
    "agencies/example-agency.yaml": "title: Example agency\nlevel: federal\nsphere: domestic\n",
    "people/example-officer.yaml": (
        "title: Example officer\nagency: office\nrole: Director\nportfolio: [example]\n"
    ),
    "issues/example.yaml": (
        "title: Example issue\nrelationships: [mexico]\ntheme: trade\npriority: P1\n"
        "status: active\nhealth: green\nleads:\n  foreign: state\n  domestic: dhs\n"
        "owner: example-officer\nparties:\n  - agency: texas\n    role: support\n"
        "  - agency: sre\n    role: inform\n"
        "next_step:\n  what: Call the ministry\n  who: state\n  due: 2021-01-25\n"
    ),
    "issues/depends-on-new.yaml": (
        "title: Depends on the new one\nrelationships: [mexico]\ntheme: water\npriority: P3\n"
        "status: proposed\nhealth: green\nlinks:\n  - to: new-issue\n    kind: depends-on\n"
    ),
    "issues/new-issue.yaml": (
        "title: New issue\nrelationships: [canada]\ntheme: trade\npriority: P4\n"
        "status: proposed\nhealth: green\n"
    ),
    "engagements/example-call.yaml": (
        "title: Example call\ntype: call\ndate: 2021-01-22\nwith: [sre]\nissues: [example]\n"
        "commitments: [example-promise]\n"
    ),
    "commitments/example-promise.yaml": (
        "title: Example promise\nby: [sre]\nto: [state]\nissues: [example]\n"
        "said:\n  engagement: example-call\ndue: 2021-02-01\nstatus: open\n"
    ),
    "clocks/example-clock.yaml": (
        "title: Example clock\ncitation: 5 U.S.C. 552\nfixed:\n  - due: 2021-03-01\n"
    ),
}


def write(folder: Path, texts: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())


def snapshot_of(texts: Mapping[str, str | None], *, base: bool = True) -> Snapshot:
    """Build a Snapshot from YAML text, without a disk; the texts come on top of BASE.

    A text of None takes a file of BASE out.
    """
    given = {**BASE, **texts} if base else texts
    whole = {name: text for name, text in given.items() if text is not None}
    office = validate(Office, read(whole.pop("nacoord.yaml", OFFICE).encode()).value)
    assert isinstance(office, Office), office
    records: list[tuple[str, Record]] = []
    for name, text in whole.items():
        path = PurePosixPath(name)
        document = read(text.encode())
        assert not document.problems, (name, document.problems)
        made = validate(BY_FOLDER[path.parts[0]].model, document.value, id=path.stem)
        assert isinstance(made, Record), (name, [(i.code, i.message) for i in made])
        records.append((name, made))
    return snapshot(office, records)

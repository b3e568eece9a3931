"""Codes for what doesn't hold in a record, or between records."""

from __future__ import annotations

from nacoord.model.faultcodes.code import FaultCode

_AGENCY = "agencies/example-agency.yaml"
_BODY = "title: Example\nlevel: federal\nsphere: domestic\n"
_ISSUE_FILE = "issues/new-issue.yaml"
_ISSUE = "title: New issue\nrelationships: [mexico]\ntheme: trade\npriority: P2\nstatus: active\nhealth: green\n"
_LEADS = "leads:\n  foreign: state\n  domestic: dhs\n"
_PROMISE_FILE = "commitments/new-promise.yaml"
_PROMISE = "title: New promise\nby: [state]\nto: [sre]\nissues: [example]\n"
_ACTION_FILE = "actions/new-action.yaml"
_ACTION = "title: New action\nby: [dhs]\nwhen: 2021-03-01\nissues: [example]\n"
_CLOCK_FILE = "clocks/new-clock.yaml"
_RUN = "clocks:\n  - clock: example-clock\n    met:\n      - step: {}\n        on: 2021-02-01\n"


def _unknown(kind: str, file: str, bad: str, good: str) -> FaultCode:
    return FaultCode(
        f"unknown-{kind}",
        f"An id names no {kind}." if kind != "record" else "An id names no record.",
        "A reference that leads nowhere hides a stakeholder or a promise. The hint names the nearest id.",
        file,
        bad,
        good,
    )


RECORDS = (
    FaultCode(
        "ambiguous-alias",
        "Two agencies have a name in common.",
        "`nacoord show NAME` could not tell which one is meant.",
        _AGENCY,
        _BODY + "aliases: [Department of State]\n",
        _BODY + "aliases: [Example Office]\n",
        severity="warning",
    ),
    FaultCode(
        "clearance-without-text",
        "A stakeholder has cleared an action, and nothing says which text.",
        "A clearance holds the fingerprint of the text it cleared, so that a later change is seen.",
        _ACTION_FILE,
        _ACTION + "clearances:\n  - who: state\n    status: cleared\n",
        _ACTION + "clearances:\n  - who: state\n    status: pending\n",
    ),
    FaultCode(
        "dependency-cycle",
        "Issues depend on each other in a circle.",
        "None of them could ever start.",
        _ISSUE_FILE,
        _ISSUE + _LEADS + "links:\n  - to: depends-on-new\n    kind: depends-on\n",
        _ISSUE + _LEADS + "links:\n  - to: depends-on-new\n    kind: related\n",
    ),
    FaultCode(
        "health-without-reason",
        "An issue is amber or red, and nothing says why.",
        "The next person on the desk, and the coordinator, will ask.",
        _ISSUE_FILE,
        _ISSUE.replace("green", "red") + _LEADS,
        _ISSUE.replace("health: green", "health: red\nhealth_reason: Talks broke off") + _LEADS,
    ),
    FaultCode(
        "lead-outside-sphere",
        "The foreign lead works only at home, or the domestic lead only abroad.",
        "The office bridges the two; a lead of the wrong side leaves the other uncovered.",
        _ISSUE_FILE,
        _ISSUE + "leads:\n  foreign: texas\n  domestic: dhs\n",
        _ISSUE + _LEADS,
    ),
    FaultCode(
        "met-without-evidence",
        "A commitment is met, and nothing proves it.",
        "A promise counts as kept when somebody can check that it was.",
        _PROMISE_FILE,
        _PROMISE + "status: met\n",
        _PROMISE + "status: met\nevidence:\n  - what: Diplomatic note of 4 January 2021\n",
    ),
    FaultCode(
        "one-sided-promise",
        "A commitment and the engagement at which it was made don't name each other.",
        "Each is looked up from the other: at the next meeting, and when the promise falls due.",
        _PROMISE_FILE,
        _PROMISE + "said:\n  engagement: example-call\nstatus: open\n",
        _PROMISE + "said:\n  source: Joint statement\nstatus: open\n",
        severity="warning",
    ),
    FaultCode(
        "parent-cycle",
        "Agencies are each other's parents in a circle.",
        "No office is above itself.",
        _AGENCY,
        _BODY + "parent: example-child\n",
        _BODY + "parent: dhs\n",
    ),
    FaultCode(
        "repeated-party",
        "An issue names the same party twice.",
        "Two roles for one party contradict each other.",
        _ISSUE_FILE,
        _ISSUE
        + _LEADS
        + "parties:\n  - agency: texas\n    role: support\n  - agency: texas\n    role: inform\n",
        _ISSUE + _LEADS + "parties:\n  - agency: texas\n    role: support\n",
    ),
    FaultCode(
        "reversed-dates",
        "Something ends before it starts.",
        "One of the two dates is wrong.",
        "people/new-person.yaml",
        "title: New person\nagency: state\nrole: Desk\ntour:\n  start: 2021-03-01\n  end: 2021-01-01\n",
        "title: New person\nagency: state\nrole: Desk\ntour:\n  start: 2021-01-01\n  end: 2021-03-01\n",
    ),
    FaultCode(
        "self-link",
        "An issue is linked to itself.",
        "Links say how two issues bear on each other.",
        _ISSUE_FILE,
        _ISSUE + _LEADS + "links:\n  - to: new-issue\n    kind: related\n",
        _ISSUE + _LEADS + "links:\n  - to: example\n    kind: related\n",
    ),
    FaultCode(
        "unbridged-issue",
        "A live issue lacks its foreign or its domestic lead.",
        "The office exists to bridge the two. An issue without both is proposed, not active.",
        _ISSUE_FILE,
        _ISSUE + "leads:\n  foreign: state\n",
        _ISSUE + _LEADS,
    ),
    FaultCode(
        "unclear-clock",
        "A clock has no deadline, or two sorts of deadline.",
        "A clock is steps of a procedure, or a recurrence, or fixed dates.",
        _CLOCK_FILE,
        "title: New clock\ncitation: 5 U.S.C. 552\n",
        "title: New clock\ncitation: 5 U.S.C. 552\nfixed:\n  - due: 2021-03-01\n",
    ),
    FaultCode(
        "uncovered-field",
        "A source says that it covers a field the kind doesn't have.",
        "It is meant to say which values rest on it.",
        _AGENCY,
        _BODY + "sources:\n  - cite: Website\n    covers: [levle]\n",
        _BODY + "sources:\n  - cite: Website\n    covers: [level]\n",
    ),
    _unknown(
        "agency",
        _ISSUE_FILE,
        _ISSUE + "leads:\n  foreign: staet\n  domestic: dhs\n",
        _ISSUE + _LEADS,
    ),
    _unknown(
        "clock",
        _ISSUE_FILE,
        _ISSUE + _LEADS + "clocks:\n  - clock: exmaple-clock\n",
        _ISSUE + _LEADS + "clocks:\n  - clock: example-clock\n",
    ),
    _unknown(
        "commitment",
        "engagements/new-call.yaml",
        "title: New call\ntype: call\ndate: 2021-01-04\nwith: [sre]\ncommitments: [exampel-promise]\n",
        "title: New call\ntype: call\ndate: 2021-01-04\nwith: [sre]\n",
    ),
    _unknown(
        "engagement",
        _PROMISE_FILE,
        _PROMISE + "said:\n  engagement: exmaple-call\nstatus: open\n",
        _PROMISE + "status: open\n",
    ),
    _unknown(
        "issue",
        _PROMISE_FILE,
        _PROMISE.replace("example", "exmaple") + "status: open\n",
        _PROMISE + "status: open\n",
    ),
    FaultCode(
        "unknown-met-step",
        "An issue says that a step was met which its clock doesn't have.",
        "The step that was meant would go on running, and be late. A date of its own goes by what it is, a recurrence by the clock's title.",
        _ISSUE_FILE,
        _ISSUE + _LEADS + _RUN.format("Example clcok"),
        _ISSUE + _LEADS + _RUN.format("Example clock"),
    ),
    _unknown(
        "person",
        _ISSUE_FILE,
        _ISSUE + _LEADS + "owner: exampel-person\n",
        _ISSUE + _LEADS + "owner: example-officer\n",
    ),
    _unknown(
        "record",
        _ISSUE_FILE,
        _ISSUE + _LEADS + "next_step:\n  what: Call\n  who: nobody-here\n",
        _ISSUE + _LEADS + "next_step:\n  what: Call\n  who: dhs\n",
    ),
    _unknown(
        "relationship",
        _ISSUE_FILE,
        _ISSUE.replace("[mexico]", "[mexcio]") + _LEADS,
        _ISSUE + _LEADS,
    ),
    FaultCode(
        "unknown-step",
        "A clock's step counts from a step that doesn't stand before it.",
        "A step counts from the clock's start or from an earlier step.",
        _CLOCK_FILE,
        "title: New clock\nsteps:\n  - name: review\n    after: request\n    days: 45\n",
        "title: New clock\nsteps:\n  - name: request\n    days: 10\n  - name: review\n    after: request\n    days: 45\n",
    ),
    _unknown(
        "theme",
        _ISSUE_FILE,
        _ISSUE.replace("theme: trade", "theme: trad") + _LEADS,
        _ISSUE + _LEADS,
    ),
    FaultCode(
        "unknown-rule",
        "A record mutes what is no rule of the radar.",
        "A misspelled rule mutes nothing, and whoever wrote it believes that it does.",
        _AGENCY,
        _BODY + "muted:\n  - rule: silense\n    until: 2021-03-01\n",
        _BODY + "muted:\n  - rule: silence\n    until: 2021-03-01\n",
        severity="warning",
    ),
    FaultCode(
        "unmarked-field",
        "field_markings names a field the kind doesn't have.",
        "A misspelled name would leave the field it means without its marking.",
        _AGENCY,
        _BODY + "field_markings:\n  postions: deliberative\n",
        _BODY + "field_markings:\n  positions: deliberative\n",
    ),
    FaultCode(
        "wrong-kind",
        "An id names a record of another kind.",
        "A lead is an agency and an owner a person; the other way round nobody could be called.",
        _ISSUE_FILE,
        _ISSUE + _LEADS + "owner: state\n",
        _ISSUE + _LEADS + "owner: example-officer\n",
    ),
)

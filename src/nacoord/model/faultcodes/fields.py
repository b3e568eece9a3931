"""Codes for fields that are not what their model says."""

from __future__ import annotations

from nacoord.model.faultcodes.code import FaultCode

_AGENCY = "agencies/example-agency.yaml"
_GOOD = "title: Example\nlevel: federal\nsphere: domestic\n"
_PERSON = "people/example-person.yaml"
_TERM = "title: Example\nagency: state\nrole: Desk officer\n"

FIELDS = (
    FaultCode(
        "bad-choice",
        "A value is not one of the words the field allows.",
        "The words are few so that lists and counts mean something.",
        _AGENCY,
        "title: Example\nlevel: provincial\nsphere: domestic\n",
        _GOOD,
    ),
    FaultCode(
        "bad-date",
        "A date is in another form, or there is no such day.",
        "Dates are written YYYY-MM-DD (RFC 3339), so that nobody can mistake the month for the day. "
        "Where a field takes less exact moments, a month is 2021-03 and a window 2021-03-01/2021-03-05.",
        _PERSON,
        _TERM + "tour:\n  start: 03/04/2021\n",
        _TERM + "tour:\n  start: 2021-03-04\n",
    ),
    FaultCode(
        "bad-marking",
        "A marking is not one this tool knows.",
        "It must know how restricted a record is before anything leaves the office.",
        _AGENCY,
        _GOOD + "marking: secretish\n",
        _GOOD + "marking: deliberative\n",
    ),
    FaultCode(
        "bad-time-zone",
        "time_zone in nacoord.yaml is not the name of a time zone.",
        "It tells where the office's days begin. Use a name of the IANA time zone database.",
        "nacoord.yaml",
        "sed -i 's/^time_zone:.*/time_zone: Eastern Time/' nacoord.yaml",
        "sed -i 's/^time_zone:.*/time_zone: America\\/Chicago/' nacoord.yaml",
        shell=True,
    ),
    FaultCode(
        "blank-text",
        "A text is empty or only white space.",
        "Leave the key out when there is nothing to say.",
        _AGENCY,
        'title: " "\nlevel: federal\nsphere: domestic\n',
        _GOOD,
    ),
    FaultCode(
        "classified-text",
        "A text carries a classification banner or portion mark.",
        "nacoord is for unclassified systems only (EO 13526). Don't copy, mail or commit the file: "
        "report it to your security officer.",
        _AGENCY,
        _GOOD + "summary: SECRET//NOFORN example\n",
        _GOOD + "summary: An example\n",
    ),
    FaultCode(
        "missing-field",
        "A field that every record of the kind needs is not there.",
        "`nacoord schema KIND` says which fields those are.",
        _AGENCY,
        "title: Example\nsphere: domestic\n",
        _GOOD,
    ),
    FaultCode(
        "unknown-field",
        "A key is no field of the kind.",
        "A misspelled key would otherwise be lost without a word. An office's own keys start with x-.",
        _AGENCY,
        _GOOD + "sumary: An example\n",
        _GOOD + "summary: An example\nx-desk: An office's own\n",
    ),
    FaultCode(
        "unknown-format",
        "The record has a format this nacoord doesn't read.",
        "A newer nacoord made it: install the version that `needs` names. An older format is read, and `nacoord migrate` brings it to today's.",
        "nacoord.yaml",
        "sed -i 's/^format:.*/format: 99/' nacoord.yaml",
        "sed -i 's/^format:.*/format: 1/' nacoord.yaml",
        shell=True,
    ),
    FaultCode(
        "wrong-type",
        "A value is of another type than the field.",
        "A text that YAML would read as a number or as nothing is written in quotes.",
        _AGENCY,
        "title: 2021\nlevel: federal\nsphere: domestic\n",
        'title: "2021"\nlevel: federal\nsphere: domestic\n',
    ),
)

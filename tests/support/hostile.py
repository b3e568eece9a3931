"""Texts that would do something where they are not shown as text."""

from __future__ import annotations

import json
import re

# Each has its own word, so that a test can tell that it was shown.
TEXTS = {
    "markup": "<img src=x onerror=window.hit=1><b>bold-word",
    "script": "</script><script>window.hit=2</script> script-word",
    "comment": "<!-- comment-word --!><!--<script>",
    "quotes": '" onmouseover="window.hit=3" x=\'y\' `quote-word',
    "jinja": "{{ 7 * 7 }} {% for x in y %} {# jinja-word #}",
    "entity": "&lt;b&gt; &amp; &#x1f600; entity-word",
    "url": "javascript:window.hit=4 url-word",
    "style": "</style><style>*{display:none}</style> style-word",
    "json": '\\u003c/script> "], } json-word',
    "svg": "</text></svg><script>window.hit=5</script> svg-word",
    "control": "\x1b[31mansi-word \x07\x9b",
    "rtl": "\u202egnp.exe \u2066rtl-word\u2069 \u200b\ufeff",
}
WORDS = re.findall(r"[a-z]+-word", " ".join(TEXTS.values()))


def quoted(*names: str) -> str:
    """Return hostile texts as one YAML string; all of them without a name."""
    return json.dumps(" ".join(TEXTS[name] for name in names or TEXTS))


def record(said: str = "") -> dict[str, str]:
    """Return a record whose every free text is hostile, on top of the small one.

    Args:
        said: the text, as YAML has it in quotes; by default all of the above.
    """
    said = said or quoted()
    return {
        "issues/example.yaml": f"""\
title: {said}
summary: {said}
relationships: [mexico]
theme: trade
priority: P1
status: active
health: red
health_reason: {said}
leads: {{foreign: state, domestic: dhs}}
owner: example-officer
parties: [{{agency: texas, role: support}}, {{agency: sre, role: inform}}]
next_step: {{what: {said}, who: state, due: 2021-01-10}}
decisions: [{{what: {said}, who: dhs, due: 2021-01-25}}]
success: {said}
milestones: [{{what: {said}, due: 2021-02-01}}]
links: [{{to: new-issue, kind: undermines, because: {said}}}]
clocks: [{{clock: example-clock, started: 2021-01-01}}]
tags: [{said}]
notes: [{{on: 2021-01-05, by: {said}, text: {said}}}]
sources: [{{cite: {said}, url: {said}, says: {said}}}]
x-own: {{key: {said}, list: [{said}]}}
""",
        "issues/new-issue.yaml": f"""\
title: {said}
relationships: [canada]
theme: water
priority: P2
status: active
health: amber
health_reason: {said}
parties: [{{agency: texas, role: support}}]
""",
        "agencies/texas.yaml": f"""\
title: {said}
level: state
sphere: domestic
country: US
aliases: [{said}]
positions: [{{issue: example, stance: {said}, source: {said}}}]
""",
        "agencies/dhs.yaml": f"""\
title: {said}
level: federal
sphere: domestic
country: US
positions: [{{issue: example, stance: {said}}}]
""",
        "commitments/example-promise.yaml": f"""\
title: {said}
by: [sre]
to: [state]
issues: [example]
said: {{engagement: example-call, quote: {said}}}
mandate: {said}
due: 2021-01-10
status: open
""",
        "engagements/example-call.yaml": f"""\
title: {said}
type: call
date: 2021-01-22
with: [sre, texas]
place: {said}
issues: [example]
outcomes: [{{what: {said}, issue: example}}]
""",
        "actions/strike.yaml": f"""\
title: {said}
by: [dhs]
when: 2021-01-23
issues: [example]
text: {said}
tell: [{{who: texas, by: 2021-01-15}}]
clearances: [{{who: sre, status: objected, comment: {said}}}]
""",
        "clocks/example-clock.yaml": f"""\
title: {said}
citation: {said}
steps: [{{name: {said}, days: 30, citation: {said}}}]
""",
        "people/example-officer.yaml": f"""\
title: {said}
agency: office
role: {said}
portfolio: [example]
""",
    }

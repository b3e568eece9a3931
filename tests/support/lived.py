"""A small office in git whose promises were made, moved, kept and missed over some months."""

from __future__ import annotations

from pathlib import Path

from tests.support.git import commit_all
from tests.support.office import know_me
from tests.support.records import BASE
from tests.support.records import write

SEVEN = ("one", "two", "three", "four", "five", "six", "seven")


def promise(
    status: str = "open",
    due: str = "",
    *,
    by: str = "sre",
    to: str = "state",
    said: str = "",
    evidence: str = "2021-01-02",
    title: str = "A promise",
    formerly: str = "",
) -> str:
    """Return the text of a promise."""
    lines = [f"title: {title}", f"by: [{by}]", f"to: [{to}]", "issues: [example]"]
    lines += [f"said: {{on: {said}}}"] if said else []
    lines += [f"due: {due}"] if due else []
    lines += [f"status: {status}"]
    lines += [f"evidence: [{{what: A letter, on: {evidence}}}]"] if status == "met" else []
    lines += [f"formerly: [{formerly}]"] if formerly else []
    return "\n".join(lines) + "\n"


def keep(folder: Path, on: str, **texts: str | None) -> None:
    """Commit promises on a day; None removes one."""
    for name, text in texts.items():
        file = f"commitments/{name.replace('_', '-')}.yaml"
        if text is None:
            (folder / file).unlink()
        else:
            write(folder, {file: text})
    commit_all(folder, "Change promises", on=f"{on}T12:00:00-05:00")


def lived(folder: Path) -> Path:
    """Make the office, and live until June 2021."""
    from tests.support.git import git

    know_me()
    texts = {name: text for name, text in BASE.items() if not name.startswith("commitments/")}
    call = texts["engagements/example-call.yaml"].replace("commitments: [example-promise]\n", "")
    write(folder, {**texts, "engagements/example-call.yaml": call})
    git(folder, "init", "-q")
    commit_all(folder, "Begin the record", on="2021-01-04T12:00:00-05:00")
    old = promise("met", "2020-12-01", evidence="2020-11-20", title="Came in kept")
    keep(folder, "2021-01-05", old=old, old_miss=promise("missed", "2020-06-01"))
    answers = {f"answer_{name}": f"Mexico answers letter {name}" for name in SEVEN}
    keep(
        folder,
        "2021-01-11",
        **{id: promise(due="2021-02-15", title=title) for id, title in answers.items()},
    )
    keep(
        folder,
        "2021-01-20",
        visa=promise(by="state", to="sre", said="2021-01-08", title="U.S. opens a visa line"),
    )
    keep(
        folder,
        "2021-01-22",
        plan=promise(due="2021-03-01", by="quebec", title="Québec sends its plan"),
    )
    keep(
        folder,
        "2021-01-25",
        list=promise(due="2021-02-20", by="dhs", to="texas", title="List of crossings"),
    )
    keep(folder, "2021-02-01", answer_two=promise(due="2021-03-15", title=answers["answer_two"]))
    for day, name in zip((2, 9, 12, 15), ("one", "three", "four", "five"), strict=True):
        kept = promise("met", "2021-02-15", title=answers[f"answer_{name}"])
        keep(folder, f"2021-02-{day:02}", **{f"answer_{name}": kept})
    keep(folder, "2021-02-20", answer_two=promise(due="2021-04-15", title=answers["answer_two"]))
    keep(
        folder,
        "2021-03-01",
        answer_six=promise("missed", "2021-02-15", title=answers["answer_six"]),
    )
    keep(folder, "2021-03-10", answer_two=promise("met", "2021-04-15", title=answers["answer_two"]))
    keep(
        folder,
        "2021-03-12",
        visa=promise(
            "met", by="state", to="sre", said="2021-01-08", title="U.S. opens a visa line"
        ),
    )
    keep(
        folder,
        "2021-03-20",
        list=promise("met", "2021-02-20", by="dhs", to="texas", title="List of crossings"),
    )
    keep(
        folder,
        "2021-03-25",
        list=promise("open", "2021-02-20", by="dhs", to="texas", title="List of crossings"),
    )
    keep(
        folder,
        "2021-04-02",
        plan=promise("withdrawn", "2021-03-01", by="quebec", title="Québec sends its plan"),
    )
    keep(
        folder,
        "2021-04-05",
        note=promise(
            due="2021-09-01", by="state, dhs", to="sre, texas", title="A note on crossings"
        ),
    )
    return folder

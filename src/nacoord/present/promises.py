"""What became of promises, in words, whoever shows them."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.promises.account import Account
from nacoord.desk.promises.account import Standing
from nacoord.desk.promises.kept import Kept
from nacoord.present.dates import short
from nacoord.present.dates import short_day

# In the order in which they are told.
HEADINGS: dict[Standing, str] = {
    "overdue": "OPEN AND PAST DUE",
    "late": "KEPT LATE",
    "missed": "MISSED",
    "open": "OPEN",
    "in_time": "KEPT IN TIME",
    "undated": "KEPT, NO DUE DAY",
    "missed_before": "MISSED BEFORE THE RECORD BEGAN",
    "kept_before": "KEPT BEFORE THE RECORD BEGAN",
    "withdrawn": "WITHDRAWN",
    "superseded": "SUPERSEDED",
}
_TIMES = {1: "once", 2: "twice"}


def days(each: Account, answer: Kept) -> Iterator[str]:
    """Yield what is known of a promise's days."""
    if each.made:
        day = short_day(each.made, answer.today)
        if each.made_from == "said":
            yield f"said {day}"
        elif each.at_start:
            yield f"in the first commit, {day}"
        else:
            yield f"recorded {day}"
    yield due(each, answer)
    after = f"{each.past_due} d after its {'first ' * (each.due_moves > 0)}due day"
    if each.closed and each.commit:
        yield _end(each, f"on {short_day(each.closed, answer.today)} ({each.commit[:7]})", after)
    elif each.past_due:
        yield after
    if each.days is not None:
        yield f"{each.days} d to close"
    if each.reopened:
        yield f"reopened {times(each.reopened)}"
    if each.shown_on:
        yield f"evidence of {short_day(each.shown_on, answer.today)}"
    if each.unsaved:
        yield "not committed as it stands"


def _end(each: Account, on: str, after: str) -> str:
    """Return how and when a promise ended, and whether that was late."""
    if each.standing == "in_time":
        return f"kept in time {on}"
    if each.standing == "undated":
        return f"kept {on}"
    if each.standing == "late":
        late = after.replace("after", "late against")
        return f"kept {on}, {late}"
    return f"{each.standing} {on}" + (f", {after}" if each.past_due else "")


def due(each: Account, answer: Kept) -> str:
    """Return when a promise is due, and how often that was put off."""
    if each.first_due is None:
        return "no due day"
    if not each.due_moves:
        return f"due {short(each.first_due, answer.today)}"
    now = f" to {short(each.due, answer.today)}" if each.due else ""
    return f"first due {short(each.first_due, answer.today)}, moved {times(each.due_moves)}{now}"


def times(count: int) -> str:
    """Write how often: once, twice, 3 times."""
    return _TIMES.get(count, f"{count} times")


def reach(answer: Kept) -> Iterator[str]:
    """Yield what can't be told, for want of history or of promises."""
    only = "so what was kept late, and in what time, can't be told; only how each promise stands."
    if answer.history == "none":
        yield f"No promise was ever committed to git, {only}"
    elif answer.history == "later":
        yield f"Every commit is after {short_day(answer.today, answer.today)} {answer.today.year}, {only}"
    if answer.began is None:
        return
    began = f"{answer.began.day} {answer.began:%b %Y}"
    if answer.history == "cut":
        yield (
            f"The history is cut off at {began} (shallow clone): what was made, moved or closed "
            "before can't be told. Get the rest: git fetch --unshallow"
        )
    elif answer.at_start > 1:
        many = "All" if answer.at_start == len(answer.promises) else str(answer.at_start)
        yield (
            f"{many} of {counted(len(answer.promises))} came with the first commit, {began}: what "
            "was made, moved or closed before can't be told."
        )
    if answer.left_out:
        commits = f"{answer.left_out} commit{'s' * (answer.left_out != 1)}"
        many = "are" if answer.left_out > 1 else "is"
        yield f"{commits} after {answer.today} {many} not known yet and left out."
    if not any_closed(answer):
        yield "None was kept or missed since, so there are too few to tell of rates and time to close."


def any_closed(answer: Kept) -> bool:
    """Tell whether any promise was kept or missed within history."""
    return any(cell.closed for group in answer.groups for cell in (group.theirs, group.ours))


def counted(count: int) -> str:
    """Write how many promises."""
    return f"{count} promise{'s' * (count != 1)}"

"""The page of promises: who keeps them, and what became of each."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator

from markupsafe import Markup

from nacoord.desk.promises.cell import ENOUGH
from nacoord.desk.promises.cell import Cell
from nacoord.desk.promises.kept import Counterpart
from nacoord.desk.promises.kept import Group
from nacoord.desk.promises.kept import Kept
from nacoord.desk.site.answer import Site
from nacoord.present.promises import HEADINGS
from nacoord.present.promises import any_closed
from nacoord.present.promises import counted
from nacoord.present.promises import days
from nacoord.present.promises import reach
from nacoord.present.site.blocks import Block
from nacoord.present.site.blocks import Bullets
from nacoord.present.site.blocks import Note
from nacoord.present.site.blocks import Section
from nacoord.present.site.blocks import Table
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import soft
from nacoord.present.site.blocks import strong
from nacoord.present.site.blocks import words
from nacoord.present.site.links import Links

Count = Callable[[Cell], int]

_COLUMNS: tuple[tuple[str, Count], ...] = (
    ("Kept in time", lambda cell: cell.in_time),
    ("Kept late", lambda cell: cell.late),
    ("Kept, no due day", lambda cell: cell.undated),
    ("Missed", lambda cell: cell.missed),
    ("Past due", lambda cell: cell.overdue),
    ("Not due yet", lambda cell: cell.open),
    ("Set aside", lambda cell: cell.withdrawn + cell.superseded),
    ("Kept before", lambda cell: cell.kept_before),
    ("Missed before", lambda cell: cell.missed_before),
)
_BEFORE = " BEFORE THE RECORD BEGAN"


def summary(site: Site) -> list[str]:
    """Return, a line each, how many promises there are and what can't be told of them."""
    answer = site.kept
    if not answer.promises:
        return ["No promise here is ours or made to us."]
    opened = sum(each.standing in ("open", "overdue") for each in answer.promises)
    past = sum(each.standing == "overdue" for each in answer.promises)
    lines = [f"{counted(len(answer.promises))}, {opened} open, {past} past due."]
    if site.ceiling:
        lines.append(
            "Only how each promise stands is told: its history does not leave under a ceiling."
        )
    else:
        lines += reach(answer)
        many = sum(each.unsaved for each in answer.promises)
        if many:
            lines.append(f"{counted(many)} not committed as they stand.")
    return lines


def sections(site: Site, link: Links) -> list[Section]:
    """Return a section for each country, and for how promises stand."""
    answer = site.kept
    found = []
    for number, group in enumerate(answer.groups):
        table = _table(answer, group, link)
        found.append(Section(f"g{number}", group.title, [*table]))
    for standing, name in HEADINGS.items():
        told = [each for each in answer.promises if each.standing == standing]
        if standing == "overdue":
            told.sort(key=lambda each: (-each.past_due, each.id))
        items = [
            put(
                "{}: {} to {}. {}",
                link.title(each.id),
                link.ids(each.by),
                link.ids(each.to),
                soft("; ".join(days(each, answer))),
            )
            for each in told
        ]
        title = name if answer.began else name.replace(_BEFORE, "")
        if items:
            found.append(Section(standing, title.capitalize(), [Bullets(items)]))
    return found


def _table(answer: Kept, group: Group, link: Links) -> Iterator[Block]:
    cells = [cell for each in answer.groups for cell in (each.theirs, each.ours)]
    columns = [
        (name if answer.began else name.removesuffix(" before"), count)
        for name, count in _COLUMNS
        if any(map(count, cells))
    ]
    theirs, ours = {
        "home": ("Who promised", "To whom"),
        "several": ("Theirs to us", "Ours to them"),
    }.get(group.id, (f"{group.title}'s to us", f"Ours to {group.title}"))
    rows = [
        *_rows(
            theirs,
            group.theirs,
            [(each, each.theirs) for each in group.counterparts],
            columns,
            link,
        ),
        *_rows(ours, group.ours, [(each, each.ours) for each in group.counterparts], columns, link),
    ]
    verdicts = [_verdict(cell) for _, cell in rows]
    told = any_closed(answer) and any(verdicts)
    yield Table(
        ("", "All", *(name for name, _ in columns), *(["How well"] if told else [])),
        [
            (
                label,
                str(len(cell.promises)),
                *(str(count(cell) or "") for _, count in columns),
                *([verdict] if told else []),
            )
            for (label, cell), verdict in zip(rows, verdicts, strict=True)
        ],
        "counts",
    )
    if told:
        yield Note(f"Fewer than {ENOUGH} closed: neither rate nor time is told.")


def _rows(
    name: str,
    total: Cell,
    cells: list[tuple[Counterpart, Cell]],
    columns: list[tuple[str, Count]],
    link: Links,
) -> Iterator[tuple[Markup, Cell]]:
    if not total.promises:
        return
    yield strong(name), total
    shown = [(each, cell) for each, cell in cells if cell.promises]
    shown.sort(
        key=lambda pair: (
            -pair[1].overdue,
            -(pair[1].late + pair[1].missed),
            -len(pair[1].promises),
            pair[0].agency,
        )
    )
    for each, cell in shown:
        yield link.said(each.agency, each.title), cell


def _verdict(cell: Cell) -> Markup:
    parts = [f"{cell.rate:.0%} in time"] if cell.rate is not None else []
    if cell.days:
        span = f"{cell.days.shortest}–{cell.days.longest}"
        parts.append(f"{cell.days.median:g} d to close ({span})")
    return words(", ".join(parts))

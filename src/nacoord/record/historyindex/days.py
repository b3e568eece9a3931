"""Days and moments in the office's time zone, as git tells them with TZ set."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from zoneinfo import ZoneInfo

from nacoord.record.historyindex.errors import UnansweredError

_DAY = timedelta(days=1)


class Days:
    """The days of a time zone."""

    def __init__(self, zone: str) -> None:
        """Take a zone (IANA name).

        Raises:
            UnansweredError: when this machine doesn't know it; git takes it for UTC then.
        """
        try:
            self._zone = ZoneInfo(zone)
        except (OSError, ValueError, KeyError) as error:
            raise UnansweredError(str(error)) from None
        self._day = date.min
        self._begins = self._ends = 0

    def of(self, at: int) -> date:
        """Return the day of a moment, in seconds since 1970."""
        if not self._begins <= at < self._ends:
            try:
                self._day = datetime.fromtimestamp(at, self._zone).date()
                self._begins = self.begin(self._day)
                self._ends = self.end(self._day) + 1
            except (OverflowError, ValueError, OSError) as error:
                raise UnansweredError(str(error)) from None
        return self._day

    def begin(self, day: date) -> int:
        """Return the first moment of a day."""
        return int(datetime.combine(day, time(), self._zone).timestamp())

    def end(self, day: date) -> int:
        """Return the last moment of a day."""
        # Its last hour comes twice where a summer ends at midnight.
        return self.begin(day) + 86_399 if day == date.max else self.begin(day + _DAY) - 1


def between(since: date | None, until: date | None, zone: str) -> list[str]:
    """Return how git is asked for commits of some days.

    In moments, as it can't be relied on where an hour comes twice or a day begins at one o'clock.
    """
    try:
        days = Days(zone)
    except UnansweredError:
        begin, end = f"{since}T00:00:00", f"{until}T23:59:59"
    else:
        begin = f"@{max(days.begin(since), 0)} +0000" if since else ""
        end = f"@{max(days.end(until), 0)} +0000" if until else ""
    return [*([f"--since={begin}"] if since else []), *([f"--until={end}"] if until else [])]

"""Days and moments in the office's time zone, as git tells them with TZ set."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from zoneinfo import ZoneInfo

from nacoord.record.historyindex.errors import UnansweredError


class Days:
    """The days of a time zone."""

    def __init__(self, zone: str) -> None:
        """Take a zone (IANA name).

        Raises:
            UnansweredError: when this machine doesn't know it; git takes it for UTC then.
        """
        try:
            self._zone = ZoneInfo(zone)
        except (OSError, ValueError) as error:
            raise UnansweredError(str(error)) from None
        self._day = date.min
        self._begins = self._ends = 0

    def of(self, at: int) -> date:
        """Return the day of a moment, in seconds since 1970."""
        if not self._begins <= at < self._ends:
            try:
                self._day = datetime.fromtimestamp(at, self._zone).date()
                self._begins = self.begin(self._day)
                self._ends = self.begin(self._day + timedelta(days=1))
            except (OverflowError, ValueError, OSError) as error:
                raise UnansweredError(str(error)) from None
        return self._day

    def begin(self, day: date) -> int:
        """Return the first moment of a day."""
        return int(datetime.combine(day, time(), self._zone).timestamp())

    def end(self, day: date) -> int:
        """Return the last moment of a day."""
        return int(datetime.combine(day, time(23, 59, 59), self._zone).timestamp())

"""The official working days of China, from the optional library chinesecalendar."""

from __future__ import annotations

import datetime as dt

import chinese_calendar


class OfficialCalendar:
    """The working days of the State Council's yearly notices, adjusted days included.

    Needs the extra ``kpieval[calendar]``. A year whose notice the library does not hold yet is
    unknown.

    >>> OfficialCalendar().is_working_day(dt.date(2024, 10, 12))  # a Saturday, worked for a holiday
    True
    """

    def is_working_day(self, day: dt.date) -> bool | None:
        """Whether the day is worked; None for a year without a notice."""
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return None

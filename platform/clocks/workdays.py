"""Working days in mainland China: weekends and public holidays left out, shifted working days counted.

The holidays of a year are announced by the State Council late in the year before. Until the library knows them, such a
year has its statutory days only, without the days shifted around them.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=32)
def calendar(year: int) -> holidays.HolidayBase:
    """The public holidays and the shifted working days of a year."""
    return holidays.country_holidays("CN", years=year)


def is_workday(day: date) -> bool:
    """Whether offices work on this day."""
    return calendar(day.year).is_working_day(day)


def after(day: date, count: int) -> date:
    """The day that lies `count` working days after this one; the day itself for 0. `count` is not negative."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; negative if `end` comes first."""
    if end < start:
        return -between(end, start)
    return sum(is_workday(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))

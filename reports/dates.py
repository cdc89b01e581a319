"""Dates as a report in one language writes them."""

from django.utils.dates import MONTHS

from cohorts.dates import date_text


def day_text(day):
    """1er avril 2023, 1 April 2023."""
    return date_text(day, "j F Y") if day else ""


def month_text(day):
    return f"{MONTHS[day.month]} {day.year}"


def months_text(first, last):
    """September 2022 – March 2023."""
    if last is None or (first.year, first.month) == (last.year, last.month):
        return month_text(first)
    start = str(MONTHS[first.month]) if first.year == last.year else month_text(first)
    return f"{start} – {month_text(last)}"

"""Dates as people read them, in the active language."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def date_range(start, end=None):
    """Return "17 January 2023", "5 – 30 September 2022" or "5 September – 14 October 2022"."""
    if end is None or end == start:
        return date_format(start, "j F Y")
    if (start.year, start.month) == (end.year, end.month):
        first = date_format(start, "j")
    else:
        first = date_format(start, "j F" if start.year == end.year else "j F Y")
    return _("%(first)s – %(last)s") % {"first": first, "last": date_format(end, "j F Y")}

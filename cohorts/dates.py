"""Dates as people read them, in the active language."""

from django.utils.formats import date_format, get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
FRENCH_FIRST = r"1\e\r"


def date_text(day, form="DATE_FORMAT"):
    """Return a date or a moment in one of Django's formats; in French a month begins with "1er"."""
    if get_language() == "fr" and getattr(day, "day", None) == 1:
        form = get_format(form).replace("j", FRENCH_FIRST)
    return date_format(day, form)


def date_range(start, end=None):
    """Return "17 January 2023", "5 – 30 September 2022" or "5 September – 14 October 2022".

    A line breaks between the two dates, never within one.
    """
    if end is None or end == start:
        return whole(start, "j F Y")
    if (start.year, start.month) == (end.year, end.month):
        first = whole(start, "j")
    else:
        first = whole(start, "j F" if start.year == end.year else "j F Y")
    return _("%(first)s – %(last)s") % {"first": first, "last": whole(end, "j F Y")}


def whole(day, form):
    return date_text(day, form).replace(" ", NO_BREAK_SPACE)

"""Workshops as iCalendar, for files and for feeds that calendar programs read.

The rules are those of RFC 5545; the name of a feed and how often to read it are of RFC 7986. A
workshop keeps its UID for ever, and `Workshop.sequence` rises with its time, place and state, so
that a later file mends what an earlier one put into somebody's calendar.
"""

from bisect import bisect_left
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from workshops.models import Registration, Workshop

PRODUCT = "-//Embrace//Embrace//EN"
READ_AGAIN = timedelta(hours=4)
DAY = timedelta(days=1)
YEAR = 366 * DAY
LINES = {"\n", "\t"}


def as_file(workshops, *, at, name="", waiting=()):
    """Return the bytes of a calendar with these workshops, in the active language.

    In: workshops whose cohort is at hand; `at`, the moment of writing; for a feed its `name`;
    `waiting`, the keys of those for which the reader is on the waiting list.
    Out: UTF-8 in lines of at most 75 bytes, with a VTIMEZONE for each time zone of the cohorts and
    a VEVENT for each workshop. Without workshops there is the site's time zone alone, since a
    calendar needs one component (RFC 5545, 3.6). It names nobody: no organiser, no attendee.
    """
    workshops = list(workshops)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.calendar_name = plain(name)
        calendar.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", vDuration(READ_AGAIN))
    for zone in zones_of(workshops, at):
        calendar.add_component(zone)
    for workshop in workshops:
        entry = entry_of(workshop, at=at, is_waiting=workshop.pk in waiting)
        calendar.add_component(entry)
    return calendar.to_ical()


def own_file(user, *, at):
    """Return the bytes of a person's own calendar, in their language; see `as_file`."""
    workshops = Workshop.objects.in_calendar_of(user).select_related("cohort")
    with override(user.language):
        return as_file(workshops, at=at, name=_("My workshops"), waiting=waiting_of(user))


def cohort_file(cohort, language, *, at):
    """Return the bytes of a calendar with all workshops of a cohort but drafts; see `as_file`."""
    workshops = cohort.workshops.announced().select_related("cohort")
    with override(language):
        return as_file(workshops, at=at, name=str(cohort))


def waiting_of(user):
    """Return the keys of the workshops for which the person is on the waiting list."""
    people = user.participations.present()
    waiting = Registration.objects.waiting().filter(participant__in=people)
    return set(waiting.values_list("workshop", flat=True))


def uid_of(workshop):
    """Return the name under which calendars know a workshop, for ever and on whatever site.

    The moment of its entry tells workshops of two installations apart, as RFC 5545 (3.8.4.7) asks;
    the site's address is no part of it, since that may change.
    """
    entered_at = workshop.recorded_at.astimezone(UTC)
    return f"{entered_at:%Y%m%dT%H%M%S.%fZ}-{workshop.pk}@embrace"


def entry_of(workshop, *, at, is_waiting=False):
    """Return the VEVENT of a workshop, in the active language; `at` is its DTSTAMP."""
    return Event.new(
        uid=uid_of(workshop),
        sequence=workshop.sequence,
        stamp=at.astimezone(UTC).replace(microsecond=0),
        start=workshop.local_start,
        end=workshop.local_end,
        status=status_of(workshop, is_waiting),
        summary=plain(capfirst(str(workshop))),
        location=plain(workshop.venue or workshop.online_url) or None,
        description=plain("\n".join(lines_about(workshop, is_waiting))),
        url=settings.SITE_URL + workshop.get_absolute_url(),
    )


def status_of(workshop, is_waiting):
    if workshop.status == Workshop.Status.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if is_waiting or workshop.status == Workshop.Status.DRAFT else "CONFIRMED"


def lines_about(workshop, is_waiting):
    """Yield what a calendar shows below the title; addresses stand on lines of their own."""
    if workshop.status == Workshop.Status.CANCELLED:
        yield _("This workshop is cancelled.")
    elif is_waiting:
        yield _("You are on the waiting list.")
    if workshop.title:
        yield capfirst(workshop.get_kind_display())
    yield str(workshop.cohort)
    if workshop.languages:
        yield _(", ").join(map(str, workshop.language_names))
    links = {_("See the way"): workshop.map_url, _("Join online"): workshop.online_url}
    for label, address in links.items():
        if address:
            yield from (label, address)
    yield _("More about it, and whether you come:")
    yield settings.SITE_URL + workshop.get_absolute_url()


def plain(text):
    """Without control characters, which RFC 5545 (3.3.11) forbids in a text."""
    return "".join(letter for letter in text if letter >= " " or letter in LINES)


# --- Time zones ---------------------------------------------------------------------------------
# icalendar makes them too, but tells a change in spring an hour late and passes over short ones,
# such as Morocco's Ramadan.


def zones_of(workshops, at):
    """Yield a VTIMEZONE for each time zone of the workshops, good for as long as they last."""
    if not workshops:
        yield zone_between(settings.TIME_ZONE, at, at)
    for name in sorted({workshop.cohort.time_zone for workshop in workshops}):
        there = [workshop for workshop in workshops if workshop.cohort.time_zone == name]
        yield zone_between(
            name,
            min(workshop.starts_at for workshop in there),
            max(workshop.ends_at for workshop in there),
        )


def zone_between(name, first, last):
    """Return the VTIMEZONE of a zone, good from a year before `first` to a year after `last`.

    The years around are for programs that keep a zone for the other files in which it is named.
    Its parts begin with the first year, and at each change of the clock from there on.
    """
    zone = ZoneInfo(name)
    component = Timezone()
    component.add("tzid", name)
    begin = first.astimezone(UTC).replace(second=0, microsecond=0) - YEAR
    offset = offset_at(zone, begin)
    component.add_component(zone_part(zone, begin, offset))
    for change in changes_of(zone, begin, last + YEAR):
        component.add_component(zone_part(zone, change, offset))
        offset = offset_at(zone, change)
    return component


def zone_part(zone, begin, offset):
    """Return what holds from the instant `begin`, told in local time by the `offset` until then."""
    local = begin.astimezone(zone)
    part = TimezoneDaylight() if local.dst() > timedelta() else TimezoneStandard()
    part.add("dtstart", (begin + offset).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", local.utcoffset())
    part.add("tzname", local.tzname())
    return part


def changes_of(zone, first, last):
    """Yield each instant, to the second, at which the zone's clock changes."""
    for number in range((last - first).days + 1):
        day = first + number * DAY
        if offset_at(zone, day) != offset_at(zone, day + DAY):
            yield change_within(zone, day)


def change_within(zone, day):
    """Return the first instant in the 24 hours from `day` that has another offset."""
    before = offset_at(zone, day)

    def is_changed(second):
        return offset_at(zone, day + timedelta(seconds=second)) != before

    second = bisect_left(range(int(DAY.total_seconds())), True, key=is_changed)
    return day + timedelta(seconds=second)


def offset_at(zone, instant):
    return instant.astimezone(zone).utcoffset()

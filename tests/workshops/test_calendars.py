from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils.translation import override
from icalendar import Calendar

from tests.factories import (
    NOW,
    make_cohort,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_staff,
    make_workshop,
)
from workshops import allocation, calendars
from workshops.models import Workshop

PARIS = ZoneInfo("Europe/Paris")
ARABIC = "ورشة الاستماع: السكن، العمل; وما بعدهما"
pytestmark = pytest.mark.django_db


def read_with_icalendar(content):
    [event] = Calendar.from_ical(content).events
    return event.start, event.end, str(event["summary"])


def read_with_vobject(content):
    # It would take a zone of this name from the file that it read before.
    getattr(vobject.icalendar, "__tzidMap").clear()
    calendar = vobject.readOne(content.decode())
    calendar.validate(raiseException=True)
    event = calendar.vevent
    return event.dtstart.value, event.dtend.value, event.summary.value


def file_of_all(**how):
    """The calendar of all stored workshops."""
    return calendars.as_file(Workshop.objects.select_related("cohort"), at=NOW, **how)


def only_event(**how):
    [event] = Calendar.from_ical(file_of_all(**how)).events
    return event


def titles(content):
    return [str(event["summary"]) for event in Calendar.from_ical(content).events]


def own(user):
    """The titles of a person's own calendar."""
    return titles(calendars.own_file(user, at=NOW))


# --- One workshop -------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [read_with_icalendar, read_with_vobject])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param((2022, 10, 3, 14), (2022, 10, 3, 17), id="an afternoon"),
        pytest.param((2022, 10, 29, 22), (2022, 10, 30, 9), id="the clock goes back"),
        pytest.param((2023, 3, 26, 1, 30), (2023, 3, 26, 3, 30), id="the clock goes forward"),
        pytest.param((2022, 12, 31, 20), (2023, 1, 1, 2), id="over midnight"),
        pytest.param((2022, 10, 28, 9), (2022, 10, 30, 17), id="three days, over a clock change"),
    ],
)
def test_file_reads_back_with_its_times_and_title(read, start, end):
    starts_at, ends_at = datetime(*start, tzinfo=PARIS), datetime(*end, tzinfo=PARIS)
    make_workshop(starts_at=starts_at, ends_at=ends_at, title={"ar": ARABIC})
    with override("ar"):
        content = file_of_all()
    # As instants: Python compares two times of one zone by their digits alone.
    given_start, given_end, title = read(content)
    assert (given_start.astimezone(UTC), given_end.astimezone(UTC), title) == (
        starts_at.astimezone(UTC),
        ends_at.astimezone(UTC),
        ARABIC,
    )


def test_file_says_when_in_local_time():
    make_workshop()
    content = file_of_all()
    assert b"DTSTART;TZID=Europe/Paris:20221003T110000\r\n" in content
    assert content.count(b"BEGIN:VTIMEZONE") == 1


def test_file_has_lines_of_75_bytes_that_end_as_they_must():
    make_workshop(title={"fr": "É🌍ا" * 80}, venue="Salle 🌍 " * 20)
    content = file_of_all()
    lines = content.split(b"\r\n")
    assert (max(map(len, lines)) <= 75, lines[-1], b"\n" in b"".join(lines)) == (True, b"", False)
    assert read_with_icalendar(content)[2] == "É🌍ا" * 80


def test_file_holds_what_is_typed_without_control_characters():
    make_workshop(title={"fr": "Un\x0b atelier\\n, ou; deux\r"})
    assert only_event()["summary"] == "Un atelier\\n, ou; deux"


def test_entry_tells_all_that_one_needs(cohort):
    workshop = make_workshop(
        cohort,
        title={"fr": "Écouter"},
        kind="listening",
        venue="3 rue du Capitaine",
        map_url="https://maps.example/3",
        online_url="https://meet.example/x",
        languages=["fr", "ar"],
    )
    event = only_event()
    page = f"http://127.0.0.1:8000{workshop.get_absolute_url()}"
    assert (event["location"], event["url"], event["status"]) == (
        "3 rue du Capitaine",
        page,
        "CONFIRMED",
    )
    assert event["description"].splitlines() == [
        "Listening workshop",
        "Est Ensemble",
        "French, Arabic",
        "See the way",
        "https://maps.example/3",
        "Join online",
        "https://meet.example/x",
        "More about it, and whether you come:",
        page,
    ]


def test_entry_speaks_the_language_of_its_reader():
    make_workshop(kind="listening")
    with override("fr"):
        assert only_event()["summary"] == "Atelier d’écoute"
    with override("ar"):
        assert only_event()["summary"] == "ورشة استماع"


def test_entry_names_nobody():
    workshop = make_workshop()
    make_facilitator(workshop)
    allocation.ask(workshop, make_participant(workshop.cohort), by=None, at=NOW)
    content = file_of_all().decode()
    assert ("Person" in content, "ATTENDEE" in content, "ORGANIZER" in content) == (False,) * 3


@pytest.mark.parametrize(
    ("status", "waits", "told"),
    [
        ("open", False, "CONFIRMED"),
        ("closed", False, "CONFIRMED"),
        ("held", False, "CONFIRMED"),
        ("draft", False, "TENTATIVE"),
        ("open", True, "TENTATIVE"),
        ("cancelled", True, "CANCELLED"),
    ],
)
def test_entry_tells_its_state(status, waits, told):
    workshop = make_workshop(status=status)
    assert only_event(waiting={workshop.pk} if waits else ())["status"] == told


def test_entry_keeps_its_name_and_counts_its_changes():
    workshop = make_workshop(status="draft")
    before = only_event()
    workshop.move_to("open")
    workshop.venue = "Montreuil"
    workshop.change(["venue"])
    allocation.change_state(workshop, "cancelled", at=NOW)
    after = only_event()
    assert (before["sequence"], after["sequence"], after["status"]) == (0, 3, "CANCELLED")
    assert before["uid"] == after["uid"]


def test_workshops_entered_at_the_same_moment_have_names_of_their_own():
    one, other = make_workshop(recorded_at=NOW), make_workshop(recorded_at=NOW)
    assert calendars.uid_of(one) == f"20221003T090000.000000Z-{one.pk}@embrace"
    assert calendars.uid_of(one) != calendars.uid_of(other)


# --- Time zones ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Paris",
        "Africa/Casablanca",  # changes for a month, in Ramadan
        "Australia/Lord_Howe",  # by half an hour
        "America/Santiago",  # at midnight
        "Asia/Kabul",  # never
    ],
)
def test_time_zone_tells_each_hour_of_two_years(name):
    first = datetime(2022, 1, 1, tzinfo=UTC)
    hours = [first + timedelta(hours=number) for number in range(2 * 365 * 24)]
    component = calendars.zone_between(name, hours[0], hours[-1])
    told = [offset_told(component, hour) for hour in hours]
    assert told == [hour.astimezone(ZoneInfo(name)).utcoffset() for hour in hours]


def offset_told(component, instant):
    """What a program reads: the part that began last, at a time told by the offset before it."""
    begun = [
        (part.DTSTART.replace(tzinfo=UTC) - part.TZOFFSETFROM, part.TZOFFSETTO)
        for part in component.subcomponents
    ]
    return max(each for each in begun if each[0] <= instant)[1]


def test_calendar_holds_each_time_zone_once():
    for name in ("Asia/Tokyo", "Asia/Kabul", "Asia/Kabul"):
        make_workshop(make_cohort(time_zone=name))
    zones = [zone.tz_name for zone in Calendar.from_ical(file_of_all()).timezones]
    assert zones == ["Asia/Kabul", "Asia/Tokyo"]


def test_calendar_without_workshops_is_still_one():
    content = calendars.as_file([], at=NOW, name="My workshops")
    vobject.readOne(content.decode()).validate(raiseException=True)
    assert [each.name for each in Calendar.from_ical(content).subcomponents] == ["VTIMEZONE"]


def test_feed_says_its_name_and_how_often_to_read_it():
    lines = calendars.as_file([], at=NOW, name="نص").decode().split("\r\n")
    assert lines[3:7] == [
        "NAME:نص",
        "X-WR-CALNAME:نص",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ]


# --- Whose calendar -----------------------------------------------------------------------------


@pytest.fixture
def person(cohort):
    return make_participant(cohort, "newcomers")


def test_own_calendar_holds_what_one_is_expected_at(cohort, person):
    make_workshop(cohort, title={"fr": "Both"})
    make_workshop(cohort, title={"fr": "Newcomers"}, track="newcomers")
    make_workshop(cohort, title={"fr": "Agents"}, track="agents")
    make_workshop(cohort, title={"fr": "Draft"}, status="draft")
    make_workshop(cohort, title={"fr": "Cancelled"}, status="cancelled")
    make_workshop(title={"fr": "Elsewhere"})
    assert own(person.user) == ["Both", "Newcomers", "Cancelled"]


def test_own_calendar_leaves_out_what_one_declined(cohort, person):
    workshop = make_workshop(cohort, starts_at=NOW + timedelta(days=1))
    allocation.say_cannot_come(workshop, person, by=person.user, at=NOW)
    assert own(person.user) == []


def test_own_calendar_holds_of_those_by_registration_what_one_asked_for(cohort, person):
    tomorrow = NOW + timedelta(days=1)
    make_workshop(cohort, tomorrow, mode="registration", title={"fr": "Not asked"})
    asked = make_workshop(cohort, tomorrow, mode="registration", title={"fr": "Asked"})
    full = make_workshop(cohort, tomorrow, mode="registration", title={"fr": "Full"}, capacity=0)
    for workshop in (asked, full):
        allocation.ask(workshop, person, by=person.user, at=NOW)
    events = Calendar.from_ical(calendars.own_file(person.user, at=NOW)).events
    assert [(str(each["summary"]), str(each["status"])) for each in events] == [
        ("Asked", "CONFIRMED"),
        ("Full", "TENTATIVE"),
    ]


def test_own_calendar_holds_what_one_facilitates_also_without_a_place(cohort, person):
    workshop = make_workshop(cohort, NOW + timedelta(days=1), title={"fr": "Mine"})
    allocation.say_cannot_come(workshop, person, by=person.user, at=NOW)
    make_facilitator(workshop, person.user)
    make_facilitator(make_workshop(cohort, status="draft"), person.user)
    assert own(person.user) == ["Mine"]


def test_own_calendar_of_a_coordinator_holds_the_cohorts_workshops(cohort):
    user = make_coordinator(cohort, make_organisation(cohort.programme))
    make_workshop(cohort, title={"fr": "Newcomers"}, track="newcomers")
    make_workshop(cohort, status="draft")
    make_workshop()
    assert own(user) == ["Newcomers"]


def test_own_calendar_of_staff_holds_nothing_that_they_only_manage(cohort):
    make_workshop(cohort)
    assert own(make_staff(cohort)) == []


def test_own_calendar_of_somebody_who_left_is_empty(cohort, person):
    allocation.ask(make_workshop(cohort, mode="registration"), person, by=None, at=NOW)
    make_workshop(cohort)
    person.withdraw(on=NOW.date())
    assert own(person.user) == []


def test_own_calendar_is_in_the_persons_language(cohort, person):
    make_workshop(cohort, kind="listening")
    person.user.choose_language("ar")
    assert own(person.user) == ["ورشة استماع"]


def test_calendar_of_a_cohort_holds_all_but_drafts(cohort):
    make_workshop(cohort, title={"fr": "Agents"}, track="agents", mode="registration")
    make_workshop(cohort, title={"fr": "Cancelled"}, status="cancelled")
    make_workshop(cohort, status="draft")
    make_workshop()
    assert titles(calendars.cohort_file(cohort, "fr", at=NOW)) == ["Agents", "Cancelled"]

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from tests.factories import (
    NOW,
    make_attendance,
    make_cohort,
    make_guest,
    make_participant,
    make_phase,
    make_testimony,
    make_workshop,
)
from workshops import allocation
from workshops.models import HalfDay, Workshop

PARIS = ZoneInfo("Europe/Paris")
MORNING, AFTERNOON = HalfDay.Part.MORNING, HalfDay.Part.AFTERNOON
Registering = Workshop.Registering
Status = Workshop.Status
pytestmark = pytest.mark.django_db


def half_days(start, end, **cohort):
    workshop = make_workshop(make_cohort(**cohort), start)
    workshop.starts_at, workshop.ends_at = start, end
    return workshop.proposed_half_days()


def paris(*when):
    return datetime(*when, tzinfo=PARIS)


def test_half_days_of_a_morning_end_at_one():
    assert half_days(paris(2022, 10, 3, 9), paris(2022, 10, 3, 13)) == [
        (date(2022, 10, 3), MORNING)
    ]


def test_half_days_of_a_day_are_two():
    day = date(2022, 10, 3)
    assert half_days(paris(2022, 10, 3, 9), paris(2022, 10, 3, 17)) == [
        (day, MORNING),
        (day, AFTERNOON),
    ]


def test_half_days_over_midnight_fall_on_both_days():
    assert half_days(paris(2022, 10, 3, 20), paris(2022, 10, 4, 1)) == [
        (date(2022, 10, 3), AFTERNOON),
        (date(2022, 10, 4), MORNING),
    ]


def test_half_days_until_midnight_stay_on_their_day():
    assert half_days(paris(2022, 10, 3, 20), paris(2022, 10, 4, 0)) == [
        (date(2022, 10, 3), AFTERNOON)
    ]


def test_half_days_of_three_days_are_six():
    assert len(half_days(paris(2022, 10, 3, 9), paris(2022, 10, 5, 17))) == 6


@pytest.mark.parametrize("day", [date(2023, 3, 26), date(2022, 10, 30)])
def test_half_days_are_local_on_the_day_the_clock_changes(day):
    start = datetime.combine(day, datetime.min.time(), PARIS)
    noon = start.replace(hour=13)
    assert half_days(start, noon) == [(day, MORNING)]
    assert half_days(noon, start.replace(hour=18)) == [(day, AFTERNOON)]


def test_half_days_follow_the_time_zone_of_the_cohort():
    start = datetime(2022, 10, 3, 10, tzinfo=UTC)
    end = start + timedelta(hours=2)
    assert half_days(start, end, time_zone="Asia/Tokyo") == [(date(2022, 10, 3), AFTERNOON)]


def test_renewing_half_days_keeps_those_with_attendance():
    workshop = make_workshop(starts_at=paris(2022, 10, 3, 9), hours=8)
    morning, _afternoon = workshop.half_days.all()
    make_attendance(workshop, half_day=morning)
    workshop.starts_at = paris(2022, 10, 3, 14)
    workshop.renew_half_days()
    assert [each.part for each in workshop.half_days.all()] == [MORNING, AFTERNOON]


def test_clean_refuses_times_that_drop_attendance(in_english):
    workshop = make_workshop(starts_at=paris(2022, 10, 3, 9), hours=8)
    make_attendance(workshop, half_day=workshop.half_days.first())
    workshop.starts_at = paris(2022, 10, 3, 14)
    with pytest.raises(ValidationError, match="recorded for 3 Oct"):
        workshop.full_clean()


def test_half_days_can_be_chosen_by_hand():
    workshop = make_workshop(starts_at=paris(2022, 10, 3, 9), hours=3)
    workshop.choose_half_days([(date(2022, 10, 3), AFTERNOON)])
    assert [each.slot for each in workshop.half_days.all()] == [(date(2022, 10, 3), AFTERNOON)]


def test_choosing_half_days_keeps_those_with_attendance(in_english):
    workshop = make_workshop(starts_at=paris(2022, 10, 3, 9), hours=8)
    make_attendance(workshop, half_day=workshop.half_days.first())
    with pytest.raises(ValidationError, match=r"recorded for 3 Oct\. morning, which must stay"):
        workshop.choose_half_days([(date(2022, 10, 3), AFTERNOON)])
    assert workshop.half_days.count() == 2


def test_half_days_stay_once_attendance_is_closed(in_english):
    workshop = make_workshop(status="held")
    with pytest.raises(ValidationError, match="Attendance is closed"):
        workshop.choose_half_days(workshop.proposed_half_days())


def test_clean_accepts_attendance_at_a_half_day_chosen_by_hand():
    workshop = make_workshop(starts_at=paris(2022, 10, 3, 9), hours=3)
    workshop.choose_half_days([(date(2022, 10, 3), AFTERNOON)])
    make_attendance(workshop)
    workshop.ends_at += timedelta(minutes=30)
    workshop.full_clean()
    workshop.starts_at, workshop.ends_at = paris(2022, 10, 4, 9), paris(2022, 10, 4, 12)
    with pytest.raises(ValidationError):
        workshop.full_clean()


@pytest.mark.parametrize(
    ("hours", "problem"),
    [(0, "The end must be after"), (-2, "The end must be after"), (15 * 24, "at most two weeks")],
)
def test_clean_refuses_impossible_times(in_english, hours, problem):
    workshop = make_workshop()
    workshop.ends_at = workshop.starts_at + timedelta(hours=hours)
    with pytest.raises(ValidationError, match=problem):
        workshop.full_clean()


def test_clean_refuses_a_group_that_leaves_people_out(in_english):
    workshop = make_workshop()
    allocation.ask(workshop, make_participant(workshop.cohort, "agents"), by=None, at=NOW)
    workshop.track = "newcomers"
    with pytest.raises(ValidationError, match="the other group"):
        workshop.full_clean()


def test_clean_keeps_a_workshop_with_notes_a_listening_one(in_english):
    workshop = make_testimony().workshop
    workshop.kind = "training"
    with pytest.raises(ValidationError, match="stays a listening workshop"):
        workshop.full_clean()


def test_clean_lets_guests_stay_when_the_group_changes():
    workshop = make_workshop(guests_allowed=True)
    allocation.ask(workshop, make_guest(workshop.cohort), by=None, at=NOW)
    workshop.track = "newcomers"
    workshop.full_clean()


@pytest.mark.parametrize(("old", "new"), product(Status, repeat=2))
def test_workshop_moves_as_its_table_says(old, new):
    workshop = make_workshop(status=old)
    allowed = new in Workshop.MOVES[old]
    assert workshop.move_to(new) == allowed
    workshop.refresh_from_db()
    assert workshop.status == (new if allowed else old)


def test_workshop_moves_once_for_two_clicks():
    workshop = make_workshop()
    other_tab = Workshop.objects.get(pk=workshop.pk)
    assert (workshop.move_to("closed"), other_tab.move_to("closed")) == (True, False)


def test_workshop_with_attendance_is_not_cancelled():
    workshop = make_workshop()
    make_attendance(workshop)
    assert workshop.move_to("cancelled") is False


@pytest.mark.parametrize(
    ("status", "hours", "expected"),
    [
        ("draft", -1, Registering.NOT_YET),
        ("open", -1, Registering.OPEN),
        ("open", 1, Registering.OPEN),
        ("open", 4, Registering.OVER),
        ("closed", -1, Registering.CLOSED),
        ("held", -1, Registering.OVER),
        ("cancelled", 4, Registering.CANCELLED),
    ],
)
def test_registering_follows_state_and_clock(status, hours, expected):
    assert make_workshop(status=status).registering(NOW + timedelta(hours=hours)) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(-49, Registering.NOT_YET), (-36, Registering.OPEN), (-23, Registering.CLOSED)],
)
def test_registering_follows_its_window(hours, expected):
    window = {
        "registration_opens_at": NOW - timedelta(days=2),
        "registration_closes_at": NOW - timedelta(days=1),
    }
    assert make_workshop(**window).registering(NOW + timedelta(hours=hours)) == expected


def test_phase_is_proposed_by_date_kind_and_group():
    cohort = make_cohort()
    make_phase(cohort, track="agents")
    own = make_phase(cohort, track="newcomers")
    make_phase(cohort, kind="listening", starts_on=date(2022, 9, 10))
    workshop = make_workshop(cohort, paris(2022, 9, 20, 9), track="newcomers")
    assert workshop.proposed_phase() == own


def test_phase_is_not_proposed_outside_all():
    cohort = make_cohort()
    make_phase(cohort)
    assert make_workshop(cohort, paris(2023, 9, 20, 9)).proposed_phase() is None


def test_expected_are_those_who_had_not_left_by_the_day():
    workshop = make_workshop()
    before = make_participant(workshop.cohort)
    before.withdraw(on=date(2022, 10, 2))
    after = make_participant(workshop.cohort)
    after.withdraw(on=date(2022, 10, 4))
    assert list(workshop.expected_participants()) == [after]


def test_upcoming_workshops_leave_out_what_is_over_held_or_cancelled():
    now = make_workshop()
    for status in ("held", "cancelled"):
        make_workshop(now.cohort, status=status)
    make_workshop(now.cohort, now.starts_at - timedelta(days=1))
    assert list(now.cohort.workshops.upcoming(now.starts_at)) == [now]


# --- Many at once -------------------------------------------------------------------------------


@pytest.fixture
def around_now():
    """One workshop in each state that was yesterday, one that is tomorrow."""
    cohort = make_cohort()
    for status in Status:
        make_workshop(cohort, NOW - timedelta(days=1), status=status)
    make_workshop(cohort, NOW + timedelta(days=1), status="closed")
    return cohort.workshops.all()


def states(workshops):
    return sorted(workshops.values_list("status", flat=True))


def test_attendance_is_missing_of_what_is_over_and_neither_held_nor_cancelled(around_now):
    assert states(around_now.with_attendance_missing(NOW)) == ["closed", "draft", "open"]


def test_upcoming_are_those_not_over_nor_cancelled(around_now):
    cohort = around_now[0].cohort
    under_way = make_workshop(cohort, NOW - timedelta(hours=1))
    make_workshop(cohort, NOW + timedelta(days=1), status="cancelled")
    assert list(around_now.upcoming(NOW)) == [
        under_way,
        around_now.get(starts_at__gt=NOW, status="closed"),
    ]


def test_notes_to_close_are_those_of_what_is_over(around_now):
    cohort = around_now[0].cohort
    past, ahead, cancelled, closed = (
        make_workshop(cohort, NOW + timedelta(days=days), kind="listening", **more)
        for days, more in (
            (-2, {}),
            (2, {}),
            (-2, {"status": "cancelled"}),
            (-2, {"notes_closed_at": NOW}),
        )
    )
    for workshop in (past, past, ahead, cancelled, closed):
        make_testimony(workshop)
    assert list(around_now.with_notes_to_close(NOW)) == [past]


def test_people_are_counted_once_however_many_half_days():
    workshop = make_workshop(hours=8)
    person = make_participant(workshop.cohort)
    for half_day in workshop.half_days.all():
        make_attendance(workshop, person, half_day)
    make_attendance(workshop, state="absent")
    allocation.ask(workshop, make_participant(workshop.cohort), by=None, at=NOW)
    counted = Workshop.objects.with_people().get()
    assert (counted.confirmed_count, counted.present_count) == (2, 1)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("starts_at", paris(2022, 10, 3, 8), True),
        ("ends_at", paris(2022, 10, 3, 20), True),
        ("venue", "Montreuil", True),
        ("map_url", "https://maps.example/3", True),
        ("online_url", "https://meet.example/x", True),
        ("kind", "listening", False),
        ("track", "agents", False),
    ],
)
def test_change_of_time_or_place_is_told_and_counted(name, value, told):
    workshop = make_workshop(sequence=4)
    setattr(workshop, name, value)
    assert workshop.change([name]) == told
    workshop.refresh_from_db()
    assert (getattr(workshop, name), workshop.sequence) == (value, 4 + told)


def test_change_of_state_is_counted_once():
    workshop = make_workshop(status="draft")
    twin = Workshop.objects.get()
    assert (workshop.move_to("open"), twin.move_to("open")) == (True, False)
    assert Workshop.objects.get().sequence == workshop.sequence == 1

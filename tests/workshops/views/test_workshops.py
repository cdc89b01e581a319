from datetime import date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    NOW,
    make_attendance,
    make_coordinator,
    make_facilitator,
    make_participant,
    make_phase,
    make_testimony,
    make_workshop,
)
from tests.typing import filled
from workshops import allocation
from workshops.models import HalfDay, Workshop

PARIS = ZoneInfo("Europe/Paris")
pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def address(name, workshop, *more):
    return reverse(f"workshops:{name}", args=[workshop.cohort.slug, workshop.pk, *more])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def typed(**more):
    least = {"kind": "training", "date": "2022-10-03", "starts": "14:00", "ends": "17:00"}
    return least | {"mode": "expected"} | more


@pytest.fixture
def add(visitor, cohort):
    def add(**more):
        return visitor.post(reverse("workshops:add", args=[cohort.slug]), typed(**more))

    return add


# --- Adding -------------------------------------------------------------------------------------


def test_workshop_is_added_as_a_draft_in_local_time(add, cohort, staff):
    phase = make_phase(cohort, ends_on=date(2022, 12, 1))
    add()
    workshop = cohort.workshops.get()
    assert (workshop.status, workshop.phase, workshop.recorded_by) == ("draft", phase, staff)
    assert workshop.starts_at == datetime(2022, 10, 3, 14, tzinfo=PARIS)
    assert [str(each) for each in workshop.half_days.all()] == ["3 Oct. afternoon"]


def test_workshop_is_added_with_its_seats(add, cohort):
    add(mode="registration", capacity="15", newcomer_seats="8", agent_seats="4")
    workshop = cohort.workshops.get()
    assert (workshop.capacity, workshop.newcomer_seats, workshop.agent_seats) == (15, 8, 4)


def test_workshop_sent_twice_is_added_once(visitor, cohort):
    where = reverse("workshops:add", args=[cohort.slug])
    data = filled(visitor.get(where).context["form"]) | typed()
    first, second = visitor.post(where, data), visitor.post(where, data)
    assert (first["Location"], cohort.workshops.count()) == (second["Location"], 1)


def test_workshop_of_three_days_has_six_half_days(add, cohort):
    add(starts="09:00", end_date="2022-10-05")
    assert cohort.workshops.get().half_days.count() == 6


def test_workshop_over_the_change_of_clock_lasts_an_hour_more(add, cohort):
    add(date="2022-10-29", starts="22:00", end_date="2022-10-30", ends="06:00")
    workshop = cohort.workshops.get()
    assert workshop.ends_at - workshop.starts_at == timedelta(hours=9)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends": "13:00"}, "The end must be after the start."),
        ({"ends": "14:00"}, "The end must be after the start."),
        ({"end_date": "2022-11-03"}, "A workshop lasts at most two weeks."),
        ({"date": "0022-10-03"}, "Look at the year again."),
        ({"date": "2023-03-26", "starts": "02:30"}, "couldn’t be interpreted in time zone"),
        ({"date": ""}, "This field is required."),
        ({"kind": "party"}, "Select a valid choice."),
        ({"capacity": "3", "agent_seats": "4"}, "More seats are kept than there are."),
        ({"venue": "x" * 251}, "at most 250 characters"),
        (
            {
                "registration_opens_at": "2022-10-02T09:00",
                "registration_closes_at": "2022-10-01T09:00",
            },
            "Registration must close after it opens.",
        ),
    ],
)
def test_workshop_that_cannot_be_is_refused_in_words(add, cohort, wrong, sentence):
    response = add(**wrong)
    errors = str(response.context["form"].errors)
    assert (sentence in errors, cohort.workshops.exists()) == (True, False)


def test_workshop_in_a_phase_of_another_cohort_is_refused(add, cohort, workshop):
    other = make_phase(make_workshop().cohort)
    assert "phase" in add(phase=other.pk).context["form"].errors


def test_kind_offered_is_that_of_the_open_phase(visitor, cohort):
    make_phase(cohort, kind="listening", starts_on=date(2020, 1, 1), ends_on=None)
    form = visitor.get(reverse("workshops:add", args=[cohort.slug])).context["form"]
    assert form["kind"].value() == "listening"


# --- Editing and removing -----------------------------------------------------------------------


def edited(visitor, workshop, **more):
    where = address("edit", workshop)
    return visitor.post(where, filled(visitor.get(where).context["form"]) | more)


def test_workshop_is_edited(visitor, workshop):
    response = edited(visitor, workshop, venue="قاعة البلدية 🏛", starts="09:00")
    workshop.refresh_from_db()
    assert (response.status_code, workshop.venue) == (302, "قاعة البلدية 🏛")
    assert [each.part for each in workshop.half_days.all()] == list(HalfDay.Part)


def test_new_time_or_place_is_counted_for_calendars_and_nothing_else(visitor, workshop):
    counted = []
    for change in ({"starts": "09:00"}, {"venue": "Hall"}, {"languages": ["ar"]}, {}):
        edited(visitor, workshop, **change)
        workshop.refresh_from_db()
        counted.append(workshop.sequence)
    assert counted == [1, 2, 2, 2]


def test_editing_does_not_undo_what_was_done_elsewhere(visitor, workshop):
    where = address("edit", workshop)
    data = filled(visitor.get(where).context["form"]) | {"venue": "Place"}
    workshop.move_to("closed")
    allocation.change_seats(workshop, at=NOW, capacity=9, newcomer_seats=0, agent_seats=0)
    visitor.post(where, data)
    workshop.refresh_from_db()
    assert (workshop.venue, workshop.status, workshop.capacity) == ("Place", "closed", 9)


def test_editing_from_a_stale_tab_writes_nothing(visitor, workshop):
    where = address("edit", workshop)
    data = filled(visitor.get(where).context["form"]) | {"venue": "Mine"}
    Workshop.objects.update(venue="Theirs")
    assert "Somebody changed this" in str(visitor.post(where, data).context["form"].errors)
    workshop.refresh_from_db()
    assert workshop.venue == "Theirs"


def test_times_that_drop_attendance_are_refused(visitor, workshop):
    make_attendance(workshop, half_day=workshop.half_days.first())
    response = edited(visitor, workshop, starts="14:00", ends="17:00")
    assert "Attendance is recorded for 3 Oct. morning" in str(response.context["form"].errors)
    workshop.refresh_from_db()
    assert workshop.starts_at == NOW


def choice_of_half_days(visitor, workshop, *chosen):
    form = visitor.get(address("half_days", workshop)).context["form"]
    return filled(form, half_days=list(chosen))


def test_half_days_chosen_by_hand_stay_until_the_times_change(visitor, workshop):
    choice = choice_of_half_days(visitor, workshop, "2022-10-03.2_afternoon")
    visitor.post(address("half_days", workshop), choice)
    edited(visitor, workshop, venue="Hall")
    assert [str(each) for each in workshop.half_days.all()] == ["3 Oct. afternoon"]
    edited(visitor, workshop, starts="09:30")
    assert workshop.half_days.first().part == HalfDay.Part.MORNING


def test_half_days_with_attendance_cannot_be_unticked(visitor, workshop):
    make_attendance(workshop, half_day=workshop.half_days.first())
    choice = choice_of_half_days(visitor, workshop, "2022-10-03.2_afternoon")
    response = visitor.post(address("half_days", workshop), choice)
    assert "which must stay" in str(response.context["form"].errors)


def test_half_days_of_another_day_are_refused(visitor, workshop):
    choice = choice_of_half_days(visitor, workshop, "2022-10-04.1_morning")
    response = visitor.post(address("half_days", workshop), choice)
    assert list(response.context["form"].errors) == ["half_days"]


def test_half_days_of_a_stale_tab_are_refused(visitor, workshop):
    choice = choice_of_half_days(visitor, workshop, "2022-10-03.1_morning")
    workshop.choose_half_days([(date(2022, 10, 3), HalfDay.Part.AFTERNOON)])
    errors = visitor.post(address("half_days", workshop), choice).context["form"].errors
    assert "Somebody changed this" in str(errors)
    assert [each.part for each in workshop.half_days.all()] == [HalfDay.Part.AFTERNOON]


def test_times_of_a_held_workshop_stay(visitor, cohort):
    workshop = make_workshop(cohort, status="held")
    edited(visitor, workshop, starts="08:00", venue="Place")
    workshop.refresh_from_db()
    assert (workshop.starts_at, workshop.venue) == (NOW, "Place")


def test_why_the_times_of_a_held_workshop_stay_is_said(visitor, cohort):
    pages = [
        visitor.get(address("edit", make_workshop(cohort, status=status))).content.decode()
        for status in ("closed", "held")
    ]
    assert ["It was held: its times" in page for page in pages] == [False, True]


def test_workshop_is_removed_while_nothing_hangs(visitor, workshop, facilitator):
    response = visitor.post(address("remove", workshop))
    assert (response["Location"], Workshop.objects.exists()) == (
        reverse("workshops:list", args=[workshop.cohort.slug]),
        False,
    )


def test_workshop_with_testimonies_or_people_stays(visitor, workshop):
    make_testimony(workshop)
    make_attendance(workshop)
    assert visitor.post(address("remove", workshop)).status_code == 409
    assert Workshop.objects.filter(pk=workshop.pk).exists()


# --- States -------------------------------------------------------------------------------------


def move(visitor, workshop, wanted, seen):
    response = visitor.post(address("move", workshop), {"to": wanted, "seen": seen})
    workshop.refresh_from_db()
    return said(response)


def test_state_is_moved(visitor, workshop):
    assert move(visitor, workshop, "closed", "open") == ["State: registration closed."]
    assert workshop.status == "closed"


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [("closed", "draft"), ("held", "open"), ("party", "open"), (None, "open"), ("closed", None)],
)
def test_state_that_was_not_seen_or_cannot_be_is_not_moved(visitor, workshop, wanted, seen):
    data = {"to": wanted, "seen": seen}
    response = visitor.post(address("move", workshop), {k: v for k, v in data.items() if v})
    workshop.refresh_from_db()
    assert workshop.status == "open"
    assert said(response) == ["Nothing was changed: this workshop's state is “open” by now."]


def test_state_is_moved_by_post_alone(visitor, workshop):
    assert visitor.get(address("move", workshop), {"to": "closed"}).status_code == 405


def test_cancelling_asks_first_and_says_for_how_many(visitor, workshop):
    allocation.ask(workshop, make_participant(workshop.cohort), by=None, at=NOW)
    page = visitor.get(address("call_off", workshop))
    assert "1 person has or waits for a place." in page.content.decode()
    assert move(visitor, workshop, "cancelled", "open") == ["State: cancelled."]


def test_cancelling_what_took_place_is_not_offered(visitor, workshop):
    make_attendance(workshop)
    page = visitor.get(address("call_off", workshop)).content.decode()
    assert "it took place" in page
    assert 'value="cancelled"' not in page


# --- Seats and facilitators ---------------------------------------------------------------------


def change_seats(visitor, workshop, **seats):
    where = address("seats", workshop)
    form = visitor.get(where).context["form"]
    return visitor.post(where, filled(form) | seats)


@pytest.fixture
def full(cohort):
    workshop = make_workshop(cohort, mode="registration", capacity=1)
    for _person in range(3):
        allocation.ask(workshop, make_participant(cohort), by=None, at=NOW)
    return workshop


def test_more_seats_promote_at_once(visitor, full):
    change_seats(visitor, full, capacity=2)
    assert full.registrations.confirmed().count() == 2


def test_fewer_seats_than_people_are_refused(visitor, full):
    response = change_seats(visitor, full, capacity=0)
    assert response.context["form"].errors["capacity"] == [
        "1 people are confirmed already: there cannot be fewer seats."
    ]


def test_facilitator_is_added_once_and_removed(visitor, workshop):
    person = make_participant(workshop.cohort)
    where = address("facilitators", workshop)
    for _click in range(2):
        visitor.post(where, {"user": person.user.pk})
    facilitation = workshop.facilitations.get()
    visitor.post(address("facilitator_remove", workshop, facilitation.pk))
    assert not workshop.facilitations.exists()


def test_facilitators_come_from_the_cohort_and_its_team(visitor, workshop, staff, outsider, city):
    person = make_participant(workshop.cohort)
    coordinator = make_coordinator(workshop.cohort, city)
    there = make_facilitator(workshop, make_participant(workshop.cohort).user)
    form = visitor.get(address("facilitators", workshop)).context["form"]
    offered = {pk for _label, choices in form.fields["user"].choices[1:] for pk, _name in choices}
    assert offered == {person.user.pk, staff.pk, coordinator.pk}
    assert there.pk not in offered


def test_facilitator_from_elsewhere_is_refused(visitor, workshop, outsider):
    response = visitor.post(address("facilitators", workshop), {"user": outsider.pk})
    assert "user" in response.context["form"].errors


# --- The list -----------------------------------------------------------------------------------


def lines(visitor, cohort, **query):
    return list(visitor.get(reverse("workshops:list", args=[cohort.slug]), query).context["page"])


def test_list_has_those_to_come_first_then_the_latest(visitor, cohort):
    now = timezone.now()
    made = {days: make_workshop(cohort, now + timedelta(days=days)) for days in (3, -9, 1, -2)}
    listed = [line.workshop for line in lines(visitor, cohort)]
    assert listed == [made[1], made[3], made[-2], made[-9]]


def test_list_goes_on_on_another_page(visitor, cohort):
    for number in range(31):
        make_workshop(cohort, NOW + timedelta(days=number))
    assert (len(lines(visitor, cohort)), len(lines(visitor, cohort, page=2))) == (30, 1)
    assert len(lines(visitor, cohort, page="last")) == 30


def test_list_that_is_empty_leads_to_the_next_step(visitor, cohort):
    page = visitor.get(reverse("workshops:list", args=[cohort.slug])).content.decode()
    assert page.count(f'href="{reverse("workshops:add", args=[cohort.slug])}"') == 2


def test_list_of_a_participant_leaves_out_drafts_and_the_other_group(sign_in, newcomer, cohort):
    mine = make_workshop(cohort, track="newcomers")
    make_workshop(cohort, track="agents"), make_workshop(cohort, status="draft")
    assert [line.workshop for line in lines(sign_in(newcomer), cohort)] == [mine]


def test_list_of_a_coordinator_leaves_out_drafts(sign_in, coordinator, cohort):
    both = {make_workshop(cohort, track="newcomers"), make_workshop(cohort, track="agents")}
    make_workshop(cohort, status="draft")
    assert {line.workshop for line in lines(sign_in(coordinator), cohort)} == both


def test_workshop_with_notes_stays_on_the_listening_desk(visitor, cohort):
    workshop = make_workshop(cohort, kind="listening")
    make_testimony(workshop)
    errors = edited(visitor, workshop, kind="training").context["form"].non_field_errors()
    workshop.refresh_from_db()
    assert (errors, workshop.kind) == (
        ["Notes were taken here: it stays a listening workshop."],
        "listening",
    )


def test_facilitator_is_removed_once(visitor, workshop):
    make_facilitator(workshop)
    where = address("facilitator_remove", workshop, workshop.facilitations.get().pk)
    responses = [visitor.post(where) for _click in range(2)]
    assert [response.status_code for response in responses] == [302, 404]
    assert not workshop.facilitations.exists()


@pytest.mark.parametrize(("days", "said"), [(1, True), (-1, False)])
def test_list_says_that_one_cannot_come_until_it_is_past(sign_in, newcomer, cohort, days, said):
    workshop = make_workshop(cohort, timezone.now() + timedelta(days=days))
    person = newcomer.participations.get()
    person.registrations.create(workshop=workshop, status="declined", queue_number=9)
    page = sign_in(newcomer).get(reverse("workshops:list", args=[cohort.slug]))
    assert ("I can't come" in unescape(page.content.decode())) == said

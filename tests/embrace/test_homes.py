from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from embrace.homes import home_of, steps_of
from tests.factories import (
    NOW,
    make_cohort,
    make_committed_action,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_programme_staff,
    make_proposed_action,
    make_released_theme,
    make_staff,
    make_subject,
    make_theme,
    make_user,
    make_workshop,
)
from tests.reports.sample import make_edition
from tests.signing_in import sign_in
from workshops import allocation

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=2)


def test_home_of_a_stranger_is_empty():
    assert home_of(make_user(), NOW).is_empty


def test_home_of_staff_is_the_cohort():
    person = make_participant()
    assert home_of(make_staff(person.cohort), NOW).is_only_staff


def test_home_of_staff_without_a_cohort_leads_to_the_first(client, programme):
    sign_in(client, make_programme_staff(programme))
    assert client.get("/").url == reverse("cohorts:list")


def test_home_shows_the_next_workshop_and_the_own_answer():
    person = make_participant()
    workshop = make_workshop(person.cohort, SOON)
    make_workshop(person.cohort, NOW - timedelta(days=2))
    registration = allocation.ask(workshop, person, by=None, at=NOW)
    [here] = home_of(person.user, NOW).participations
    assert (here.next_workshop, here.registration) == (workshop, registration)


def test_home_says_on_which_day_a_long_workshop_ends(client):
    person = make_participant(user=make_user(language="en"))
    workshop = make_workshop(person.cohort, timezone.now() + timedelta(days=1), hours=48)
    sign_in(client, person.user)
    hours = render_to_string("workshops/includes/hours.html", {"workshop": workshop})
    assertContains(client.get("/"), hours)


def test_home_offers_no_place_to_whoever_facilitates():
    person = make_participant()
    make_facilitator(make_workshop(person.cohort, SOON), person.user)
    [here] = home_of(person.user, NOW).participations
    assert here.facilitates


def test_home_keeps_drafts_and_the_other_group_out():
    person = make_participant()
    make_workshop(person.cohort, SOON, status="draft")
    make_workshop(person.cohort, SOON, track="agents")
    [here] = home_of(person.user, NOW).participations
    assert here.next_workshop is None


def test_home_tells_what_became_of_what_was_said():
    person = make_participant()
    city = make_organisation(person.cohort.programme)
    make_theme(person.cohort), make_released_theme(person.cohort)
    make_committed_action(person.cohort, city), make_proposed_action(person.cohort, city)
    [here] = home_of(person.user, NOW).participations
    assert [step.kind for step in here.steps] == ["heard", "done"]


def test_home_names_whom_of_the_staff_to_call():
    cohort = make_participant().cohort
    make_staff(cohort, make_user("Without Phone"))
    make_staff(cohort, make_user("Who Left", phone="0639980101", is_active=False))
    reachable = make_programme_staff(cohort.programme, make_user("Zoé", phone="0639980102"))
    [here] = home_of(cohort.participants.get().user, NOW).participations
    assert here.contact == reachable


def test_home_names_the_cohorts_own_staff_first():
    cohort = make_participant().cohort
    make_programme_staff(cohort.programme, make_user("Anna", phone="0639980101"))
    own = make_staff(cohort, make_user("Zoé", phone="0639980102"))
    [here] = home_of(cohort.participants.get().user, NOW).participations
    assert here.contact == own


def test_home_names_each_contact_once():
    person = make_participant()
    cohort = person.cohort
    city = make_organisation(cohort.programme)
    reachable = make_staff(cohort, make_user("Zoé", phone="0639980102"))
    make_coordinator(cohort, city, person.user)
    assert home_of(person.user, NOW).contacts == [reachable]
    assert home_of(make_coordinator(cohort, city), NOW).contacts == [reachable]


def test_home_of_whoever_withdrew_is_empty():
    person = make_participant()
    person.withdraw(on=NOW.date())
    assert home_of(person.user, NOW).is_empty


def test_home_of_a_facilitator_shows_workshops_until_their_notes_are_closed():
    user, past = make_user(), NOW - timedelta(days=9)
    coming = make_workshop(starts_at=SOON)
    to_close = make_workshop(starts_at=past, kind="listening")
    closed = make_workshop(starts_at=past, kind="listening", notes_closed_at=NOW)
    cancelled = make_workshop(starts_at=SOON, status="cancelled")
    for workshop in (coming, to_close, closed, cancelled):
        make_facilitator(workshop, user)
    assert set(home_of(user, NOW).facilitated) == {coming, to_close}


def test_home_shows_three_workshops_after_the_next_one():
    person = make_participant()
    days = [make_workshop(person.cohort, NOW + timedelta(days=day)) for day in range(1, 7)]
    [here] = home_of(person.user, NOW).participations
    assert (here.next_workshop, here.later) == (days[0], days[1:4])


def test_home_of_somebody_in_two_cohorts_shows_both():
    one, other = make_participant(), make_cohort()
    make_participant(other, user=one.user)
    cohorts = [here.cohort for here in home_of(one.user, NOW).participations]
    assert set(cohorts) == {one.cohort, other}


def test_home_tells_which_subject_both_groups_chose():
    person = make_participant()
    make_subject(person.cohort)
    make_subject(person.cohort, question={"fr": "Comment accueillir ?"}, status="chosen")
    [here] = home_of(person.user, NOW).participations
    assert [(step.kind, step.text, step.note) for step in here.steps] == [
        ("together", "What both groups chose", "Comment accueillir ?")
    ]


def test_home_of_a_coordinator_shows_what_was_answered():
    cohort = make_participant().cohort
    city = make_organisation(cohort.programme)
    done = make_committed_action(cohort, city)
    [here] = home_of(make_coordinator(cohort, city), NOW).coordinated
    assert (here.to_answer, here.answered) == ([], [done])


def test_home_of_staff_who_also_take_part_shows_both():
    person = make_participant()
    make_staff(make_cohort(), person.user)
    here = home_of(person.user, NOW)
    assert (here.is_only_staff, len(here.managed), len(here.participations)) == (False, 1, 1)


def test_home_of_a_coordinator_shows_the_own_institution_alone():
    cohort = make_participant().cohort
    city, other = (make_organisation(cohort.programme) for _each in range(2))
    mine = make_proposed_action(cohort, city)
    make_proposed_action(cohort, other)
    [here] = home_of(make_coordinator(cohort, city), NOW).coordinated
    assert (here.to_answer, here.answered) == ([mine], [])


def test_home_links_what_was_heard_and_chosen_to_its_page():
    cohort = make_participant().cohort
    make_released_theme(cohort)
    subject = make_subject(cohort, status="chosen")
    steps = [(step.kind, step.url) for step in steps_of(cohort)]
    listening = f"/cohorts/{cohort.slug}/listening/"
    assert steps == [("heard", listening), ("together", subject.get_absolute_url())]


def test_home_offers_the_report_once_it_is_published(client):
    person = make_participant()
    make_released_theme(person.cohort)
    sign_in(client, person.user)
    editions = reverse("reports:editions", args=[person.cohort.slug])
    before = client.get("/").content.decode()
    make_edition(person.cohort)
    after = client.get("/").content.decode()
    assert (editions in before, editions in after) == (False, True)

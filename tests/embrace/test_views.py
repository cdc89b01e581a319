"""What each person finds on the first page and on the board, in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_committed_action,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_programme_staff,
    make_proposed_action,
    make_staff,
    make_user,
    make_workshop,
)
from tests.reading import words
from workshops import allocation

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon():
    return timezone.now() + timedelta(days=2)


def english(**more):
    return make_user(language="en", **more)


def home(sign_in, user):
    return words(sign_in(user).get("/"))


def board(sign_in, user, cohort):
    return words(sign_in(user).get(reverse("board", args=[cohort.slug])))


# --- The first page ---------------------------------------------------------------------------


def test_home_tells_somebody_without_a_cohort_whom_to_ask(sign_in):
    assert home(sign_in, english(name="Amina Sow")) == (
        "Hello Amina You are not in any cohort at the moment "
        "Ask the person who invited you to add you to one."
    )


def test_home_leads_a_platform_admin_to_the_administration(sign_in):
    text = home(sign_in, english(name="Ada", is_admin=True))
    assert text.startswith("Hello Ada You look after the platform")


def test_home_of_a_participant_says_when_nothing_is_planned(sign_in):
    person = make_participant(user=english())
    text = home(sign_in, person.user)
    assert "No workshop to come You will find the next one here." in text


@pytest.mark.parametrize(
    ("answer", "said", "offered"),
    [
        (None, "", ["I'm coming", "I can't come"]),
        ("yes", "You are coming.", ["I can't come"]),
        ("no", "You said that you can't come.", ["I'm coming"]),
    ],
)
def test_home_offers_what_was_not_answered_yet(sign_in, soon, answer, said, offered):
    person = make_participant(user=english())
    workshop = make_workshop(person.cohort, soon)
    how = {"by": None, "at": timezone.now()}
    if answer == "yes":
        allocation.ask(workshop, person, **how)
    if answer == "no":
        allocation.say_cannot_come(workshop, person, **how)
    text = home(sign_in, person.user)
    assert [each for each in ("I'm coming", "I can't come") if each in text] == offered
    assert said in text


def test_home_says_that_one_waits(sign_in, soon):
    person = make_participant(user=english())
    workshop = make_workshop(person.cohort, soon, mode="registration", capacity=1)
    for each in (make_participant(person.cohort), person):
        allocation.ask(workshop, each, by=None, at=timezone.now())
    assert "You are on the waiting list." in home(sign_in, person.user)


def test_home_of_a_facilitator_opens_the_workshop_and_its_notes(sign_in, soon):
    user = english()
    workshop = make_workshop(starts_at=soon, kind="listening", title={"en": "Listening in Pantin"})
    make_facilitator(workshop, user)
    text = home(sign_in, user)
    assert "Workshops that you facilitate" in text
    assert "Listening in Pantin Take notes" in text


def test_home_of_a_coordinator_says_what_waits_and_what_was_answered(sign_in):
    cohort = make_cohort()
    city = make_organisation(cohort.programme, name="Pantin")
    make_proposed_action(cohort, city, title={"en": "A guide"})
    make_committed_action(cohort, city, title={"en": "A desk"})
    text = home(sign_in, make_coordinator(cohort, city, english()))
    assert "These wait for your answer: A-1 A guide" in text
    assert "Answered A-2 A desk accepted" in text


def test_home_of_a_coordinator_says_when_there_is_nothing_yet(sign_in):
    cohort = make_cohort()
    city = make_organisation(cohort.programme)
    text = home(sign_in, make_coordinator(cohort, city, english()))
    assert "No action names your institution yet." in text
    assert "No edition is published yet." in text


def test_home_leads_staff_of_one_cohort_to_its_board(sign_in):
    cohort = make_cohort()
    visitor = sign_in(make_staff(cohort))
    assert visitor.get("/")["Location"] == reverse("board", args=[cohort.slug])


def test_home_leads_staff_of_several_cohorts_to_their_list(sign_in):
    cohort = make_cohort()
    make_cohort(cohort.programme)
    visitor = sign_in(make_programme_staff(cohort.programme))
    assert visitor.get("/")["Location"] == reverse("cohorts:list")


def test_home_of_staff_who_take_part_too_shows_both(sign_in):
    person = make_participant(user=english())
    make_staff(make_cohort(name="Val de Lune"), person.user)
    text = home(sign_in, person.user)
    assert "My workshops" in text
    assert text.endswith("Cohorts that you manage Val de Lune")


# --- The board --------------------------------------------------------------------------------


def test_board_of_a_new_cohort_says_what_to_do_first(sign_in):
    cohort = make_cohort()
    text = board(sign_in, make_staff(cohort, english()), cohort)
    assert "0 newcomers, 0 public agents" in text
    for first_step in (
        "This cohort has no phases yet Phases give the two lanes their dates. Add phases",
        "Nobody takes part yet Names are enough to print the first attendance sheet. Add people",
        "No workshop to come A kind and a date are enough. Add a workshop",
    ):
        assert first_step in text


def test_board_says_when_nothing_waits(sign_in):
    cohort = make_participant().cohort
    text = board(sign_in, make_staff(cohort, english()), cohort)
    assert "1 newcomer, 0 public agents" in text
    assert "To do Nothing waits for you What needs doing will appear here." in text


def test_board_does_not_count_those_who_left(sign_in):
    person = make_participant()
    person.withdraw(on=timezone.localdate())
    text = board(sign_in, make_staff(person.cohort, english()), person.cohort)
    assert "0 newcomers, 0 public agents" in text


def test_board_names_what_waits_and_the_next_workshop(sign_in, soon):
    cohort = make_participant().cohort
    make_workshop(cohort, soon, title={"en": "First session"}, venue="Town hall")
    text = board(sign_in, make_staff(cohort, english()), cohort)
    assert "People who have not said whether they come First session" in text
    assert "Town hall" in text.split("Next workshop")[1]


@pytest.mark.parametrize("role", ["newcomer", "agent", "coordinator", "facilitator"])
def test_board_leads_whoever_does_not_manage_home(sign_in, request, cohort, role):
    visitor = sign_in(request.getfixturevalue(role))
    assert visitor.get(reverse("board", args=[cohort.slug]))["Location"] == "/"

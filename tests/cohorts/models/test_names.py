"""What a row is called wherever it is shown."""

from datetime import date

import pytest

from cohorts.languages import language_name, validate_languages
from cohorts.models import Appointment, Card, Guest, Need, OutboxMessage, Submission
from cohorts.models.organisations import all_above
from tests.factories import (
    NOW,
    make_cohort,
    make_coordinator,
    make_organisation,
    make_participant,
    make_phase,
    make_programme,
    make_programme_staff,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_appointment_is_called_by_person_role_and_place():
    cohort = make_cohort(make_programme(name="Embrace"), name="Est Ensemble")
    city = make_organisation(cohort.programme, name="Pantin")
    make_programme_staff(cohort.programme, make_user("Ada"))
    make_staff(cohort, make_user("Bea"))
    make_coordinator(cohort, city, make_user("Chloé"))
    assert [str(each) for each in Appointment.objects.all()] == [
        "Ada, staff (Embrace)",
        "Bea, staff (Est Ensemble)",
        "Chloé, coordinator (Pantin)",
    ]


def test_phase_is_called_by_its_kind_unless_it_has_a_name():
    cohort = make_cohort()
    make_phase(cohort), make_phase(cohort, name={"en": "First weeks"})
    assert [str(phase) for phase in cohort.phases.all()] == ["training", "First weeks"]


def test_card_is_called_by_its_holder_and_never_by_its_code():
    person = make_participant(name="Amina")
    issued = Card.objects.issue(person.cohort.participants.all(), by=None, at=NOW)[0]
    assert str(person.cards.get()) == "sign-in card · Amina"
    assert issued.code not in repr(issued)


@pytest.mark.parametrize(
    ("need", "name"),
    [
        (Need(kind="meal"), "a particular meal"),
        (Need(kind="interpreter", detail="dari"), "an interpreter (dari)"),
    ],
)
def test_need_is_called_by_its_kind_and_detail(need, name):
    assert str(need) == name


@pytest.mark.parametrize(("code", "name"), [("fa-af", "Dari"), ("", ""), ("xx", "xx")])
def test_guest_is_called_by_first_name_and_shows_the_language(code, name):
    guest = Guest(first_name="Sami", language=code)
    assert (str(guest), guest.language_name) == ("Sami", name)


def test_rows_that_staff_read_are_called_by_what_they_say():
    assert str(OutboxMessage(subject="It has moved")) == "It has moved"
    assert str(Submission(address="/cohorts/")) == "/cohorts/"
    assert str(make_programme(name="Embrace")) == "Embrace"


def test_participant_is_called_by_name_and_speaks_languages():
    person = make_participant(name="Amina", languages=["fr", "ps"])
    assert (str(person), person.language_names) == ("Amina", [language_name("fr"), "Pashto"])


def test_organisations_above_are_found_once_even_in_a_circle():
    assert all_above(1, {1: 2, 2: 3}) == [2, 3]
    assert all_above(1, {1: 2, 2: 3, 3: 2}) == [2, 3]


def test_organisations_named_differently_are_the_same():
    programme = make_programme()
    there = make_organisation(programme, name="Noisy-le-Sec")
    found = programme.organisations_named({"NOISY-LE-SEC": "city", "Bondy": "authority"})
    assert found["NOISY-LE-SEC"] == there
    assert (found["Bondy"].name, found["Bondy"].kind) == ("Bondy", "authority")


def test_unknown_languages_are_refused_by_name():
    with pytest.raises(Exception, match="Unknown language: xx, 3"):
        validate_languages(["fr", "xx", 3])


@pytest.mark.parametrize(
    ("ends_on", "day", "is_open"),
    [
        (date(2022, 10, 1), date(2022, 8, 31), False),
        (date(2022, 10, 1), date(2022, 9, 1), True),
        (date(2022, 10, 1), date(2022, 10, 1), True),
        (date(2022, 10, 1), date(2022, 10, 2), False),
        (None, date(2032, 1, 1), True),
    ],
)
def test_phase_is_open_from_its_first_day_to_its_last(ends_on, day, is_open):
    phase = make_phase(make_cohort(), ends_on=ends_on)
    assert phase.is_open_on(day) == is_open
    assert phase.cohort.phases.open_on(day).exists() == is_open

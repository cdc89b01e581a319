"""Two colleagues press the same button at the same instant: the second finds what the first made.

Only PostgreSQL lets writers run side by side, so only there the fault can be shown.
"""

import threading

import pytest
from django.test import Client

from cohorts import phase_template
from cohorts.models import Appointment, Cohort, Programme
from cohorts.phase_template import lay_out
from tests.factories import (
    make_cohort,
    make_participant,
    make_programme,
    make_programme_staff,
    make_staff,
)
from tests.signing_in import sign_in
from tests.workshops.test_allocation_at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def take_the_lock_off(monkeypatch):
    both, five_phases = threading.Barrier(2), phase_template.five_phases

    def after_both_have_looked(cohort):
        both.wait(timeout=20)
        return five_phases(cohort)

    monkeypatch.setattr(Cohort, "lock", lambda cohort: None)
    monkeypatch.setattr(phase_template, "five_phases", after_both_have_looked)


@pytest.mark.postgresql
def test_without_the_lock_phases_are_laid_out_twice(monkeypatch):
    cohort = make_cohort()
    take_the_lock_off(monkeypatch)
    assert all_at_once([lambda: lay_out(cohort)] * 2) == []
    assert cohort.phases.count() == 10


def test_with_the_lock_phases_are_laid_out_once():
    cohort = make_cohort()
    assert all_at_once([lambda: lay_out(cohort)] * 3) == []
    assert cohort.phases.count() == 5


def test_two_lists_of_names_sent_at_once_add_nobody_twice(client):
    cohort = make_cohort()
    sign_in(client, make_staff(cohort))
    typed = {"track": "newcomers", "names": "Amina Sow\nSami Haddad"}
    where = f"/cohorts/{cohort.slug}/people/add-several/"
    assert all_at_once([lambda: client.post(where, typed)] * 3) == []
    assert cohort.participants.count() == 2


def test_a_city_that_two_name_at_once_is_added_once():
    programme = make_programme()
    naming = [lambda: programme.organisations_named({"Pantin": "city"})] * 3
    assert all_at_once(naming) == []
    assert programme.organisations.count() == 1


def test_two_cohorts_added_at_once_get_addresses_of_their_own(client):
    programme = make_programme()
    sign_in(client, make_programme_staff(programme))
    typed = {"name": "Est Ensemble", "starts_on": "2022-09-01"}
    assert all_at_once([lambda: client.post("/cohorts/add/", typed)] * 2) == []
    slugs = programme.cohorts.order_by("slug").values_list("slug", flat=True)
    assert list(slugs) == ["est-ensemble-2022", "est-ensemble-2022-2"]


def test_needs_stated_twice_at_once_are_each_stated_once():
    person = make_participant()
    stating = [lambda: person.set_needs({"interpreter": "dari", "meal": ""})] * 4
    assert all_at_once(stating) == []
    assert sorted(person.needs.values_list("kind", flat=True)) == ["interpreter", "meal"]


def removing_each_other(cohort):
    """Two colleagues, each about to take the other out of the team."""
    pair = [make_staff(cohort), make_staff(cohort)]
    for user, other in zip(pair, reversed(pair), strict=True):
        client = Client()
        sign_in(client, user)
        where = f"/cohorts/{cohort.slug}/team/{other.appointments.get().pk}/remove/"
        yield lambda client=client, where=where: client.post(where)


@pytest.mark.postgresql
def test_without_the_lock_nobody_is_left_in_the_team(cohort, monkeypatch):
    both, is_last_staff = threading.Barrier(2), Appointment.is_last_staff

    def after_both_have_looked(appointment):
        found = is_last_staff(appointment)
        both.wait(timeout=20)
        return found

    monkeypatch.setattr(Programme, "lock", lambda programme: None)
    monkeypatch.setattr(Appointment, "is_last_staff", after_both_have_looked)
    assert all_at_once(list(removing_each_other(cohort))) == []
    assert cohort.appointments.count() == 0


def test_with_the_lock_one_is_left_in_the_team(cohort):
    assert all_at_once(list(removing_each_other(cohort))) == []
    assert cohort.appointments.count() == 1

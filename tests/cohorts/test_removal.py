import pytest

from cohorts.models import Cohort, Organisation, User
from cohorts.removal import remove, what_hangs
from tests.factories import (
    make_action,
    make_cohort,
    make_organisation,
    make_participant,
    make_phase,
    make_staff,
    make_workshop,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_remove_takes_away_what_nothing_hangs_from():
    cohort = make_cohort()
    make_phase(cohort)
    assert (remove(cohort), Cohort.objects.count()) == ([], 0)


def test_removed_cohort_takes_along_accounts_that_served_for_nothing_else():
    cohort, other = make_cohort(), make_cohort()
    busy = make_staff(cohort)
    make_staff(cohort), make_staff(cohort), make_staff(other, busy)
    remove(cohort)
    assert list(User.objects.all()) == [busy]


def test_cohort_that_is_kept_keeps_its_team():
    cohort = make_cohort()
    make_staff(cohort), make_workshop(cohort)
    assert (remove(cohort), cohort.appointments.count()) == (["Workshops: 1"], 1)


def test_remove_says_what_hangs_and_removes_nothing():
    cohort = make_cohort()
    make_participant(cohort), make_participant(cohort), make_workshop(cohort)
    assert sorted(remove(cohort)) == ["Participants: 2", "Workshops: 1"]
    assert Cohort.objects.count() == 1


def test_remove_says_what_was_hung_on_it_in_this_instant():
    cohort = make_cohort()
    make_participant(cohort)
    looks = iter([[], what_hangs(cohort)])
    assert remove(cohort, keeps=lambda _thing: next(looks)) == ["Participants: 1"]
    assert Cohort.objects.count() == 1


def test_phase_with_a_workshop_stays():
    cohort = make_cohort()
    phase = make_phase(cohort)
    make_workshop(cohort, phase=phase)
    assert what_hangs(phase) == ["Workshops: 1"]


def test_organisation_that_is_a_partner_stays(cohort):
    partner = make_organisation(cohort.programme)
    cohort.partners.add(partner)
    assert (remove(partner), cohort.partners.contains(partner)) == (["Cohorts: 1"], True)


def test_organisation_that_is_partner_of_an_action_stays(cohort):
    partner = make_organisation(cohort.programme)
    make_action(cohort).partners.add(partner)
    assert what_hangs(partner) == ["Actions: 1"]


def test_organisation_that_hosts_a_cohort_stays(cohort, city):
    assert what_hangs(city) == ["Cohorts: 1"]
    assert Organisation.objects.filter(pk=city.pk).exists()

import pytest

from cohorts.models import User
from cohorts.permissions import (
    can_answer_for,
    can_change_appointment,
    can_manage,
    can_manage_programme,
    has_role,
    is_coordinator,
    may_sign_in_by_card,
    needs_second_factor,
    participation,
    who_may_have_card,
)
from tests.factories import (
    NOW,
    make_cohort,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_programme_staff,
    make_staff,
    make_user,
    make_workshop,
)
from tests.signing_in import set_up_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def sister(cohort):
    """Another cohort of the same programme."""
    return make_cohort(cohort.programme)


def test_staff_of_a_cohort_manage_it_alone(cohort, sister):
    user = make_staff(cohort)
    assert (can_manage(user, cohort), can_manage(user, sister)) == (True, False)
    assert not can_manage_programme(user, cohort.programme)


def test_staff_of_a_programme_manage_all_its_cohorts(cohort, sister):
    user = make_programme_staff(cohort.programme)
    managed = [can_manage(user, each) for each in (cohort, sister, make_cohort())]
    assert managed == [True, True, False]
    assert can_manage_programme(user, cohort.programme)


@pytest.mark.parametrize(
    "role", ["newcomer", "agent", "coordinator", "facilitator", "outsider", "admin"]
)
def test_nobody_else_manages_a_cohort(request, cohort, role):
    user = request.getfixturevalue(role)
    assert not can_manage(user, cohort)
    assert not can_manage_programme(user, cohort.programme)


def test_staff_of_a_cohort_end_roles_of_the_cohort_only(cohort, sister, city):
    user = make_staff(cohort)
    of_cohort = make_coordinator(cohort, city).appointments.get()
    of_sister = make_staff(sister).appointments.get()
    of_programme = make_programme_staff(cohort.programme).appointments.get()
    ends = [can_change_appointment(user, each) for each in (of_cohort, of_sister, of_programme)]
    assert ends == [True, False, False]


def test_coordinator_answers_for_the_own_institution_in_the_own_cohort(cohort, sister, city):
    other = make_organisation(cohort.programme)
    user = make_coordinator(cohort, city)
    assert can_answer_for(user, cohort, city)
    assert not can_answer_for(user, cohort, other)
    assert not can_answer_for(user, sister, city)
    assert (is_coordinator(user, cohort), is_coordinator(user, sister)) == (True, False)


def test_participation_is_the_place_of_whoever_has_not_left(cohort, sister):
    person = make_participant(cohort)
    assert participation(person.user, cohort) == person
    assert participation(person.user, sister) is None
    person.withdraw(on=NOW.date())
    assert participation(person.user, cohort) is None


@pytest.mark.parametrize(
    ("role", "is_asked"),
    [
        ("staff", True),
        ("admin", True),
        ("outsider", True),
        ("coordinator", False),
        ("facilitator", False),
        ("newcomer", False),
    ],
)
def test_second_factor_is_asked_of_staff_and_admins(request, role, is_asked):
    assert needs_second_factor(request.getfixturevalue(role)) == is_asked


@pytest.mark.parametrize(
    ("role", "has_one"), [("staff", True), ("admin", True), ("coordinator", True), ("agent", False)]
)
def test_role_is_what_opens_more_than_taking_part(request, role, has_one):
    assert has_role(request.getfixturevalue(role)) == has_one


def test_card_signs_in_whoever_does_nothing_but_take_part(cohort):
    person = make_participant(cohort)
    assert may_sign_in_by_card(person)
    set_up_second_factor(person.user)
    assert not may_sign_in_by_card(person)


def test_card_signs_in_no_closed_account(cohort):
    person = make_participant(cohort, user=make_user(is_active=False))
    assert not may_sign_in_by_card(person)


def test_card_is_made_for_those_whom_it_opens_this_programme_alone(cohort, sister, city):
    here = make_participant(cohort)
    in_both = make_participant(cohort)
    make_participant(sister, user=in_both.user)
    facilitates_here = make_participant(cohort)
    make_facilitator(make_workshop(cohort), facilitates_here.user)
    for elsewhere in (make_participant(cohort), make_participant(cohort), make_participant(cohort)):
        make_participant(make_cohort(), user=elsewhere.user)
    make_coordinator(cohort, city, make_participant(cohort).user)
    make_participant(cohort, user=make_user(is_active=False))
    make_participant(cohort).withdraw(on=NOW.date())
    assert set(who_may_have_card(cohort)) == {here, in_both, facilitates_here}


def test_account_known_only_as_facilitator_elsewhere_is_not_the_programmes(cohort):
    person = make_participant(cohort)
    make_facilitator(make_workshop(make_cohort()), person.user)
    assert not User.objects.taking_part_only_in(cohort.programme).exists()

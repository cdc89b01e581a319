import pytest

from cohorts.models import User
from tests.factories import (
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_cohort()


def test_account_is_known_in_a_programme_by_any_role(cohort):
    make_user(), make_participant()
    known = {
        make_participant(cohort).user,
        make_staff(cohort),
        make_programme_staff(cohort.programme),
        make_coordinator(cohort, make_organisation(cohort.programme)),
        make_facilitator(make_workshop(cohort)),
    }
    assert set(User.objects.known_in(cohort.programme)) == known


def test_account_takes_part_only_in_one_programme(cohort):
    assert make_participant(cohort).user.takes_part_only_in(cohort.programme)


@pytest.mark.parametrize(
    "add_role",
    [
        lambda cohort, user: make_participant(make_cohort(), user=user),
        lambda cohort, user: make_facilitator(make_workshop(make_cohort()), user),
        lambda cohort, user: make_staff(cohort, user),
        lambda cohort, user: make_staff(make_cohort(), user),
    ],
    ids=["elsewhere", "facilitates elsewhere", "staff here", "staff elsewhere"],
)
def test_account_with_another_role_is_not_the_programmes_to_change(cohort, add_role):
    user = make_participant(cohort).user
    add_role(cohort, user)
    assert not user.takes_part_only_in(cohort.programme)


def test_platform_admin_is_not_the_programmes_to_change(cohort):
    user = make_participant(cohort, user=make_user(is_admin=True)).user
    assert not user.takes_part_only_in(cohort.programme)

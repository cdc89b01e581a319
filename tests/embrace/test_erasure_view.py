import pytest
from django.urls import reverse

from cohorts.models import User
from tests.factories import make_cohort, make_participant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cohort):
    return make_participant(cohort, user=make_user("Amina", email="amina@example.org"))


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def address(person):
    return reverse("person_erase", args=[person.cohort.slug, person.pk])


def test_erasing_asks_first(visitor, person):
    page = visitor.get(address(person))
    assert (page.context["keeps_account"], page.context["person"]) == (False, person)
    assert User.objects.filter(email="amina@example.org").exists()


def test_erasing_is_done_by_staff_and_remembers_who(visitor, person, staff):
    visitor.post(address(person))
    user = User.objects.get(pk=person.user_id)
    assert (user.name, user.email, user.erased_by) == ("—", None, staff)


def test_erasing_says_that_an_account_stays(visitor, person):
    make_participant(make_cohort(), user=person.user)
    assert visitor.get(address(person)).context["keeps_account"]


def test_erasing_somebody_erased_leads_to_their_page(visitor, person):
    visitor.post(address(person))
    assert visitor.get(address(person))["Location"] == reverse(
        "cohorts:person", args=[person.cohort.slug, person.pk]
    )


def test_erasing_somebody_of_another_cohort_is_not_found(visitor, cohort):
    elsewhere = make_participant(make_cohort(cohort.programme))
    wrong = reverse("person_erase", args=[cohort.slug, elsewhere.pk])
    assert visitor.post(wrong).status_code == 404

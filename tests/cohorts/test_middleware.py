import pytest
from django.urls import reverse

from cohorts.models import Card, Participant
from tests.factories import NOW, make_coordinator, make_programme_staff, make_staff
from tests.signing_in import LOGIN, SECOND_STEP, sign_in, signed_in

pytestmark = pytest.mark.django_db
SET_UP = f"{SECOND_STEP}set-up/"


@pytest.fixture
def programme_staff(programme):
    return make_programme_staff(programme)


@pytest.mark.parametrize("role", ["staff", "programme_staff", "outsider", "admin"])
@pytest.mark.parametrize("path", ["/cohorts/", "/admin/", "/accounts/security/", "/card/"])
def test_second_factor_stands_before_every_page_of_staff(client, request, role, path):
    client.force_login(request.getfixturevalue(role))
    assert client.get(path)["Location"] == SET_UP
    assert client.post(path)["Location"] == SET_UP


@pytest.mark.parametrize("role", ["newcomer", "agent", "coordinator", "facilitator"])
def test_second_factor_is_asked_of_nobody_else(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/cohorts/").status_code == 200


def test_second_factor_stands_before_a_change(client, staff, cohort):
    client.force_login(staff)
    response = client.post(reverse("cohorts:edit", args=[cohort.slug]), {"name": "Changed"})
    cohort.refresh_from_db()
    assert (response["Location"], cohort.name) == (SET_UP, "Est Ensemble")


def test_second_factor_leaves_languages_and_the_way_out(client, staff):
    client.force_login(staff)
    assert client.get(SET_UP).status_code == 200
    assert client.post("/language/", {"language": "en", "next": SET_UP})["Location"] == SET_UP
    assert client.post("/accounts/logout/")["Location"] == LOGIN


def test_second_factor_of_one_person_does_not_count_for_another(client, staff, admin):
    sign_in(client, staff)
    client.force_login(admin)
    assert client.get("/cohorts/")["Location"] == SET_UP


@pytest.mark.parametrize("role", ["staff", "coordinator"])
def test_card_opens_no_role_that_its_holder_was_given_since(client, newcomer, cohort, city, role):
    card = Card.objects.issue(Participant.objects.filter(user=newcomer), by=None, at=NOW)[0]
    client.post("/card/", {"card-code": card.code})
    assert client.get("/cohorts/").status_code == 200
    make_staff(cohort, newcomer) if role == "staff" else make_coordinator(cohort, city, newcomer)
    assert client.get("/cohorts/")["Location"] == LOGIN
    assert signed_in(client) is None

"""The cast: one cohort, and one person in each role, plus somebody from elsewhere."""

import pytest
from django.utils.translation import override

from cohorts import database_rules
from reports.rules import RULES as REPORTS_RULES
from tests import signing_in
from tests.factories import (
    make_cohort,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_programme,
    make_staff,
    make_user,
    make_workshop,
)
from workshops.rules import RULES as WORKSHOPS_RULES


@pytest.fixture(autouse=True)
def database_can_be_emptied(request):
    """After a test with real transactions, let go of frozen rows; emptying sets the rules anew."""
    mark = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not asked and not (mark and mark.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    database_rules.remove([*REPORTS_RULES, *WORKSHOPS_RULES])


@pytest.fixture
def programme(db):
    return make_programme(name="Embrace")


@pytest.fixture
def city(programme):
    return make_organisation(programme, name="Montreuil")


@pytest.fixture
def cohort(programme, city):
    cohort = make_cohort(programme, name="Est Ensemble", slug="est-ensemble", host=city)
    cohort.partners.add(city)
    return cohort


@pytest.fixture
def workshop(cohort):
    return make_workshop(cohort, kind="listening")


@pytest.fixture
def staff(cohort):
    return make_staff(cohort, make_user("Camille Staff"))


@pytest.fixture
def newcomer(cohort):
    return make_participant(cohort, "newcomers", name="Amina Newcomer").user


@pytest.fixture
def agent(cohort, city):
    return make_participant(cohort, "agents", name="Bruno Agent", organisation=city).user


@pytest.fixture
def coordinator(cohort, city):
    return make_coordinator(cohort, city, make_user("Chloé Coordinator"))


@pytest.fixture
def facilitator(workshop):
    return make_facilitator(workshop, make_user("Farid Facilitator"))


@pytest.fixture
def outsider(db):
    """Staff of another programme: may do everything there and nothing here."""
    return make_staff(make_cohort(), make_user("Olga Outsider"))


@pytest.fixture
def admin(db):
    return make_user("Ada Admin", is_admin=True)


@pytest.fixture
def sign_in(client):
    """Sign somebody in as if the second factor had been given."""

    def sign_in(user):
        signing_in.sign_in(client, user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared in the language of the source."""
    with override("en"):
        yield

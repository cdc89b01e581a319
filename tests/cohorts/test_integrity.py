import pytest

from cohorts.integrity import problems
from cohorts.models import Appointment, Card, Cohort, Organisation, User
from tests.factories import (
    NOW,
    make_cohort,
    make_coordinator,
    make_guest,
    make_organisation,
    make_participant,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger():
    """An organisation of another programme."""
    return make_organisation(make_programme())


@pytest.fixture
def cohort():
    cohort = make_cohort()
    city = make_organisation(cohort.programme)
    make_participant(cohort, "agents", organisation=city)
    make_coordinator(cohort, city)
    return cohort


def test_problems_finds_none_where_all_is_well(cohort):
    assert list(problems()) == []


def test_problems_finds_the_host_of_another_programme(cohort, stranger):
    Cohort.objects.update(host=stranger)
    assert list(problems()) == [
        f"cohorts.Cohort {cohort.pk}: its organisation is of another programme."
    ]


def test_problems_finds_a_partner_of_another_programme(cohort, stranger):
    cohort.partners.add(make_organisation(cohort.programme), stranger)
    assert len(list(problems())) == 1


def test_problems_finds_people_at_an_organisation_of_another_programme(cohort, stranger):
    person = cohort.participants.get()
    cohort.participants.update(organisation=stranger)
    Appointment.objects.update(organisation=stranger)
    assert list(problems()) == [
        f"cohorts.Participant {person.pk}: its organisation is of another programme.",
        f"cohorts.Appointment {Appointment.objects.get().pk}: "
        "its organisation is of another programme.",
    ]


def test_problems_finds_a_circle_of_organisations(cohort):
    one = Organisation.objects.get()
    two = make_organisation(cohort.programme, parent=one)
    Organisation.objects.filter(pk=one.pk).update(parent=two)
    assert list(problems()) == [
        f"cohorts.Organisation {pk}: it belongs to itself." for pk in (one.pk, two.pk)
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name_folded": "other"}, "it cannot be found by its name."),
        ({"email": "A@Example.org"}, "its e-mail has capitals or spaces."),
        ({"erased_at": NOW}, "it was erased, and still has an e-mail or phone."),
    ],
)
def test_problems_finds_an_account_badly_kept(cohort, change, sentence):
    pk = make_user().pk
    User.objects.filter(pk=pk).update(**change)
    assert list(problems()) == [f"cohorts.User {pk}: {sentence}"]


def make_erased(cohort, **told):
    made = {"status": "withdrawn", "ended_on": NOW.date()} | told
    return make_participant(cohort, user=make_user("—", email=None, erased_at=NOW), **made)


@pytest.mark.parametrize(
    "told",
    [
        {"function": "mayor"},
        {"languages": ["ps"]},
        {"status": "active", "ended_on": None},
    ],
)
def test_problems_finds_what_somebody_erased_still_tells(cohort, told):
    make_erased(cohort)
    person = make_erased(cohort, **told)
    assert list(problems()) == [
        f"cohorts.Participant {person.pk}: it was erased, and still tells something."
    ]


def test_problems_finds_needs_of_somebody_erased(cohort):
    person = make_erased(cohort)
    person.set_needs({"meal": "", "travel": ""})
    assert len(list(problems())) == 1


@pytest.mark.parametrize("told", [{"first_name": "Sami"}, {"language": "ps"}])
def test_problems_finds_what_a_guest_erased_still_tells(cohort, told):
    erased = {"first_name": "—", "erased_at": NOW}
    make_guest(cohort, **erased)
    guest = make_guest(cohort, **erased | told)
    assert list(problems()) == [
        f"cohorts.Guest {guest.pk}: it was erased, and still tells something."
    ]


def test_problems_finds_an_organisation_that_belongs_to_one_of_another_programme(cohort, stranger):
    city = make_organisation(cohort.programme, parent=stranger)
    assert list(problems()) == [
        f"cohorts.Organisation {city.pk}: its organisation is of another programme."
    ]


def test_problems_finds_card_and_organisation_of_somebody_erased(cohort):
    with_card = make_erased(cohort)
    Card.objects.create(participant=with_card, code_digest="1", token_digest="1")
    placed = make_erased(cohort, organisation=make_organisation(cohort.programme))
    assert list(problems()) == [
        f"cohorts.Participant {person.pk}: it was erased, and still tells something."
        for person in (with_card, placed)
    ]


def test_problems_finds_needs_of_a_guest_erased(cohort):
    guest = make_guest(cohort, first_name="—", erased_at=NOW)
    guest.needs.create(kind="meal"), guest.needs.create(kind="travel")
    assert list(problems()) == [
        f"cohorts.Guest {guest.pk}: it was erased, and still tells something."
    ]


def test_problems_name_rows_by_their_numbers_and_nobody(cohort):
    make_erased(cohort, function="Mayor of Planted")
    make_guest(cohort, first_name="Planted", erased_at=NOW)
    User.objects.filter(participations__status="active").update(email="Planted@example.org")
    said = " ".join(problems())
    assert (len(list(problems())), "lanted" in said) == (3, False)

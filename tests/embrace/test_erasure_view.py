import pytest
from django.urls import reverse

from cohorts.models import Guest, User
from embrace.erasure import erase
from tests.factories import (
    NOW,
    make_cohort,
    make_guest,
    make_participant,
    make_user,
    make_workshop,
)
from workshops import allocation

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


def test_somebody_erased_is_neither_edited_nor_taken_back(visitor, person):
    visitor.post(address(person))
    where = [person.cohort.slug, person.pk]
    edited = visitor.post(reverse("cohorts:person_edit", args=where), {"name": "Amina"})
    visitor.post(reverse("cohorts:person_take_back", args=where))
    person.refresh_from_db()
    assert (edited.status_code, str(person), person.status) == (302, "—", "withdrawn")


def test_page_of_somebody_erased_offers_nothing_that_would_bring_them_back(visitor, person):
    visitor.post(address(person))
    page = visitor.get(reverse("cohorts:person", args=[person.cohort.slug, person.pk]))
    text = page.content.decode()
    assert [word for word in ("/edit/", "/take-back/", "/erase/") if word in text] == []


def test_erasing_somebody_of_another_cohort_is_not_found(visitor, cohort):
    elsewhere = make_participant(make_cohort(cohort.programme))
    wrong = reverse("person_erase", args=[cohort.slug, elsewhere.pk])
    assert visitor.post(wrong).status_code == 404


@pytest.fixture
def guest(cohort, staff):
    guest = make_guest(cohort, first_name="Sami", language="ar")
    workshop = make_workshop(cohort, guests_allowed=True)
    allocation.ask(workshop, guest, by=staff, at=NOW)
    return guest


def guest_address(guest):
    return reverse("guest_erase", args=[guest.cohort.slug, guest.pk])


def test_erasing_a_guest_asks_first(visitor, guest):
    assert visitor.get(guest_address(guest)).context["person"] == guest
    assert Guest.objects.filter(first_name="Sami").exists()


def test_erasing_a_guest_leads_back_to_their_workshop(visitor, guest):
    workshop = guest.registrations.get().workshop
    assert visitor.post(guest_address(guest))["Location"] == workshop.get_absolute_url()
    guest.refresh_from_db()
    assert (guest.first_name, guest.language, guest.erased_at is None) == ("—", "", False)


def test_erasing_a_guest_who_came_to_nothing_leads_to_the_board(visitor, cohort):
    guest = make_guest(cohort)
    assert visitor.post(guest_address(guest))["Location"] == cohort.get_absolute_url()


def test_erased_guest_stays_on_the_list_without_a_name_or_a_link(visitor, guest):
    registration = guest.registrations.get()

    def shown():
        page = visitor.get(registration.workshop.get_absolute_url()).content.decode()
        return "Sami" in page, f"/guests/{registration.pk}/" in page

    before = shown()
    visitor.post(guest_address(guest))
    assert (before, shown()) == ((True, True), (False, False))


def test_erased_guest_is_neither_erased_nor_renamed_again(visitor, guest):
    erase(guest, by=None, at=NOW)
    registration = guest.registrations.get()
    where = [guest.cohort.slug, registration.workshop_id, registration.pk]
    assert visitor.get(guest_address(guest)).status_code == 302
    assert visitor.get(reverse("workshops:guest_edit", args=where)).status_code == 404


def test_guest_is_erased_from_the_page_where_they_are_edited(visitor, guest):
    registration = guest.registrations.get()
    where = [guest.cohort.slug, registration.workshop_id, registration.pk]
    page = visitor.get(reverse("workshops:guest_edit", args=where)).content.decode()
    assert f'href="{guest_address(guest)}"' in page


def test_erasing_a_guest_of_another_cohort_is_not_found(visitor, cohort):
    elsewhere = make_guest(make_cohort(cohort.programme))
    wrong = reverse("guest_erase", args=[cohort.slug, elsewhere.pk])
    assert visitor.post(wrong).status_code == 404

import re

import pytest
from django.urls import reverse

from cohorts.models import Card
from tests.factories import NOW, make_cohort, make_participant, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def person(cohort):
    return make_participant(cohort, user=make_user("Zarghuna Noori", email=None, language="ar"))


def address(name, cohort, *more):
    return reverse(f"cohorts:{name}", args=[cohort.slug, *more])


def issue(visitor, person):
    return visitor.post(address("card_issue", person.cohort, person.pk))


def printed_codes(response):
    found = re.findall(r'<p class="code" dir="ltr">(.*?)</p>', response.content.decode())
    return [re.sub("<.*?>", "", code) for code in found]


def printed_card(response):
    [code] = printed_codes(response)
    return Card.objects.with_code(code)


def test_card_is_shown_once_and_kept_nowhere(visitor, person, staff):
    response = issue(visitor, person)
    card = printed_card(response)
    assert (card.participant, card.recorded_by, card.revoked_at) == (person, staff, None)
    assert "no-store" in response["Cache-Control"]
    again = visitor.get(address("card_issue", person.cohort, person.pk))
    assert printed_codes(again) == []


def test_card_speaks_french_and_the_persons_language(visitor, person):
    page = issue(visitor, person).content.decode()
    assert re.findall(r'<div lang="(\w\w)" dir="(\w\w\w)">', page) == [("fr", "ltr"), ("ar", "rtl")]


def test_asking_for_a_card_makes_none(visitor, person):
    assert visitor.get(address("card_issue", person.cohort, person.pk)).status_code == 200
    assert not Card.objects.exists()


def test_card_asked_for_twice_leaves_the_one_shown_last(visitor, person):
    first, last = issue(visitor, person), issue(visitor, person)
    assert printed_card(first).revoked_at
    assert printed_card(last).revoked_at is None


def test_cards_printed_stay_good_when_their_page_is_loaded_again(visitor, person):
    here = address("card_issue", person.cohort, person.pk)
    key = visitor.get(here).context["form"]["once"].value()
    first = visitor.post(here, {"once": key})
    again = visitor.post(here, {"once": key}, follow=True)
    assert printed_card(first).revoked_at is None
    assert printed_codes(again) == []
    assert len(again.context["messages"]) == 1


def test_card_has_no_inline_style(visitor, person):
    assert "style=" not in issue(visitor, person).content.decode()


def test_card_is_withdrawn_without_a_new_one(visitor, person):
    card = printed_card(issue(visitor, person))
    response = visitor.post(address("card_revoke", person.cohort, person.pk))
    card.refresh_from_db()
    assert (response.status_code, bool(card.revoked_at)) == (302, True)


def test_cards_are_made_for_those_who_were_ticked(visitor, cohort, person):
    other = make_participant(cohort)
    response = visitor.post(address("cards_issue", cohort), {"people": [person.pk]})
    assert len(printed_codes(response)) == 1
    assert (person.cards.count(), other.cards.count()) == (1, 0)


def test_cards_tick_first_who_has_neither_card_nor_email(visitor, cohort, person):
    make_participant(cohort)
    has_card = make_participant(cohort, user=make_user(email=None))
    Card.objects.issue(cohort.participants.filter(pk=has_card.pk), by=None, at=NOW)
    form = visitor.get(address("cards_issue", cohort)).context["form"]
    assert list(form.fields["people"].initial) == [person]


def test_cards_ask_for_one_name_at_least(visitor, cohort, person):
    form = visitor.post(address("cards_issue", cohort), {"sent": "yes"}).context["form"]
    assert list(form.errors) == ["people"]


def takes_part_elsewhere(person):
    make_participant(make_cohort(), user=person.user)


def is_staff_elsewhere(person):
    make_staff(make_cohort(), person.user)


def has_left(person):
    person.withdraw(on=NOW.date())


@pytest.mark.parametrize("change", [takes_part_elsewhere, is_staff_elsewhere, has_left])
def test_no_card_for_an_account_that_it_would_open_too_far(visitor, cohort, person, change):
    change(person)
    assert printed_codes(issue(visitor, person)) == []
    form = visitor.post(address("cards_issue", cohort), {"people": [person.pk]}).context["form"]
    assert list(form.errors) == ["people"]
    assert not Card.objects.exists()


def test_card_of_another_cohort_is_out_of_reach(visitor, cohort):
    other = make_participant()
    assert visitor.post(address("card_issue", cohort, other.pk)).status_code == 404
    assert visitor.post(address("card_revoke", cohort, other.pk)).status_code == 404
    assert not Card.objects.exists()


@pytest.mark.parametrize("name", ["Z", "سارة 🌻 الطويلة", "Ê" * 200])
def test_card_bears_any_name(visitor, cohort, name):
    page = issue(visitor, make_participant(cohort, name=name)).content.decode()
    assert f'<h2 lang="" dir="auto">{name}</h2>' in page


def test_cards_make_as_many_queries_for_many_people(visitor, cohort, django_assert_max_num_queries):
    for _number in range(60):
        make_participant(cohort)
    with django_assert_max_num_queries(12):
        assert visitor.get(address("cards_issue", cohort)).status_code == 200
    people = list(cohort.participants.values_list("pk", flat=True))
    with django_assert_max_num_queries(20):
        response = visitor.post(address("cards_issue", cohort), {"people": people})
    assert len(printed_codes(response)) == 60

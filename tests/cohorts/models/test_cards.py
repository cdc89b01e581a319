import pytest
from django.db import IntegrityError

from cohorts.models import Card, Participant
from cohorts.models.cards import LETTERS
from tests.factories import NOW, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_participant()


def issue(*people):
    chosen = Participant.objects.filter(pk__in=[person.pk for person in people])
    return Card.objects.issue(chosen, by=None, at=NOW)


def test_card_is_found_by_what_is_printed_on_it(person):
    [secrets] = issue(person)
    card = Card.objects.get()
    assert Card.objects.with_code(secrets.code) == card
    assert Card.objects.with_token(secrets.token) == card


@pytest.mark.parametrize("typed", ["{} {}", " {}-{} ", "{}{}", "{}.{}"])
def test_card_is_found_however_its_code_is_typed(person, typed):
    [secrets] = issue(person)
    assert Card.objects.with_code(typed.format(*secrets.halves).lower()) == Card.objects.get()


def test_card_keeps_no_secret_in_clear(person):
    [secrets] = issue(person)
    kept = str(Card.objects.values().get())
    assert (secrets.code in kept, secrets.token in kept, secrets.code in repr(secrets)) == (
        False,
        False,
        False,
    )


def test_card_code_has_no_letters_that_look_alike(person):
    codes = "".join(issue(person)[0].code for _time in range(20))
    assert set(codes) <= set(LETTERS)
    assert not set(LETTERS) & set("ILOU01")


def test_card_depends_on_the_pepper(person, settings):
    [secrets] = issue(person)
    settings.CARD_PEPPER = "another"
    assert Card.objects.with_code(secrets.code) is None


def test_new_card_revokes_the_old_one(person):
    [old], [new] = issue(person), issue(person)
    assert Card.objects.with_code(old.code).revoked_at == NOW
    assert Card.objects.with_code(new.code).revoked_at is None
    assert person.cards.in_force().count() == 1


def test_first_card_leaves_sessions_alone(person):
    before = person.user.password
    issue(person)
    person.user.refresh_from_db()
    assert person.user.password == before


def test_revoked_card_signs_its_holder_out(person, client):
    issue(person)
    client.force_login(person.user)
    assert client.get("/cohorts/").status_code == 200
    person.cards.revoke(at=NOW)
    assert client.get("/cohorts/").status_code == 302


def test_several_cards_take_a_fixed_number_of_queries(person, django_assert_num_queries):
    people = [person, *(make_participant(person.cohort) for _number in range(20))]
    issue(*people)
    with django_assert_num_queries(9):
        assert len({secrets.code for secrets in issue(*people)}) == 21


def test_second_card_in_force_is_refused_by_the_database(person):
    issue(person)
    with pytest.raises(IntegrityError):
        Card.objects.create(participant=person, code_digest="a", token_digest="b")

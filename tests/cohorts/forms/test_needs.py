import pytest
from django.db import IntegrityError, transaction

from cohorts.forms.needs import NeedsForm
from cohorts.models import Need
from tests.factories import make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    person = make_participant()
    person.set_needs({Need.Kind.INTERPRETER: "dari"})
    return person


def save(person, **typed):
    form = NeedsForm(typed, participant=person)
    assert form.is_valid()
    form.save()
    return dict(person.needs.values_list("kind", "detail"))


def test_needs_form_shows_what_is_known(person):
    form = NeedsForm(participant=person)
    assert (form["need_interpreter"].value(), form["detail_interpreter"].value()) == (True, "dari")
    assert form["need_meal"].value() is None


def test_needs_form_makes_the_needs_those_that_are_ticked(person):
    assert save(person, need_meal="on") == {"meal": ""}


def test_needs_form_takes_a_detail_without_its_tick(person):
    assert save(person, detail_travel="ticket") == {"travel": "ticket"}


def test_needs_form_asks_no_detail_of_step_free_access(person):
    assert "detail_step_free" not in NeedsForm(participant=person).fields


def test_needs_form_refuses_a_long_story(person):
    form = NeedsForm({"detail_meal": "x" * 101}, participant=person)
    assert "detail_meal" in form.errors


def test_need_of_one_kind_is_stated_once(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.create(participant=person, kind=Need.Kind.INTERPRETER, detail="pachto")

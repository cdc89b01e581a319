from datetime import timedelta

import pytest
from django.utils import timezone

from cohorts.models import Need
from tests.factories import (
    make_attendance,
    make_cohort,
    make_facilitator,
    make_guest,
    make_participant,
    make_user,
    make_workshop,
)
from workshops import allocation

pytestmark = pytest.mark.django_db


@pytest.fixture
def coming(cohort):
    """A workshop tomorrow, by registration, with one seat."""
    return make_workshop(
        cohort, timezone.now() + timedelta(days=1), mode="registration", capacity=1
    )


def ask(workshop, person):
    return allocation.ask(workshop, person, by=None, at=timezone.now(), on_behalf=True)


@pytest.fixture
def page(sign_in, coming):
    """The text of the workshop's page as somebody sees it."""

    def page(user, workshop=coming):
        return sign_in(user).get(workshop.get_absolute_url()).content.decode()

    return page


def test_workshop_of_another_cohort_is_not_found(sign_in, staff, cohort):
    other = make_workshop(make_cohort())
    assert sign_in(staff).get(f"/cohorts/{cohort.slug}/workshops/{other.pk}/").status_code == 404


def test_draft_is_not_found_by_a_participant(sign_in, newcomer, cohort):
    draft = make_workshop(cohort, status="draft")
    assert sign_in(newcomer).get(draft.get_absolute_url()).status_code == 404


def test_workshop_of_the_other_group_is_not_found(sign_in, newcomer, cohort):
    other = make_workshop(cohort, track="agents")
    assert sign_in(newcomer).get(other.get_absolute_url()).status_code == 404


def test_somebody_who_left_finds_nothing(sign_in, newcomer, coming):
    newcomer.participations.get().withdraw(on=timezone.localdate())
    assert sign_in(newcomer).get(coming.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence", "buttons"),
    [
        ({}, "", ["I'm coming", "I can't come"]),
        ({"status": "closed"}, "Registration is closed. If you want to come", ["I can't come"]),
        (
            {"registration_opens_at": timezone.now() + timedelta(hours=5)},
            "It is too early: registration opens on",
            ["I can't come"],
        ),
        ({"status": "cancelled"}, "This workshop is cancelled. You need not come.", []),
        ({"status": "held"}, "This workshop is over.", []),
    ],
)
def test_participant_reads_where_they_stand(page, newcomer, coming, change, sentence, buttons):
    for name, value in change.items():
        setattr(coming, name, value)
    coming.save()
    text = page(newcomer)
    assert sentence in text.replace("&#x27;", "'")
    shown = [label for label in ("I'm coming", "I can't come") if f">{label}</button>" in text]
    assert shown == buttons


def test_participant_finds_it_full_and_a_waiting_list(page, newcomer, coming):
    ask(coming, make_participant(coming.cohort))
    text = page(newcomer)
    assert ("All the places of your group are taken." in text, "Put me on the list" in text) == (
        True,
        True,
    )


def test_participant_reads_their_rank(page, newcomer, coming):
    for _person in range(2):
        ask(coming, make_participant(coming.cohort))
    ask(coming, newcomer.participations.get())
    assert "You are <b>number 2</b> on the waiting list of your group." in page(newcomer)


def test_participant_sees_what_they_said(page, newcomer, coming):
    registration = ask(coming, newcomer.participations.get())
    assert "You are coming." in page(newcomer)
    allocation.give_up(registration, "cancelled", by=None, at=timezone.now())
    assert "You said that you can&#x27;t come." in page(newcomer).replace("'", "&#x27;")


def test_participant_sees_their_own_presence_afterwards(page, newcomer, workshop):
    make_attendance(workshop, newcomer.participations.get(), state="excused")
    assert "<b>excused</b>" in page(newcomer, workshop)


def test_participant_sees_nothing_of_the_others(page, newcomer, coming):
    other = make_participant(coming.cohort, user=make_user("Bilal Secret", phone="+33612345678"))
    other.set_needs({Need.Kind.CHILDCARE: "two children"})
    ask(coming, other)
    text = page(newcomer)
    assert [leak for leak in ("Bilal", "Secret", "12345678", "children") if leak in text] == []


def test_facilitator_sees_first_names_and_totals_of_needs(page, coming):
    facilitator = make_facilitator(coming)
    person = make_participant(coming.cohort, user=make_user("Bilal Secret", phone="+33612345678"))
    person.set_needs({Need.Kind.CHILDCARE: "Salma and Noor"})
    ask(coming, person)
    text = page(facilitator)
    assert ("Bilal" in text, "Childcare" in text) == (True, True)
    assert [leak for leak in ("Secret", "12345678", "Salma") if leak in text] == []


def test_facilitator_is_not_told_afterwards_who_is_coming(page, cohort):
    held = make_workshop(cohort, status="held")
    make_participant(cohort)
    text = page(make_facilitator(held), held)
    assert [words in text for words in ("Had a place", "Coming", "Have not said")] == [
        True,
        False,
        False,
    ]


def test_facilitator_of_another_workshop_finds_nothing(sign_in, facilitator, coming):
    assert sign_in(facilitator).get(coming.get_absolute_url()).status_code == 404


def test_coordinator_sees_the_agents_of_the_own_institution(page, coordinator, city, coming):
    own = make_participant(coming.cohort, "agents", name="Bruno Own", organisation=city)
    other = make_participant(coming.cohort, "agents", name="Claire Other")
    ask(coming, own), ask(coming, other)
    text = page(coordinator)
    assert ("Bruno Own" in text, "Claire Other" in text) == (True, False)


def test_staff_see_everybody_by_what_they_said(page, staff, coming):
    people = [make_participant(coming.cohort, name=name) for name in ("Amina Rahimi", "Bilal Aziz")]
    ask(coming, people[0]), ask(coming, people[1])
    coming.guests_allowed = True
    coming.save()
    ask(coming, make_guest(coming.cohort, language="ar"))
    text = page(staff)
    for name in ("Amina Rahimi", "Bilal Aziz", "Sami", "number 1", "from outside", "1 / 1"):
        assert name in text


def test_staff_see_a_place_over_capacity_with_its_reason(page, staff, coming):
    ask(coming, make_participant(coming.cohort))
    person = make_participant(coming.cohort)
    more = {"by": staff, "at": timezone.now(), "on_behalf": True}
    allocation.ask(coming, person, override_reason="the only interpreter", **more)
    text = page(staff)
    assert ("2 / 1" in text, "the only interpreter" in text) == (True, True)


def test_staff_who_follow_a_cancelled_workshop_are_offered_its_return(page, staff, coming):
    coming.move_to("cancelled")
    assert "Back to draft" in page(staff)

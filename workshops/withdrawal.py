"""Somebody leaves the cohort: their coming places are given up before the person is marked."""

from django.db import transaction

from workshops.allocation import give_up_all, lock_all
from workshops.models import Registration


@transaction.atomic
def withdraw(participant, *, by, at):
    """Cancel the participant's places at workshops to come, promote others, mark the withdrawal.

    Answers whether the participant had not withdrawn already.
    """
    give_up_places(participant, by=by, at=at)
    return participant.withdraw(on=participant.cohort.today(at))


def give_up_places(person, *, by, at):
    """Cancel the places at workshops to come of a participant or a guest, and promote others.

    All workshops to come are locked, so that no place is given that this would not see.
    """
    coming = person.cohort.workshops.filter(starts_at__gt=at)
    lock_all(coming.values_list("pk", flat=True))
    places = list(places_to_give_up(person, at=at))
    give_up_all(places, Registration.Status.CANCELLED, by=by, at=at, on_behalf=True)


def places_to_give_up(person, *, at):
    """The places at workshops to come of a participant or a guest, the next one first."""
    places = person.registrations.holding_a_place().filter(workshop__starts_at__gt=at)
    # A workshop moved on after it began still lies ahead: whoever was there keeps that.
    places = places.filter(attendances=None)
    return places.select_related("workshop__cohort").order_by("workshop__starts_at")

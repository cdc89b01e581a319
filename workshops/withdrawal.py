"""Somebody leaves the cohort: their coming places are given up before the person is marked."""

from django.db import transaction

from workshops.allocation import give_up
from workshops.models import Registration


@transaction.atomic
def withdraw(participant, *, by, at):
    """Cancel the participant's places at workshops to come, promote others, mark the withdrawal.

    Answers whether the participant had not withdrawn already.
    """
    coming = participant.registrations.filter(
        status__in=Registration.HOLDS_A_PLACE, workshop__starts_at__gt=at
    ).select_related("workshop")
    for registration in coming:
        give_up(registration, Registration.Status.CANCELLED, by=by, at=at, on_behalf=True)
    return participant.withdraw(on=participant.cohort.today(at))

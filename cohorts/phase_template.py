"""The five phases that most cohorts go through, laid out between a cohort's start and its end."""

from datetime import timedelta
from itertools import accumulate, pairwise

from django.db import transaction

from cohorts.models import Phase, Track

USUAL_LENGTH = timedelta(days=240)
# In tenths of the cohort's length, after the reference cohort of 2022.
TENTHS = {
    Phase.Kind.TRAINING: 2,
    Phase.Kind.LISTENING: 3,
    Phase.Kind.JOINT_MEETING: 1,
    Phase.Kind.CO_CREATION: 2,
    Phase.Kind.REPORTING: 2,
}


@transaction.atomic
def lay_out(cohort):
    """Save the five phases of a cohort that has none; a second click finds those of the first."""
    cohort.lock()
    if not cohort.phases.exists():
        Phase.objects.bulk_create(five_phases(cohort))


def five_phases(cohort):
    """Return the five phases, not saved: one after the other, the last ending with the cohort.

    A cohort without an end is taken to last eight months. In one that is shorter than five days,
    phases share days.
    """
    length = (cohort.ends_on or cohort.starts_on + USUAL_LENGTH) - cohort.starts_on
    days = length.days + 1
    ends = [days * tenths // 10 for tenths in accumulate(TENTHS.values(), initial=0)]
    return [
        Phase(
            cohort=cohort,
            kind=kind,
            starts_on=cohort.starts_on + timedelta(days=first),
            ends_on=cohort.starts_on + timedelta(days=max(first, after - 1)),
            track=Track.NEWCOMERS if kind == Phase.Kind.LISTENING else "",
        )
        for kind, (first, after) in zip(TENTHS, pairwise(ends), strict=True)
    ]

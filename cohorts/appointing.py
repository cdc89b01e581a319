"""Give somebody a role by their e-mail, without telling whether they have an account elsewhere."""

from django.db import transaction

from cohorts.models import Appointment, Role, User


@transaction.atomic
def appoint(name, email, place, *, by, at):
    """Return the appointment of whoever has this e-mail, whose account is made where there is none.

    `place` says for what: {"programme": …}, {"cohort": …} or, for a coordinator, {"cohort": …,
    "organisation": …}.
    """
    # The name of an account that is there stays: it is known elsewhere by one that is not ours.
    user = User.objects.find_or_create(name, email, joined_at=at)
    role = Role.COORDINATOR if "organisation" in place else Role.STAFF
    given = {"known_as": name, "recorded_by": by, "recorded_at": at}
    appointment, _is_new = Appointment.objects.get_or_create(
        user=user, role=role, **place, defaults=given
    )
    return appointment

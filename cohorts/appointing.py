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


@transaction.atomic
def correct(appointment, name, email, place, *, by, at):
    """Change who has a role, or where. Another e-mail is another account, which gets the role.

    The account it is taken from goes when it never served for anything else.
    """
    before = appointment.user
    appointment.user = after = User.objects.find_or_create(name, email, joined_at=at)
    if after != before:
        appointment.recorded_by, appointment.recorded_at = by, at
    if not appointment.has_signed_in:
        appointment.known_as = name
    appointment.put_in(**place)
    appointment.save()
    if after != before:
        before.delete_if_used_nowhere()
    elif before.serves_only(appointment):
        before.name = name
        before.save(update_fields=["name", "name_folded"])

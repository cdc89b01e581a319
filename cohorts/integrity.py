"""What must be true across the rows of this app, and no constraint can say.

Sentences name rows by their numbers, never people.
"""

from django.db.models import F, Q

from cohorts.database_rules import ERASED
from cohorts.models import Appointment, Cohort, Guest, Organisation, Participant, User
from cohorts.models.organisations import all_above
from cohorts.models.users import fold_name


def problems():
    """Yield a sentence for each rule that a row breaks."""
    yield from organisations_of_another_programme()
    yield from organisations_in_a_circle()
    yield from accounts_badly_kept()
    yield from people_erased_by_half()


# Each pair of ways from a row that must lead to one programme.
TO_ONE_PROGRAMME = [
    (Cohort, "programme", "host__programme"),
    (Cohort.partners.through, "cohort__programme", "organisation__programme"),
    (Organisation, "programme", "parent__programme"),
    (Participant, "cohort__programme", "organisation__programme"),
    (Appointment, "cohort__programme", "organisation__programme"),
]


def organisations_of_another_programme():
    for model, one, other in TO_ONE_PROGRAMME:
        rows = model.objects.filter(**{f"{other}__isnull": False}).filter(~Q(**{one: F(other)}))
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            yield f"{model._meta.label} {pk}: its organisation is of another programme."


def organisations_in_a_circle():
    parents = Organisation.objects.order_by("pk").parents()
    for pk in parents:
        if pk in all_above(pk, parents):
            yield f"cohorts.Organisation {pk}: it belongs to itself."


def accounts_badly_kept():
    accounts = User.objects.values_list("pk", "name", "name_folded", "email", "erased_at", "phone")
    for pk, name, folded, email, erased_at, phone in accounts.iterator():
        if folded != fold_name(name):
            yield f"cohorts.User {pk}: it cannot be found by its name."
        if email and email != email.strip().lower():
            yield f"cohorts.User {pk}: its e-mail has capitals or spaces."
        if erased_at and (email or phone):
            yield f"cohorts.User {pk}: it was erased, and still has an e-mail or phone."


def people_erased_by_half():
    """Whoever was erased has left, and is known by nothing but a group or a number of half-days."""
    told = ~Q(function="") | Q(organisation__isnull=False) | ~Q(languages=[])
    kept = Q(needs__isnull=False) | Q(cards__isnull=False)
    participants = Participant.objects.filter(user__erased_at__isnull=False).filter(
        told | kept | ~Q(status=Participant.Status.WITHDRAWN)
    )
    for pk in participants.order_by("pk").values_list("pk", flat=True).distinct():
        yield f"cohorts.Participant {pk}: it was erased, and still tells something."
    guests = Guest.objects.filter(erased_at__isnull=False).filter(
        ~Q(first_name=ERASED) | ~Q(language="") | Q(needs__isnull=False)
    )
    for pk in guests.order_by("pk").values_list("pk", flat=True).distinct():
        yield f"cohorts.Guest {pk}: it was erased, and still tells something."

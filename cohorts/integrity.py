"""What must be true across the rows of this app, and no constraint can say.

Sentences name rows by their numbers, never people.
"""

from django.db.models import F, Q

from cohorts.folding import fold
from cohorts.models import Appointment, Cohort, Organisation, Participant, User
from cohorts.models.organisations import all_above


def problems():
    """Yield a sentence for each rule that a row breaks."""
    yield from organisations_of_another_programme()
    yield from organisations_in_a_circle()
    yield from accounts_badly_kept()


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
        if folded != fold(name):
            yield f"cohorts.User {pk}: it cannot be found by its name."
        if email and email != email.strip().lower():
            yield f"cohorts.User {pk}: its e-mail has capitals or spaces."
        if erased_at and (email or phone):
            yield f"cohorts.User {pk}: it was erased, and still has an e-mail or phone."

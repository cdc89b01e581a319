from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.views.access import managed_cohort
from workshops.views.refusals import say_whether_done
from workshops.withdrawal import places_to_give_up, withdraw


def person_withdraw(request, slug, pk):
    """Asks, with what it changes, before somebody leaves the cohort."""
    person = person_of(request, slug, pk)
    now = timezone.now()
    if request.method == "POST":
        left = withdraw(person, by=request.user, at=now)
        say_whether_done(request, left, _("%(name)s has left the cohort.") % {"name": person})
        return redirect("cohorts:person", slug, pk)
    context = {"person": person, "places": places_to_give_up(person, at=now)}
    return render(request, "workshops/person_withdraw.html", context)


def person_of(request, slug, pk):
    cohort = managed_cohort(request, slug)
    return get_object_or_404(cohort.participants.select_related("user"), pk=pk)

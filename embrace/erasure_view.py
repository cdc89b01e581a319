from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.views.access import managed_cohort
from embrace.erasure import erase, serves_elsewhere


def person_erase(request, slug, pk):
    """Staff erase what is known of a participant, after reading what goes and what stays."""
    people = managed_cohort(request, slug).participants.select_related("user", "cohort")
    person = get_object_or_404(people, pk=pk)
    if person.user.erased_at:
        return redirect("cohorts:person", slug, pk)
    if request.method == "POST":
        erase(person, by=request.user, at=timezone.now())
        messages.success(request, _("The data of this person are erased."))
        return redirect("cohorts:people", slug)
    context = {"person": person, "keeps_account": serves_elsewhere(person.user, person)}
    return render(request, "embrace/person_erase.html", context)

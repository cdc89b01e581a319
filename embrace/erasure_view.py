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


def guest_erase(request, slug, pk):
    """Staff erase what is known of somebody from outside, after reading what goes and stays."""
    guest = get_object_or_404(managed_cohort(request, slug).guests, pk=pk)
    back = page_of(guest)
    if guest.erased_at:
        return redirect(back)
    if request.method == "POST":
        erase(guest, by=request.user, at=timezone.now())
        messages.success(request, _("The data of this person are erased."))
        return redirect(back)
    return render(request, "embrace/guest_erase.html", {"person": guest, "cancel": back})


def page_of(guest):
    """The last workshop that a guest came or is to come to; it is where staff meet their name."""
    registration = guest.registrations.select_related("workshop__cohort").last()
    return registration.workshop if registration else guest.cohort

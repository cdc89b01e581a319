from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.forms.once import once
from cohorts.forms.people import NamesForm, PersonForm
from cohorts.importing import people_named, plan_import
from cohorts.models import Participant, Track
from cohorts.permissions import is_coordinator
from cohorts.removal import what_hangs
from cohorts.views.access import managed_cohort, visible_cohort
from cohorts.views.removal import confirm_removal

PAGE_LENGTH = 50


def people(request, slug):
    """Staff see everybody; a coordinator the agents of the own organisation, and less of them."""
    cohort = visible_cohort(request, slug)
    if not (request.can_manage or is_coordinator(request.user, cohort)):
        raise PermissionDenied
    if not request.can_manage:
        return own_agents(request, cohort)
    found = filtered(request, cohort.participants.with_attendance().with_card())
    found = found.select_related("user", "organisation")
    context = {
        "page": Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page")),
        "tracks": Track.choices,
        "nobody": not cohort.participants.exists(),
        "no_workshop": not cohort.workshops.exists(),
    }
    return render(request, "cohorts/people.html", context)


def filtered(request, participants):
    """Those whom the address asks for: ?q= in the name, ?track= of one group."""
    track = request.GET.get("track", "")
    if track in Track.values:
        participants = participants.on_track(track)
    # PostgreSQL refuses NUL in a text.
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    return participants.search(text) if text else participants


def own_agents(request, cohort):
    own = Participant.objects.coordinated_by(request.user).filter(cohort=cohort)
    agents = own.with_attendance().select_related("user", "organisation")
    page = Paginator(agents, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "cohorts/people_of_coordinator.html", {"page": page})


@once
def person_add(request, slug):
    cohort = managed_cohort(request, slug)
    # Without a group: none is ticked before somebody has chosen.
    form = PersonForm(request.POST or None, instance=Participant(cohort=cohort, track=""))
    if form.is_valid() and (person := saved(form, request)):
        messages.success(request, _("%(name)s takes part.") % {"name": person})
        return redirect("cohorts:person", slug, person.pk)
    return render(request, "cohorts/person_add.html", {"form": form})


def saved(form, request):
    """Save, or say that the same e-mail or phone was entered by somebody else in this instant."""
    try:
        return form.save(by=request.user, at=timezone.now())
    except IntegrityError:
        form.add_error(None, _("Somebody entered this e-mail or phone just now. Send it again."))
        return None


@once
def people_add(request, slug):
    """Several people at once, by their names."""
    cohort = managed_cohort(request, slug)
    form = NamesForm(request.POST or None)
    if form.is_valid():
        cohort.lock()  # two lists with the same names, sent at once, add each name once
        plan = plan_import(
            cohort, people_named(form.cleaned_data["names"], form.cleaned_data["track"])
        )
        for row in plan.unmended:
            form.add_error("names", f"{row.name}: {' '.join(row.problems)}")
    if form.is_valid():
        plan.write(by=request.user, at=timezone.now())
        say_how_many(request, len(plan.new))
        return redirect("cohorts:people", slug)
    return render(request, "cohorts/people_add.html", {"form": form})


def say_how_many(request, number):
    words = ngettext("%(number)s person added.", "%(number)s people added.", number)
    messages.success(request, words % {"number": number})


def person(request, slug, pk):
    cohort = managed_cohort(request, slug)
    people = cohort.participants.with_attendance().with_card()
    people = people.select_related("user", "organisation").prefetch_related("needs")
    person = get_object_or_404(people, pk=pk)
    registrations = person.registrations.select_related("workshop").order_by("workshop__starts_at")
    context = {
        "person": person,
        "registrations": registrations,
        "may_be_removed": not what_hangs(person),
    }
    return render(request, "cohorts/person.html", context)


def person_edit(request, slug, pk):
    person = staff_person(request, slug, pk)
    if person.user.erased_at:
        messages.info(request, _("The data of this person are erased."))
        return redirect("cohorts:person", slug, pk)
    form = PersonForm(request.POST or None, instance=person)
    if form.is_valid() and saved(form, request):
        messages.success(request, _("Saved."))
        return redirect("cohorts:person", slug, pk)
    return render(request, "cohorts/person_edit.html", {"form": form, "person": person})


def person_remove(request, slug, pk):
    person = staff_person(request, slug, pk)
    return confirm_removal(
        request,
        person,
        back=reverse("cohorts:people", args=[slug]),
        otherwise=_("You can withdraw this person instead: the lists keep what took place."),
    )


@require_POST
def person_take_back(request, slug, pk):
    person = staff_person(request, slug, pk)
    if person.take_back():
        messages.success(request, _("%(name)s takes part again.") % {"name": person})
    return redirect("cohorts:person", slug, pk)


def staff_person(request, slug, pk):
    people = managed_cohort(request, slug).participants.select_related("user", "cohort__programme")
    return get_object_or_404(people, pk=pk)

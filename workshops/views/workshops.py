from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.forms.once import once
from cohorts.models import User
from cohorts.permissions import participation
from cohorts.views.access import managed_cohort, visible_cohort
from cohorts.views.removal import confirm_removal
from workshops import allocation
from workshops.forms.workshops import (
    FacilitatorForm,
    HalfDaysForm,
    NewWorkshopForm,
    SeatsForm,
    WorkshopForm,
)
from workshops.listing import listed
from workshops.models import Workshop
from workshops.views.access import managed_workshop
from workshops.views.refusals import say_whether_done
from workshops.views.show import BY_HAND

PER_PAGE = 30


def workshop_list(request, slug):
    cohort = visible_cohort(request, slug)
    workshops = Workshop.objects.visible_to(request.user).filter(cohort=cohort).with_people()
    lines = listed(
        workshops.select_related("phase", "cohort"),
        participant=participation(request.user, cohort),
        at=timezone.now(),
    )
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    mine = "workshops/workshop_list_mine.html"
    template = "workshops/workshop_list.html" if request.can_manage else mine
    return render(request, template, {"page": page})


@once
def workshop_add(request, slug):
    cohort = managed_cohort(request, slug)
    today = cohort.today(timezone.now())
    initial = {"kind": Workshop.usual_kind(cohort, today)}
    form = NewWorkshopForm(request.POST or None, instance=Workshop(cohort=cohort), initial=initial)
    if form.is_valid():
        workshop = form.save(by=request.user, at=timezone.now())
        messages.success(request, _("The workshop is there, as a draft: only the team sees it."))
        return redirect(workshop)
    return render(request, "workshops/workshop_add.html", {"form": form})


@once
def workshop_edit(request, slug, pk):
    workshop = managed_workshop(request, slug, pk)
    if request.method == "POST":
        # What the form refuses rests on registrations and attendance that others write meanwhile.
        workshop = allocation.locked(workshop)
    form = WorkshopForm(request.POST or None, instance=workshop)
    if form.is_valid():
        form.save(by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(workshop)
    return render(request, "workshops/workshop_edit.html", {"form": form, "workshop": workshop})


def workshop_remove(request, slug, pk):
    workshop = managed_workshop(request, slug, pk)
    return confirm_removal(
        request,
        workshop,
        back=reverse("workshops:list", args=[slug])
        if request.method == "POST"
        else workshop.get_absolute_url(),
        otherwise=_("A workshop that people know of is cancelled instead."),
    )


@require_POST
def workshop_move(request, slug, pk):
    """Change the state, unless it is not any more what the page showed."""
    workshop = managed_workshop(request, slug, pk)
    wanted, seen = request.POST.get("to"), request.POST.get("seen")
    may = wanted in BY_HAND and seen == workshop.status
    if may and allocation.change_state(workshop, wanted, at=timezone.now()):
        messages.success(request, _("State: %(state)s.") % {"state": workshop.get_status_display()})
    else:
        messages.error(
            request,
            _("Nothing was changed: this workshop's state is “%(state)s” by now.")
            % {"state": workshop.get_status_display()},
        )
    return redirect(workshop)


def workshop_call_off(request, slug, pk):
    """Asks before a workshop is cancelled; the button moves it."""
    workshop = managed_workshop(request, slug, pk)
    context = {
        "workshop": workshop,
        "people": workshop.registrations.holding_a_place().count(),
        "took_place": workshop.has_attendance(),
    }
    return render(request, "workshops/workshop_call_off.html", context)


@once
def workshop_seats(request, slug, pk):
    workshop = managed_workshop(request, slug, pk)
    form = SeatsForm(request.POST or None, instance=workshop)
    if form.is_valid():
        seats = {name: form.cleaned_data[name] for name in SeatsForm.Meta.fields}
        try:
            allocation.change_seats(workshop, at=timezone.now(), **seats)
        except ValidationError as error:
            form.add_error("capacity", error)
        else:
            messages.success(request, _("Saved."))
            return redirect(workshop)
    return render(request, "workshops/workshop_seats.html", {"form": form, "workshop": workshop})


@once
def workshop_half_days(request, slug, pk):
    workshop = managed_workshop(request, slug, pk)
    if request.method == "POST":
        # Attendance that somebody takes meanwhile keeps its half-day.
        workshop = allocation.locked(workshop)
    form = HalfDaysForm(request.POST or None, instance=workshop)
    if form.is_valid():
        try:
            workshop.choose_half_days(form.cleaned_data["half_days"])
        except ValidationError as error:
            form.add_error("half_days", error)
        else:
            messages.success(request, _("Saved."))
            return redirect(workshop)
    context = {"form": form, "workshop": workshop}
    return render(request, "workshops/workshop_half_days.html", context)


@once
def facilitators(request, slug, pk):
    workshop = managed_workshop(request, slug, pk)
    form = FacilitatorForm(
        request.POST or None, workshop=workshop, team=list(team_of(workshop.cohort))
    )
    if form.is_valid():
        user = form.cleaned_data["user"]
        allocation.add_facilitator(workshop, user, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s facilitates.") % {"name": user})
        return redirect("workshops:facilitators", slug, pk)
    context = {
        "form": form,
        "workshop": workshop,
        "facilitations": workshop.facilitations.select_related("user"),
    }
    return render(request, "workshops/facilitators.html", context)


@require_POST
def facilitator_remove(request, slug, pk, facilitation_pk):
    workshop = managed_workshop(request, slug, pk)
    facilitation = get_object_or_404(workshop.facilitations, pk=facilitation_pk)
    done = allocation.remove_facilitator(facilitation, by=request.user, at=timezone.now())
    say_whether_done(request, done, _("%(name)s does not facilitate.") % {"name": facilitation})
    return redirect("workshops:facilitators", slug, pk)


def team_of(cohort):
    """Staff of the cohort and of its programme, and the institutions' coordinators."""
    appointments = cohort.appointments.all() | cohort.programme.appointments.all()
    return User.objects.filter(pk__in=appointments.values("user"))

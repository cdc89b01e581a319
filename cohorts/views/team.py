from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.appointing import appoint, correct
from cohorts.forms.once import once
from cohorts.forms.team import AppointmentEditForm, AppointmentForm
from cohorts.models import Appointment
from cohorts.permissions import can_change_appointment, can_manage_programme
from cohorts.views.access import managed_cohort
from cohorts.views.removal import confirm_removal


def team(request, slug):
    cohort = managed_cohort(request, slug)
    manages_programme = can_manage_programme(request.user, cohort.programme)
    appointments = appointments_of(cohort)
    context = {
        "programme_staff": [each for each in appointments if each.programme_id],
        "cohort_staff": [e for e in appointments if not e.programme_id and not e.organisation_id],
        "coordinators": [each for each in appointments if each.organisation_id],
        "manages_programme": manages_programme,
    }
    return render(request, "cohorts/team.html", context)


def appointments_of(cohort):
    """Everybody with a role in the cohort, or in the whole programme."""
    here = Appointment.objects.filter(Q(cohort=cohort) | Q(programme=cohort.programme))
    return here.select_related("user", "organisation", "cohort__programme", "programme").order_by(
        "organisation__name", "id"
    )


@once
def appointment_add(request, slug):
    cohort = managed_cohort(request, slug)
    may_appoint_for_programme = can_manage_programme(request.user, cohort.programme)
    form = AppointmentForm(
        request.POST or None,
        cohort=cohort,
        may_appoint_for_programme=may_appoint_for_programme,
    )
    if form.is_valid():
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        appoint(name, email, form.place, by=request.user, at=timezone.now())
        messages.success(
            request,
            _("%(name)s is in the team, and signs in with %(email)s.")
            % {"name": name, "email": email},
        )
        return redirect("cohorts:team", slug)
    return render(request, "cohorts/appointment_add.html", {"form": form})


def changed_appointment(request, cohort, pk):
    if request.method == "POST":
        cohort.programme.lock()  # two who remove each other at once would leave nobody
    appointment = get_object_or_404(appointments_of(cohort), pk=pk)
    if not can_change_appointment(request.user, appointment):
        raise PermissionDenied
    return appointment


@once
def appointment_edit(request, slug, pk):
    cohort = managed_cohort(request, slug)
    appointment = changed_appointment(request, cohort, pk)
    form = AppointmentEditForm(
        request.POST or None,
        instance=appointment,
        by=request.user,
        cohort=cohort,
        may_appoint_for_programme=can_manage_programme(request.user, cohort.programme),
    )
    if form.is_valid():
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        correct(appointment, name, email, form.place, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("cohorts:team", slug)
    context = {"form": form, "appointment": appointment}
    return render(request, "cohorts/appointment_edit.html", context)


@once
def appointment_remove(request, slug, pk):
    cohort = managed_cohort(request, slug)
    appointment = changed_appointment(request, cohort, pk)
    back = reverse("cohorts:team", args=[slug])
    return confirm_removal(
        request, appointment, back=back, name=appointment.shown_name, keeps=last_of_the_staff
    )


def last_of_the_staff(appointment):
    return [_("Nobody else would be staff here.")] if appointment.is_last_staff() else []

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.forms.once import once
from cohorts.forms.phases import PhaseForm
from cohorts.models import Phase
from cohorts.phase_template import lay_out
from cohorts.views.access import managed_cohort
from cohorts.views.removal import confirm_removal


def phase_list(request, slug):
    cohort = managed_cohort(request, slug)
    today = cohort.today(timezone.now())
    phases = [(phase, phase.is_open_on(today)) for phase in cohort.phases.all()]
    return render(request, "cohorts/phase_list.html", {"phases": phases})


@require_POST
def phases_lay_out(request, slug):
    """The five usual phases, for a cohort that has none."""
    lay_out(managed_cohort(request, slug))
    return redirect("cohorts:phases", slug)


@once
def phase_add(request, slug):
    return phase_form(request, slug, Phase(cohort=managed_cohort(request, slug)))


def phase_edit(request, slug, pk):
    cohort = managed_cohort(request, slug)
    return phase_form(request, slug, get_object_or_404(cohort.phases, pk=pk))


def phase_form(request, slug, phase):
    form = PhaseForm(request.POST or None, instance=phase)
    if form.is_valid():
        phase = form.save()
        messages.success(request, _("Saved."))
        say_if_outside(request, phase)
        return redirect("cohorts:phases", slug)
    return render(request, "cohorts/phase_form.html", {"form": form, "phase": phase})


def say_if_outside(request, phase):
    cohort = phase.cohort
    if phase.starts_on < cohort.starts_on:
        messages.warning(request, _("This phase begins before the cohort does."))
    if phase.ends_on and cohort.ends_on and phase.ends_on > cohort.ends_on:
        messages.warning(request, _("This phase ends after the cohort does."))


def phase_remove(request, slug, pk):
    phase = get_object_or_404(managed_cohort(request, slug).phases, pk=pk)
    return confirm_removal(request, phase, back=reverse("cohorts:phases", args=[slug]))

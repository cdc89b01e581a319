from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.forms.cohorts import CohortForm, NewCohortForm
from cohorts.forms.fields import MOST_DIGITS
from cohorts.forms.once import once
from cohorts.models import Cohort, Programme
from cohorts.permissions import can_manage_programme
from cohorts.views.access import managed_cohort
from cohorts.views.removal import confirm_removal


def cohort_list(request):
    cohorts = Cohort.objects.visible_to(request.user).select_related("programme", "host")
    managed = Cohort.objects.managed_by(request.user).values_list("pk", flat=True)
    context = {
        "cohorts": cohorts,
        "managed": set(managed),
        "programmes": Programme.objects.visible_to(request.user),
        "may_add": Programme.objects.managed_by(request.user).exists(),
    }
    return render(request, "cohorts/cohort_list.html", context)


@once
def cohort_add(request):
    programmes = Programme.objects.managed_by(request.user)
    if not programmes:
        raise PermissionDenied
    if len(programmes) > 1 and "programme" not in request.GET:
        return render(request, "cohorts/cohort_programmes.html", {"programmes": programmes})
    programme = chosen_programme(request, programmes)
    form = NewCohortForm(request.POST or None, instance=Cohort(programme=programme))
    if form.is_valid():
        cohort = form.save(by=request.user, at=timezone.now())
        messages.success(request, _("The cohort is there. Next: the people who take part."))
        return redirect("cohorts:people", cohort.slug)
    return render(request, "cohorts/cohort_add.html", {"form": form, "programme": programme})


def chosen_programme(request, programmes):
    wanted = request.GET.get("programme")
    if not wanted:
        return programmes[0]
    return get_object_or_404(
        programmes, pk=wanted if wanted.isdecimal() and len(wanted) <= MOST_DIGITS else 0
    )


def cohort_edit(request, slug):
    cohort = managed_cohort(request, slug)
    form = CohortForm(request.POST or None, instance=Cohort.objects.get(pk=cohort.pk))
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        return redirect("cohorts:edit", saved.slug)
    may_remove = can_manage_programme(request.user, cohort.programme)
    return render(request, "cohorts/cohort_edit.html", {"form": form, "may_remove": may_remove})


def cohort_remove(request, slug):
    cohort = managed_cohort(request, slug)
    if not can_manage_programme(request.user, cohort.programme):
        raise PermissionDenied
    return confirm_removal(request, cohort, back=reverse("cohorts:list"))

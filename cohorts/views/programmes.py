from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.forms.once import once
from cohorts.forms.programmes import OrganisationForm, ProgrammeForm
from cohorts.models import Organisation, Programme
from cohorts.permissions import can_manage_programme
from cohorts.views.access import visible_programme
from cohorts.views.removal import confirm_removal


def programme_show(request, pk):
    programme = visible_programme(request, pk)
    cohorts = programme.cohorts.managed_by(request.user).select_related("host")
    context = {
        "programme": programme,
        "cohorts": cohorts,
        "may_edit": can_manage_programme(request.user, programme),
    }
    return render(request, "cohorts/programme_show.html", context)


def programme_edit(request, pk):
    programme = visible_programme(request, pk)
    if not can_manage_programme(request.user, programme):
        raise PermissionDenied
    form = ProgrammeForm(request.POST or None, instance=Programme.objects.get(pk=pk))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(programme)
    return render(request, "cohorts/programme_edit.html", {"form": form, "programme": programme})


def organisation_list(request, pk):
    programme = visible_programme(request, pk)
    organisations = programme.organisations.select_related("parent").order_by("name")
    context = {"programme": programme, "organisations": organisations}
    return render(request, "cohorts/organisation_list.html", context)


@once
def organisation_add(request, pk):
    return organisation_form(request, Organisation(programme=visible_programme(request, pk)))


def organisation_edit(request, pk, organisation_pk):
    return organisation_form(request, visible_organisation(request, pk, organisation_pk))


def organisation_form(request, organisation):
    form = OrganisationForm(request.POST or None, instance=organisation)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("cohorts:organisations", organisation.programme_id)
    context = {"form": form, "organisation": organisation}
    return render(request, "cohorts/organisation_form.html", context)


def organisation_remove(request, pk, organisation_pk):
    organisation = visible_organisation(request, pk, organisation_pk)
    back = reverse("cohorts:organisations", args=[pk])
    return confirm_removal(request, organisation, back=back)


def visible_organisation(request, pk, organisation_pk):
    programme = visible_programme(request, pk)
    return get_object_or_404(programme.organisations, pk=organisation_pk)

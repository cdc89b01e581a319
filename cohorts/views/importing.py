from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.forms.importing import ConfirmForm, UploadForm
from cohorts.forms.once import once
from cohorts.import_model import model_file
from cohorts.importing import plan_import
from cohorts.views.access import managed_cohort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@once
def import_people(request, slug):
    """Choose a file, see what it would do, confirm: three steps at one address."""
    cohort = managed_cohort(request, slug)
    if "rows" in request.POST:
        return confirm(request, cohort)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        people = form.cleaned_data["people"]
        return preview(request, cohort, people, plan_import(cohort, people))
    return render(request, "cohorts/import_upload.html", {"form": form})


def confirm(request, cohort):
    form = ConfirmForm(request.POST, cohort=cohort, user=request.user)
    # Any number passes: what is ticked is compared with the plan that is made below.
    form.fields["left_out"].choices = [(number, number) for number in numbers(request)]
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("rows", [_("Choose the file again.")])))
        return redirect("cohorts:import_people", cohort.slug)
    people, seen = form.cleaned_data["rows"], form.cleaned_data["seen"]
    try:
        with transaction.atomic():
            cohort.lock()
            plan = plan_as_ticked(cohort, form)
            if plan.digest() == seen and not plan.unmended:
                plan.write(by=request.user, at=timezone.now())
                return say_what_was_done(request, cohort, plan)
    except IntegrityError:
        # Somebody took one of these e-mails or phones without this cohort's lock. It is shown as
        # something that changed; the next confirmation plans anew and says which row.
        seen = ""
    return preview(request, cohort, people, plan, seen=seen)


def plan_as_ticked(cohort, form):
    plan = plan_import(cohort, form.cleaned_data["rows"])
    every = [row.number for row in plan.problem_rows]
    plan.leave_out(every if form.cleaned_data["leave_all"] else form.cleaned_data["left_out"])
    return plan


def numbers(request):
    return [number for number in request.POST.getlist("left_out") if number.isdecimal()]


def preview(request, cohort, people, plan, seen=None):
    form = ConfirmForm(cohort=cohort, user=request.user)
    form.initial = {"rows": form.pack(people), "seen": plan.digest()}
    context = {
        "form": form,
        "plan": plan,
        "people": people,
        "is_other": seen is not None and seen != plan.digest(),
        "is_unmended": seen == plan.digest(),
    }
    return render(request, "cohorts/import_preview.html", context)


def say_what_was_done(request, cohort, plan):
    messages.success(
        request,
        _("Import done. Added: %(new)s. Changed: %(changed)s.")
        % {"new": len(plan.new), "changed": len(plan.changed)},
    )
    return redirect("cohorts:people", cohort.slug)


def import_model(request, slug):
    managed_cohort(request, slug)
    response = HttpResponse(model_file(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="embrace.xlsx"'
    return response

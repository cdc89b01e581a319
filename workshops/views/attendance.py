from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.forms.once import once
from workshops import attendance
from workshops.forms.attendance import AttendanceForm, CorrectionForm, WalkInForm
from workshops.models import AttendanceCorrection
from workshops.roll import Roll
from workshops.views.access import managed_workshop, run_workshop
from workshops.views.refusals import say


@once
def attendance_take(request, slug, pk):
    """One page with every person and half-day; each of its buttons first saves what was changed."""
    workshop = run_workshop(request, slug, pk)
    roll = Roll(workshop)
    somebody_came = "somebody_came" in request.POST
    form = AttendanceForm(request.POST or None, roll=roll)
    walk_in = WalkInForm(
        request.POST if somebody_came else None,
        workshop=workshop,
        roll=roll,
        show_names=request.can_manage,
    )
    if form.is_valid() and (not somebody_came or walk_in.is_valid()):
        return save(request, workshop, form, walk_in if somebody_came else None)
    context = {
        "workshop": workshop,
        "roll": roll,
        "form": form,
        "walk_in": walk_in,
        "has_begun": workshop.has_begun(timezone.now()),
        "corrections": corrections_of(workshop),
    }
    return render(request, "workshops/attendance.html", context)


def save(request, workshop, form, walk_in):
    """Write the marks, then what the button that was pressed adds to them."""
    how = {"by": request.user, "at": timezone.now(), "proof": form.cleaned_data["proof"]}
    try:
        # A guest is made before the marks are written, and goes again when those are refused.
        with transaction.atomic():
            came = walk_in.save(at=how["at"]) if walk_in else []
            overtaken = attendance.record(workshop, form.cleaned_data["marks"] + came, **how)
            fill_column(request, workshop, form.roll, how)
    except ValidationError as error:
        say(request, error)
    else:
        say_overtaken(request, overtaken, form.roll)
    wants_to_close = "close" in request.POST
    name = "workshops:attendance_close" if wants_to_close else "workshops:attendance"
    return redirect(name, workshop.cohort.slug, workshop.pk)


def fill_column(request, workshop, roll, how):
    wanted = request.POST.get("all_present")
    for half_day in roll.half_days:
        if str(half_day.pk) == wanted:
            attendance.record_rest_present(workshop, half_day, **how)


def say_overtaken(request, overtaken, roll):
    """What somebody else recorded meanwhile stands; say for whom."""
    messages.success(request, _("Saved."))
    if overtaken:
        people = {mark.person for mark in overtaken}
        names = ", ".join(place.short_name for place in roll.places if place.person in people)
        messages.warning(
            request,
            _("Somebody else recorded something different meanwhile, and it stands: %(names)s.")
            % {"names": names},
        )


@once
def attendance_close(request, slug, pk):
    """Asks once more; then the workshop is held and its attendance frozen."""
    workshop = run_workshop(request, slug, pk)
    if request.method == "POST":
        try:
            attendance.close(workshop, by=request.user, at=timezone.now())
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("Attendance is closed: the workshop is held."))
        return redirect("workshops:attendance", slug, pk)
    roll = Roll(workshop)
    context = {"workshop": workshop, "roll": roll, "missing": attendance.missing(roll)}
    return render(request, "workshops/attendance_close.html", context)


@once
def attendance_correct(request, slug, pk):
    workshop = managed_workshop(request, slug, pk)
    form = CorrectionForm(
        request.POST or None, workshop=workshop, roll=Roll(workshop), initial=request.GET.dict()
    )
    if form.is_valid():
        correction = {name: form.cleaned_data[name] for name in ("person", "half_day", "state")}
        why = {"reason": form.cleaned_data["reason"], "by": request.user, "at": timezone.now()}
        try:
            attendance.correct(workshop, **correction, **why)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Corrected."))
            return redirect("workshops:attendance", slug, pk)
    return render(
        request, "workshops/attendance_correct.html", {"form": form, "workshop": workshop}
    )


def corrections_of(workshop):
    corrections = AttendanceCorrection.objects.filter(attendance__half_day__workshop=workshop)
    return corrections.select_related(
        "attendance__registration__participant__user",
        "attendance__registration__guest",
        "attendance__half_day",
        "recorded_by",
    )

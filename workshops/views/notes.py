"""The listening desk: typing, reading back, closing, and the second person's check."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.forms.once import once
from cohorts.languages import language_name
from cohorts.views.access import visible_cohort
from workshops import listening
from workshops.forms.testimonies import NoteForm, NotesForm, TestimonyForm
from workshops.models import Testimony, Workshop
from workshops.thread import thread_of
from workshops.views.access import to_change
from workshops.views.refusals import say

IN_SIGHT = 8


def readable_workshop(request, slug, pk):
    """Return the workshop to whoever may read its testimonies; to others it is not there."""
    cohort = visible_cohort(request, slug)
    workshops = Workshop.objects.notes_visible_to(request.user).filter(cohort=cohort)
    workshop = get_object_or_404(to_change(request, workshops), pk=pk)
    workshop.cohort = cohort
    return workshop


def readable_testimony(request, slug, pk):
    cohort = visible_cohort(request, slug)
    testimonies = Testimony.objects.visible_to(request.user).of_cohort(cohort)
    testimony = get_object_or_404(to_change(request, testimonies), pk=pk)
    testimony.workshop = get_object_or_404(Workshop, pk=testimony.workshop_id)
    testimony.workshop.cohort = cohort
    return testimony


@once
def notes(request, slug, pk):
    workshop = readable_workshop(request, slug, pk)
    # Also on POST: what was typed while somebody closed the notes is refused in words.
    if not workshop.notes_are_open:
        return closed_notes(request, workshop)
    form = NoteForm(request.POST or None, workshop=workshop)
    if form.is_valid():
        form.save(by=request.user, at=timezone.now())
        return redirect("workshops:notes", slug, pk)
    kept = workshop.testimonies.kept()
    context = {
        "workshop": workshop,
        "form": form,
        "last": kept.order_by("-desk_position")[:IN_SIGHT],
        "count": kept.count(),
    }
    return render(request, "workshops/notes.html", context)


def closed_notes(request, workshop):
    if request.method == "POST":
        messages.error(request, _("The notes of this workshop are closed."))
    context = {
        "workshop": workshop,
        "testimonies": workshop.testimonies.all(),
        "to_check": workshop.testimonies.to_check().count(),
    }
    return render(request, "workshops/notes_closed.html", context)


@once
def close_notes(request, slug, pk):
    """Read back, tick what may be quoted; then close, which cannot be undone."""
    workshop = readable_workshop(request, slug, pk)
    if not workshop.notes_are_open:
        return redirect("workshops:notes", slug, pk)
    here = workshop.testimonies.kept().order_by("desk_position")
    form = NotesForm(request.POST or None, notes=here)
    if form.is_valid():
        listening.mark_quotable(workshop, form.cleaned_data["ticked"])
        if "close" not in request.POST:
            messages.success(request, _("Saved."))
            return redirect("workshops:close_notes", slug, pk)
        if close(request, workshop):
            return redirect("workshops:listening", slug)
    context = {
        "workshop": workshop,
        "form": form,
        "forgotten": [
            (language_name(code), count)
            for code, count in listening.languages_to_forget(workshop).items()
        ],
        "to_translate": listening.to_translate(workshop),
        "speakers_are_known": workshop.has_attendance(),
    }
    return render(request, "workshops/notes_close.html", context)


def close(request, workshop):
    try:
        count = len(listening.close_notes(workshop, by=request.user, at=timezone.now()))
    except ValidationError as error:
        say(request, error)
        return False
    text = ngettext(
        "The notes are closed: %(n)d testimony.", "The notes are closed: %(n)d testimonies.", count
    )
    messages.success(request, text % {"n": count})
    return True


@once
def check_notes(request, slug, pk):
    """What may be quoted, read by somebody who did not take the notes."""
    workshop = readable_workshop(request, slug, pk)
    unchecked = to_change(request, workshop.testimonies.unchecked())
    form = NotesForm(request.POST or None, notes=unchecked)
    may_check = workshop.notes_can_be_checked_by(request.user)
    if request.method == "POST" and not may_check:
        raise PermissionDenied
    if form.is_valid():
        count = listening.confirm_checks(
            workshop,
            form.notes,
            exceptions=form.cleaned_data["ticked"],
            by=request.user,
            at=timezone.now(),
        )
        text = ngettext("%(n)d testimony is checked.", "%(n)d testimonies are checked.", count)
        messages.success(request, text % {"n": count})
        return redirect("workshops:notes", slug, pk)
    context = {"workshop": workshop, "form": form, "may_check": may_check}
    return render(request, "workshops/notes_check.html", context)


def testimony_show(request, slug, pk):
    testimony = readable_testimony(request, slug, pk)
    context = {"testimony": testimony}
    if request.can_manage:
        context["thread"] = thread_of(testimony, request.user, timezone.now(), manages=True)
    return render(request, "workshops/testimony_show.html", context)


@once
def testimony_edit(request, slug, pk):
    testimony = readable_testimony(request, slug, pk)
    if testimony.status == Testimony.Status.WITHDRAWN:
        raise PermissionDenied
    form = TestimonyForm(request.POST or None, instance=testimony)
    if form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Saved."))
        return back_to_notes(testimony)
    return render(request, "workshops/testimony_edit.html", {"form": form, "testimony": testimony})


@once
def testimony_remove(request, slug, pk):
    testimony = readable_testimony(request, slug, pk)
    if request.method == "POST":
        listening.remove(testimony, at=timezone.now())
        messages.success(request, _("The text is erased."))
        return back_to_notes(testimony)
    return render(request, "workshops/testimony_remove.html", {"testimony": testimony})


def back_to_notes(testimony):
    workshop = testimony.workshop
    return redirect("workshops:notes", workshop.cohort.slug, workshop.pk)

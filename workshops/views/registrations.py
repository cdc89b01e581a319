from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.forms.needs import NeedsForm
from cohorts.forms.once import once
from cohorts.models import Guest
from cohorts.permissions import participation
from cohorts.views.access import visible_cohort
from workshops import allocation
from workshops.forms.registrations import GuestForm, PeopleForm, ReasonForm
from workshops.models import Registration, Workshop
from workshops.views.access import managed_workshop, visible_workshop
from workshops.views.refusals import say, say_whether_done
from workshops.views.show import show

Status = Registration.Status


@require_POST
def register(request, slug, pk):
    """A participant's own "I'm coming"."""
    workshop, participant = own_workshop(request, slug, pk)
    try:
        registration = allocation.ask(workshop, participant, by=request.user, at=timezone.now())
    except ValidationError as error:
        return refuse(request, workshop, error)
    if registration.status == Status.CONFIRMED:
        messages.success(request, _("You have a place. See you there!"))
    else:
        messages.info(request, _("All seats are taken: you are on the waiting list."))
    return redirect(workshop)


@require_POST
def cancel(request, slug, pk):
    """A participant's own "I can't come"."""
    workshop, participant = own_workshop(request, slug, pk)
    now = timezone.now()
    try:
        allocation.say_cannot_come(workshop, participant, by=request.user, at=now)
    except ValidationError as error:
        return refuse(request, workshop, error)
    messages.success(request, _("Thank you for telling us. You can change your mind."))
    return redirect(workshop)


def own_workshop(request, slug, pk):
    """Return the workshop and the user's place in its cohort; 403 to whoever takes no part."""
    # Without what pages show of the cohort: three hundred may ask at once.
    workshops = Workshop.objects.visible_to(request.user).select_related("cohort")
    workshop = get_object_or_404(workshops, pk=pk, cohort__slug=slug)
    participant = participation(request.user, workshop.cohort)
    if participant is None:
        raise PermissionDenied
    return workshop, participant


def refuse(request, workshop, error):
    """The same page as it is by now, saying why nothing was done."""
    say(request, error)
    workshop = visible_workshop(request, workshop.cohort.slug, workshop.pk)
    return show(request, workshop, status=409)


@once
def register_people(request, slug, pk):
    workshop = managed_workshop(request, slug, pk)
    form = PeopleForm(request.POST or None, workshop=workshop)
    if form.is_valid():
        try:
            registrations = ask_for(request, workshop, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            say_how_many(request, registrations)
            return redirect(workshop)
    return render(request, "workshops/register_people.html", {"form": form, "workshop": workshop})


def ask_for(request, workshop, people, override_reason="", **_more):
    who = {"by": request.user, "at": timezone.now(), "on_behalf": True}
    return allocation.ask_for_all(workshop, people, override_reason=override_reason, **who)


def say_how_many(request, registrations):
    confirmed = sum(each.status == Status.CONFIRMED for each in registrations)
    waiting = len(registrations) - confirmed
    if confirmed:
        text = ngettext("%(n)d person has a place.", "%(n)d people have a place.", confirmed)
        messages.success(request, text % {"n": confirmed})
    if waiting:
        text = ngettext(
            "%(n)d person is on the waiting list: no seat is left.",
            "%(n)d people are on the waiting list: no seat is left.",
            waiting,
        )
        messages.warning(request, text % {"n": waiting})


@once
def guest_add(request, slug, pk):
    workshop = managed_workshop(request, slug, pk)
    form = GuestForm(request.POST or None, instance=Guest(cohort=workshop.cohort))
    if form.is_valid():
        try:
            registration = register_guest(request, workshop, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            say_how_many(request, [registration])
            return redirect(workshop)
    return render(request, "workshops/guest_form.html", {"form": form, "workshop": workshop})


@transaction.atomic
def register_guest(request, workshop, form):
    return allocation.ask(workshop, form.save(), by=request.user, at=timezone.now(), on_behalf=True)


@once
def guest_edit(request, slug, pk, registration_pk):
    workshop = managed_workshop(request, slug, pk)
    guests = workshop.registrations.of_guests().filter(guest__erased_at=None)
    registration = get_object_or_404(guests, pk=registration_pk)
    form = GuestForm(request.POST or None, instance=registration.guest)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(workshop)
    return render(request, "workshops/guest_form.html", {"form": form, "workshop": workshop})


@once
def registration_cancel(request, slug, pk, registration_pk):
    """Staff cancel somebody's place, with the reason."""
    workshop, registration = registration_of(request, slug, pk, registration_pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        who = {"by": request.user, "at": timezone.now(), "on_behalf": True, "reason": reason}
        try:
            cancelled = allocation.give_up(registration, Status.CANCELLED, **who)
        except ValidationError as error:
            say(request, error)
        else:
            say_whether_done(request, cancelled, _("The place is cancelled."))
        return redirect(workshop)
    context = {"form": form, "workshop": workshop, "person": registration.person}
    return render(request, "workshops/registration_cancel.html", context)


@once
def registration_override(request, slug, pk, registration_pk):
    """Staff confirm somebody who waits although no seat is left, with the reason."""
    workshop, registration = registration_of(request, slug, pk, registration_pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            ask_for(request, workshop, [registration.person], form.cleaned_data["reason"])
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("%(name)s has a place.") % {"name": registration.person})
        return redirect(workshop)
    context = {"form": form, "workshop": workshop, "person": registration.person}
    return render(request, "workshops/registration_override.html", context)


@once
def person_cannot_come(request, slug, pk, person_pk):
    """Staff note that somebody who was expected can't come, as they said on the phone."""
    workshop = managed_workshop(request, slug, pk)
    person = get_object_or_404(workshop.expected_participants(), pk=person_pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        who = {"by": request.user, "at": timezone.now(), "on_behalf": True, "reason": reason}
        try:
            allocation.say_cannot_come(workshop, person, **who)
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("Saved."))
        return redirect(workshop)
    context = {"form": form, "workshop": workshop, "person": person}
    return render(request, "workshops/person_cannot_come.html", context)


def registration_of(request, slug, pk, registration_pk):
    workshop = managed_workshop(request, slug, pk)
    registrations = workshop.registrations.select_related("participant__user", "guest")
    return workshop, get_object_or_404(registrations, pk=registration_pk)


def needs(request, slug):
    """What a participant needs in order to come, asked once and remembered."""
    cohort = visible_cohort(request, slug)
    participant = participation(request.user, cohort)
    if participant is None:
        raise PermissionDenied
    workshop = came_from(request, cohort)
    typed = request.POST if request.method == "POST" else None
    form = NeedsForm(typed, participant=participant)
    if form.is_valid():
        form.save()
        messages.success(request, _("Thank you, we have noted it."))
        return redirect(workshop or reverse("workshops:list", args=[slug]))
    return render(request, "workshops/needs.html", {"form": form, "workshop": workshop})


def came_from(request, cohort):
    """The workshop whose page led here, or None."""
    wanted = request.GET.get("workshop", "")
    workshops = Workshop.objects.visible_to(request.user).filter(cohort=cohort)
    return (
        workshops.select_related("cohort").filter(pk=wanted).first() if wanted.isdecimal() else None
    )

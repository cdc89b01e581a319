from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.forms.once import once
from cohorts.views.access import managed_cohort, visible_cohort
from cohorts.views.removal import confirm_removal
from workshops import decisions
from workshops.forms.subjects import DecisionForm, ReopeningForm, SubjectForm
from workshops.models import Decision, Subject
from workshops.thread import thread_of
from workshops.views.access import managed_item, visible_item
from workshops.views.refusals import say, say_whether_done


def subject_list(request, slug):
    cohort = visible_cohort(request, slug)
    subjects = Subject.objects.visible_to(request.user).filter(cohort=cohort)
    decision = decisions.in_force(cohort)
    context = {
        "subjects": subjects,
        "decision": decision,
        "options": decision.options.select_related("subject", "decision") if decision else [],
        "can_reopen": decision and not decisions.co_creation_has_started(cohort, timezone.now()),
        "not_released": subjects.filter(released_at=None).count() if request.can_manage else 0,
    }
    return render(request, "workshops/subject_list.html", context)


def subject_show(request, slug, number):
    subject = visible_item(request, slug, Subject, number)
    thread = thread_of(subject, request.user, timezone.now(), manages=request.can_manage)
    return render(request, "workshops/subject_show.html", {"subject": subject, "thread": thread})


@once
def subject_add(request, slug):
    cohort = managed_cohort(request, slug)
    subject = Subject(cohort=cohort, recorded_by=request.user, recorded_at=timezone.now())
    return subject_form(request, subject)


@once
def subject_edit(request, slug, number):
    return subject_form(request, managed_item(request, slug, Subject, number))


def subject_form(request, subject):
    form = SubjectForm(request.POST or None, instance=subject)
    if form.is_valid():
        form.save(by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("workshops:subjects", subject.cohort.slug)
    return render(request, "workshops/subject_form.html", {"form": form, "subject": subject})


@once
def subject_remove(request, slug, number):
    subject = managed_item(request, slug, Subject, number)
    return confirm_removal(request, subject, back=reverse("workshops:subjects", args=[slug]))


@require_POST
@once
def subjects_release(request, slug):
    cohort = managed_cohort(request, slug)
    count = cohort.subjects.all().release(at=timezone.now())
    say_whether_done(request, count, _("The whole cohort sees the candidate subjects now."))
    return redirect("workshops:subjects", slug)


@once
def decide(request, slug):
    cohort = managed_cohort(request, slug)
    today = cohort.today(timezone.now())
    decision = Decision(cohort=cohort, decided_on=today)
    form = DecisionForm(request.POST or None, instance=decision)
    if form.is_valid():
        try:
            form.save(by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect("workshops:subjects", slug)
    return render(request, "workshops/decide.html", {"form": form})


@once
def reopen(request, slug):
    cohort = managed_cohort(request, slug)
    decision = decisions.in_force(cohort)
    if decision is None:
        messages.error(request, _("No subject is chosen."))
        return redirect("workshops:subjects", slug)
    form = ReopeningForm(request.POST or None)
    if form.is_valid():
        reopen_now(request, decision, form.cleaned_data["reason"])
        return redirect("workshops:subjects", slug)
    return render(request, "workshops/reopen.html", {"form": form, "decision": decision})


def reopen_now(request, decision, reason):
    try:
        done = decisions.reopen(decision, at=timezone.now(), reason=reason)
    except ValidationError as error:
        say(request, error)
    else:
        say_whether_done(request, done, _("The decision is reopened."))

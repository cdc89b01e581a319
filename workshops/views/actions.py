from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.forms.fields import MOST_DIGITS
from cohorts.forms.once import once
from cohorts.views.access import managed_cohort, visible_cohort
from cohorts.views.removal import confirm_removal
from workshops.forms.actions import (
    ActionForm,
    AnswerForm,
    ProgressForm,
    ProposalForm,
    RetractionForm,
)
from workshops.models import Action, Answer, Progress
from workshops.permissions import may_speak_for_lead
from workshops.thread import thread_of
from workshops.views.access import managed_item, visible_item
from workshops.views.refusals import say, say_whether_done


def action_list(request, slug):
    """The board: by institution, with its answer or for how long it has been silent."""
    cohort = visible_cohort(request, slug)
    today = cohort.today(timezone.now())
    actions = (
        Action.objects.visible_to(request.user)
        .filter(cohort=cohort)
        .select_related("lead")
        .prefetch_related("answers", "progress")
    )
    led = sorted(actions, key=lambda action: (action.lead is None, str(action.lead or "")))
    groups = [
        (lead, [(action, action.days_of_silence(today)) for action in of_lead])
        for lead, of_lead in groupby(led, key=lambda action: action.lead)
    ]
    return render(request, "workshops/action_list.html", {"groups": groups})


def action_show(request, slug, number):
    action = visible_item(request, slug, Action, number)
    prefetch_related_objects([action], "lead", "answers__organisation", "progress")
    now = timezone.now()
    context = {
        "action": action,
        "partners": action.partners.all(),
        "thread": thread_of(action, request.user, now, manages=request.can_manage),
        "days_of_silence": action.days_of_silence(action.cohort.today(now)),
        "may_speak": may_speak_for_lead(request.user, action, manages=request.can_manage),
    }
    return render(request, "workshops/action_show.html", context)


@once
def action_add(request, slug):
    """An action worked out of the ideas that were ticked on the page before."""
    cohort = managed_cohort(request, slug)
    action = Action(cohort=cohort, recorded_by=request.user, recorded_at=timezone.now())
    ideas = ideas_asked_for(request)
    from_one = cohort.ideas.filter(pk__in=ideas).first() if len(ideas) == 1 else None
    if from_one:
        action.title, action.what = from_one.title, from_one.description
    return action_form(request, action, ideas=ideas)


def ideas_asked_for(request):
    keys = request.GET.getlist("idea")
    return [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS]


@once
def action_edit(request, slug, number):
    return action_form(request, managed_item(request, slug, Action, number))


def action_form(request, action, **more):
    now = timezone.now()
    today = action.cohort.today(now)
    form = ActionForm(request.POST or None, instance=action, today=today, **more)
    if form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(form.save(by=request.user, at=now))
    return render(request, "workshops/action_form.html", {"form": form, "action": action})


@once
def action_remove(request, slug, number):
    action = managed_item(request, slug, Action, number)
    return confirm_removal(request, action, back=reverse("workshops:actions", args=[slug]))


@once
def action_propose(request, slug, number):
    action = managed_item(request, slug, Action, number)
    form = ProposalForm(request.POST or None, today=action.cohort.today(timezone.now()))
    if form.is_valid():
        done = action.propose(on=form.cleaned_data["proposed_on"])
        say_whether_done(request, done, _("The whole cohort sees this action now."))
        return redirect(action)
    return render(request, "workshops/action_propose.html", {"form": form, "action": action})


@require_POST
@once
def action_take_back(request, slug, number):
    action = managed_item(request, slug, Action, number)
    done = action.take_back()
    say_whether_done(request, done, _("State: %(state)s.") % {"state": action.get_status_display()})
    return redirect(action)


@once
def answer(request, slug, number):
    action = spoken_for(request, slug, number)
    if not action.can_be_answered:
        return refuse(request, action, _("This action has not been proposed to an institution."))
    entry = Answer(action=action, organisation=action.lead, recorded_at=timezone.now())
    form = AnswerForm(request.POST or None, instance=entry, initial={"answered_on": today(action)})
    return entry_form(request, action, form, action.answer, "workshops/answer.html")


@once
def progress(request, slug, number):
    action = spoken_for(request, slug, number)
    if not action.is_committed:
        return refuse(request, action, _("There is no commitment to report on."))
    entry = Progress(action=action, recorded_at=timezone.now())
    form = ProgressForm(request.POST or None, instance=entry, initial={"on": today(action)})
    return entry_form(request, action, form, action.report_progress, "workshops/progress.html")


@once
def answer_retract(request, slug, number, pk):
    return retract(request, spoken_for(request, slug, number), Answer, pk)


@once
def progress_retract(request, slug, number, pk):
    return retract(request, spoken_for(request, slug, number), Progress, pk)


def retract(request, action, model, pk):
    entry = get_object_or_404(model, action=action, pk=pk)
    form = RetractionForm(request.POST or None)
    if form.is_valid():
        retract_now(request, action, entry, form.cleaned_data["reason"])
        return redirect(action)
    context = {"form": form, "action": action, "entry": entry}
    return render(request, "workshops/retract.html", context)


def retract_now(request, action, entry, reason):
    try:
        done = action.retract(entry, reason=reason, by=request.user, at=timezone.now())
    except ValidationError as error:
        say(request, error)
    else:
        say_whether_done(request, done, _("It is struck out, with your reason."))


def today(action):
    return action.cohort.today(timezone.now())


def refuse(request, action, sentence):
    messages.error(request, sentence)
    return redirect(action)


def spoken_for(request, slug, number):
    """The action, to the coordinator of the institution that leads it, and to staff."""
    action = visible_item(request, slug, Action, number)
    if not may_speak_for_lead(request.user, action, manages=request.can_manage):
        raise PermissionDenied
    return action


def entry_form(request, action, form, write, template):
    """Show a form about an action, and have `write` record it with what the form holds."""
    if form.is_valid():
        who = {"by": request.user, "at": timezone.now(), "on_behalf": request.can_manage}
        try:
            write(**who, **{name: form.cleaned_data[name] for name in form.Meta.fields})
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(action)
    return render(request, template, {"form": form, "action": action})

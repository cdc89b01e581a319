from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.forms.once import once
from cohorts.views.access import managed_cohort, visible_cohort
from cohorts.views.removal import confirm_removal
from workshops.forms.ideas import IdeaForm, IdeasForm, SettingAsideForm
from workshops.models import Idea
from workshops.thread import thread_of
from workshops.views.access import managed_item, visible_item
from workshops.views.refusals import say_whether_done


def idea_list(request, slug):
    cohort = visible_cohort(request, slug)
    ideas = Idea.objects.visible_to(request.user).filter(cohort=cohort)
    context = {
        "ideas": ideas.by_table(),
        "not_released": ideas.filter(released_at=None).count() if request.can_manage else 0,
    }
    return render(request, "workshops/idea_list.html", context)


@once
def idea_add(request, slug):
    """Several ideas of one table at once."""
    cohort = managed_cohort(request, slug)
    form = IdeasForm(request.POST or None, cohort=cohort)
    if form.is_valid():
        count = len(form.save(by=request.user, at=timezone.now()))
        text = ngettext("%(n)d idea was added.", "%(n)d ideas were added.", count)
        messages.success(request, text % {"n": count})
        return redirect("workshops:ideas", slug)
    return render(request, "workshops/idea_add.html", {"form": form})


def idea_show(request, slug, number):
    idea = visible_item(request, slug, Idea, number)
    thread = thread_of(idea, request.user, timezone.now(), manages=request.can_manage)
    return render(request, "workshops/idea_show.html", {"idea": idea, "thread": thread})


@once
def idea_edit(request, slug, number):
    idea = managed_item(request, slug, Idea, number)
    form = IdeaForm(request.POST or None, instance=idea)
    if form.is_valid():
        form.save(by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(idea)
    return render(request, "workshops/idea_edit.html", {"form": form, "idea": idea})


@once
def idea_remove(request, slug, number):
    idea = managed_item(request, slug, Idea, number)
    return confirm_removal(
        request,
        idea,
        back=reverse("workshops:ideas", args=[slug]),
        otherwise=_("An idea that is not kept is set aside instead, with a reason."),
    )


@require_POST
@once
def idea_decide(request, slug, number):
    """Keep an idea, or think about it again."""
    idea = managed_item(request, slug, Idea, number)
    move = idea.retain if request.POST.get("to") == Idea.Status.RETAINED else idea.reconsider
    done = request.POST.get("seen") == idea.status and move()
    say_whether_done(request, done, _("State: %(state)s.") % {"state": idea.get_status_display()})
    return redirect("workshops:ideas", slug)


@once
def idea_set_aside(request, slug, number):
    idea = managed_item(request, slug, Idea, number)
    form = SettingAsideForm(request.POST or None, instance=idea)
    if form.is_valid():
        done = idea.set_aside(reason=form.cleaned_data["set_aside_reason"])
        say_whether_done(request, done, _("Set aside."))
        return redirect("workshops:ideas", slug)
    return render(request, "workshops/idea_set_aside.html", {"form": form, "idea": idea})


@require_POST
@once
def ideas_release(request, slug):
    cohort = managed_cohort(request, slug)
    count = cohort.ideas.all().release(at=timezone.now())
    say_whether_done(request, count, _("The whole cohort sees the ideas now."))
    return redirect("workshops:ideas", slug)

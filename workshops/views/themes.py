from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.forms.fresh import STALE
from cohorts.forms.once import once
from cohorts.views.access import managed_cohort, visible_cohort
from cohorts.views.removal import confirm_removal
from workshops.forms.themes import SortForm, ThemeForm, ValidationForm
from workshops.models import Testimony, Theme, Workshop
from workshops.thread import loose_ends, thread_of
from workshops.views.access import managed_item, visible_item
from workshops.views.refusals import say_whether_done


def listening(request, slug):
    """Where the notes stand, for whoever may read them, and the themes, for everybody."""
    cohort = visible_cohort(request, slug)
    workshops = Workshop.objects.notes_visible_to(request.user).filter(cohort=cohort)
    context = {
        "workshops": workshops.not_cancelled().with_note_counts().select_related("cohort"),
        "themes": themes_of(request, cohort),
    }
    return render(request, "workshops/listening.html", context)


def themes_of(request, cohort):
    """The themes that one may see; how many testimonies each holds is for staff."""
    themes = Theme.objects.visible_to(request.user).filter(cohort=cohort)
    return themes.with_testimony_count() if request.can_manage else themes


@once
def themes(request, slug):
    """Staff sort testimonies here; others find the released themes."""
    cohort = visible_cohort(request, slug)
    if not request.can_manage:
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "workshops/theme_list.html", {"themes": themes_of(request, cohort)})
    form = SortForm(request.POST or None, cohort=cohort)
    if form.is_valid():
        theme = form.save(by=request.user, at=timezone.now())
        messages.success(request, _("Sorted into %(theme)s.") % {"theme": theme})
        return redirect("workshops:themes", slug)
    testimonies = Testimony.objects.of_cohort(cohort)
    everything = "all" in request.GET
    shown = testimonies.sortable() if everything else testimonies.not_sorted()
    context = {
        "form": form,
        "testimonies": shown.select_related("workshop__cohort"),
        "everything": everything,
        "has_testimonies": testimonies.sortable().exists(),
        "themes": themes_of(request, cohort),
        "ticked": set(request.POST.getlist("testimonies")),
    }
    return render(request, "workshops/themes.html", context)


@once
def theme_add(request, slug):
    cohort = managed_cohort(request, slug)
    theme = Theme(cohort=cohort, recorded_by=request.user, recorded_at=timezone.now())
    form = ThemeForm(request.POST or None, instance=theme)
    if form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(form.save(by=request.user))
    return render(request, "workshops/theme_form.html", {"form": form, "theme": theme})


def theme_show(request, slug, number):
    theme = visible_item(request, slug, Theme, number)
    now = timezone.now()
    context = {
        "theme": theme,
        "thread": thread_of(theme, request.user, now, manages=request.can_manage),
        "may_check": may_check(request, theme),
    }
    if request.can_manage:
        heard = Testimony.objects.filter(theme_links__theme=theme).select_related(
            "workshop__cohort"
        )
        context["testimonies"] = list(heard)
        context["tracks"] = tracks_of(heard)
    return render(request, "workshops/theme_show.html", context)


def may_check(request, theme):
    """Staff, or a facilitator of where it was heard, who did not write it nor take the notes."""
    if theme.checked_at or not theme.can_be_checked_by(request.user):
        return False
    heard_there = request.user.facilitations.filter(workshop__testimonies__theme_links__theme=theme)
    return request.can_manage or heard_there.exists()


def tracks_of(testimonies):
    kept = [each for each in testimonies if each.status == Testimony.Status.KEPT]
    counts = {}
    for testimony in kept:
        label = testimony.get_track_display()
        counts[testimony.track, label] = counts.get((testimony.track, label), 0) + 1
    return [(track, label, count) for (track, label), count in sorted(counts.items())]


@once
def theme_edit(request, slug, number):
    theme = managed_item(request, slug, Theme, number)
    was_released = theme.status == Theme.Status.RELEASED
    form = ThemeForm(request.POST or None, instance=theme)
    if form.is_valid():
        theme = form.save(by=request.user)
        messages.success(request, _("Saved."))
        if was_released and theme.status != Theme.Status.RELEASED:
            messages.warning(
                request,
                _("Its words changed, so it is no longer shown until somebody has checked them."),
            )
        return redirect(theme)
    return render(request, "workshops/theme_form.html", {"form": form, "theme": theme})


@once
def theme_remove(request, slug, number):
    theme = managed_item(request, slug, Theme, number)
    back = reverse("workshops:themes", args=[slug])
    return confirm_removal(
        request, theme, back=back, otherwise=_("Take its testimonies out of it first.")
    )


@once
def theme_validate(request, slug, number):
    theme = managed_item(request, slug, Theme, number)
    today = theme.cohort.today(timezone.now())
    form = ValidationForm(request.POST or None, instance=theme, today=today)
    if form.is_valid():
        done = theme.validate_with_newcomers(
            on=form.cleaned_data["validated_on"],
            what_changed=form.cleaned_data["what_changed"],
            by=request.user,
        )
        say_whether_done(request, done, _("Validated with newcomers."))
        return redirect(theme)
    return render(request, "workshops/theme_validate.html", {"form": form, "theme": theme})


@require_POST
@once
def theme_check(request, slug, number):
    """A second person confirms that the theme's words identify nobody."""
    theme = visible_item(request, slug, Theme, number)
    if not may_check(request, theme):
        raise PermissionDenied
    if request.POST.get("seen") != theme.words_digest:
        messages.error(request, STALE)
        return redirect(theme)
    done = theme.check_identity(by=request.user, at=timezone.now())
    say_whether_done(request, done, _("Checked: it identifies nobody."))
    return redirect(theme)


@require_POST
@once
def theme_release(request, slug, number):
    theme = managed_item(request, slug, Theme, number)
    say_whether_done(request, theme.release(), _("The whole cohort sees this theme now."))
    return redirect(theme)


@once
def theme_take_back(request, slug, number):
    """One state back, after a question: others may have read the theme."""
    theme = managed_item(request, slug, Theme, number)
    if request.method == "POST":
        seen = request.POST.get("seen") == theme.status
        done = seen and theme.take_back()
        say_whether_done(
            request, done, _("State: %(state)s.") % {"state": theme.get_status_display()}
        )
        return redirect(theme)
    return render(request, "workshops/theme_take_back.html", {"theme": theme})


@require_POST
@once
def theme_take_out(request, slug, number, testimony_pk):
    """Take one testimony out of the theme; it stays in others."""
    theme = managed_item(request, slug, Theme, number)
    done, _rows = theme.testimony_links.filter(testimony=testimony_pk).delete()
    say_whether_done(request, done, _("Taken out."))
    return redirect(theme)


def thread(request, slug):
    """Where the cohort's thread breaks off."""
    cohort = managed_cohort(request, slug)
    return render(request, "workshops/thread.html", {"ends": loose_ends(cohort)})

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.views.access import managed_cohort
from reports.forms.texts import TextForm
from reports.markdown import render_markdown
from reports.models import REPORT_LANGUAGES, ReportText, Section, StaleText, write_text


def text(request, slug, section, language):
    """Write a section in one language, with the other language's text beside it."""
    cohort = managed_cohort(request, slug)
    if section not in Section.values or language not in REPORT_LANGUAGES:
        raise Http404
    newest = {
        each.language: each
        for each in ReportText.objects.filter(cohort=cohort, section=section).newest()
    }
    mine = newest.get(language)
    other = next(code for code in REPORT_LANGUAGES if code != language)
    initial = {"body": mine.body if mine else "", "seen": mine.version if mine else 0}
    form = TextForm(request.POST or None, initial=initial)
    context = {
        "section": section,
        "section_name": Section(section).label,
        "language": language,
        "other_language": other,
        "other_text": newest.get(other),
        "form": form,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "reports/text.html", context)
    if "preview" in request.POST:
        context["preview"] = render_markdown(form.cleaned_data["body"])
        return render(request, "reports/text.html", context)
    who = {"by": request.user, "at": timezone.now()}
    try:
        write_text(cohort, section, language, **form.cleaned_data, **who)
    except StaleText as stale:
        # The same words are there already: the form was sent twice.
        if stale.newest is None or stale.newest.body != form.cleaned_data["body"]:
            return conflict(request, context, form, stale.newest)
    messages.success(request, _("Saved."))
    return redirect("reports:show", slug)


def conflict(request, context, form, newest):
    """Show both texts; saving again then knows that the newer one was seen."""
    sent = {"body": form.cleaned_data["body"], "seen": newest.version if newest else 0}
    context |= {"newest": newest, "form": TextForm(initial=sent)}
    return render(request, "reports/text.html", context, status=409)

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.views.access import managed_cohort
from reports.checklist import checklist, section_states
from reports.material import texts_of
from reports.models import REPORT_LANGUAGES
from reports.pdf import PdfUnavailable, pdf_is_available
from reports.publishing import draft, newest_edition
from reports.rendering import render_file, render_page
from reports.views.pdf import pdf_missing, pdf_response


def show(request, slug):
    cohort = managed_cohort(request, slug)
    states = section_states(texts_of(cohort))
    context = {
        "states": states,
        "todos": checklist(cohort, states, at=timezone.now()),
        "newest": newest_edition(cohort),
        "languages": REPORT_LANGUAGES,
        "pdf_missing": "" if pdf_is_available() else str(PdfUnavailable()),
    }
    return render(request, "reports/show.html", context)


def preview(request, slug, language):
    cohort = managed_cohort(request, slug)
    document = drafted(cohort, language)
    context = {
        "document": document,
        "body": render_page(document),
        "languages": REPORT_LANGUAGES,
        "language": language,
    }
    return render(request, "reports/preview.html", context)


def preview_file(request, slug, language):
    cohort = managed_cohort(request, slug)
    document = drafted(cohort, language)
    try:
        content = render_file(document)
    except PdfUnavailable as error:
        back = reverse("reports:show", args=[slug])
        return pdf_missing(request, error, title=_("The PDF cannot be made here"), back=back)
    return pdf_response(content, f"{slug}-draft-{language}.pdf")


def drafted(cohort, language):
    if language not in REPORT_LANGUAGES:
        raise Http404
    return draft(cohort, language, at=timezone.now())

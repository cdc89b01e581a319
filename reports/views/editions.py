import logging

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohorts.views.access import managed_cohort, visible_cohort
from reports.forms.publish import PublishForm
from reports.models import Edition
from reports.pdf import PdfUnavailable
from reports.publishing import QuoteTakenBack, newest_edition, publish, read_file
from reports.views.pdf import pdf_response

log = logging.getLogger(__name__)


def publish_report(request, slug):
    cohort = managed_cohort(request, slug)
    before = newest_edition(cohort)
    form = PublishForm(
        request.POST or None,
        initial={"seen": before.number if before else 0},
        user=request.user,
        cohort=cohort,
        is_first=before is None,
    )
    if request.method == "POST" and form.is_valid():
        edition = published(request, cohort, form)
        if edition:
            return redirect(edition)
    return render(request, "reports/publish.html", {"form": form, "before": before})


def published(request, cohort, form):
    approval = {key: form.cleaned_data.get(key) for key in ("seen", "approved_by")}
    words = {
        key: form.cleaned_data.get(key) or "" for key in ("not_approved_reason", "what_changed")
    }
    try:
        edition = publish(cohort, by=request.user, at=timezone.now(), **approval, **words)
    except PdfUnavailable as error:
        form.add_error(None, str(error))
    except QuoteTakenBack:
        form.add_error(
            None, _("A quote was taken back meanwhile, so nothing was published. Try again.")
        )
    except OSError:
        log.exception("The files of an edition of cohort %s were not kept.", cohort.pk)
        form.add_error(
            None, _("The files could not be kept; the disk may be full. Nothing was published.")
        )
    else:
        messages.success(
            request, _("Edition %(number)s is published.") % {"number": edition.number}
        )
        return edition
    return None


def editions(request, slug):
    cohort = visible_cohort(request, slug)
    found = Edition.objects.visible_to(request.user).filter(cohort=cohort)
    offered = set(found.offered().values_list("pk", flat=True))
    listed = found.prefetch_related("files").defer("data")
    context = {"editions": [(edition, edition.pk in offered) for edition in listed]}
    return render(request, "reports/editions.html", context)


def edition(request, slug, number):
    found = visible_edition(request, slug, number)
    pages = {page.language: page for page in found.pages.all()} if found.is_offered else {}
    asked = request.GET.get("language") or get_language()
    page = pages.get(asked) or pages.get("fr") or next(iter(pages.values()), None)
    context = {
        "edition": found,
        "page": page,
        "body": mark_safe(page.html) if page else "",  # noqa: S308 (rendered by us when published)
        "pages": pages.values(),
        "files": found.files.all(),
    }
    return render(request, "reports/edition.html", context)


def file(request, slug, number, language):
    """Hand a frozen file over, once its bytes are those that were published."""
    found = visible_edition(request, slug, number)
    if not found.is_offered:
        return redirect(found)
    kept = get_object_or_404(found.files, language=language, kind="pdf")
    content = read_file(kept)
    if content is None:
        log.error("File of edition %s is not the one that was published.", found.pk)
        messages.error(request, _("This file is damaged. Tell the person who published it."))
        return redirect(found)
    return pdf_response(content, f"{slug}-{number}-{language}.pdf")


def visible_edition(request, slug, number):
    cohort = visible_cohort(request, slug)
    editions = Edition.objects.visible_to(request.user).select_related("cohort")
    return get_object_or_404(editions, cohort=cohort, number=number)

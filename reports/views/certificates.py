from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.views.access import managed_cohort
from reports.certificates import certificates_of, render_certificates
from reports.pdf import PdfUnavailable, render_pdf
from reports.views.pdf import pdf_missing, pdf_response


def certificate(request, slug, pk):
    """The certificate of one person."""
    people = managed_cohort(request, slug).participants.filter(pk=pk, user__erased_at=None)
    if not people.exists():
        raise Http404
    back = reverse("cohorts:person", args=[slug, pk])
    return answer(request, people, name=f"{slug}-{pk}.pdf", back=back)


def certificates(request, slug):
    """The certificates of everybody who was there, to print in one go."""
    people = managed_cohort(request, slug).participants.filter(user__erased_at=None)
    back = reverse("cohorts:people", args=[slug])
    return answer(request, people, name=f"{slug}-certificates.pdf", back=back)


def answer(request, people, *, name, back):
    found = certificates_of(people)
    if not found:
        sentence = _("Nothing to certify yet: no presence at a workshop that is held.")
        messages.info(request, sentence)
        return redirect(back)
    try:
        pdf = render_pdf(render_certificates(found))
    except PdfUnavailable as error:
        title = _("The certificate cannot be made here")
        return pdf_missing(request, error, title=title, back=back)
    return pdf_response(pdf, name, shown="inline")

from django.utils.translation import gettext as _

from reports.pdf import PdfUnavailable, render_pdf
from reports.sheets import render_sheet, sheet_of
from reports.views.pdf import pdf_missing, pdf_response
from workshops.views.access import managed_workshop


def sheet(request, slug, pk):
    """The attendance sheet as a PDF to print, also of a draft."""
    workshop = managed_workshop(request, slug, pk)
    try:
        pdf = render_pdf(render_sheet(sheet_of(workshop)))
    except PdfUnavailable as error:
        title = _("The sheet cannot be made here")
        return pdf_missing(request, error, title=title, back=workshop.get_absolute_url())
    return pdf_response(pdf, f"{slug}-{workshop.local_start:%Y-%m-%d}.pdf", shown="inline")

from django.http import HttpResponse
from django.shortcuts import render

from reports.pdf import PdfUnavailable, render_pdf
from reports.sheets import render_sheet, sheet_of
from workshops.views.access import managed_workshop


def sheet(request, slug, pk):
    """The attendance sheet as a PDF to print, also of a draft."""
    workshop = managed_workshop(request, slug, pk)
    try:
        pdf = render_pdf(render_sheet(sheet_of(workshop)))
    except PdfUnavailable as error:
        context = {"workshop": workshop, "reason": str(error)}
        return render(request, "reports/sheet_unavailable.html", context, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{slug}-{workshop.local_start:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response

"""How views hand a PDF over, and what they say where none can be made."""

from django.http import HttpResponse
from django.shortcuts import render


def pdf_response(content, name, *, shown="attachment"):
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{shown}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def pdf_missing(request, error, *, title, back):
    context = {"title": title, "reason": str(error), "back": back}
    return render(request, "reports/pdf_missing.html", context, status=503)

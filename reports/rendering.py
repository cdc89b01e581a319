"""From a document to HTML, in the document's language."""

from django.template.loader import render_to_string
from django.utils.translation import override

from reports.pdf import render_pdf


def render_page(document):
    """Return the document's body, to stand in a web page."""
    return rendered("reports/document.html", document)


def render_file(document):
    """Return the document as a PDF; raises PdfUnavailable where none can be made."""
    return render_pdf(rendered("reports/pdf.html", document))


def rendered(template, document):
    with override(document.language):
        return render_to_string(template, {"document": document})

"""How full a PDF's pages are, read from where their words stand."""

import io

from pypdf import PdfReader

MM = 72 / 25.4
TOP, BOTTOM = 24 * MM, 24 * MM  # the margins of an A4 page in report.css
SECTION = 1  # how deep the report's sections lie in the bookmarks, under its title


def thin_pages(content):
    """Return the numbers of the pages that are less than a third full, unless a section ends."""
    reader = PdfReader(io.BytesIO(content))
    starts = {page for depth, page in bookmarks(reader, reader.outline) if depth == SECTION}
    ends = {page - 1 for page in starts} | {len(reader.pages) - 1}
    return [
        number + 1
        for number, page in enumerate(reader.pages)
        if number not in ends and share_filled(page) < 1 / 3
    ]


def bookmarks(reader, entries, depth=0):
    for entry in entries:
        if isinstance(entry, list):
            yield from bookmarks(reader, entry, depth + 1)
        else:
            yield depth, reader.get_destination_page_number(entry)


def share_filled(page):
    """Return how far down the text reaches, of the height between the margins."""
    height = float(page.mediabox.height)
    feet = []

    def note(text, matrix, text_matrix, _font, _size):
        foot = text_matrix[5] * matrix[3] + matrix[5]
        if text.strip() and foot > BOTTOM:
            feet.append(foot)

    page.extract_text(visitor_text=note)
    return (height - TOP - min(feet, default=height - TOP)) / (height - TOP - BOTTOM)

"""From finished HTML to PDF. The only module that knows WeasyPrint, and loads it late.

WeasyPrint stands on Pango, a library of the system: without it the rest of the product works, and
whoever asks for a PDF gets `PdfUnavailable`, whose text says what to install.
"""

import mimetypes
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

# Where relative addresses lead. The name never answers (RFC 2606), should one ever be asked for.
HOME = "http://embrace.invalid/"
DEBIAN_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfUnavailable(Exception):
    """The system lacks what makes PDFs; `str()` of it is a sentence for the person who asked."""

    def __str__(self):
        return _(
            "No PDF can be made on this machine: it lacks the library Pango. "
            "On Debian or Ubuntu, this installs it: apt-get install %(packages)s"
        ) % {"packages": DEBIAN_PACKAGES}


def render_pdf(html):
    """Return `html` as a tagged PDF/UA-1 file, in bytes.

    Stylesheets, fonts and pictures are fetched from `/static/…` and `/media/…` alone, whatever the
    HTML names. Raises PdfUnavailable where Pango is missing.
    """
    return (
        load_weasyprint()
        .HTML(string=html, base_url=HOME, url_fetcher=own_files_only())
        .write_pdf(pdf_variant="pdf/ua-1")
    )


def pdf_is_available():
    try:
        load_weasyprint()
    except PdfUnavailable:
        return False
    return True


def load_weasyprint():
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable from error
    return weasyprint


# Defined on the first use, since its base class loads WeasyPrint. The library's own fetcher would
# open any file or address that a text names.
@cache
def own_files_only():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        def fetch(self, url, headers=None):
            kind, _encoding = mimetypes.guess_type(urlsplit(url).path)
            return URLFetcherResponse(
                url,
                read_own_file(url),
                {"Content-Type": kind or "application/octet-stream"},
            )

    return OwnFilesOnly()


def read_own_file(url):
    """Return the bytes of a static or media file; ValueError for every other address."""
    home, _slash, path = url.partition(HOME)
    room, _slash, name = unquote(urlsplit(path).path).partition("/")
    if home or not name or ".." in Path(name).parts:
        raise ValueError(f"Not one of our own files: {url}")
    if room == "static":
        return read_static(name)
    if room == "media":
        with default_storage.open(name) as file:
            return file.read()
    raise ValueError(f"Not one of our own files: {url}")


def read_static(name):
    # Where `collectstatic` has not run, as in tests, the file still lies in its source folder.
    source = finders.find(name)
    if source:
        return Path(source).read_bytes()
    with staticfiles_storage.open(name) as file:
        return file.read()

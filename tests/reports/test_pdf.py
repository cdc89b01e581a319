import logging
import subprocess
import sys

import page
import pytest

from reports.pdf import (
    HOME,
    PdfUnavailable,
    pdf_is_available,
    read_own_file,
    render_pdf,
)

HTML = (
    '<html lang="fr"><head><meta charset="utf-8"><title>Feuille</title></head>'
    "<body><h1>Feuille</h1>{}</body></html>"
)


@pytest.mark.pdf
def test_pdf_is_accessible():
    report = page.validate_pdf_bytes(render_pdf(HTML.format("")), profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png",
        "file:///etc/passwd",
        f"{HOME}static/../manage.py",
        f"{HOME}static/%2e%2e/manage.py",
        f"{HOME}etc/passwd",
        f"{HOME}static/",
        f"file:///x{HOME}static/x.css",
    ],
)
def test_pdf_refuses_what_is_not_our_own_file(url):
    with pytest.raises(ValueError, match="Not one of our own"):
        read_own_file(url)


def test_pdf_reads_a_media_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "emblem.svg").write_bytes(b"<svg/>")
    assert read_own_file(f"{HOME}media/emblem.svg") == b"<svg/>"


@pytest.mark.pdf
def test_pdf_prints_without_the_picture_that_is_refused(caplog):
    caplog.set_level(logging.ERROR, "weasyprint")
    render_pdf(HTML.format('<img alt="x" src="file:///etc/passwd">'))
    assert "Not one of our own files: file:///etc/passwd" in caplog.text


class WithoutPango:
    @staticmethod
    def find_spec(name, *_more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


def test_pdf_says_what_to_install_where_pango_is_missing(monkeypatch):
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango, *sys.meta_path])
    with pytest.raises(PdfUnavailable) as raised:
        render_pdf(HTML)
    assert "apt-get install libpango-1.0-0" in str(raised.value)
    assert not pdf_is_available()


def test_pdf_module_is_imported_without_weasyprint():
    code = "import reports.pdf, sys; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0

import pytest

from reports.pdf import PdfUnavailable
from tests.reports.sample import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cohort):
    return f"/cohorts/{cohort.slug}/report/"


def without_pango(monkeypatch):
    def fail(document):
        raise PdfUnavailable

    monkeypatch.setattr("reports.views.show.render_file", fail)
    monkeypatch.setattr("reports.views.show.pdf_is_available", lambda: False)


def test_report_page_of_an_empty_cohort_says_what_is_missing(report, staff, sign_in):
    page = sign_in(staff).get(report)
    assert [todo.title for todo in page.context["todos"]] == [
        "Sections without a text",
        "No common subject is chosen",
    ]


def test_report_page_without_pango_offers_no_pdf_and_says_what_to_install(
    report, staff, sign_in, monkeypatch
):
    without_pango(monkeypatch)
    page = sign_in(staff).get(report).content.decode()
    assert "apt-get install libpango-1.0-0" in page
    assert [link for link in (f"{report}publish/", ".pdf") if link in page] == []


def test_report_page_tells_the_newest_edition(cohort, report, staff, sign_in):
    make_edition(cohort), make_edition(cohort, number=2)
    assert "Edition 2 was published on" in sign_in(staff).get(report).content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_preview_of_an_empty_cohort_is_a_page(report, staff, sign_in, language):
    page = sign_in(staff).get(f"{report}preview/{language}/").content.decode()
    assert f'<article class="report" lang="{language}" dir="ltr">' in page


@pytest.mark.parametrize("language", ["ar", "xx"])
@pytest.mark.parametrize("form", ["preview/{}/", "preview/{}.pdf"])
def test_preview_in_no_language_of_the_report_is_not_found(report, staff, sign_in, form, language):
    assert sign_in(staff).get(report + form.format(language)).status_code == 404


@pytest.mark.pdf
def test_draft_is_downloaded_as_a_pdf(report, staff, sign_in):
    response = sign_in(staff).get(f"{report}preview/fr.pdf")
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == 'attachment; filename="est-ensemble-draft-fr.pdf"'


def test_draft_without_pango_says_what_to_install(report, staff, sign_in, monkeypatch):
    without_pango(monkeypatch)
    response = sign_in(staff).get(f"{report}preview/fr.pdf")
    assert (response.status_code, b"libpango" in response.content) == (503, True)

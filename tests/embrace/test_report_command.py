import pytest
from django.core.management import CommandError, call_command

from embrace.management.commands import report
from reports.pdf import PdfUnavailable
from tests.factories import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_cohort(slug="est-ensemble-2022")


@pytest.fixture
def drafted(monkeypatch):
    """Languages in which a draft was rendered."""
    languages = []
    monkeypatch.setattr(report, "draft", lambda cohort, language, at: languages.append(language))
    monkeypatch.setattr(report, "render_file", lambda document: b"%PDF-1.7 draft")
    return languages


def make_report(cohort, path, *more):
    call_command("report", cohort, "-o", str(path), *more)


def test_report_writes_the_draft_where_nothing_is_published(cohort, drafted, tmp_path, capsys):
    make_report(cohort.slug, tmp_path / "report.pdf", "--language", "en")
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF-1.7 draft"
    assert (drafted, capsys.readouterr().out) == (["en"], f"{tmp_path}/report.pdf: 0 kB\n")


def test_report_writes_the_newest_edition_where_there_is_one(
    cohort, drafted, monkeypatch, tmp_path
):
    monkeypatch.setattr(report, "newest_file", lambda cohort, language: b"%PDF-1.7 edition")
    make_report(cohort.slug, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF-1.7 edition"
    assert drafted == []


def test_report_of_an_unknown_cohort_names_those_there_are(cohort, tmp_path):
    with pytest.raises(CommandError) as error:
        make_report("est", tmp_path / "report.pdf")
    assert str(error.value) == "No cohort is called est. There are: est-ensemble-2022."


def test_report_that_cannot_be_written_says_where(cohort, drafted, tmp_path):
    path = tmp_path / "missing" / "report.pdf"
    with pytest.raises(CommandError) as error:
        make_report(cohort.slug, path)
    assert str(error.value) == f"{path} cannot be written: No such file or directory."


def test_report_where_no_pdf_can_be_made_says_what_lacks(cohort, drafted, monkeypatch, tmp_path):
    def unavailable(document):
        raise PdfUnavailable

    monkeypatch.setattr(report, "render_file", unavailable)
    with pytest.raises(CommandError, match="No PDF can be made on this machine"):
        make_report(cohort.slug, tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []

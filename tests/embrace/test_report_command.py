import pytest
from django.core.management import CommandError, call_command

from reports.pdf import PdfUnavailable
from tests.reports.sample import make_edition

pytestmark = pytest.mark.django_db

COMMAND = "embrace.management.commands.report"


@pytest.fixture
def output(tmp_path):
    return tmp_path / "report.pdf"


@pytest.fixture
def quick_draft(monkeypatch):
    """A draft that takes no time, and tells its language."""
    monkeypatch.setattr(
        f"{COMMAND}.render_file", lambda document: f"%PDF draft {document.language}".encode()
    )


def report(cohort, output, **more):
    call_command("report", cohort, output=output, **more)


@pytest.mark.pdf
def test_report_of_a_cohort_without_edition_is_its_draft(cohort, output):
    report("est-ensemble", output)
    assert output.read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_report_is_written_in_the_language_asked_for(cohort, output, quick_draft, language):
    report("est-ensemble", output, language=language)
    assert output.read_bytes() == f"%PDF draft {language}".encode()


def test_report_is_french_where_nobody_says(cohort, output, quick_draft):
    report("est-ensemble", output)
    assert output.read_bytes() == b"%PDF draft fr"


def test_report_is_the_newest_edition_as_it_was_published(cohort, output, capsys):
    make_edition(cohort, content=b"%PDF first"), make_edition(cohort, 2, content=b"%PDF second")
    report("est-ensemble", output)
    assert output.read_bytes() == b"%PDF second"
    assert capsys.readouterr().out == f"{output}: 0 kB\n"


def test_report_of_an_edition_taken_back_is_the_one_before(cohort, output):
    make_edition(cohort, content=b"%PDF first")
    withdrawn = {"withdrawn_at": "2023-06-01T10:00Z", "withdrawn_reason": "A quote."}
    make_edition(cohort, 2, content=b"%PDF second", **withdrawn)
    report("est-ensemble", output)
    assert output.read_bytes() == b"%PDF first"


def test_report_of_an_unknown_cohort_names_those_that_are_there(cohort, output):
    with pytest.raises(CommandError, match=r"^No cohort is called lyon. There are: est-ensemble.$"):
        report("lyon", output)
    assert not output.exists()


def test_report_without_any_cohort_says_so(output):
    with pytest.raises(CommandError, match=r"There are: none."):
        report("lyon", output)


def test_report_in_an_unknown_language_names_those_that_it_has(cohort, output):
    with pytest.raises(CommandError, match=r"invalid choice: 'ar' \(choose from '?fr'?, '?en'?\)"):
        call_command("report", "est-ensemble", "--language", "ar", "-o", str(output))


def test_report_says_where_to_write_it_is_missing(cohort):
    with pytest.raises(CommandError, match="-o/--output"):
        call_command("report", "est-ensemble")


def test_report_that_cannot_be_written_says_why(cohort, tmp_path, quick_draft):
    for output, why in ((tmp_path, "Is a directory"), (tmp_path / "x" / "y.pdf", "No such file")):
        with pytest.raises(CommandError, match=f"{output} cannot be written: {why}"):
            report("est-ensemble", output)


def test_report_on_a_full_disk_says_so(cohort, quick_draft):
    with pytest.raises(CommandError, match="/dev/full cannot be written: No space left"):
        call_command("report", "est-ensemble", "-o", "/dev/full")


def test_report_without_pango_says_what_to_install(cohort, output, monkeypatch):
    def fail(document):
        raise PdfUnavailable

    monkeypatch.setattr(f"{COMMAND}.render_file", fail)
    with pytest.raises(CommandError, match="apt-get install libpango"):
        report("est-ensemble", output)
    assert not output.exists()

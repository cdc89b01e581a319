import json
from datetime import timedelta
from pathlib import Path

import page
import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, transaction

from cohorts.models import Cohort, OutboxMessage
from reports.material import quotable
from reports.models import Edition
from reports.publishing import QuoteTakenBack, draft, newest_file, publish
from reports.rendering import render_page
from reports.suppression import Published
from tests.factories import make_coordinator, make_participant, make_user
from tests.reports.sample import PUBLISHED
from workshops import listening
from workshops.models import Testimony

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_files(request, monkeypatch):
    """Only the tests of PDFs wait for real ones."""
    if not request.node.get_closest_marker("pdf"):
        monkeypatch.setattr(
            "reports.publishing.render_file", lambda document: document.title.encode()
        )


@pytest.fixture
def edition(report_cohort):
    return published(report_cohort)


def published(cohort, **more):
    more = {"by": make_user(), "at": PUBLISHED, "not_approved_reason": "Alone"} | more
    return publish(cohort, **more)


def test_publish_writes_pages_and_files_in_both_languages(edition):
    languages = [file.language for file in edition.files.all()]
    assert (languages, edition.pages.count()) == (["en", "fr"], 2)


@pytest.mark.pdf
def test_published_pdfs_have_no_accessibility_fault(edition):
    files = [newest_file(edition.cohort, language) for language in ("fr", "en")]
    reports = [page.validate_pdf_bytes(file, profile="ua1") for file in files]
    assert [failure.rule_id for report in reports for failure in report.failures] == []


def test_publish_twice_from_one_page_makes_one_edition(edition):
    assert published(edition.cohort) == edition


def test_publish_again_makes_the_next_edition(edition):
    assert published(edition.cohort, seen=1, what_changed="A lead.").number == 2


def test_publish_needs_a_second_reader_or_a_reason(report_cohort):
    with pytest.raises(ValueError, match="approves"):
        published(report_cohort, not_approved_reason="")


def test_edition_cannot_be_changed(edition):
    edition.data = {}
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        edition.save()


def test_edition_cannot_be_deleted(edition):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Edition.objects.filter(pk=edition.pk)._raw_delete("default")


def test_withdrawn_quote_leaves_no_trace_in_what_was_published(edition):
    quote = edition.quotes.get(place=3).testimony
    words = [quote.text["fr"], quote.text["en"]]
    listening.withdraw(quote, at=PUBLISHED)
    edition.refresh_from_db()
    kept = json.dumps(edition.data, ensure_ascii=False) + "".join(
        edition.pages.values_list("html", flat=True)
    )
    assert [text for text in words if text in kept] == []


def test_withdrawn_quote_ends_the_offer_and_removes_the_files(
    edition, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        listening.withdraw(edition.quotes.first().testimony, at=PUBLISHED)
    files = [default_storage.exists(file.stored_name) for file in edition.files.all()]
    assert (edition.is_offered, files) == (False, [False, False])


def test_second_withdrawal_redacts_the_same_edition(edition):
    quotes = [quote.testimony for quote in edition.quotes.all()[:2]]
    words = [quote.text["fr"] for quote in quotes]
    for hour, quote in enumerate(quotes):
        listening.withdraw(quote, at=PUBLISHED + timedelta(hours=hour))
    html = edition.pages.get(language="fr").html
    assert [text for text in words if text in html] == []


def test_edition_is_not_offered_once_a_quoted_testimony_is_withdrawn(edition):
    edition.quotes.first().testimony.withdraw()
    assert not edition.is_offered


def test_document_holds_neither_names_nor_unconsented_words(report_cohort):
    secret = Testimony.objects.filter(quotable=False).first()
    secret.text = {"fr": "Phrase qui reste secrète", "en": "Phrase qui reste secrète"}
    secret.save()
    html = render_page(draft(report_cohort, "fr", at=PUBLISHED))
    leaks = ["Nameless", "secrète", "person1@example.org"]
    assert [leak for leak in leaks if leak in html] == []


def test_next_edition_does_not_tell_the_group_or_gender_of_who_left(edition):
    leaver = edition.cohort.participants.newcomers().filter(gender="woman").first()
    leaver.withdraw(on=PUBLISHED.date())
    document = draft(edition.cohort, "fr", at=PUBLISHED)
    told = [document.figures[name] for name in ("participants", "gender", "organisations")]
    assert [(each.total, each.cells) for each in told] == [(26, None), (26, None), (None, None)]


def test_editions_never_tell_again_what_one_of_them_hid(edition):
    leaver = edition.cohort.participants.newcomers().first()
    leaver.withdraw(on=PUBLISHED.date())
    published(edition.cohort, seen=1, what_changed="Somebody left.")
    make_participant(edition.cohort, "newcomers", gender=leaver.gender)
    document = draft(edition.cohort, "fr", at=PUBLISHED)
    assert document.figures["gender"] == Published(27)


def stored_files():
    """Names of files with an edition's content, whatever rows say of them."""
    folder = Path(default_storage.location) / "editions"
    return sorted(path.name for path in folder.rglob("*.pdf"))


def names_of(edition):
    return sorted(Path(file.stored_name).name for file in edition.files.all())


def test_quote_taken_back_while_publishing_leaves_no_edition_and_no_file(
    report_cohort, monkeypatch
):
    def render_file(document):
        quote = quotable(report_cohort).first()
        listening.withdraw(quote, at=PUBLISHED)
        return document.language.encode()

    monkeypatch.setattr("reports.publishing.render_file", render_file)
    with pytest.raises(QuoteTakenBack):
        published(report_cohort)
    assert (Edition.objects.count(), stored_files()) == (0, [])


def test_publishing_twice_keeps_the_files_of_the_first_alone(edition, monkeypatch):
    monkeypatch.setattr(
        "reports.publishing.render_file", lambda document: b"%PDF of a second click"
    )
    assert published(edition.cohort) == edition
    assert stored_files() == names_of(edition)


def test_trouble_while_publishing_leaves_no_row_and_no_file(report_cohort, monkeypatch):
    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.publishing.tell_coordinators", fail)
    with pytest.raises(OSError, match="No space"):
        published(report_cohort)
    assert (Edition.objects.count(), stored_files()) == (0, [])


def test_publish_tells_the_coordinators(report_cohort):
    coordinator = make_coordinator(report_cohort, report_cohort.host)
    Cohort.objects.update(messages_on=True)
    report_cohort.refresh_from_db()
    edition = published(report_cohort)
    message = OutboxMessage.objects.get()
    assert message.user == coordinator
    assert edition.get_absolute_url() in message.body

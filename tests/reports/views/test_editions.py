import logging
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.models import Edition, EditionQuote
from reports.pdf import PdfUnavailable
from reports.publishing import QuoteTakenBack
from tests.factories import make_programme_staff, make_staff, make_testimony, make_user
from tests.reports.sample import make_edition

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 of these tests"
EVERYBODY = ("staff", "facilitator", "newcomer", "agent", "coordinator")


@pytest.fixture
def edition(cohort):
    return make_edition(cohort, content=PDF)


@pytest.fixture
def file(edition):
    return edition.files.get()


def address_of(edition, rest=""):
    return f"/cohorts/{edition.cohort.slug}/report/editions/{edition.number}/{rest}"


def test_editions_offer_the_french_file_first(edition, file, sign_in, newcomer):
    edition.files.create(kind="pdf", language="en", sha256=file.sha256, size=file.size)
    page = sign_in(newcomer).get(f"/cohorts/{edition.cohort.slug}/report/editions/")
    assert re.findall(r"/(\w\w)\.pdf", page.content.decode()) == ["fr", "en"]


@pytest.mark.parametrize("role", EVERYBODY)
def test_everybody_of_the_cohort_downloads_the_file(request, edition, sign_in, role):
    client = sign_in(request.getfixturevalue(role))
    response = client.get(address_of(edition, "fr.pdf"))
    assert (response.status_code, response.content) == (200, PDF)
    assert response["Content-Disposition"] == 'attachment; filename="est-ensemble-1-fr.pdf"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )


@pytest.mark.parametrize("role", ["outsider", "admin"])
def test_nobody_else_finds_the_file(request, edition, sign_in, role):
    client = sign_in(request.getfixturevalue(role))
    assert client.get(address_of(edition, "fr.pdf")).status_code == 404


def test_stranger_is_asked_to_sign_in_before_the_file(client, edition):
    response = client.get(address_of(edition, "fr.pdf"))
    assert (response.status_code, PDF in response.content) == (302, False)


def test_file_that_is_not_the_published_one_is_refused_and_reported(
    edition, file, newcomer, sign_in, caplog
):
    default_storage.delete(file.stored_name)
    default_storage.save(file.stored_name, ContentFile(b"%PDF-1.7 another"))
    with caplog.at_level(logging.ERROR, "reports"):
        response = sign_in(newcomer).get(address_of(edition, "fr.pdf"), follow=True)
    assert "This file is damaged." in response.content.decode()
    assert "another" not in response.content.decode()
    assert "not the one that was published" in caplog.text


def test_file_that_is_gone_is_said_to_be_damaged(edition, file, newcomer, sign_in):
    default_storage.delete(file.stored_name)
    response = sign_in(newcomer).get(address_of(edition, "fr.pdf"), follow=True)
    assert "This file is damaged." in response.content.decode()


@pytest.mark.parametrize("rest", ["en.pdf", "xx.pdf", "..%2ffr.pdf"])
def test_file_in_no_language_of_the_edition_is_not_found(edition, newcomer, sign_in, rest):
    assert sign_in(newcomer).get(address_of(edition, rest)).status_code == 404


@pytest.fixture
def taken_back(edition, workshop):
    """The edition quotes somebody who took the words back."""
    testimony = make_testimony(workshop, number=1)
    EditionQuote.objects.create(edition=edition, testimony=testimony, place=1)
    testimony.withdraw()
    return edition


@pytest.mark.parametrize("role", EVERYBODY)
def test_edition_that_is_not_offered_gives_no_file(request, taken_back, sign_in, role):
    client = sign_in(request.getfixturevalue(role))
    response = client.get(address_of(taken_back, "fr.pdf"), follow=True)
    page = response.content.decode()
    assert (response.redirect_chain, PDF in response.content) == (
        [(address_of(taken_back), 302)],
        False,
    )
    assert "Edition 1 is no longer offered" in page
    assert "<h1>Rapport</h1>" not in page


def test_list_says_which_edition_is_not_offered(taken_back, newcomer, sign_in):
    page = sign_in(newcomer).get(f"/cohorts/{taken_back.cohort.slug}/report/editions/")
    assert "No longer offered." in page.content.decode()
    assert "fr.pdf" not in page.content.decode()


@pytest.mark.parametrize("asked", ["fr", "en", "ar", "xx", ""])
def test_edition_is_read_in_a_language_that_it_has(edition, newcomer, sign_in, asked):
    response = sign_in(newcomer).get(address_of(edition), {"language": asked})
    assert "<h1>Rapport</h1>" in response.content.decode()


@pytest.fixture
def publish(cohort, staff, sign_in, monkeypatch):
    """Send the form of the page, with files that take no time."""
    monkeypatch.setattr("reports.publishing.render_file", lambda document: PDF)
    client = sign_in(staff)

    def publish(**more):
        sent = {"seen": 0, "not_approved_reason": "Alone", "confirmed": "on"} | more
        return client.post(f"/cohorts/{cohort.slug}/report/publish/", sent)

    return publish


def test_publish_form_makes_an_edition_and_shows_it(cohort, publish):
    response = publish()
    assert response["Location"] == f"/cohorts/{cohort.slug}/report/editions/1/"


def test_publish_form_sent_twice_makes_one_edition(publish):
    assert publish()["Location"] == publish(what_changed="Nothing")["Location"]
    assert Edition.objects.count() == 1


def test_publish_form_takes_a_colleague_of_the_programme_as_second_reader(cohort, publish):
    colleague = make_programme_staff(cohort.programme)
    publish(approved_by=colleague.pk, not_approved_reason="")
    assert Edition.objects.get().approved_by == colleague


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"not_approved_reason": ""}, "Name the colleague who read it"),
        ({"confirmed": ""}, "This field is required"),
        ({"not_approved_reason": "x" * 251}, "at most 250 characters"),
        ({"seen": "x"}, "Enter a whole number"),
    ],
)
def test_publish_form_says_what_is_missing(publish, sent, sentence):
    response = publish(**sent)
    assert (response.status_code, Edition.objects.count()) == (200, 0)
    assert sentence in response.content.decode()


def test_publish_form_refuses_a_second_reader_who_is_not_staff_or_is_oneself(
    publish, staff, newcomer, outsider
):
    for person in (staff, newcomer, outsider, make_user(is_active=False)):
        assert publish(approved_by=person.pk).status_code == 200
    assert Edition.objects.count() == 0


def test_publish_form_asks_what_changed_after_the_first(cohort, publish):
    make_edition(cohort)
    assert "Say in a sentence what changed." in publish(seen=1).content.decode()
    publish(seen=1, what_changed="A lead.")
    assert Edition.objects.count() == 2


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (PdfUnavailable, "apt-get install"),
        (QuoteTakenBack, "A quote was taken back meanwhile"),
        (OSError(28, "No space left on device"), "the disk may be full. Nothing was published."),
    ],
)
def test_publish_form_says_why_nothing_was_published(publish, monkeypatch, trouble, sentence):
    def fail(*_args, **_more):
        raise trouble

    monkeypatch.setattr("reports.views.editions.publish", fail)
    assert sentence in publish().content.decode()


def test_file_of_a_deactivated_account_is_not_handed_over(cohort, edition, client):
    leaver = make_staff(cohort, make_user(is_active=False))
    client.force_login(leaver, "django.contrib.auth.backends.ModelBackend")
    assert client.get(address_of(edition, "fr.pdf")).status_code == 302

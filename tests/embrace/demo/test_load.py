"""Both cohorts are loaded once for all the tests here, into a transaction that is rolled back."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from cohorts.models import Cohort, OutboxMessage, Programme
from embrace.demo import report
from embrace.demo.content import read
from embrace.demo.load import load
from embrace.demo.scene import Scene
from reports import publishing
from reports.models import Edition
from reports.pdf import PdfUnavailable
from reports.rendering import render_file
from tests.reports.pages import thin_pages
from workshops.models import Registration, Testimony, Workshop

AT = datetime(2024, 3, 28, 20, 30, tzinfo=UTC)  # two days before the clocks change
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def documents():
    """What the edition's files are made from, in each language."""
    return {}


@pytest.fixture(scope="module", autouse=True)
def said(django_db_setup, django_db_blocker, documents):
    def note_document(document):
        documents[document.language] = document
        return b"%PDF-1.7"

    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(publishing, "render_file", note_document)
        yield load(at=AT)
        transaction.set_rollback(True)


@pytest.fixture
def reference():
    return Cohort.objects.get(slug="est-ensemble-2022")


@pytest.fixture
def second():
    return Cohort.objects.get(slug="val-de-lune")


def row_counts():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def statuses(rows):
    return sorted(rows.values_list("status", flat=True))


def test_demo_says_what_it_loaded(said):
    assert said == ["Loaded: Est Ensemble 2022–2023.", "Loaded: Val-de-Lune."]


def test_demo_is_loaded_once():
    before = row_counts()
    assert (load(at=AT), row_counts()) == ([], before)


def test_demo_breaks_no_rule(capsys):
    call_command("check_data")
    assert capsys.readouterr().out == "Every rule holds.\n"


def test_demo_sends_nothing(mailoutbox):
    assert (OutboxMessage.objects.count(), mailoutbox) == (0, [])


def test_demo_says_that_it_is_one():
    told = Cohort.objects.values_list("is_demonstration", "messages_on")
    assert list(told) == [(True, False), (True, False)]


def test_reference_cohort_has_its_people(reference):
    people = reference.participants
    by_post = people.newcomers().filter(user__email=None)
    counted = (people.newcomers().count(), people.agents().count(), by_post.count())
    assert (*counted, people.filter(reads_french=False).count()) == (20, 7, 5, 3)


def test_reference_cohort_held_its_workshops(reference):
    kinds = reference.workshops.held().values_list("kind", flat=True)
    assert sorted(kinds) == [
        "co_creation", "joint_meeting", *["listening"] * 4, "restitution", *["training"] * 8,
    ]  # fmt: skip


def test_reference_cohort_has_a_waiting_list_that_moved(reference):
    moved = Registration.objects.confirmed().filter(
        workshop__cohort=reference, moves__status="waiting"
    )
    assert moved.count() == 2


def test_reference_cohort_was_listened_to_in_many_languages(reference):
    heard = Testimony.objects.of_cohort(reference)
    languages = set(heard.values_list("original_language", flat=True)) - {""}
    assert (heard.count(), heard.kept().count()) == (60, 59)
    assert languages == {"ar", "bn", "fa-af", "fr", "ps", "ru", "tr"}


def test_reference_cohort_leaves_nothing_to_sort_or_check(reference):
    heard = Testimony.objects.of_cohort(reference)
    assert (heard.not_sorted().count(), heard.unchecked().count()) == (0, 0)


def test_reference_cohort_went_from_themes_to_actions(reference):
    assert statuses(reference.themes) == ["released"] * 10
    assert statuses(reference.subjects) == ["chosen", *["set_aside"] * 3]
    assert statuses(reference.ideas) == [*["retained"] * 13, *["set_aside"] * 7]
    assert statuses(reference.actions) == [*["answered"] * 6, "proposed"]


def test_reference_cohort_published_once_and_wrote_on(reference):
    edition = Edition.objects.get(cohort=reference)
    assert (edition.is_offered, edition.published_by != edition.approved_by) == (True, True)
    assert set(reference.report_texts.newest().values_list("section", "version")) == {
        *((section, 1) for section in report.Section.values if section != "answers"),
        ("answers", 2),
    }


def test_report_goes_without_an_edition_where_no_pdf_can_be_made(reference, monkeypatch):
    def unavailable(document):
        raise PdfUnavailable

    monkeypatch.setattr(publishing, "render_file", unavailable)
    scene = Scene(read("est_ensemble", AT.date()), cohort=reference)
    scene.staff = [each.user for each in reference.programme.appointments.all()]
    said = report.publish_first_edition(scene, scene.content["edition"])
    assert said == ["No edition was published: no PDF can be made on this machine."]


def test_second_cohort_is_in_full_swing(second):
    today = second.today(AT)
    days = {
        (workshop.local_start.date() - today).days: workshop.registering(AT)
        for workshop in second.workshops.upcoming(AT.replace(hour=8))
    }
    is_open = Workshop.Registering.OPEN
    assert days == {0: Workshop.Registering.OVER, 1: is_open, 27: is_open}


def test_second_cohort_has_few_seats_left(second):
    tomorrow = second.workshops.upcoming(AT).first()
    taken = tomorrow.registrations.confirmed().count()
    assert (tomorrow.capacity - taken, tomorrow.registrations.waiting().count()) == (2, 1)


def test_second_cohort_waits_for_many_things(second):
    assert second.workshops.with_notes_to_close(AT).count() == 1
    assert statuses(second.subjects) == ["candidate"] * 3
    assert second.actions.not_answered().count() == 1


def test_both_cohorts_are_of_one_programme():
    assert Programme.objects.get().cohorts.count() == 2


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["fr", "en"])
def test_edition_has_no_page_less_than_a_third_full_but_the_last_of_a_section(documents, language):
    assert thin_pages(render_file(documents[language])) == []


@pytest.mark.pdf
def test_draft_has_no_page_less_than_a_third_full_but_the_last_of_a_section(reference):
    assert thin_pages(render_file(publishing.draft(reference, "fr", at=AT))) == []

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories import (
    NOW,
    make_facilitator,
    make_participant,
    make_testimony,
    make_theme,
    make_workshop,
)
from tests.typing import filled
from workshops import listening
from workshops.models import Testimony

pytestmark = pytest.mark.django_db
LONG = "a" * 20_000


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def address(name, workshop):
    return reverse(f"workshops:{name}", args=[workshop.cohort.slug, workshop.pk])


def of_testimony(name, testimony):
    return reverse(f"workshops:{name}", args=[testimony.cohort.slug, testimony.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def closed(workshop):
    workshop.notes_closed_at = NOW
    workshop.save()
    return workshop


@pytest.fixture
def note(visitor, workshop):
    def note(**typed):
        return visitor.post(address("notes", workshop), {"track": "newcomers"} | typed)

    return note


# --- The desk -----------------------------------------------------------------------------------


def test_note_is_saved_in_the_language_of_the_screen(note, workshop, staff):
    response = note(words="On m’a dit de revenir")
    assert response["Location"] == address("notes", workshop)
    assert workshop.testimonies.get().text == {"en": "On m’a dit de revenir"}
    assert workshop.note_takers.get().user == staff


def test_note_keeps_what_is_known_of_it(note, workshop):
    note(
        words="x",
        track="agents",
        kind="works",
        service="CAF",
        competence="state",
        severity="3",
        quotable="on",
        original_text="سلام",
        original_language="fa-af",
    )
    saved = workshop.testimonies.get()
    assert (saved.track, saved.kind, saved.service) == ("agents", "works", "CAF")
    assert (saved.competence, saved.severity, saved.quotable) == ("state", 3, True)
    assert (saved.original_text, saved.original_language) == ("سلام", "fa-af")


@pytest.mark.parametrize("words", ["", "   ", LONG])
def test_note_empty_or_too_long_is_not_saved(note, workshop, words):
    response = note(words=words)
    assert (response.status_code, workshop.testimonies.count()) == (200, 0)
    assert response.context["form"].errors["words"]


def test_note_too_long_is_still_in_the_form(note):
    assert note(words=LONG).context["form"]["words"].value() == LONG


def test_note_needs_the_language_of_the_words_spoken(note, workshop):
    response = note(words="x", original_text="سلام")
    assert "original_language" in response.context["form"].errors
    assert workshop.testimonies.count() == 0


def test_note_sent_twice_is_saved_once(visitor, workshop):
    where = address("notes", workshop)
    data = filled(visitor.get(where).context["form"], words="Une fois", accept_details="")
    for _click in range(2):
        assert visitor.post(where, data).status_code == 302
    assert workshop.testimonies.count() == 1


def test_note_with_script_is_shown_as_it_was_typed(note, visitor, workshop):
    note(words="<script>alert(1)</script> مرحبا & bonjour")
    page = visitor.get(address("notes", workshop)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; مرحبا &amp; bonjour" in page
    assert "<script>alert" not in page


def test_note_that_names_somebody_waits_for_a_tick(note, workshop):
    make_participant(workshop.cohort, name="Amina Rahimi")
    response = note(words="Amina, 06 39 98 01 01")
    found = [detail.found for detail in response.context["form"].details]
    assert (found, workshop.testimonies.count()) == (["06 39 98 01 01", "Amina"], 0)
    note(words="Amina, 06 39 98 01 01", accept_details="on")
    assert workshop.testimonies.count() == 1


def test_note_that_names_somebody_in_the_words_spoken_waits_too(note, workshop):
    make_participant(workshop.cohort, name="أمينة")
    note(words="x", original_text="قالت أمينة", original_language="ar")
    assert workshop.testimonies.count() == 0


def test_note_of_a_facilitator_is_saved(sign_in, facilitator, workshop):
    sign_in(facilitator).post(address("notes", workshop), {"words": "x", "track": "newcomers"})
    assert workshop.testimonies.count() == 1


def test_note_after_closing_is_refused(note, workshop, staff):
    note(words="x")
    listening.close_notes(workshop, by=staff, at=NOW)
    assert said(note(words="late")) == ["The notes of this workshop are closed."]
    assert workshop.testimonies.count() == 1


def test_desk_shows_the_last_notes_first(note, visitor, workshop):
    for number in range(10):
        note(words=f"note {number}")
    shown = visitor.get(address("notes", workshop)).context["last"]
    assert [str(each.text) for each in shown[:2]] == ["note 9", "note 8"]


# --- Correcting and removing --------------------------------------------------------------------


def test_testimony_is_corrected(visitor, workshop):
    testimony = make_testimony(workshop)
    where = of_testimony("testimony_edit", testimony)
    data = filled(visitor.get(where).context["form"], text_fr="Mieux dit")
    visitor.post(where, clean(data))
    testimony.refresh_from_db()
    assert testimony.text == {"fr": "Mieux dit"}


def clean(data):
    """A browser sends no unticked box, and a text in several languages as several fields."""
    data.pop("text", None)
    return {name: value for name, value in data.items() if value is not False}


def test_testimony_reworded_before_closing_is_not_checked_by_its_editor(visitor, workshop, staff):
    testimony = make_testimony(workshop, quotable=True)
    where = of_testimony("testimony_edit", testimony)
    data = filled(visitor.get(where).context["form"], text_fr="Mieux dit", quotable="on")
    visitor.post(where, clean(data))
    assert not workshop.notes_can_be_checked_by(staff)
    assert visitor.post(address("check_notes", workshop)).status_code == 403


def test_testimony_corrected_loses_its_check_with_its_words(visitor, workshop):
    testimony = make_testimony(workshop, number=1, quotable=True, checked_at=NOW)
    where = of_testimony("testimony_edit", testimony)
    data = filled(visitor.get(where).context["form"], text_fr="Autre chose", quotable="on")
    visitor.post(where, clean(data))
    testimony.refresh_from_db()
    assert (str(testimony.text), testimony.checked_at) == ("Autre chose", None)


def test_testimony_in_a_stale_tab_is_not_overwritten(visitor, workshop):
    testimony = make_testimony(workshop)
    where = of_testimony("testimony_edit", testimony)
    data = clean(filled(visitor.get(where).context["form"], text_fr="De l’ancien onglet"))
    Testimony.objects.update(text={"fr": "Entre-temps"})
    response = visitor.post(where, data)
    testimony.refresh_from_db()
    assert (response.status_code, str(testimony.text)) == (200, "Entre-temps")


def test_testimony_numbered_takes_no_more_words_spoken(visitor, workshop):
    testimony = make_testimony(workshop, number=1, original_text="سلام", original_language="ar")
    where = of_testimony("testimony_edit", testimony)
    data = clean(filled(visitor.get(where).context["form"], text_fr="x"))
    visitor.post(where, data | {"original_text": "autre", "original_language": "ti"})
    testimony.refresh_from_db()
    assert (testimony.original_text, testimony.original_language) == ("سلام", "ar")


def test_testimony_withdrawn_cannot_be_written_again(visitor, workshop):
    testimony = make_testimony(workshop, number=1)
    listening.withdraw(testimony, at=NOW)
    assert visitor.get(of_testimony("testimony_edit", testimony)).status_code == 403


def test_testimony_is_erased_and_what_was_built_on_it_says_so(visitor, workshop):
    testimony = make_testimony(closed(workshop), number=1, text={"fr": "secret"})
    theme = make_theme(workshop.cohort, [testimony])
    visitor.post(of_testimony("testimony_remove", testimony))
    page = visitor.get(theme.get_absolute_url()).content.decode()
    assert ("1 source withdrawn" in page, "secret" in page) == (True, False)


@pytest.mark.parametrize("name", ["testimony", "testimony_edit", "testimony_remove"])
def test_testimony_of_another_cohort_is_not_there(visitor, cohort, name):
    elsewhere = make_testimony()
    where = reverse(f"workshops:{name}", args=[cohort.slug, elsewhere.pk])
    assert visitor.get(where).status_code == 404


# --- Reading back and closing -------------------------------------------------------------------


def read_back(visitor, workshop, **sent):
    where = address("close_notes", workshop)
    seen = visitor.get(where).context["form"]["seen"].value()
    return visitor.post(where, {"seen": seen} | sent)


def test_read_back_keeps_the_ticks(visitor, workshop):
    first, second = (make_testimony(workshop, quotable=index == 0) for index in range(2))
    read_back(visitor, workshop, ticked=[second.pk])
    quotable = Testimony.objects.filter(quotable=True)
    assert (list(quotable), workshop.testimonies.filter(number=None).count()) == ([second], 2)
    assert first not in quotable


def test_closing_numbers_the_notes_and_leads_on(visitor, workshop, staff):
    for _each in range(3):
        make_testimony(workshop)
    response = read_back(visitor, workshop, close="1")
    workshop.refresh_from_db()
    numbers = set(workshop.testimonies.values_list("number", flat=True))
    assert (workshop.notes_closed_by, numbers) == (staff, {1, 2, 3})
    assert said(response) == ["The notes are closed: 3 testimonies."]


@pytest.mark.parametrize("meanwhile", ["added", "changed"])
def test_closing_waits_for_what_was_not_read_back(visitor, workshop, meanwhile):
    make_testimony(workshop)
    where = address("close_notes", workshop)
    seen = visitor.get(where).context["form"]["seen"].value()
    if meanwhile == "added":
        make_testimony(workshop)
    else:
        Testimony.objects.update(text={"fr": "autre"})
    response = visitor.post(where, {"seen": seen, "close": "1"})
    workshop.refresh_from_db()
    assert workshop.notes_are_open
    assert "meanwhile" in response.context["form"].non_field_errors()[0]


def test_closing_twice_leads_to_the_closed_notes(visitor, workshop):
    make_testimony(workshop)
    read_back(visitor, workshop, close="1")
    again = visitor.post(address("close_notes", workshop), {"seen": "x", "close": "1"})
    assert again["Location"] == address("notes", workshop)


def test_closing_without_a_translation_says_so(visitor, workshop):
    make_testimony(workshop, text={"ar": "مرحبا"})
    response = read_back(visitor, workshop, close="1")
    assert "Translate them first" in response.content.decode()


def test_reading_back_marks_what_to_translate_first(visitor, workshop):
    alone = make_testimony(workshop, text={"ar": "مرحبا"})
    make_testimony(workshop, text={"ar": "مرحبا", "fr": "bonjour"})
    make_testimony(workshop, text={"en": "hello"})
    page = visitor.get(address("close_notes", workshop))
    assert page.context["to_translate"] == {alone.pk}
    assert page.content.decode().count("translate it first") == 1


# --- The second person --------------------------------------------------------------------------


def test_check_confirms_all_but_what_is_ticked(visitor, workshop, staff):
    sure, named = (make_testimony(workshop, quotable=True, number=n) for n in (1, 2))
    where = address("check_notes", workshop)
    seen = visitor.get(where).context["form"]["seen"].value()
    visitor.post(where, {"seen": seen, "ticked": [named.pk]})
    assert (list(Testimony.objects.quotes()), named) == ([sure], named)
    assert Testimony.objects.get(pk=sure.pk).checked_by == staff


def test_check_by_who_took_the_notes_is_refused(visitor, workshop, staff):
    make_testimony(workshop, quotable=True, number=1)
    workshop.note_takers.create(user=staff)
    where = address("check_notes", workshop)
    seen = visitor.get(where).context["form"]["seen"].value()
    assert visitor.post(where, {"seen": seen}).status_code == 403
    assert not Testimony.objects.quotes().exists()


def test_check_of_a_facilitator_counts_while_the_notes_are_open(sign_in, workshop):
    make_testimony(workshop, quotable=True)
    visitor = sign_in(make_facilitator(workshop))
    where = address("check_notes", workshop)
    seen = visitor.get(where).context["form"]["seen"].value()
    visitor.post(where, {"seen": seen})
    assert not Testimony.objects.unchecked().exists()


def test_check_skips_what_was_changed_meanwhile(visitor, workshop):
    make_testimony(workshop, quotable=True, number=1)
    where = address("check_notes", workshop)
    seen = visitor.get(where).context["form"]["seen"].value()
    Testimony.objects.update(text={"fr": "Amina"})
    visitor.post(where, {"seen": seen})
    assert not Testimony.objects.quotes().exists()


def test_notes_of_a_workshop_elsewhere_are_not_there(visitor, cohort):
    elsewhere = make_workshop(kind="listening")
    where = reverse("workshops:notes", args=[cohort.slug, elsewhere.pk])
    assert visitor.get(where).status_code == 404


def test_testimony_is_read_by_a_facilitator_without_its_thread(sign_in, facilitator, workshop):
    testimony = make_testimony(workshop, text={"fr": "Une parole"})
    response = sign_in(facilitator).get(of_testimony("testimony", testimony))
    assert ("Une parole" in response.content.decode(), "thread" in response.context) == (
        True,
        False,
    )

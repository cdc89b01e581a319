import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.factories import (
    NOW,
    make_cohort,
    make_guest,
    make_participant,
    make_testimony,
    make_theme,
    make_user,
    make_workshop,
)
from workshops import listening
from workshops.models import Attendance, Registration, Testimony

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop(kind="listening")


@pytest.fixture
def taker():
    return make_user("Nadia Notes")


def note(workshop, taker, text="Une parole", **more):
    return listening.note(workshop, by=taker, at=NOW, text={"fr": text}, **more)


def close(workshop, taker):
    return listening.close_notes(workshop, by=taker, at=NOW)


def come(workshop, *languages, present=None):
    participant = make_participant(workshop.cohort, languages=list(languages))
    registration = Registration.objects.create(
        workshop=workshop,
        participant=participant,
        status="confirmed",
        queue_number=workshop.registrations.count() + 1,
    )
    if present is not None:
        Attendance.objects.create(
            registration=registration,
            half_day=workshop.half_days.first(),
            state="present" if present else "absent",
        )


def test_note_lies_after_the_one_before(workshop, taker):
    positions = [note(workshop, taker).desk_position for _each in range(3)]
    assert positions == [1, 2, 3]


def test_note_remembers_who_took_notes_for_the_workshop_alone(workshop, taker):
    for _each in range(2):
        note(workshop, taker)
    assert [taking.user for taking in workshop.note_takers.all()] == [taker]
    people = {field.name for field in Testimony._meta.fields if field.is_relation}
    assert people == {"workshop", "checked_by"}


def test_note_is_refused_once_the_notes_are_closed(workshop, taker):
    note(workshop, taker)
    close(workshop, taker)
    with pytest.raises(ValidationError, match="closed"):
        note(workshop, taker)


def test_note_is_refused_where_nothing_is_listened_to(taker):
    with pytest.raises(ValidationError):
        note(make_workshop(kind="training"), taker)


def test_closing_numbers_every_note_once(workshop, taker):
    for _each in range(4):
        note(workshop, taker)
    close(workshop, taker)
    assert sorted(workshop.testimonies.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_closing_goes_on_where_the_cohort_s_numbers_stand(workshop, taker):
    note(workshop, taker)
    close(workshop, taker)
    second = make_workshop(workshop.cohort, kind="listening")
    note(second, taker)
    [testimony] = close(second, taker)
    assert testimony.reference == "T-2"


def test_closing_draws_numbers_in_shuffled_order(workshop, taker, monkeypatch):
    monkeypatch.setattr("secrets.SystemRandom.shuffle", lambda self, notes: notes.reverse())
    for text in ("first", "second", "third"):
        note(workshop, taker, text)
    close(workshop, taker)
    assert [str(each.text) for each in Testimony.objects.all()] == ["third", "second", "first"]


def test_closing_leaves_no_order_and_no_old_key(workshop, taker):
    before = {note(workshop, taker).pk for _each in range(3)}
    close(workshop, taker)
    after = Testimony.objects.values_list("pk", "desk_position")
    assert before & {key for key, _position in after} == set()
    assert {position for _key, position in after} == {None}


@pytest.mark.sqlite
def test_closing_leaves_rows_in_the_order_of_their_numbers(workshop, taker, monkeypatch):
    monkeypatch.setattr("secrets.SystemRandom.shuffle", lambda self, notes: notes.reverse())
    for text in ("first", "second", "third"):
        note(workshop, taker, text)
    close(workshop, taker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM workshops_testimony ORDER BY rowid")
        assert cursor.fetchall() == [(1,), (2,), (3,)]


def test_closing_says_when_and_by_whom(workshop, taker):
    note(workshop, taker)
    close(workshop, taker)
    workshop.refresh_from_db()
    assert (workshop.notes_closed_at, workshop.notes_closed_by) == (NOW, taker)


def test_closing_twice_counts_once(workshop, taker):
    note(workshop, taker)
    close(workshop, taker)
    with pytest.raises(ValidationError):
        close(workshop, taker)
    assert workshop.testimonies.get().number == 1


def test_closing_nothing_is_refused(workshop, taker):
    with pytest.raises(ValidationError):
        close(workshop, taker)


@pytest.mark.parametrize(("people", "kept"), [(4, ("", "")), (5, ("سلام", "fa-af"))])
def test_closing_keeps_the_words_spoken_where_enough_people_speak_them(
    workshop, taker, people, kept
):
    for _each in range(people):
        come(workshop, "fa-af")
    note(workshop, taker, original_text="سلام", original_language="fa-af")
    [testimony] = close(workshop, taker)
    assert (testimony.original_text, testimony.original_language) == kept
    assert str(testimony.text) == "Une parole"


def test_closing_forgets_the_words_in_the_search_column_too(workshop, taker):
    note(workshop, taker, original_text="ሰላም", original_language="ti")
    [testimony] = close(workshop, taker)
    assert testimony.text_folded == "une parole"


def test_closing_forgets_a_text_in_a_language_of_few(workshop, taker):
    listening.note(workshop, by=taker, at=NOW, text={"fr": "Bonjour", "ar": "مرحبا"})
    [testimony] = close(workshop, taker)
    assert testimony.text == {"fr": "Bonjour"}


def test_closing_waits_for_a_translation(workshop, taker):
    listening.note(workshop, by=taker, at=NOW, text={"ar": "مرحبا"})
    with pytest.raises(ValidationError, match="Translate"):
        close(workshop, taker)
    workshop.refresh_from_db()
    assert (workshop.notes_are_open, workshop.testimonies.get().number) == (True, None)


def test_closing_keeps_a_french_text_whoever_speaks_french(workshop, taker):
    note(workshop, taker, "Bonjour", original_text="Bonjour", original_language="fr")
    [testimony] = close(workshop, taker)
    assert (str(testimony.text), testimony.original_text) == ("Bonjour", "")


def test_speakers_are_those_present_and_guests():
    workshop = make_workshop(make_cohort(), kind="listening")
    come(workshop, "ps", "fr", "ps", present=True)
    come(workshop, "ps", present=False)
    guest = make_guest(workshop.cohort, language="ps")
    registration = Registration.objects.create(
        workshop=workshop, guest=guest, status="confirmed", queue_number=9
    )
    half_day = workshop.half_days.first()
    Attendance.objects.create(registration=registration, half_day=half_day, state="present")
    assert listening.speakers(workshop) == {"ps": 2, "fr": 1}


def test_speakers_have_a_confirmed_place_while_attendance_is_open(workshop):
    come(workshop, "ti")
    workshop.registrations.update(status="waiting")
    come(workshop, "ti")
    assert listening.speakers(workshop) == {"ti": 1}


def test_languages_to_forget_are_counted_by_note(workshop, taker):
    for _each in range(2):
        note(workshop, taker, original_text="Selam", original_language="tr")
    assert listening.languages_to_forget(workshop) == {"tr": 2}


def test_checking_confirms_and_takes_the_quote_from_exceptions(workshop, taker):
    kept, named = (make_testimony(workshop, quotable=True) for _each in range(2))
    count = listening.confirm_checks(
        workshop, [kept, named], exceptions=[named], by=make_user(), at=NOW
    )
    kept.refresh_from_db()
    named.refresh_from_db()
    assert (count, kept.checked_at, named.quotable, named.checked_at) == (1, NOW, False, None)


def test_checking_is_never_done_by_who_took_the_notes(workshop, taker):
    testimony = note(workshop, taker, quotable=True)
    assert listening.confirm_checks(workshop, [testimony], exceptions=[], by=taker, at=NOW) == 0
    testimony.refresh_from_db()
    assert testimony.checked_at is None


def test_withdrawing_erases_and_leaves_the_row(workshop, taker):
    note(workshop, taker, "secret", service="CAF", quotable=True)
    [testimony] = close(workshop, taker)
    theme = make_theme(workshop.cohort, [testimony])
    assert listening.withdraw(testimony, at=NOW)
    testimony.refresh_from_db()
    assert (testimony.status, testimony.text, testimony.text_folded) == ("withdrawn", {}, "")
    assert theme.testimony_links.count() == 1


def test_withdrawing_tells_who_keeps_the_words_once(workshop, monkeypatch):
    told = []
    monkeypatch.setattr(
        listening, "after_withdrawal", [lambda testimony, at: told.append(testimony)]
    )
    testimony = make_testimony(workshop)
    assert [listening.withdraw(testimony, at=NOW) for _each in range(2)] == [True, False]
    assert told == [testimony]


def test_removing_deletes_while_open_and_withdraws_afterwards(workshop, taker):
    listening.remove(note(workshop, taker), at=NOW)
    assert not workshop.testimonies.exists()
    note(workshop, taker)
    [testimony] = close(workshop, taker)
    listening.remove(testimony, at=NOW)
    assert workshop.testimonies.get().status == "withdrawn"

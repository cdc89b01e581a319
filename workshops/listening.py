"""From what was said in a listening workshop to numbered testimonies that lead back to nobody.

While the notes are open they lie in the order in which they were typed, so that the desk can show
the last ones. Closing them takes away, in one transaction, everything that would tell who spoke.
"""

import secrets
import uuid
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cohorts.models import Guest, Participant
from cohorts.translated import FALLBACK, Translated
from workshops.allocation import locked
from workshops.models import Attendance, Letter, Registration, Testimony
from workshops.models.references import take_numbers

# How many people at a workshop must speak a language for it to point at none of them.
ENOUGH_SPEAKERS = 5

# Functions of a testimony, run in the transaction that withdraws it, for apps that keep its words.
after_withdrawal = []


@transaction.atomic
def note(workshop, *, by, at, **fields):
    """Add a testimony to a workshop's open notes and return it.

    It keeps neither `by` nor `at`: the workshop alone remembers who took its notes.
    Raises ValidationError when the notes are closed.
    """
    workshop = locked(workshop)
    check_open(workshop)
    workshop.note_takers.get_or_create(user=by)
    last = workshop.testimonies.aggregate(last=Max("desk_position"))["last"] or 0
    return Testimony.objects.create(workshop=workshop, desk_position=last + 1, **fields)


@transaction.atomic
def close_notes(workshop, *, by, at):
    """Close a workshop's notes and return its testimonies, numbered in shuffled order.

    Every row is written anew, in that order and under a new key: neither its place in the table nor
    an address that was opened during the workshop says when it was typed. Of a language that fewer
    than `ENOUGH_SPEAKERS` people there speak, only the translation stays.
    Raises ValidationError when they are closed already, empty, or lack a translation.
    """
    workshop = locked(workshop)
    check_open(workshop)
    notes = list(workshop.testimonies.all())
    if not notes:
        raise ValidationError(_("There is nothing to close yet."))
    spoken = speakers(workshop)
    for testimony in notes:
        forget_rare_languages(testimony, spoken)
    # Not `random`, whose next draw can be told from the ones before.
    secrets.SystemRandom().shuffle(notes)
    numbers = take_numbers(workshop.cohort, Letter.TESTIMONY, len(notes))
    workshop.testimonies.all().delete()
    for testimony, number in zip(notes, numbers, strict=True):
        testimony.pk, testimony.number, testimony.desk_position = uuid.uuid4(), number, None
        testimony.save(force_insert=True)
    workshop.notes_closed_at, workshop.notes_closed_by = at, by
    workshop.save(update_fields=["notes_closed_at", "notes_closed_by"])
    return notes


@transaction.atomic
def mark_quotable(workshop, testimonies):
    """Let these, and no others of a workshop's open notes, be quoted."""
    check_open(locked(workshop))
    keys = [testimony.pk for testimony in testimonies]
    workshop.testimonies.filter(pk__in=keys).update(quotable=True)
    workshop.testimonies.exclude(pk__in=keys).update(quotable=False)


def check_open(workshop):
    if not workshop.notes_are_open:
        raise ValidationError(_("The notes of this workshop are closed."))


def speakers(workshop):
    """Return a Counter of how many people at the workshop speak each language, by code.

    Those who were present count, or those with a confirmed place while attendance is not entered.
    """
    here = Registration.objects.filter(workshop=workshop).confirmed()
    present = here.filter(attendances__state=Attendance.State.PRESENT)
    # Nobody present means that attendance is not entered yet, not that nobody came.
    here = present if present.exists() else here
    participants = Participant.objects.filter(pk__in=here.values("participant"))
    guests = Guest.objects.filter(pk__in=here.values("guest")).exclude(language="")
    spoken = Counter(guests.values_list("language", flat=True))
    for languages in participants.values_list("languages", flat=True):
        spoken.update(set(languages))
    return spoken


def forget_rare_languages(testimony, spoken):
    """Keep of a testimony what points at none of few speakers; raise when nothing would be left."""
    rare = rare_languages(testimony, spoken)
    kept = text_without(rare, testimony)
    if not any(kept.values()):
        raise ValidationError(
            _("Some notes are in a language that few people there speak. Translate them first.")
        )
    testimony.text = Translated(kept)
    if testimony.original_language in rare | {""}:
        testimony.original_text = testimony.original_language = ""


def text_without(rare, testimony):
    return {
        language: text
        for language, text in testimony.text.items()
        if language in FALLBACK or language not in rare
    }


def rare_languages(testimony, spoken):
    """Return which of a testimony's languages too few people at its workshop speak.

    French and English are what notes are taken in, whoever spoke, and say nothing of themselves.
    """
    written = {language for language, text in testimony.text.items() if text}
    languages = (written - set(FALLBACK)) | ({testimony.original_language} - {""})
    return {language for language in languages if spoken[language] < ENOUGH_SPEAKERS}


def to_translate(workshop):
    """Return the keys of the notes of which closing would leave nothing."""
    spoken = speakers(workshop)
    return {
        testimony.pk
        for testimony in workshop.testimonies.kept()
        if not any(text_without(rare_languages(testimony, spoken), testimony).values())
    }


def languages_to_forget(workshop):
    """Return {language: how many notes} of what closing would keep in translation only."""
    spoken = speakers(workshop)
    return Counter(
        language
        for testimony in workshop.testimonies.kept()
        for language in rare_languages(testimony, spoken)
    )


@transaction.atomic
def confirm_checks(workshop, testimonies, *, exceptions, by, at):
    """Record that a second person found nobody named in these; `exceptions` lose the quote.

    Answers how many were confirmed: none when `by` is among those who took the notes.
    """
    if not workshop.notes_can_be_checked_by(by):
        return 0
    unchecked = Testimony.objects.filter(workshop=workshop).unchecked()
    named = [testimony.pk for testimony in exceptions]
    unchecked.filter(pk__in=named).update(quotable=False)
    sure = [testimony.pk for testimony in testimonies if testimony.pk not in named]
    return unchecked.filter(pk__in=sure).update(checked_by=by, checked_at=at)


@transaction.atomic
def withdraw(testimony, *, at):
    """Erase a testimony's text wherever it still can be; answer whether it was there."""
    testimony = Testimony.objects.select_for_update().get(pk=testimony.pk)
    if testimony.status == Testimony.Status.WITHDRAWN:
        return False
    testimony.withdraw()
    for function in after_withdrawal:
        function(testimony, at=at)
    return True


@transaction.atomic
def remove(testimony, *, at):
    """Take a testimony out of open notes; once they are closed it is withdrawn instead."""
    workshop = locked(testimony.workshop)
    if workshop.notes_are_open:
        testimony.delete()
        return True
    return withdraw(testimony, at=at)

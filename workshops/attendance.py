"""Presence at a workshop: taken by half-day, closed once, corrected afterwards with a reason.

`record` alone writes presence while it is being taken; once the workshop is held, only `correct`.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Participant
from workshops import allocation
from workshops.models import Attendance, AttendanceCorrection, HalfDay, Workshop
from workshops.roll import Roll

State = Attendance.State


@dataclass(frozen=True)
class Mark:
    """One cell that somebody changed: `seen` is what stood there when they opened the page."""

    person: object
    half_day: HalfDay
    state: str
    seen: str = ""


@transaction.atomic
def record(workshop, marks, *, by, at, proof=Attendance.Proof.SHEET):
    """Write the marks and return those that were not, since somebody else had written another.

    A mark without a state takes back what was recorded. Makes the registrations that are missing.
    Raises ValidationError once attendance is closed.
    """
    workshop = allocation.locked(workshop)
    check_is_open(workshop)
    there = {
        (row.registration.participant_id, row.registration.guest_id, row.half_day_id): row
        for row in Attendance.objects.filter(half_day__workshop=workshop).select_related(
            "registration"
        )
    }
    overtaken, wanted = [], {}
    for mark in marks:
        cell = (*person_ids(mark.person), mark.half_day.pk)
        now = there[cell].state if cell in there else ""
        if now not in (mark.seen, mark.state):
            overtaken.append(mark)
        elif now != mark.state:
            wanted[cell] = mark
    take_back([there[cell] for cell, mark in wanted.items() if not mark.state])
    stated = [(mark, there.get(cell)) for cell, mark in wanted.items() if mark.state]
    write(workshop, stated, by=by, at=at, proof=proof)
    return overtaken


def take_back(rows):
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).delete()


def write(workshop, marks, *, by, at, proof):
    """Write [(mark, its row or None)] in as many queries for one as for hundreds."""
    came = {mark.person: False for mark, _row in marks}
    came |= {mark.person: True for mark, _row in marks if mark.state == State.PRESENT}
    registrations = allocation.admit_all(workshop, came, by=by, at=at)
    rows = []
    for mark, known in marks:
        row = known or Attendance(registration=registrations[mark.person], half_day=mark.half_day)
        row.state, row.proof, row.recorded_by, row.recorded_at = mark.state, proof, by, at
        rows.append(row)
    written = ["state", "proof", "recorded_by", "recorded_at"]
    Attendance.objects.bulk_update([row for row in rows if row.pk], written)
    Attendance.objects.bulk_create(row for row in rows if not row.pk)


@transaction.atomic
def record_rest_present(workshop, half_day, *, by, at, proof=Attendance.Proof.SHEET):
    """Mark as present at this half-day whoever has no state; return how many.

    Those who said that they can't come are left alone.
    """
    rest = [
        Mark(place.person, half_day, State.PRESENT)
        for place in Roll(workshop).for_sheet
        if not place.state(half_day)
    ]
    record(workshop, rest, by=by, at=at, proof=proof)
    return len(rest)


def missing(roll):
    """Return the places that still lack a state; who said they can't come will count as excused."""
    return [
        place
        for place in roll.for_sheet
        if not all(place.state(half_day) for half_day in roll.half_days)
    ]


@transaction.atomic
def close(workshop, *, by, at):
    """Freeze attendance and mark the workshop as held; answer whether it was not already.

    Raises ValidationError before it began, or while somebody's state is missing.
    """
    workshop = allocation.locked(workshop)
    if workshop.status == Workshop.Status.HELD:
        return False
    check_is_open(workshop)
    if not workshop.has_begun(at):
        raise ValidationError(_("This workshop has not begun."))
    roll = Roll(workshop)
    lacking = missing(roll)
    if lacking:
        raise ValidationError(
            _("Presence is missing for: %(names)s."),
            params={"names": ", ".join(place.short_name for place in lacking)},
        )
    excused = [
        Mark(place.person, half_day, State.EXCUSED)
        for place in roll.for_attendance
        for half_day in roll.half_days
        if not place.state(half_day)
    ]
    record(workshop, excused, by=by, at=at, proof=Attendance.Proof.STAFF)
    return workshop.move_to(Workshop.Status.HELD)


@transaction.atomic
def correct(workshop, person, half_day, state, *, reason, by, at):
    """Change one presence after closing, and keep what it was and why; return the correction.

    Raises ValidationError while attendance is still being taken, or when nothing would change.
    """
    workshop = allocation.locked(workshop)
    if workshop.status != Workshop.Status.HELD:
        raise ValidationError(_("Attendance is not closed: change it on its page."))
    participant_id, guest_id = person_ids(person)
    row = Attendance.objects.filter(
        half_day=half_day, registration__participant=participant_id, registration__guest=guest_id
    ).first()
    if row and row.state == state:
        raise ValidationError(_("This is what is recorded already."))
    registration = allocation.admit(workshop, person, came=state == State.PRESENT, by=by, at=at)
    # The database lets a closed presence take the state of its last correction alone, so the row
    # is there first, empty where nothing was recorded, then the correction, then the state.
    row = row or Attendance.objects.create(registration=registration, half_day=half_day, state="")
    correction = AttendanceCorrection.objects.create(
        attendance=row,
        before=row.state,
        after=state,
        reason=reason,
        recorded_by=by,
        recorded_at=at,
    )
    row.state, row.proof = state, Attendance.Proof.STAFF
    row.recorded_by, row.recorded_at = by, at
    row.save()
    return correction


def check_is_open(workshop):
    if workshop.status == Workshop.Status.HELD:
        raise ValidationError(_("Attendance is closed; what is wrong can be corrected."))
    if workshop.status == Workshop.Status.CANCELLED:
        raise ValidationError(_("This workshop is cancelled."))


def person_ids(person):
    """Return (participant id, guest id), one of them None."""
    return (person.pk, None) if isinstance(person, Participant) else (None, person.pk)

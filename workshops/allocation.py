"""Who has a seat at a workshop: the only module that writes the state of registrations.

Every function locks the workshop's row first, so that on PostgreSQL requests queue up behind one
another as they do on SQLite, whose transactions take the write lock when they begin.

The rule: seats kept for a track go to that track alone, the others to whoever asked first. Somebody
of one's own track who is waiting goes first. Guests take seats that are kept for nobody.
"""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cohorts.models import Track
from workshops.models import Registration, RegistrationMove, Workshop

Status = Registration.Status


@transaction.atomic
def ask(workshop, person, *, by, at, on_behalf=False, override_reason=""):
    """Ask for a place and return the registration, confirmed or waiting.

    `person` is a Participant or a Guest. With `override_reason`, staff confirm whatever the seats.
    Raises ValidationError when the workshop takes nobody, or nobody of this person's track.
    """
    workshop = locked(workshop)
    check_may_come(workshop, person)
    registration = workshop.registrations.filter(**person_key(person)).first()
    if registration and registration.status in Registration.HOLDS_A_PLACE:
        return registration
    registration = registration or Registration(
        workshop=workshop, recorded_by=by, recorded_at=at, **person_key(person)
    )
    registration.queue_number = next_queue_number(workshop)
    free = has_seat_for(workshop, registration.track, seats_taken(workshop))
    queue = waiting_of(workshop, registration.track)
    confirmed = override_reason or (free and not queue)
    registration.override_reason = override_reason if not free else ""
    registration.status = Status.CONFIRMED if confirmed else Status.WAITING
    registration.save()
    note_move(registration, by=by, at=at, on_behalf=on_behalf, reason=override_reason)
    return registration


@transaction.atomic
def give_up(registration, status, *, by, at, on_behalf=False, reason=""):
    """Cancel or decline a place and promote whoever is next; answer whether anything changed."""
    workshop = locked(registration.workshop)
    registration.refresh_from_db()
    if status not in {
        Status.CANCELLED,
        Status.DECLINED,
    } or not registration.can_move_to(status):
        return False
    if registration.attendances.exists():
        raise ValidationError(_("Attendance is already recorded for this place."))
    move(registration, status, by=by, at=at, on_behalf=on_behalf, reason=reason)
    promote(workshop, at=at)
    return True


@transaction.atomic
def say_cannot_come(workshop, participant, *, by, at, on_behalf=False):
    """Record that somebody who is expected can't come; return the registration."""
    workshop = locked(workshop)
    registration = workshop.registrations.filter(participant=participant).first()
    if registration:
        give_up(registration, Status.DECLINED, by=by, at=at, on_behalf=on_behalf)
        return registration
    registration = Registration.objects.create(
        workshop=workshop,
        participant=participant,
        status=Status.DECLINED,
        queue_number=next_queue_number(workshop),
        recorded_by=by,
        recorded_at=at,
    )
    note_move(registration, by=by, at=at, on_behalf=on_behalf)
    return registration


@transaction.atomic
def change_seats(workshop, *, at, capacity, newcomer_seats, agent_seats):
    """Set the seats and promote whoever now fits; return the workshop.

    Raises ValidationError when fewer seats remain than are confirmed.
    """
    workshop = locked(workshop)
    confirmed = sum(seats_taken(workshop).values())
    if capacity is not None and capacity < min(confirmed, workshop.capacity or confirmed):
        raise ValidationError(
            _("%(confirmed)s people are confirmed already: there cannot be fewer seats."),
            params={"confirmed": confirmed},
        )
    workshop.capacity = capacity
    workshop.newcomer_seats, workshop.agent_seats = newcomer_seats, agent_seats
    workshop.save(update_fields=["capacity", "newcomer_seats", "agent_seats"])
    promote(workshop, at=at)
    return workshop


def promote(workshop, *, at):
    """Confirm, first asked first served, everybody waiting who now fits. The workshop is locked."""
    taken = seats_taken(workshop)
    for registration in workshop.registrations.waiting().select_related("participant"):
        if has_seat_for(workshop, registration.track, taken):
            move(registration, Status.CONFIRMED, by=None, at=at)
            taken[registration.track] += 1


def rank(registration):
    """Return how many of the same track, oneself included, wait up to this registration."""
    waiting = registration.workshop.registrations.waiting()
    same_track = (
        waiting.on_track(registration.track) if registration.participant else waiting.of_guests()
    )
    return same_track.filter(queue_number__lte=registration.queue_number).count()


def locked(workshop):
    return (
        Workshop.objects.select_for_update(of=("self",))
        .select_related("cohort")
        .get(pk=workshop.pk)
    )


def check_may_come(workshop, person):
    if workshop.status in {Workshop.Status.CANCELLED, Workshop.Status.HELD}:
        raise ValidationError(_("This workshop takes no more registrations."))
    if person.cohort_id != workshop.cohort_id:
        raise ValidationError(_("This person is not of this cohort."))
    track = getattr(person, "track", "")
    if track and workshop.track and workshop.track != track:
        raise ValidationError(_("This workshop is for the other group."))
    if track and person.status == person.Status.WITHDRAWN:
        raise ValidationError(_("This person has withdrawn from the cohort."))
    if not track and not workshop.guests_allowed:
        raise ValidationError(_("This workshop is not open to people from outside."))


def person_key(person):
    return {"participant": person} if hasattr(person, "track") else {"guest": person}


def next_queue_number(workshop):
    last = workshop.registrations.aggregate(last=Max("queue_number"))["last"]
    return (last or 0) + 1


def seats_taken(workshop):
    """Return a Counter of confirmed registrations by track; "" counts the guests."""
    tracks = workshop.registrations.confirmed().values_list("participant__track", flat=True)
    return Counter(track or "" for track in tracks)


def waiting_of(workshop, track):
    waiting = workshop.registrations.waiting()
    return (waiting.on_track(track) if track else waiting.of_guests()).exists()


def has_seat_for(workshop, track, taken):
    """Whether one more of `track` fits, with `taken` seats by track."""
    if workshop.capacity is None:
        return True
    kept = {
        Track.NEWCOMERS: workshop.newcomer_seats,
        Track.AGENTS: workshop.agent_seats,
    }
    if taken[track] < kept.get(track, 0):
        return sum(taken.values()) < workshop.capacity
    shared = workshop.capacity - sum(kept.values())
    return sum(max(0, taken[each] - kept.get(each, 0)) for each in taken) < shared


def move(registration, status, *, by, at, on_behalf=False, reason=""):
    registration.status = status
    registration.override_reason = ""
    registration.save(update_fields=["status", "override_reason"])
    note_move(registration, by=by, at=at, on_behalf=on_behalf, reason=reason)


def note_move(registration, *, by, at, on_behalf=False, reason=""):
    RegistrationMove.objects.create(
        registration=registration,
        status=registration.status,
        recorded_by=by,
        recorded_at=at,
        on_behalf=on_behalf,
        reason=reason,
    )

"""Gives the seats of workshops: the only module that writes the state of registrations.

Every function locks the workshop's row first, so that on PostgreSQL requests queue up behind one
another as they do on SQLite, whose transactions take the write lock when they begin. The rule by
which seats are given is told in `workshops.queues`.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Facilitation, Registration, RegistrationMove, Workshop
from workshops.queues import has_free_seat, is_next_in, queue_of, seats_taken, track_of

Status = Registration.Status
REFUSALS = {
    Workshop.Registering.NOT_YET: gettext_lazy("Registration is not open yet."),
    Workshop.Registering.CLOSED: gettext_lazy("Registration is closed."),
    Workshop.Registering.OVER: gettext_lazy("This workshop is over."),
    Workshop.Registering.CANCELLED: gettext_lazy("This workshop is cancelled."),
}


@transaction.atomic
def ask(workshop, person, *, by, at, on_behalf=False, override_reason=""):
    """Ask for a place and return the registration, confirmed or waiting.

    `person` is a Participant or a Guest. Staff register anybody until attendance is closed, people
    themselves while registration is open. With `override_reason`, staff confirm whatever the seats,
    also somebody who waits. Raises ValidationError when the workshop takes nobody, or nobody of
    this person's track.
    """
    how = {"by": by, "at": at, "on_behalf": on_behalf, "override_reason": override_reason}
    return place(locked(workshop), person, **how)


@transaction.atomic
def ask_for_all(workshop, people, **how):
    """Ask for a place for each of `people`, all or none; return the registrations. See `ask`."""
    workshop = locked(workshop)
    return [place(workshop, person, **how) for person in people]


def place(workshop, person, *, by, at, on_behalf=False, override_reason=""):
    check_may_come(workshop, person)
    if not on_behalf:
        check_is_open(workshop, at)
    registration = find_or_start(workshop, person, by=by, at=at)
    is_waiting = registration.status == Status.WAITING
    if registration.holds_a_place and not (is_waiting and override_reason):
        return registration
    queue = queue_of(workshop)
    if not is_waiting:
        registration.queue_number = queue.next_number
    is_next = is_next_in(workshop, person, queue)
    registration.override_reason = "" if is_next else override_reason
    confirmed = is_next or override_reason
    registration.status = Status.CONFIRMED if confirmed else Status.WAITING
    registration.save()
    note_move(registration, by=by, at=at, on_behalf=on_behalf, reason=override_reason)
    return registration


@transaction.atomic
def give_up(registration, status, **how):
    """Cancel or decline a place and promote whoever is next; answer whether anything changed."""
    return release(locked(registration.workshop), registration, status, **how)


@transaction.atomic
def give_up_all(registrations, status, **how):
    """Cancel or decline places at several workshops. See `give_up`."""
    workshops = lock_all([registration.workshop_id for registration in registrations])
    for registration in registrations:
        release(workshops[registration.workshop_id], registration, status, **how)


def release(workshop, registration, status, *, by, at, on_behalf=False, reason=""):
    # It was read before the lock was had: somebody else may have cancelled it since.
    registration.refresh_from_db()
    if status not in Registration.SAID_NO or not registration.can_move_to(status):
        return False
    if registration.attendances.exists():
        raise ValidationError(_("Attendance is already recorded for this place."))
    move(registration, status, by=by, at=at, on_behalf=on_behalf, reason=reason)
    promote(workshop, at=at)
    return True


@transaction.atomic
def say_cannot_come(workshop, participant, *, by, at, on_behalf=False, reason=""):
    """Record that somebody can't come, and give up the place if there is one.

    Returns the registration. Raises ValidationError when it is too late to say so.
    """
    workshop = locked(workshop)
    check_may_come(workshop, participant)
    if not on_behalf and workshop.registering(at) == Workshop.Registering.OVER:
        raise ValidationError(REFUSALS[Workshop.Registering.OVER])
    registration = find_or_start(workshop, participant, by=by, at=at)
    how = {"by": by, "at": at, "on_behalf": on_behalf, "reason": reason}
    if registration.pk:
        by_registration = workshop.mode == Workshop.Mode.REGISTRATION
        status = Status.CANCELLED if by_registration else Status.DECLINED
        release(workshop, registration, status, **how)
        return registration
    start(registration, Status.DECLINED, **how)
    return registration


def admit(workshop, person, *, came, by, at):
    """Return the registration that this person's attendance hangs from. See `admit_all`."""
    return admit_all(workshop, {person: came}, by=by, at=at)[person]


def admit_all(workshop, came, *, by, at):
    """Return {person: registration}: what their attendance hangs from, made where there is none.

    `came` is {person: whether they came}. Whoever came has a place, over capacity if need be.
    Somebody who was expected and neither answered nor came takes none. The workshop is locked, and
    the number of queries does not grow with the people.
    """
    for person in came:
        check_belongs(workshop, person)
    registrations = find_or_start_all(workshop, came, by=by, at=at)
    changed = [
        (person, each)
        for person, each in registrations.items()
        if each.status != Status.CONFIRMED and (came[person] or not each.pk)
    ]
    settle(workshop, changed, came)
    save_all([each for _person, each in changed], by=by, at=at)
    return registrations


def find_or_start_all(workshop, people, *, by, at):
    there = {(each.participant_id, each.guest_id): each for each in workshop.registrations.all()}
    start = {"workshop": workshop, "recorded_by": by, "recorded_at": at}
    return {
        person: there.get((person.pk, None) if track_of(person) else (None, person.pk))
        or Registration(**key_of(person), **start)
        for person in people
    }


def settle(workshop, registrations, came):
    """Give each of [(person, registration)] its state and its number, in this order."""
    queue = queue_of(workshop)
    taken, hosts = queue.taken, set(workshop.facilitations.values_list("user", flat=True))
    for number, (person, registration) in enumerate(registrations, start=queue.next_number):
        registration.queue_number = number
        registration.status = Status.CONFIRMED if came[person] else Status.SILENT
        takes_a_seat = came[person] and getattr(person, "user_id", None) not in hosts
        fits = not takes_a_seat or has_free_seat(workshop, track_of(person), taken)
        registration.override_reason = "" if fits else _("came all the same")
        taken[track_of(person)] += takes_a_seat


def save_all(registrations, *, by, at):
    known = [each for each in registrations if each.pk]
    Registration.objects.bulk_update(known, ["status", "queue_number", "override_reason"])
    Registration.objects.bulk_create(each for each in registrations if not each.pk)
    RegistrationMove.objects.bulk_create(
        move_of(
            each,
            by=by,
            at=at,
            on_behalf=each.status == Status.CONFIRMED,
            reason=each.override_reason,
        )
        for each in registrations
    )


@transaction.atomic
def change_seats(workshop, *, at, capacity, newcomer_seats, agent_seats):
    """Set the seats and promote whoever now fits; return the workshop.

    Raises ValidationError when fewer seats remain than are confirmed.
    """
    workshop = locked(workshop)
    confirmed = sum(seats_taken(workshop).values())
    # Where staff went over capacity with a reason, the capacity may stay below the confirmed.
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


@transaction.atomic
def change_state(workshop, status, *, at):
    """Move a workshop to another state; answer whether it moved.

    Under the lock, since attendance that somebody takes meanwhile forbids to cancel. A workshop
    taken up again may have lost people while it was cancelled: whoever waits gets their seats.
    """
    here = locked(workshop)
    moved = here.status == workshop.status and here.move_to(status)
    workshop.status = here.status
    if moved:
        promote(here, at=at)
    return moved


@transaction.atomic
def add_facilitator(workshop, user, *, by, at):
    """Have somebody facilitate, which frees the seat that they had; return the facilitation."""
    workshop = locked(workshop)
    facilitation, _is_new = Facilitation.objects.get_or_create(
        workshop=workshop, user=user, defaults={"recorded_by": by, "recorded_at": at}
    )
    waiting = workshop.registrations.waiting().filter(participant__user=user).first()
    if waiting:
        move(waiting, Status.CONFIRMED, by=by, at=at, on_behalf=True)
    promote(workshop, at=at)
    return facilitation


@transaction.atomic
def remove_facilitator(facilitation, *, by, at):
    """End a facilitation; a place that was confirmed stays so, over capacity if need be.

    Answers whether it was still there.
    """
    workshop = locked(facilitation.workshop)
    if not workshop.facilitations.filter(pk=facilitation.pk).exists():
        return False
    place = workshop.registrations.confirmed().filter(participant__user=facilitation.user).first()
    fits = place and has_free_seat(workshop, place.track, seats_taken(workshop))
    facilitation.delete()
    if place and not fits:
        place.override_reason = _("was to facilitate")
        place.save(update_fields=["override_reason"])
        note_move(place, by=by, at=at, on_behalf=True, reason=place.override_reason)
    return True


def promote(workshop, *, at):
    """Confirm, first asked first served, everybody waiting who now fits. The workshop is locked."""
    if workshop.status in {Workshop.Status.HELD, Workshop.Status.CANCELLED}:
        return
    taken = seats_taken(workshop)
    for registration in workshop.registrations.waiting().select_related("participant"):
        if has_free_seat(workshop, registration.track, taken):
            # By nobody: the rule promotes, whoever made the seat free.
            move(registration, Status.CONFIRMED, by=None, at=at)
            taken[registration.track] += 1


def locked(workshop):
    return lock_all([workshop.pk])[workshop.pk]


def lock_all(pks):
    """Return {pk: workshop}, locked in one order, so that nobody waits for each other for ever."""
    # The workshop alone: with its cohort locked too, all other workshops there would wait.
    workshops = Workshop.objects.select_for_update(of=("self",)).select_related("cohort")
    return {workshop.pk: workshop for workshop in workshops.filter(pk__in=pks).order_by("pk")}


def check_may_come(workshop, person):
    if track_of(person):
        # They may have withdrawn while this waited for the lock.
        person.refresh_from_db(fields=["status", "ended_on"])
    if workshop.status == Workshop.Status.HELD:
        raise ValidationError(REFUSALS[Workshop.Registering.OVER])
    check_belongs(workshop, person)


def check_belongs(workshop, person):
    if workshop.status == Workshop.Status.CANCELLED:
        raise ValidationError(REFUSALS[Workshop.Registering.CANCELLED])
    if person.cohort_id != workshop.cohort_id:
        raise ValidationError(_("This person is not of this cohort."))
    track = track_of(person)
    if track and workshop.track and workshop.track != track:
        raise ValidationError(_("This workshop is for the other group."))
    if track and person.had_left_on(workshop.local_start.date()):
        raise ValidationError(_("This person has withdrawn from the cohort."))
    if not track and not workshop.guests_allowed:
        raise ValidationError(_("This workshop is not open to people from outside."))


def check_is_open(workshop, at):
    registering = workshop.registering(at)
    if registering != Workshop.Registering.OPEN:
        raise ValidationError(REFUSALS[registering])


def find_or_start(workshop, person, *, by, at):
    """Return the person's registration, or a new one that is not saved and has no state yet."""
    key = key_of(person)
    registration = workshop.registrations.filter(**key).first()
    return registration or Registration(workshop=workshop, recorded_by=by, recorded_at=at, **key)


def start(registration, status, *, by, at, on_behalf=False, reason=""):
    """Save a registration in its state, at the end of the queue."""
    registration.status = status
    registration.queue_number = queue_of(registration.workshop).next_number
    registration.save()
    note_move(registration, by=by, at=at, on_behalf=on_behalf, reason=reason)


def key_of(person):
    return {"participant": person} if track_of(person) else {"guest": person}


def move(registration, status, *, by, at, on_behalf=False, reason=""):
    registration.status = status
    registration.override_reason = ""
    registration.save(update_fields=["status", "override_reason"])
    note_move(registration, by=by, at=at, on_behalf=on_behalf, reason=reason)


def note_move(registration, **how):
    move_of(registration, **how).save()


def move_of(registration, *, by, at, on_behalf=False, reason=""):
    return RegistrationMove(
        registration=registration,
        status=registration.status,
        recorded_by=by,
        recorded_at=at,
        on_behalf=on_behalf,
        reason=reason,
    )

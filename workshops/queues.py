"""Who has a seat at a workshop and who waits: what `workshops.allocation` and the pages read.

The rule: seats kept for a track go to that track alone, the others to whoever asked first. Somebody
of one's own track who is waiting goes first. Guests take seats that are kept for nobody, and
whoever facilitates takes none.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from workshops.models import Registration

Status = Registration.Status


@dataclass(frozen=True)
class Queue:
    """`taken` and `waiting` count seats and people who wait by track, "" for guests."""

    taken: Counter
    waiting: Counter
    next_number: int


def queue_of(workshop):
    """Return the workshop's `Queue` by one query; whoever facilitates takes no seat."""
    hosts = workshop.facilitations.filter(user=OuterRef("participant__user"))
    rows = workshop.registrations.values_list(
        "queue_number", "status", "participant__track", Exists(hosts)
    )
    taken, waiting, last = Counter(), Counter(), 0
    for number, status, track, is_host in rows:
        taken[track or ""] += status == Status.CONFIRMED and not is_host
        waiting[track or ""] += status == Status.WAITING
        last = max(last, number)
    return Queue(taken, waiting, last + 1)


def seats_taken(workshop):
    return queue_of(workshop).taken


def is_next_in(workshop, person, queue):
    """Whether this person gets a seat at once: one is free, and nobody of the track waits."""
    if facilitates(workshop, person):
        return True
    track = track_of(person)
    return has_free_seat(workshop, track, queue.taken) and not queue.waiting[track]


def facilitates(workshop, person):
    user = getattr(person, "user_id", None)
    return bool(user) and workshop.facilitations.filter(user=user).exists()


def has_free_seat(workshop, track, taken):
    """Whether one more of `track` fits, with `taken` seats by track."""
    if workshop.capacity is None:
        return True
    kept = workshop.kept_seats
    if taken[track] < kept.get(track, 0):
        return sum(taken.values()) < workshop.capacity
    # Whoever is beyond the seats kept for the own track sits on a shared one, over capacity too.
    shared = workshop.capacity - sum(kept.values())
    return sum(max(0, taken[each] - kept.get(each, 0)) for each in taken) < shared


def rank(registration):
    """Return how many of the same track, oneself included, wait up to this registration."""
    waiting = registration.workshop.registrations.waiting()
    same_track = (
        waiting.on_track(registration.track) if registration.participant else waiting.of_guests()
    )
    return same_track.filter(queue_number__lte=registration.queue_number).count()


def track_of(person):
    """The person's track; "" for a guest."""
    return getattr(person, "track", "")

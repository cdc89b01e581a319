"""How many come to a workshop, of how many who could: the rows of the seats component."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.models import Track
from workshops.models import Workshop
from workshops.queues import seats_taken


@dataclass(frozen=True)
class Seats:
    """`seats` is None where nothing limits them."""

    label: str
    letter: str
    taken: int
    seats: int | None


def seats_of(workshop):
    """Return the workshop's `Seats` by two queries, where nobody's name is needed."""
    hosts = workshop.facilitations.values("user")
    people = workshop.expected_participants().exclude(user__in=hosts)
    expected = Counter(people.values_list("track", flat=True))
    return seat_rows(workshop, taken=seats_taken(workshop), expected=expected)


def seat_rows(workshop, *, taken, expected):
    """Return `Seats` of everybody where some are shared, of each track, and of guests if any.

    `taken` and `expected` count by track, "" for guests; whoever facilitates is in neither.
    """
    tracks = [Track(workshop.track)] if workshop.track else list(Track)
    kept = workshop.kept_seats
    if workshop.capacity is None:
        is_expected = workshop.mode == Workshop.Mode.EXPECTED
        rows = [row(track, taken, expected[track] if is_expected else None) for track in tracks]
    elif len(tracks) > 1 and workshop.capacity == sum(kept.values()):
        rows = [row(track, taken, kept[track]) for track in tracks]
    else:
        rows = [Seats(_("Seats"), workshop.letter, sum(taken.values()), workshop.capacity)]
        if len(tracks) > 1:
            rows += [row(track, taken, None, label=kept_label(track, kept)) for track in tracks]
    if taken[""]:
        rows.append(Seats(_("People from outside"), "t", taken[""], None))
    return rows


def row(track, taken, seats, label=""):
    return Seats(label or str(track.label), track[0], taken[track], seats)


def kept_label(track, kept):
    if not kept[track]:
        return ""
    return _("%(group)s (%(kept)s kept for them)") % {"group": track.label, "kept": kept[track]}

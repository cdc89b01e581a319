"""How many come to a workshop, of how many who could: the rows of the seats component."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.models import Track
from workshops.allocation import seats_taken
from workshops.models import Workshop


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
    """Return `Seats` of everybody where they are counted, of each track, and of guests if any.

    `taken` and `expected` count by track, "" for guests; whoever facilitates is in neither.
    """
    tracks = [Track(workshop.track)] if workshop.track else list(Track)
    if workshop.capacity is None:
        is_expected = workshop.mode == Workshop.Mode.EXPECTED
        limits = {track: expected[track] if is_expected else None for track in tracks}
        rows = [Seats(str(t.label), t[0], taken[t], limit) for t, limit in limits.items()]
    else:
        rows = [Seats(_("Seats"), workshop.letter, sum(taken.values()), workshop.capacity)]
        if len(tracks) > 1:
            rows += [Seats(kept_label(workshop, t), t[0], taken[t], None) for t in tracks]
    if taken[""]:
        rows.append(Seats(_("People from outside"), "t", taken[""], None))
    return rows


def kept_label(workshop, track):
    kept = {
        Track.NEWCOMERS: workshop.newcomer_seats,
        Track.AGENTS: workshop.agent_seats,
    }[track]
    if not kept:
        return str(track.label)
    return _("%(group)s (%(kept)s kept for them)") % {"group": track.label, "kept": kept}

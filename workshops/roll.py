"""Everybody who belongs to a workshop: who comes, who waits, who can't come, who has not said.

`Roll(workshop)` reads it all in a handful of queries, however many people there are; the show page,
the attendance page and the sheet take what they show from it.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from cohorts.models import Guest, Need, Participant
from workshops.models import Attendance, Registration, Workshop
from workshops.seats import seat_rows

Status = Registration.Status
CANNOT_COME = {Status.DECLINED, Status.CANCELLED}


@dataclass
class Place:
    """One person on a workshop's roll; without a registration while they have not said anything."""

    person: Participant | Guest
    registration: Registration | None = None
    facilitates: bool = False
    rank: int | None = None
    short_name: str = ""
    attendances: dict = field(default_factory=dict)

    @property
    def is_guest(self):
        return isinstance(self.person, Guest)

    @property
    def key(self):
        """Names the person in forms: p12 is a participant, g5 a guest."""
        return f"{'g' if self.is_guest else 'p'}{self.person.pk}"

    @property
    def name(self):
        return str(self.person)

    @property
    def first_name(self):
        return self.person.first_name if self.is_guest else self.person.user.first_name

    @property
    def track(self):
        return "" if self.is_guest else self.person.track

    @property
    def status(self):
        return self.registration.status if self.registration else Status.SILENT

    @property
    def status_label(self):
        return Status(self.status).label

    @property
    def holds_a_place(self):
        return bool(self.registration) and self.registration.holds_a_place

    @property
    def cannot_come(self):
        return self.status in CANNOT_COME

    @property
    def sort_key(self):
        name = self.person.first_name if self.is_guest else self.person.user.name_folded
        return (self.cannot_come, self.is_guest, name.casefold(), self.person.pk)

    def state(self, half_day):
        """The person's presence at a half-day; "" when nothing is recorded."""
        attendance = self.attendances.get(half_day.pk)
        return attendance.state if attendance else ""

    def is_present_once(self):
        return any(each.state == Attendance.State.PRESENT for each in self.attendances.values())


class Roll:
    def __init__(self, workshop):
        self.workshop = workshop

    @property
    def can_change(self):
        """Whether places are still given and cancelled by hand."""
        return self.workshop.status not in {Workshop.Status.HELD, Workshop.Status.CANCELLED}

    @cached_property
    def day(self):
        return self.workshop.local_start.date()

    @cached_property
    def facilitations(self):
        return list(self.workshop.facilitations.select_related("user"))

    @cached_property
    def half_days(self):
        return list(self.workshop.half_days.all())

    @cached_property
    def places(self):
        """All of them, in the order of their asking; then those who were only expected, by name."""
        hosts = {facilitation.user_id for facilitation in self.facilitations}
        registrations = self.workshop.registrations.select_related(
            "participant__user", "participant__organisation", "guest"
        ).prefetch_related("participant__needs", "guest__needs", "attendances")
        places = [place_of(registration) for registration in registrations]
        there = {place.person.pk for place in places if not place.is_guest}
        places += [
            Place(person) for person in self.people_to_expect(hosts) if person.pk not in there
        ]
        for place in places:
            place.facilitates = not place.is_guest and place.person.user_id in hosts
        give_ranks(places)
        give_short_names(places)
        return places

    def people_to_expect(self, hosts):
        """Whoever is on the roll without registering: the whole group, or those who facilitate."""
        people = self.workshop.expected_participants().select_related("user", "organisation")
        if self.workshop.mode != Workshop.Mode.EXPECTED:
            people = people.filter(user__in=hosts)
        return people.prefetch_related("needs")

    def _with(self, *statuses):
        return [place for place in self.places if place.status in statuses]

    @property
    def confirmed(self):
        return self._with(Status.CONFIRMED)

    @property
    def waiting(self):
        return self._with(Status.WAITING)

    @property
    def unable(self):
        return self._with(Status.DECLINED, Status.CANCELLED)

    @property
    def silent(self):
        """Expected, and they have not said whether they come; whoever facilitates need not say."""
        return [place for place in self._with(Status.SILENT) if not place.facilitates]

    @property
    def for_attendance(self):
        """Those whose presence is taken, by name; those who said they can't come stand last."""
        on_it = [place for place in self.places if self.belongs_on_attendance(place)]
        return sorted(on_it, key=lambda place: place.sort_key)

    def belongs_on_attendance(self, place):
        if place.status == Status.WAITING:
            return False
        if self.has_left(place):
            return bool(place.attendances)
        if self.workshop.mode == Workshop.Mode.EXPECTED and not place.is_guest:
            return True
        return not place.cannot_come or bool(place.attendances)

    def has_left(self, place):
        return not place.is_guest and place.person.had_left_on(self.day)

    @property
    def for_sheet(self):
        return [place for place in self.for_attendance if not place.cannot_come]

    @property
    def people_present(self):
        """How many different people were there for at least one half-day."""
        return sum(place.is_present_once() for place in self.places)

    @property
    def times_present(self):
        """How many times somebody was there: people times half-days."""
        return sum(
            attendance.state == Attendance.State.PRESENT
            for place in self.places
            for attendance in place.attendances.values()
        )

    @property
    def need_totals(self):
        """Return [(need, how many people)] of those who come or are expected.

        Of an interpreter the language counts; of other needs the detail is nobody else's business.
        """
        coming = [
            place for place in self.places if place.status in (Status.CONFIRMED, Status.SILENT)
        ]
        needs = Counter(
            (need.kind, need.detail if need.kind == Need.Kind.INTERPRETER else "")
            for place in coming
            for need in place.person.needs.all()
        )
        return [
            (Need(kind=kind, detail=detail), people)
            for (kind, detail), people in sorted(needs.items())
        ]

    @property
    def seats(self):
        counted = [place for place in self.places if not place.facilitates]
        return seat_rows(
            self.workshop,
            taken=Counter(each.track for each in counted if each.status == Status.CONFIRMED),
            expected=Counter(each.track for each in counted if not self.has_left(each)),
        )


def place_of(registration):
    attendances = {each.half_day_id: each for each in registration.attendances.all()}
    return Place(registration.person, registration, attendances=attendances)


def give_ranks(places):
    """Number those who wait, each within the own group; they come in the order of their asking."""
    counted = Counter()
    for place in places:
        if place.status == Status.WAITING:
            counted[place.track] += 1
            place.rank = counted[place.track]


def give_short_names(places):
    """First names, as those who facilitate see them; an initial more where two are the same."""
    alike = Counter(place.first_name for place in places)
    for place in places:
        place.short_name = place.first_name
        if alike[place.first_name] > 1 and place.name != place.first_name:
            place.short_name += f" {place.name.removeprefix(place.first_name).strip()[:1]}."

"""A cohort's workshops as a list: those to come, the next one first, then those that are over."""

from collections import Counter
from dataclasses import dataclass

from workshops.models import Registration, Workshop


@dataclass(frozen=True)
class Listed:
    """A line of the list. `seats` is None where nothing limits them and nobody is expected."""

    workshop: Workshop
    is_ahead: bool
    lacks_attendance: bool
    seats: int | None
    own: Registration | None
    anchor: str


def listed(workshops, *, participant=None, at):
    """Return a `Listed` for each of the workshops, with the participant's own registration."""
    workshops = sorted(workshops, key=lambda workshop: (workshop.starts_at, workshop.pk))
    ahead = [each for each in workshops if not each.is_past(at)]
    over = [each for each in workshops if each.is_past(at)]
    own = own_registrations(participant, workshops)
    people = people_by_track(workshops)
    phases = set()
    lines = []
    for workshop in ahead + over[::-1]:
        # The board leads to the first line of a phase.
        is_first = workshop.phase_id not in phases
        phases.add(workshop.phase_id)
        lines.append(
            Listed(
                workshop=workshop,
                is_ahead=not workshop.is_past(at),
                lacks_attendance=workshop.lacks_attendance(at),
                seats=seats_of(workshop, people),
                own=own.get(workshop.pk),
                anchor=f"phase-{workshop.phase_id}" if is_first and workshop.phase_id else "",
            )
        )
    return lines


def own_registrations(participant, workshops):
    if participant is None:
        return {}
    registrations = participant.registrations.filter(workshop__in=workshops)
    return {registration.workshop_id: registration for registration in registrations}


def people_by_track(workshops):
    """How many people the cohort has on each track; "" is all of them."""
    if not workshops:
        return Counter()
    people = workshops[0].cohort.participants.present().values_list("track", flat=True)
    counted = Counter(people)
    return counted + Counter({"": counted.total()})


def seats_of(workshop, people):
    if workshop.capacity is not None:
        return workshop.capacity
    return people[workshop.track] if workshop.mode == Workshop.Mode.EXPECTED else None

"""The page of one workshop: staff's, and the one that everybody else sees."""

from django.shortcuts import render
from django.utils import timezone

from cohorts.models import Participant, Track
from cohorts.permissions import participation
from workshops.models import Workshop
from workshops.permissions import facilitates
from workshops.roll import Roll
from workshops.standing import standing_of
from workshops.views.access import visible_workshop

# Held is what closing the attendance makes it.
BY_HAND = (
    Workshop.Status.OPEN,
    Workshop.Status.CLOSED,
    Workshop.Status.DRAFT,
    Workshop.Status.CANCELLED,
)


def workshop_show(request, slug, pk):
    workshop = visible_workshop(request, slug, pk)
    return show_to_staff(request, workshop) if request.can_manage else show(request, workshop)


def show_to_staff(request, workshop):
    now = timezone.now()
    context = {
        "workshop": workshop,
        "roll": Roll(workshop),
        "registering": workshop.registering(now),
        "has_begun": workshop.has_begun(now),
        "lacks_attendance": workshop.lacks_attendance(now),
        "moves": [status for status in BY_HAND if workshop.can_move_to(status)],
    }
    return render(request, "workshops/workshop_show.html", context)


def show(request, workshop, status=200):
    """What participants, facilitators and coordinators see, each their own part."""
    now = timezone.now()
    participant = participation(request.user, workshop.cohort)
    is_meant = participant and workshop.track in {"", participant.track}
    runs_it = facilitates(request.user, workshop)
    context = {
        "workshop": workshop,
        "registering": workshop.registering(now),
        "standing": standing_of(participant, workshop, now) if is_meant else None,
        "needs": list(participant.needs.all()) if is_meant else [],
        "roll": Roll(workshop) if runs_it else None,
        "own_agents": agents_of_coordinator(request.user, workshop),
    }
    return render(request, "workshops/workshop_mine.html", context, status=status)


def agents_of_coordinator(user, workshop):
    """The agents of the organisation that the user coordinates, with what is known of each here."""
    if workshop.track == Track.NEWCOMERS:
        return []
    agents = Participant.objects.coordinated_by(user).filter(cohort=workshop.cohort)
    pks = set(agents.values_list("pk", flat=True))
    if not pks:
        return []
    return [
        place for place in Roll(workshop).places if not place.is_guest and place.person.pk in pks
    ]

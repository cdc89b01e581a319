"""What must be true across the rows of this app, and no constraint can say.

Sentences name rows by their numbers, never people.
"""

from collections import Counter

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from workshops.models import (
    Action,
    Answer,
    Attendance,
    Decision,
    DecisionOption,
    Facilitation,
    Idea,
    IdeaAction,
    Letter,
    ReferenceCounter,
    Registration,
    Subject,
    SubjectIdea,
    Testimony,
    TestimonyTheme,
    Theme,
    ThemeIdea,
    ThemeSubject,
    Workshop,
)
from workshops.queues import has_free_seat, seats_taken


def problems():
    """Yield a sentence for each rule that a row breaks."""
    yield from rows_of_two_cohorts()
    yield from places_of_the_other_group()
    yield from places_beyond_the_seats()
    yield from places_that_wait_for_nothing()
    yield from states_without_their_move()
    yield from attendance_of_another_workshop()
    yield from corrections_that_lead_elsewhere()
    yield from testimonies_badly_numbered()
    yield from testimonies_off_the_desk()
    yield from references_not_counted()
    yield from decisions_without_their_subject()
    yield from leads_of_another_programme()


# --- One cohort ---------------------------------------------------------------------------------

# Each pair of ways from a row that must lead to one cohort.
TO_ONE_COHORT = [
    (Workshop, "cohort", "phase__cohort"),
    (Registration, "workshop__cohort", "participant__cohort"),
    (Registration, "workshop__cohort", "guest__cohort"),
    (TestimonyTheme, "testimony__workshop__cohort", "theme__cohort"),
    (ThemeSubject, "theme__cohort", "subject__cohort"),
    (ThemeIdea, "theme__cohort", "idea__cohort"),
    (SubjectIdea, "subject__cohort", "idea__cohort"),
    (IdeaAction, "idea__cohort", "action__cohort"),
    (Idea, "cohort", "workshop__cohort"),
    (Decision, "cohort", "subject__cohort"),
    (Decision, "cohort", "workshop__cohort"),
    (DecisionOption, "decision__cohort", "subject__cohort"),
]


def rows_of_two_cohorts():
    for model, one, other in TO_ONE_COHORT:
        rows = model.objects.filter(**{f"{other}__isnull": False})
        for pk in keys(rows.filter(~Q(**{one: F(other)}))):
            yield f"{model._meta.label} {pk}: it ties things of two cohorts."


TO_ONE_PROGRAMME = [
    (Action, "cohort__programme", "lead__programme"),
    (Action.partners.through, "action__cohort__programme", "organisation__programme"),
    (Answer, "action__cohort__programme", "organisation__programme"),
]


def leads_of_another_programme():
    for model, one, other in TO_ONE_PROGRAMME:
        rows = model.objects.filter(**{f"{other}__isnull": False})
        for pk in keys(rows.filter(~Q(**{one: F(other)}))):
            yield f"{model._meta.label} {pk}: its organisation is of another programme."


# --- Places and presence ------------------------------------------------------------------------


def places_of_the_other_group():
    places = Registration.objects.holding_a_place().filter(
        ~Q(participant__track=F("workshop__track")), participant__isnull=False
    )
    for pk in keys(places.exclude(workshop__track="")):
        yield f"workshops.Registration {pk}: the workshop is for the other group."


def places_beyond_the_seats():
    hosting = Facilitation.objects.filter(
        workshop=OuterRef("workshop"), user=OuterRef("participant__user")
    )
    regular = Registration.objects.confirmed().filter(~Exists(hosting), override_reason="")
    regular = Q(registrations__in=regular)
    workshops = Workshop.objects.annotate(taken=Count("registrations", filter=regular))
    for workshop in workshops.filter(taken__gt=F("capacity")).order_by("pk"):
        yield (
            f"workshops.Workshop {workshop.pk}: {workshop.taken} people are confirmed "
            f"for {workshop.capacity} seats, and no reason is given."
        )


def places_that_wait_for_nothing():
    """Somebody waits at a workshop that still takes people, though a seat of theirs is free."""
    still_open = {Workshop.Status.OPEN, Workshop.Status.CLOSED}
    with_queue = Workshop.objects.filter(status__in=still_open, registrations__status="waiting")
    for workshop in with_queue.distinct().order_by("pk"):
        taken = seats_taken(workshop)
        for registration in workshop.registrations.waiting().select_related("participant"):
            if has_free_seat(workshop, registration.track, taken):
                yield f"workshops.Registration {registration.pk}: it waits, though a seat is free."


def states_without_their_move():
    for registration in Registration.objects.prefetch_related("moves").order_by("pk").iterator(500):
        moves = list(registration.moves.all())
        if not moves or moves[-1].status != registration.status:
            yield f"workshops.Registration {registration.pk}: its last move tells another state."


def attendance_of_another_workshop():
    for pk in keys(Attendance.objects.filter(~Q(half_day__workshop=F("registration__workshop")))):
        yield f"workshops.Attendance {pk}: its half-day is of another workshop."


def corrections_that_lead_elsewhere():
    corrected = Attendance.objects.filter(corrections__isnull=False).distinct()
    for attendance in corrected.prefetch_related("corrections").order_by("pk"):
        if list(attendance.corrections.all())[-1].after != attendance.state:
            yield f"workshops.Attendance {attendance.pk}: its last correction tells another state."


# --- The thread ---------------------------------------------------------------------------------


def testimonies_badly_numbered():
    numbered = Testimony.objects.numbered().values_list("workshop__cohort", "number")
    for (cohort, number), times in sorted(Counter(numbered).items()):
        if times > 1:
            yield f"cohorts.Cohort {cohort}: {times} testimonies have the number {number}."
    closed = Testimony.objects.filter(number=None, workshop__notes_closed_at__isnull=False)
    for workshop in sorted(set(closed.values_list("workshop", flat=True))):
        yield f"workshops.Workshop {workshop}: its notes are closed, and a testimony has no number."


def testimonies_off_the_desk():
    """Only listening workshops have a desk, so that those of others would never be closed."""
    elsewhere = Workshop.objects.exclude(kind=Workshop.Kind.LISTENING)
    for pk in keys(elsewhere.filter(testimonies__isnull=False).distinct()):
        yield f"workshops.Workshop {pk}: it has testimonies, and is no listening workshop."


NUMBERED = {
    Letter.TESTIMONY: (Testimony, "workshop__cohort"),
    Letter.THEME: (Theme, "cohort"),
    Letter.SUBJECT: (Subject, "cohort"),
    Letter.IDEA: (Idea, "cohort"),
    Letter.ACTION: (Action, "cohort"),
}


def references_not_counted():
    """A number above its counter would be given a second time."""
    counted = {(c.cohort_id, c.letter): c.last for c in ReferenceCounter.objects.all()}
    for letter, (model, way) in NUMBERED.items():
        highest = model.objects.order_by().values_list(way).annotate(Max("number"))
        for cohort, number in highest:
            if (number or 0) > counted.get((cohort, letter), 0):
                yield f"cohorts.Cohort {cohort}: {letter}-{number} was never counted."


def decisions_without_their_subject():
    for pk in keys(Decision.objects.filter(~Q(subject__status="chosen"), reopened_on=None)):
        yield f"workshops.Decision {pk}: it is in force, and its subject is not the chosen one."
    decided = Decision.objects.filter(reopened_on=None).values("subject")
    for pk in keys(Subject.objects.chosen().exclude(pk__in=decided)):
        yield f"workshops.Subject {pk}: it is chosen, and no decision says so."


def keys(rows):
    return rows.order_by("pk").values_list("pk", flat=True)

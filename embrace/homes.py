"""What each person finds first: whoever takes part, facilitates, or speaks for an institution."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Participant, Programme, User
from reports.models import Edition
from workshops.models import Action, Registration, Subject, Theme, Workshop

SHOWN = 3  # how many of a kind a home shows; the rest is one tap further


@dataclass(frozen=True)
class Step:
    """One thing that became of what was said; `kind` is heard, together or done."""

    kind: str
    text: str
    note: str
    url: str = ""


@dataclass(frozen=True)
class ParticipantHome:
    participant: Participant
    next_workshop: Workshop | None
    registration: Registration | None
    facilitates: bool
    later: list[Workshop]
    steps: list[Step]
    has_report: bool
    contact: User | None

    @property
    def cohort(self):
        return self.participant.cohort

    @property
    def letter(self):
        return self.participant.track[0]


@dataclass(frozen=True)
class CoordinatorHome:
    cohort: Cohort
    organisation: object
    to_answer: list[Action]
    answered: list[Action]
    editions: list[Edition]
    workshops: list[Workshop]
    contact: User | None


@dataclass(frozen=True)
class Home:
    managed: list[Cohort]
    may_add_cohort: bool = False
    participations: list[ParticipantHome] = field(default_factory=list)
    facilitated: list[Workshop] = field(default_factory=list)
    coordinated: list[CoordinatorHome] = field(default_factory=list)

    @property
    def is_staff(self):
        return bool(self.managed) or self.may_add_cohort

    @property
    def is_only_staff(self):
        return self.is_staff and not (self.participations or self.facilitated or self.coordinated)

    @cached_property
    def contacts(self):
        """Whom to ask, each once."""
        found = (here.contact for here in [*self.participations, *self.coordinated])
        return list(dict.fromkeys(contact for contact in found if contact))

    @cached_property
    def is_empty(self):
        return not (self.is_staff or self.participations or self.facilitated or self.coordinated)


def home_of(user, at):
    participations = user.participations.present().select_related("cohort__programme")
    coordinated = user.appointments.of_coordinators()
    return Home(
        managed=list(Cohort.objects.managed_by(user)),
        may_add_cohort=Programme.objects.managed_by(user).exists(),
        participations=[participant_home(participant, at) for participant in participations],
        facilitated=facilitated_by(user, at),
        coordinated=[
            coordinator_home(appointment, at)
            for appointment in coordinated.select_related("cohort", "organisation")
        ],
    )


def facilitated_by(user, at):
    """The workshops that the user runs: those to come, and past ones whose notes are still open."""
    workshops = Workshop.objects.facilitated_by(user).not_cancelled().select_related("cohort")
    return [workshop for workshop in workshops if workshop.ends_at >= at or workshop.notes_are_open]


def participant_home(participant, at):
    cohort = participant.cohort
    coming = list(
        Workshop.objects.visible_to(participant.user)
        .filter(cohort=cohort)
        .announced()
        .upcoming(at)[: SHOWN + 1]
    )
    for workshop in coming:
        # Its local times need the cohort, which is here already.
        workshop.cohort = cohort
    first = coming[0] if coming else None
    registration = first and participant.registrations.filter(workshop=first).first()
    return ParticipantHome(
        participant=participant,
        next_workshop=first,
        registration=registration,
        facilitates=bool(first) and first.facilitations.filter(user=participant.user).exists(),
        later=coming[1:],
        steps=steps_of(cohort),
        has_report=cohort.editions.offered().exists(),
        contact=contact_of(cohort),
    )


def contact_of(cohort):
    """Whom to ask: the first of the staff who can be called or written to."""
    staff = cohort.appointments.of_staff() | cohort.programme.appointments.of_staff()
    reachable = staff.filter(user__is_active=True, user__phone__isnull=False)
    # The cohort's own before those of the whole programme, and each in alphabetical order.
    nearest = F("cohort_id").desc(nulls_last=True)
    first = reachable.select_related("user").order_by(nearest, "user__name_folded", "pk").first()
    return first.user if first else None


def steps_of(cohort):
    """Return what became of what was said, from the themes to the institutions' answers."""
    steps = []
    themes = list(Theme.objects.filter(cohort=cohort).released()[:SHOWN])
    if themes:
        titles = " · ".join(str(theme.title) for theme in themes)
        listening = reverse("workshops:listening", args=[cohort.slug])
        steps.append(Step("heard", _("What was heard"), titles, listening))
    subject = Subject.objects.filter(cohort=cohort).chosen().first()
    if subject:
        title, question = _("What both groups chose"), str(subject.question)
        steps.append(Step("together", title, question, subject.get_absolute_url()))
    actions = Action.objects.filter(cohort=cohort, status=Action.Status.ANSWERED)
    for action in actions.select_related("cohort", "lead").prefetch_related("answers"):
        answer = action.latest_answer
        if answer and answer.is_commitment:
            title = _("%(institution)s said yes") % {"institution": action.lead}
            steps.append(Step("done", title, str(action.title), action.get_absolute_url()))
    return steps


def coordinator_home(appointment, at):
    cohort, organisation = appointment.cohort, appointment.organisation
    actions = list(
        Action.objects.visible_to(appointment.user)
        .filter(cohort=cohort)
        .led_by([organisation])
        .select_related("cohort")
        .prefetch_related("answers", "progress")
    )
    return CoordinatorHome(
        cohort=cohort,
        organisation=organisation,
        to_answer=[action for action in actions if action.status == Action.Status.PROPOSED],
        answered=[action for action in actions if action.status == Action.Status.ANSWERED],
        editions=list(cohort.editions.offered().prefetch_related("files")[:SHOWN]),
        workshops=list(
            Workshop.objects.visible_to(appointment.user)
            .filter(cohort=cohort)
            .upcoming(at)
            .select_related("cohort")[:SHOWN]
        ),
        contact=contact_of(cohort),
    )

"""Where one participant stands with a workshop: what they said, what they may do now."""

from dataclasses import dataclass

from cohorts.models import Participant
from workshops import queues
from workshops.models import Attendance, Registration, Workshop


@dataclass(frozen=True)
class Standing:
    participant: Participant
    registration: Registration | None
    registering: Workshop.Registering
    is_full: bool
    rank: int | None
    attendances: list[Attendance]
    facilitates: bool

    @property
    def status(self):
        return self.registration.status if self.registration else ""

    @property
    def can_come(self):
        """Whether "I'm coming" makes sense now."""
        is_open = self.registering == Workshop.Registering.OPEN
        return is_open and not self.holds_a_place and not self.facilitates

    @property
    def can_decline(self):
        """Whether "I can't come" makes sense now; also once registration is closed."""
        ahead = self.registering not in {Workshop.Registering.OVER, Workshop.Registering.CANCELLED}
        return ahead and not self.attendances and not self.said_no and not self.facilitates

    @property
    def holds_a_place(self):
        return bool(self.registration) and self.registration.holds_a_place

    @property
    def said_no(self):
        return self.status in Registration.SAID_NO


def standing_of(participant, workshop, at):
    registration = workshop.registrations.filter(participant=participant).first()
    waits = registration and registration.status == Registration.Status.WAITING
    return Standing(
        participant=participant,
        registration=registration,
        registering=workshop.registering(at),
        is_full=not queues.is_next_in(workshop, participant, queues.queue_of(workshop)),
        rank=queues.rank(registration) if waits else None,
        attendances=list(registration.attendances.select_related("half_day"))
        if registration
        else [],
        facilitates=queues.facilitates(workshop, participant),
    )

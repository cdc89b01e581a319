from cohorts.models.appointments import Appointment, Role
from cohorts.models.cards import Card
from cohorts.models.cohorts import Cohort
from cohorts.models.guests import Guest
from cohorts.models.needs import Need
from cohorts.models.organisations import Organisation
from cohorts.models.outbox import OutboxMessage
from cohorts.models.participants import AgeBand, Gender, Participant, Track
from cohorts.models.phases import Phase
from cohorts.models.programmes import Programme
from cohorts.models.submissions import Submission
from cohorts.models.users import User

__all__ = [
    "AgeBand",
    "Appointment",
    "Card",
    "Cohort",
    "Gender",
    "Guest",
    "Need",
    "Organisation",
    "OutboxMessage",
    "Participant",
    "Phase",
    "Programme",
    "Role",
    "Submission",
    "Track",
    "User",
]

from workshops.models.actions import Action, Answer, Progress
from workshops.models.facilitations import Facilitation, NoteTaker
from workshops.models.feeds import CalendarFeed
from workshops.models.half_days import HalfDay
from workshops.models.ideas import Idea
from workshops.models.links import (
    IdeaAction,
    SubjectIdea,
    TestimonyTheme,
    ThemeIdea,
    ThemeSubject,
)
from workshops.models.references import Letter, ReferenceCounter
from workshops.models.registrations import (
    Attendance,
    AttendanceCorrection,
    Registration,
    RegistrationMove,
)
from workshops.models.subjects import Decision, DecisionOption, Subject
from workshops.models.testimonies import Testimony
from workshops.models.themes import Theme
from workshops.models.workshops import Workshop

__all__ = [
    "Action",
    "Answer",
    "Attendance",
    "AttendanceCorrection",
    "CalendarFeed",
    "Decision",
    "DecisionOption",
    "Facilitation",
    "HalfDay",
    "Idea",
    "IdeaAction",
    "Letter",
    "NoteTaker",
    "Progress",
    "ReferenceCounter",
    "Registration",
    "RegistrationMove",
    "Subject",
    "SubjectIdea",
    "Testimony",
    "TestimonyTheme",
    "Theme",
    "ThemeIdea",
    "ThemeSubject",
    "Workshop",
]

"""What the database keeps as it was written, in this app."""

from cohorts.database_rules import Frozen, Guarded

# The workshop is held, so its attendance is closed.
NEW_IS_CLOSED = (
    "EXISTS (SELECT 1 FROM workshops_halfday h JOIN workshops_workshop w "
    "ON w.id = h.workshop_id WHERE h.id = NEW.half_day_id AND w.status = 'held')"
)
OLD_IS_CLOSED = NEW_IS_CLOSED.replace("NEW.", "OLD.")
# What the last correction says is the one state that a closed presence may take. One that nobody
# had recorded begins as an empty row, for its correction to hang from.
CORRECTED = (
    "NEW.state = (SELECT c.after FROM workshops_attendancecorrection c "
    "WHERE c.attendance_id = OLD.id ORDER BY c.id DESC LIMIT 1)"
)
OTHER_PRESENCE = "OLD.state <> NEW.state OR OLD.proof <> NEW.proof"
OTHER_PLACE = "OLD.registration_id <> NEW.registration_id OR OLD.half_day_id <> NEW.half_day_id"
DECIDED = (
    "cohort", "subject", "workshop", "method", "decided_on", "reason", "newcomer_voters",
    "agent_voters", "recorded_at",
)  # fmt: skip
ANSWERED = (
    "action", "organisation", "verdict", "level", "answered_on", "study_until", "text", "on_behalf",
    "recorded_at",
)  # fmt: skip
REPORTED = ("action", "stage", "on", "text", "on_behalf", "recorded_at")

RULES = [
    Frozen("workshops.RegistrationMove", erasable=("reason",)),
    Frozen("workshops.AttendanceCorrection", erasable=("reason",)),
    # What an institution said stays as it was entered; it may be struck out, which adds a reason.
    Frozen("workshops.Answer", columns=ANSWERED),
    Frozen("workshops.Progress", columns=REPORTED),
    Frozen(
        "workshops.Testimony",
        columns=("workshop", "number"),
        unless='OLD."number" IS NULL',
        deletable=True,
    ),
    # A reference, once printed, means one thing for ever.
    *(
        Frozen(f"workshops.{name}", columns=("cohort", "number"), deletable=True)
        for name in ("Theme", "Subject", "Idea", "Action")
    ),
    # A decision may be reopened, which adds a date and a reason; what was decided stays as it was.
    Frozen("workshops.Decision", columns=DECIDED),
    Frozen("workshops.DecisionOption"),
    Guarded(
        "workshops.Attendance",
        insert=f"{NEW_IS_CLOSED} AND NEW.state <> ''",
        update=f"({OLD_IS_CLOSED} OR {NEW_IS_CLOSED}) AND "
        f"({OTHER_PLACE} OR (({OTHER_PRESENCE}) AND NOT COALESCE({CORRECTED}, FALSE)))",
        delete=OLD_IS_CLOSED,
    ),
    # Nothing opens attendance again once it is closed.
    Frozen(
        "workshops.Workshop", columns=("status",), unless="OLD.status <> 'held'", deletable=True
    ),
]

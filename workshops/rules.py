"""What the database keeps as it was written, in this app."""

from cohorts.database_rules import Frozen

RULES = [
    Frozen("workshops.RegistrationMove", erasable=("reason",)),
    Frozen("workshops.AttendanceCorrection", erasable=("reason",)),
    Frozen("workshops.Answer"),
    Frozen("workshops.Progress"),
    Frozen(
        "workshops.Testimony",
        columns=("workshop", "number"),
        unless='OLD."number" IS NULL',
        deletable=True,
    ),
]

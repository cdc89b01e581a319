"""What the database keeps as it was written, in this app."""

from cohorts.database_rules import Frozen

RULES = [
    Frozen("reports.ReportText"),
    # Withdrawing an edition blanks the withdrawn quote in its rows: the one change let through.
    Frozen(
        "reports.Edition",
        columns=(
            "cohort",
            "number",
            "schema_version",
            "data",
            "what_changed",
            "published_at",
        ),
        unless='OLD."withdrawn_at" IS NULL AND NEW."withdrawn_at" IS NOT NULL',
    ),
    Frozen(
        "reports.EditionPage",
        unless='OLD."redacted_at" IS NULL AND NEW."redacted_at" IS NOT NULL',
    ),
    Frozen("reports.EditionFile"),
    Frozen("reports.EditionQuote"),
]

"""What the database keeps as it was written, in this app."""

from cohorts.database_rules import Frozen


def later(column):
    """SQL that is true when a change moves `column` on in time, or fills it."""
    return f'COALESCE(NEW."{column}" > OLD."{column}", NEW."{column}" IS NOT NULL)'


RULES = [
    Frozen("reports.ReportText"),
    # Withdrawing a quote blanks it in an edition's rows: the one change let through, with its time.
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
        unless=later("withdrawn_at"),
    ),
    Frozen(
        "reports.EditionPage",
        unless=later("redacted_at"),
    ),
    Frozen("reports.EditionFile"),
    Frozen("reports.EditionQuote"),
]

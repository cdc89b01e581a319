from reports.models.editions import Edition, EditionFile, EditionPage, EditionQuote
from reports.models.texts import (
    REPORT_LANGUAGES,
    ReportText,
    Section,
    StaleText,
    write_text,
)

__all__ = [
    "REPORT_LANGUAGES",
    "Edition",
    "EditionFile",
    "EditionPage",
    "EditionQuote",
    "ReportText",
    "Section",
    "StaleText",
    "write_text",
]

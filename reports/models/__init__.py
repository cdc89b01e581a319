from reports.models.editions import Edition, EditionFile, EditionPage, EditionQuote
from reports.models.texts import ReportText, Section, StaleText

__all__ = [
    "Edition",
    "EditionFile",
    "EditionPage",
    "EditionQuote",
    "ReportText",
    "Section",
    "StaleText",
]

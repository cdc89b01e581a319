"""Everything of a cohort that its report tells, fetched once for all languages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from cohorts.models import Organisation
from reports.figures import measure, sizes_of_gatherings
from reports.models import ReportText
from reports.source import Source
from workshops.models import Decision, Testimony, Theme, Workshop
from workshops.thread import Links


@dataclass(frozen=True)
class Material:
    cohort: object
    on: date
    figures: dict
    sizes: dict
    operator: str
    institutions: list
    texts: dict
    phases: list
    workshops: list
    themes: list
    heard: dict
    quotes: list
    subjects: list
    decision: object
    ideas: list
    actions: list
    partners: dict
    links: Links


def gather(cohort, *, on, before=None):
    """Fetch the material as of a day; `before` holds the figures of the edition before."""
    source = Source(cohort)
    return Material(
        cohort=cohort,
        on=on,
        figures=measure(source, before),
        sizes=sizes_of_gatherings(source),
        operator=operator_of(source),
        institutions=institutions_of(source),
        texts=texts_of(cohort),
        phases=list(cohort.phases.all()),
        workshops=[each for each in source.workshops if each.status != Workshop.Status.DRAFT],
        themes=source.themes,
        heard=testimonies_by_theme(source),
        quotes=quotes_of(source),
        subjects=source.subjects,
        decision=decision_of(cohort),
        ideas=source.ideas,
        actions=source.proposed_actions,
        partners=partners_by_action(source),
        links=source.links,
    )


def operator_of(source):
    operators = (each for each in source.organisations if each.kind == Organisation.Kind.OPERATOR)
    return next((each.name for each in operators), "")


def institutions_of(source):
    """Return the names of the host authority, then of the partners."""
    host = source.cohort.host
    partners = dict.fromkeys(each.name for each in source.organisations if each.is_partner)
    return [host.name, *(name for name in partners if name != host.name)] if host else [*partners]


def texts_of(cohort):
    newest = ReportText.objects.filter(cohort=cohort).newest()
    return {(text.section, text.language): text.body for text in newest if text.body.strip()}


def quotable(cohort):
    """Testimonies that an edition may print: consented, checked, of a released theme."""
    return (
        Testimony.objects.of_cohort(cohort)
        .quotes()
        .filter(theme_links__theme__status=Theme.Status.RELEASED)
        .distinct()
    )


def quotes_of(source):
    """Return what `quotable` finds, in order of number."""
    released = {theme.pk for theme in source.themes}
    quotes = (each for each in source.testimonies if each.is_quote and each.theme in released)
    return list({testimony.pk: testimony for testimony in quotes}.values())


def testimonies_by_theme(source):
    """Return {theme key: [(testimony key, workshop key, status)]}."""
    heard = {}
    for each in source.testimonies:
        if each.theme:
            heard.setdefault(each.theme, []).append((each.pk, each.workshop_id, each.status))
    return heard


def decision_of(cohort):
    return (
        Decision.objects.filter(cohort=cohort, reopened_on=None)
        .prefetch_related("options")
        .select_related("subject")
        .first()
    )


def partners_by_action(source):
    """Return {action key: [names]}."""
    partners = defaultdict(list)
    for each in source.organisations:
        partners[each.action].append(each.name)
    return partners

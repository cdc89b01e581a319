"""Everything of a cohort that its report tells, fetched once for all languages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from reports.figures import measure, sizes_of_gatherings
from reports.models import ReportText
from reports.source import PARTNER, Source
from workshops.models import Decision, Testimony, Theme, Workshop


@dataclass(frozen=True)
class Material:
    cohort: object
    on: date
    figures: dict
    sizes: dict
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
    links: object


@dataclass(frozen=True)
class Links:
    """The thread as maps from an item's key to the keys of what it is linked to."""

    idea_to_actions: dict
    action_to_ideas: dict
    idea_to_subjects: dict
    idea_to_themes: dict
    theme_to_subjects: dict
    subject_to_themes: dict

    def themes_of_idea(self, idea):
        """Those that it answers, or, where none were named, those behind its subjects."""
        own = self.idea_to_themes.get(idea, [])
        subjects = self.idea_to_subjects.get(idea, [])
        return own or merge(self.subject_to_themes.get(subject, []) for subject in subjects)

    def themes_of_action(self, action):
        return merge(map(self.themes_of_idea, self.action_to_ideas.get(action, [])))

    def subjects_of_action(self, action):
        ideas = self.action_to_ideas.get(action, [])
        return merge(self.idea_to_subjects.get(idea, []) for idea in ideas)

    def actions_of_theme(self, theme):
        return [action for action in self.action_to_ideas if theme in self.themes_of_action(action)]


def gather(cohort, *, on, before=None):
    """Fetch the material as of a day; `before` holds the figures of the edition before."""
    prefetch_related_objects([cohort], "programme__organisations")
    source = Source(cohort)
    return Material(
        cohort=cohort,
        on=on,
        figures=measure(source, before),
        sizes=sizes_of_gatherings(source),
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
        links=links_of(source),
    )


def institutions_of(source):
    """Return the names of the host authority, then of the partners."""
    host = source.cohort.host
    partners = {partner for _cohort, partner in source.links["cohort", PARTNER]}
    names = [each.name for each in source.organisations.values() if each.pk in partners]
    return [host.name, *(name for name in names if name != host.name)] if host else names


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
    partners = mapped(source.links["action", PARTNER])
    return {
        action: [each.name for each in source.organisations.values() if each.pk in keys]
        for action, keys in partners.items()
    }


def links_of(source):
    links = source.links
    return Links(
        idea_to_actions=mapped(links["idea", "action"]),
        action_to_ideas=mapped(backwards(links["idea", "action"])),
        idea_to_subjects=mapped(links["idea", "subject"]),
        idea_to_themes=mapped(links["idea", "theme"]),
        theme_to_subjects=mapped(links["theme", "subject"]),
        subject_to_themes=mapped(backwards(links["theme", "subject"])),
    )


def backwards(keys):
    return [(other, one) for one, other in keys]


def mapped(keys):
    found = {}
    for one, other in keys:
        found.setdefault(one, []).append(other)
    return found


def merge(lists):
    return list(dict.fromkeys(key for keys in lists for key in keys))

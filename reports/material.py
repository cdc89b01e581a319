"""Everything of a cohort that its report tells, fetched once for all languages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from reports.figures import measure, sizes_of_gatherings
from reports.models import ReportText
from workshops.models import (
    Action,
    Decision,
    IdeaAction,
    SubjectIdea,
    Testimony,
    TestimonyTheme,
    Theme,
    ThemeIdea,
    ThemeSubject,
    Workshop,
)


@dataclass(frozen=True)
class Material:
    cohort: object
    on: date
    figures: dict
    sizes: dict
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
    prefetch_related_objects([cohort], "partners", "programme__organisations")
    themes = list(Theme.objects.filter(cohort=cohort).released())
    return Material(
        cohort=cohort,
        on=on,
        figures=measure(cohort, before),
        sizes=sizes_of_gatherings(cohort),
        texts=texts_of(cohort),
        phases=list(cohort.phases.all()),
        workshops=list(workshops_of(cohort)),
        themes=themes,
        heard=testimonies_by_theme(cohort),
        quotes=list(quotable(cohort)),
        subjects=list(cohort.subjects.all()),
        decision=decision_of(cohort),
        ideas=list(cohort.ideas.all()),
        actions=list(actions_of(cohort)),
        links=links_of(cohort),
    )


def texts_of(cohort):
    newest = ReportText.objects.filter(cohort=cohort).newest()
    return {(text.section, text.language): text.body for text in newest if text.body.strip()}


def workshops_of(cohort):
    return (
        Workshop.objects.filter(cohort=cohort)
        .exclude(status=Workshop.Status.DRAFT)
        .select_related("cohort")
        .prefetch_related("half_days")
    )


def quotable(cohort):
    """Testimonies that an edition may print: consented, checked, of a released theme."""
    return (
        Testimony.objects.of_cohort(cohort)
        .quotes()
        .filter(theme_links__theme__status=Theme.Status.RELEASED)
        .distinct()
        .order_by("number")
    )


def testimonies_by_theme(cohort):
    """Return {theme key: [(testimony key, workshop key, status)]}."""
    heard = {}
    rows = TestimonyTheme.objects.filter(theme__cohort=cohort).values_list(
        "theme", "testimony", "testimony__workshop", "testimony__status"
    )
    for theme, *testimony in rows:
        heard.setdefault(theme, []).append(tuple(testimony))
    return heard


def decision_of(cohort):
    return (
        Decision.objects.filter(cohort=cohort, reopened_on=None)
        .prefetch_related("options")
        .select_related("subject")
        .first()
    )


def actions_of(cohort):
    return (
        Action.objects.filter(cohort=cohort)
        .exclude(status=Action.Status.DRAFT)
        .select_related("lead")
        .prefetch_related("partners", "answers__organisation", "progress")
    )


def links_of(cohort):
    sources = pairs(IdeaAction.objects.filter(idea__cohort=cohort), "idea", "action")
    subjects = pairs(SubjectIdea.objects.filter(idea__cohort=cohort), "idea", "subject")
    themes = pairs(ThemeIdea.objects.filter(idea__cohort=cohort), "idea", "theme")
    asked = pairs(ThemeSubject.objects.filter(theme__cohort=cohort), "theme", "subject")
    return Links(
        idea_to_actions=mapped(sources),
        action_to_ideas=mapped(backwards(sources)),
        idea_to_subjects=mapped(subjects),
        idea_to_themes=mapped(themes),
        theme_to_subjects=mapped(asked),
        subject_to_themes=mapped(backwards(asked)),
    )


def pairs(links, one, other):
    return list(links.order_by(f"{other}__number").values_list(one, other))


def backwards(keys):
    return [(other, one) for one, other in keys]


def mapped(keys):
    found = {}
    for one, other in keys:
        found.setdefault(one, []).append(other)
    return found


def merge(lists):
    return list(dict.fromkeys(key for keys in lists for key in keys))

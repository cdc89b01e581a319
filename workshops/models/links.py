"""The thread: each link between two items is a row, with who made it and when.

In the plural a link is called what it leads to, since that is what keeps its source from removal.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.recorded import Recorded


def relink(links, name, wanted, *, by, at):
    """Bring one item's links into line with `wanted`, the items at their other end called `name`.

    Those that stay keep who made them and when.
    """
    links.exclude(**{f"{name}__in": wanted}).delete()
    there = set(links.values_list(f"{name}_id", flat=True))
    for item in wanted:
        if item.pk not in there:
            links.create(**{name: item}, recorded_by=by, recorded_at=at)


class TestimonyTheme(Recorded):
    testimony = models.ForeignKey(
        "workshops.Testimony", on_delete=models.CASCADE, related_name="theme_links"
    )
    theme = models.ForeignKey(
        "workshops.Theme", on_delete=models.PROTECT, related_name="testimony_links"
    )

    class Meta:
        verbose_name_plural = _("testimonies")
        constraints = [
            models.UniqueConstraint(fields=["testimony", "theme"], name="testimony_once_in_theme")
        ]

    def __str__(self):
        return f"{self.testimony.reference} → {self.theme.reference}"


class ThemeSubject(Recorded):
    theme = models.ForeignKey(
        "workshops.Theme", on_delete=models.PROTECT, related_name="subject_links"
    )
    subject = models.ForeignKey(
        "workshops.Subject", on_delete=models.CASCADE, related_name="theme_links"
    )

    class Meta:
        verbose_name_plural = _("subjects")
        constraints = [
            models.UniqueConstraint(fields=["theme", "subject"], name="theme_once_in_subject")
        ]

    def __str__(self):
        return f"{self.theme.reference} → {self.subject.reference}"


class SubjectIdea(Recorded):
    subject = models.ForeignKey(
        "workshops.Subject", on_delete=models.PROTECT, related_name="idea_links"
    )
    idea = models.ForeignKey(
        "workshops.Idea", on_delete=models.CASCADE, related_name="subject_links"
    )

    class Meta:
        verbose_name_plural = _("ideas")
        constraints = [
            models.UniqueConstraint(fields=["subject", "idea"], name="subject_once_in_idea")
        ]

    def __str__(self):
        return f"{self.subject.reference} → {self.idea.reference}"


class ThemeIdea(Recorded):
    """The themes that an idea answers, beside the subject that it was found under."""

    theme = models.ForeignKey(
        "workshops.Theme", on_delete=models.PROTECT, related_name="idea_links"
    )
    idea = models.ForeignKey("workshops.Idea", on_delete=models.CASCADE, related_name="theme_links")

    class Meta:
        verbose_name_plural = _("ideas")
        constraints = [models.UniqueConstraint(fields=["theme", "idea"], name="theme_once_in_idea")]

    def __str__(self):
        return f"{self.theme.reference} → {self.idea.reference}"


class IdeaAction(Recorded):
    idea = models.ForeignKey(
        "workshops.Idea", on_delete=models.PROTECT, related_name="action_links"
    )
    action = models.ForeignKey(
        "workshops.Action", on_delete=models.CASCADE, related_name="idea_links"
    )

    class Meta:
        verbose_name = _("source of an action")
        verbose_name_plural = _("actions")
        constraints = [
            models.UniqueConstraint(fields=["idea", "action"], name="idea_once_in_action")
        ]

    def __str__(self):
        return f"{self.idea.reference} → {self.action.reference}"

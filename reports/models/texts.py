from django.conf import settings
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cohorts.models.recorded import Recorded


class Section(models.TextChoices):
    """The report's written parts, in its order."""

    TITLE = "title", _("Title")
    SUMMARY = "summary", _("Summary")
    PROGRAMME = "programme", _("The programme and the cohort")
    PARTICIPANTS = "participants", _("Who took part")
    TRAINING = "training", _("Training")
    LISTENING = "listening", _("Listening")
    JOINT_MEETING = "joint_meeting", _("Joint meeting")
    CO_CREATION = "co_creation", _("Co-creation")
    THEMES = "themes", _("What we heard")
    SUBJECT = "subject", _("The common subject")
    IDEAS = "ideas", _("Ideas considered")
    ACTIONS = "actions", _("The actions")
    ANSWERS = "answers", _("The institutions' answers")
    METHOD = "method", _("Method and limits")
    THANKS = "thanks", _("Thanks")


REPORT_LANGUAGES = ("fr", "en")


class StaleText(Exception):
    """The text was opened in a version that is not the newest; `newest` is that, or None."""

    def __init__(self, newest):
        super().__init__()
        self.newest = newest


class ReportTextQuerySet(models.QuerySet):
    def newest(self):
        """The version in force of each section and language."""
        last = (
            ReportText.objects.filter(
                cohort=models.OuterRef("cohort"),
                section=models.OuterRef("section"),
                language=models.OuterRef("language"),
            )
            .order_by("-version")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(last))


class ReportText(Recorded):
    """One version of what staff wrote in a section, in one language. Only ever added."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="report_texts"
    )
    section = models.CharField(_("section"), max_length=20, choices=Section)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(_("version"))
    body = models.TextField(_("text"), blank=True)

    objects = ReportTextQuerySet.as_manager()

    class Meta:
        ordering = ["section", "language", "-version"]
        verbose_name = _("report text")
        verbose_name_plural = _("report texts")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "section", "language", "version"],
                name="text_version_once",
            )
        ]

    def __str__(self):
        return f"{self.get_section_display()} ({self.language}, {self.version})"


@transaction.atomic
def write_text(cohort, section, language, body, *, seen, by, at):
    """Add the next version of a section; raise StaleText when `seen` is not the newest any more."""
    type(cohort).objects.select_for_update().get(pk=cohort.pk)
    texts = ReportText.objects.filter(cohort=cohort, section=section, language=language)
    newest = texts.aggregate(newest=Max("version"))["newest"] or 0
    if seen != newest:
        raise StaleText(texts.filter(version=newest).first())
    return ReportText.objects.create(
        cohort=cohort,
        section=section,
        language=language,
        version=newest + 1,
        body=body,
        recorded_by=by,
        recorded_at=at,
    )

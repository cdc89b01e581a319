import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.folding import fold
from cohorts.languages import direction
from cohorts.models import Cohort, Track
from cohorts.translated import Translated, TranslatedField
from workshops.models.references import Letter


class TestimonyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see all, a facilitator those of the own workshop until its notes are closed."""
        return self.filter(
            Q(workshop__cohort__in=Cohort.objects.managed_by(user))
            | Q(
                workshop__notes_closed_at=None,
                workshop__in=user.facilitations.values("workshop"),
            )
        )

    def of_cohort(self, cohort):
        return self.filter(workshop__cohort=cohort)

    def kept(self):
        return self.filter(status=Testimony.Status.KEPT)

    def numbered(self):
        return self.filter(number__isnull=False)

    def sortable(self):
        """Their notes are closed, so that sorting says nothing of who spoke when."""
        return self.kept().numbered()

    def not_sorted(self):
        return self.sortable().filter(theme_links=None)

    def unchecked(self):
        """Quotable, but nobody has yet confirmed that they identify nobody."""
        return self.kept().filter(quotable=True, checked_at=None)

    def to_check(self):
        """What is left to check once the notes are closed."""
        return self.unchecked().numbered()

    def quotes(self):
        """What may be printed: its speaker agreed and a second person found nobody named in it."""
        return self.kept().numbered().filter(quotable=True, checked_at__isnull=False)

    def search(self, text):
        return self.filter(text_folded__contains=fold(text))


class Testimony(models.Model):
    """One thing heard in a listening workshop: of a workshop and a track, never of a person.

    Its key is random and it keeps no author and no time, since the order of entry would tell who
    spoke. Its number is drawn in shuffled order when the workshop's notes are closed.
    """

    LETTER = Letter.TESTIMONY

    class Status(models.TextChoices):
        KEPT = "kept", _("kept")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("problem")
        WORKS = "works", _("what works")
        SUGGESTION = "suggestion", _("suggestion")

    class Competence(models.TextChoices):
        CITY = "city", _("city")
        INTERMUNICIPAL = "intermunicipal", _("intermunicipal authority")
        DEPARTMENT = "department", _("département")
        STATE = "state", _("State")
        OTHER = "other", _("other")

    class Severity(models.IntegerChoices):
        LOW = 1, _("a nuisance")
        MEDIUM = 2, _("serious")
        HIGH = 3, _("very serious")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(
        "workshops.Workshop",
        verbose_name=_("workshop"),
        on_delete=models.PROTECT,
        related_name="testimonies",
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    # Holds the order on the desk while the notes are open; emptied when they are closed.
    desk_position = models.PositiveIntegerField(null=True, blank=True, editable=False)
    track = models.CharField(_("group"), max_length=20, choices=Track, default=Track.NEWCOMERS)
    text = TranslatedField(_("what was heard"), long=True)
    original_text = models.TextField(_("in the words spoken"), blank=True)
    original_language = models.CharField(_("language spoken"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    service = models.CharField(_("public service"), max_length=200, blank=True)
    competence = models.CharField(
        _("who is competent"), max_length=20, choices=Competence, blank=True
    )
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity, null=True, blank=True
    )
    quotable = models.BooleanField(_("may be quoted"), default=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(
        _("state"), max_length=20, choices=Status, default=Status.KEPT, editable=False
    )
    text_folded = models.TextField(editable=False, blank=True)

    objects = TestimonyQuerySet.as_manager()

    class Meta:
        ordering = ["number", "desk_position", "id"]
        verbose_name = _("testimony")
        verbose_name_plural = _("testimonies")
        constraints = [
            models.CheckConstraint(
                name="numbered_testimony_has_no_order",
                condition=Q(number=None) | Q(desk_position=None),
            ),
            models.CheckConstraint(
                name="withdrawn_testimony_is_empty",
                condition=Q(status="kept")
                | Q(
                    text={},
                    original_text="",
                    original_language="",
                    service="",
                    text_folded="",
                    quotable=False,
                ),
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def cohort(self):
        return self.workshop.cohort

    @property
    def reference(self):
        return f"{self.LETTER}-{self.number}" if self.number else str(_("not numbered yet"))

    @property
    def original_direction(self):
        return direction(self.original_language)

    def save(self, *args, **kwargs):
        self.text_folded = fold(" ".join([*(self.text or {}).values(), self.original_text]))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("workshops:testimony", args=[self.cohort.slug, self.pk])

    @transaction.atomic
    def forget_check(self, *, by):
        """The words changed, so that what a second person confirmed no longer counts.

        While the notes are open, whoever rewords them takes notes too, and may not check them.
        """
        if self.workshop.notes_are_open:
            self.workshop.note_takers.get_or_create(user=by)
        self.checked_at = self.checked_by = None
        self.save(update_fields=["checked_at", "checked_by"])

    def withdraw(self):
        """Erase the text; the row stays, so that what was built on it can say so."""
        self.status = self.Status.WITHDRAWN
        self.text = Translated()
        self.original_text = self.original_language = ""
        self.service = self.kind = self.competence = ""
        self.severity = self.checked_at = self.checked_by = None
        self.quotable = False
        self.save()

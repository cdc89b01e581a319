from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from workshops.models import Testimony

SCHEMA_VERSION = 1


class EditionQuerySet(models.QuerySet):
    def offered(self):
        """Not withdrawn, and quoting nobody who took their words back."""
        taken_back = EditionQuote.objects.filter(
            edition=models.OuterRef("pk"), testimony__status=Testimony.Status.WITHDRAWN
        )
        return self.filter(~models.Exists(taken_back), withdrawn_at=None)

    def visible_to(self, user):
        """Everybody of the cohort; what is not offered any more says so on its page."""
        return self.filter(cohort__in=Cohort.objects.visible_to(user))


class Edition(models.Model):
    """A published, frozen version of a cohort's report; a correction makes the next one."""

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="editions",
    )
    number = models.PositiveIntegerField(_("edition"))
    schema_version = models.PositiveIntegerField(default=SCHEMA_VERSION, editable=False)
    data = models.JSONField(editable=False)
    what_changed = models.TextField(_("what changed since the edition before"), blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read and approved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    not_approved_reason = models.CharField(
        _("why nobody else could approve it"), max_length=250, blank=True
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(
        _("why it is no longer offered"), max_length=250, blank=True
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="edition_number_once"),
            models.CheckConstraint(
                name="withdrawn_edition_has_its_reason",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.cohort} · {self.number}"

    def get_absolute_url(self):
        return reverse("reports:edition", args=[self.cohort.slug, self.number])

    @property
    def is_offered(self):
        return Edition.objects.offered().filter(pk=self.pk).exists()


class EditionPage(models.Model):
    """The edition as a web page in one language, rendered once and served ever after."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="pages")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    html = models.TextField()
    redacted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="edition_page_once")
        ]

    def __str__(self):
        return f"{self.edition} ({self.language})"


class EditionFile(models.Model):
    """A file of an edition, named by its SHA-256 and checked against it when it is fetched."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind)
    language = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["language", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "language"], name="edition_file_once"
            )
        ]

    def __str__(self):
        return f"{self.edition} ({self.kind}, {self.language})"

    @property
    def stored_name(self):
        return f"editions/{self.sha256[:2]}/{self.sha256}.{self.kind}"


class EditionQuote(models.Model):
    """Which testimony an edition quotes and where, so that withdrawing it withdraws the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="quotes")
    testimony = models.ForeignKey(
        "workshops.Testimony", on_delete=models.PROTECT, related_name="edition_quotes"
    )
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "testimony"], name="quoted_once_per_edition")
        ]

    def __str__(self):
        return f"{self.edition} · {self.testimony}"

import json

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.models.recorded import Recorded
from cohorts.translated import TranslatedField
from workshops.models.links import TestimonyTheme
from workshops.models.moving import Moving
from workshops.models.references import Letter, Referenced


class ThemeQuerySet(models.QuerySet):
    def released(self):
        return self.filter(status=Theme.Status.RELEASED)

    def visible_to(self, user):
        """Staff see all, facilitators what was heard at their workshop, others what is released.

        A facilitator is needed as the second person who checks, and sees no testimony by it.
        """
        # By subquery: a join would show a theme once for each of its testimonies.
        heard_there = TestimonyTheme.objects.filter(
            testimony__workshop__in=user.facilitations.values("workshop")
        )
        return self.filter(
            Q(cohort__in=Cohort.objects.managed_by(user))
            | Q(pk__in=heard_there.values("theme"))
            | Q(status=Theme.Status.RELEASED, cohort__in=Cohort.objects.visible_to(user))
        )

    def taken_up_by_nobody(self):
        """Past the draft, yet no subject builds on it and no idea names it."""
        return self.exclude(status=Theme.Status.DRAFT).filter(subject_links=None, idea_links=None)

    def with_testimony_count(self):
        kept = Q(testimony_links__testimony__status="kept")
        return self.annotate(
            testimony_count=Count("testimony_links", filter=kept),
            withdrawn_count=Count(
                "testimony_links", filter=~kept & Q(testimony_links__isnull=False)
            ),
        )


class Theme(Moving, Referenced, Recorded):
    """What groups testimonies, with the need that it expresses."""

    LETTER = Letter.THEME

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        VALIDATED = "validated", _("validated with newcomers")
        RELEASED = "released", _("released")

    MOVES = {
        Status.DRAFT: {Status.VALIDATED},
        Status.VALIDATED: {Status.DRAFT, Status.RELEASED},
        Status.RELEASED: {Status.VALIDATED},
    }

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="themes",
    )
    title = TranslatedField(_("title"))
    need = TranslatedField(
        _("the need that it expresses"),
        long=True,
        blank=True,
        help_text=_("In one sentence."),
    )
    is_serious_voice = models.BooleanField(_("one voice, but serious"), default=False)
    status = models.CharField(
        _("state"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    validated_on = models.DateField(_("validated with newcomers on"), null=True, blank=True)
    what_changed = TranslatedField(_("what changed then"), long=True, blank=True)
    # Whoever wrote its present words: they may not check them, whoever began the theme.
    worded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="theme_number_once"),
            models.CheckConstraint(
                name="validated_theme_has_its_date",
                condition=Q(status="draft") | Q(validated_on__isnull=False),
                violation_error_message=_("Say when the theme was validated with newcomers."),
            ),
            models.CheckConstraint(
                name="released_theme_is_checked",
                condition=~Q(status="released") | Q(checked_at__isnull=False),
                violation_error_message=_(
                    "A second person has to confirm first that it identifies nobody."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return reverse("workshops:theme", args=[self.cohort.slug, self.number])

    def take_in(self, testimonies, *, by, at):
        """Sort these under the theme as well; a testimony may be in several."""
        links = [
            TestimonyTheme(theme=self, testimony=testimony, recorded_by=by, recorded_at=at)
            for testimony in testimonies
        ]
        # Two people may sort the same testimony at once; the first one's link stays.
        TestimonyTheme.objects.bulk_create(links, ignore_conflicts=True)

    def can_be_checked_by(self, user):
        """A second person checks: neither who wrote it nor who took the notes that it rests on."""
        took_notes = user.note_takings.filter(workshop__testimonies__theme_links__theme=self)
        writer = self.worded_by_id or self.recorded_by_id
        return user.pk != writer and not took_notes.exists()

    @property
    def words_digest(self):
        """Tells whoever checks the words whether they are still those that the page showed."""
        words = [sorted(text.items()) for text in (self.title, self.need, self.what_changed)]
        return salted_hmac("workshops.models.themes", json.dumps(words)).hexdigest()

    def check_identity(self, *, by, at):
        """Record that a second person found nobody named in it; answer whether it counted."""
        if not self.can_be_checked_by(by):
            return False
        unchecked = Theme.objects.filter(pk=self.pk, checked_at=None)
        checked = unchecked.update(checked_by=by, checked_at=at)
        if checked:
            self.checked_by, self.checked_at = by, at
        return bool(checked)

    def forget_check(self, *, by):
        """The words changed: they are checked anew, and until then the theme is not released."""
        if self.status == self.Status.RELEASED:
            self.take_back()
        self.worded_by = by
        self.checked_at = self.checked_by = None
        self.save(update_fields=["worded_by", "checked_at", "checked_by"])

    @transaction.atomic
    def validate_with_newcomers(self, *, on, what_changed, by):
        """Record that newcomers agreed to the draft; answer whether it was still one.

        What they changed is shown with the theme, so those words are checked like its own.
        """
        is_draft = self.status == self.Status.DRAFT
        moved = is_draft and self._move(
            self.Status.VALIDATED, validated_on=on, what_changed=what_changed
        )
        if moved and what_changed:
            self.forget_check(by=by)
        return moved

    def release(self):
        """Show the theme to the whole cohort; answer whether it was ready for that."""
        return bool(self.checked_at) and self._move(self.Status.RELEASED)

    def take_back(self):
        """One state back: from released to validated, from validated to draft."""
        back = {
            self.Status.RELEASED: self.Status.VALIDATED,
            self.Status.VALIDATED: self.Status.DRAFT,
        }
        return self.status in back and self._move(back[self.status])

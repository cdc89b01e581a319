from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Letter(models.TextChoices):
    TESTIMONY = "T", _("testimony")
    THEME = "TH", _("theme")
    SUBJECT = "S", _("subject")
    IDEA = "I", _("idea")
    ACTION = "A", _("action")


class ReferenceCounter(models.Model):
    """The last number given to a cohort's testimonies, themes and so on; never given twice."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.CASCADE, related_name="reference_counters"
    )
    letter = models.CharField(max_length=2, choices=Letter)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "letter"], name="one_counter_per_letter")
        ]

    def __str__(self):
        return f"{self.letter}-{self.last}"


@transaction.atomic
def take_numbers(cohort, letter, how_many=1):
    """Return the next numbers, as a list; the counter stays locked until the transaction ends."""
    counters = ReferenceCounter.objects
    # A row that is not there cannot be locked, so it is made first.
    counters.get_or_create(cohort=cohort, letter=letter)
    counter = counters.select_for_update().get(cohort=cohort, letter=letter)
    first = counter.last + 1
    counter.last += how_many
    counter.save(update_fields=["last"])
    return list(range(first, first + how_many))


class Referenced(models.Model):
    """Something with a short stable reference within its cohort, such as A-4."""

    LETTER = None

    number = models.PositiveIntegerField(_("number"), editable=False)

    class Meta:
        abstract = True

    @property
    def reference(self):
        return f"{self.LETTER}-{self.number}"

    def save(self, *args, **kwargs):
        if self.number is None:
            with transaction.atomic():
                [self.number] = take_numbers(self.cohort, self.LETTER)
                return super().save(*args, **kwargs)
        return super().save(*args, **kwargs)

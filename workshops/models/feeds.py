import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from cohorts.models.cards import digest

SEED_LENGTH = 22  # characters of 128 bits
PROOF_LENGTH = 32


def new_seed():
    return secrets.token_urlsafe(16)


def proof_of(seed):
    return digest(f"calendar feed {seed}")[:PROOF_LENGTH]


class CalendarFeedQuerySet(models.QuerySet):
    def with_token(self, token):
        """The feed whose address holds this token, or None."""
        seed, proof = token[:SEED_LENGTH], token[SEED_LENGTH:]
        if not constant_time_compare(proof, proof_of(seed)):
            return None
        return self.select_related("user", "cohort").filter(seed=seed).first()

    def renew(self, user, cohort=None):
        """Give the person a new address; the one before shows nothing any more."""
        feed, _is_new = self.update_or_create(
            user=user, cohort=cohort, defaults={"seed": new_seed()}
        )
        return feed


class CalendarFeed(models.Model):
    """An address that calendar programs read without signing in: a person's own workshops.

    With a cohort, it is staff's, and shows all workshops there. The address is made of the stored
    seed and a proof by a key outside the database, so that a copy of the database opens no feed,
    and yet its owner can look it up again.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="calendar_feeds",
    )
    seed = models.CharField(max_length=SEED_LENGTH, unique=True, default=new_seed, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(cohort=None), name="one_own_feed_per_person"
            ),
            models.UniqueConstraint(
                fields=["user", "cohort"],
                condition=Q(cohort__isnull=False),
                name="one_feed_per_person_and_cohort",
            ),
        ]

    def __str__(self):
        return f"{_('calendar address')} {self.pk}"

    @property
    def token(self):
        return self.seed + proof_of(self.seed)

    @property
    def address(self):
        return settings.SITE_URL + reverse("workshops:feed_file", args=[self.token])

    @property
    def subscribe_address(self):
        """The same, for a tap that opens the device's calendar program."""
        return f"webcal://{self.address.split('://')[1]}"

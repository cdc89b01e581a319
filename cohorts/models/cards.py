import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.recorded import Recorded

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # without I L O U 0 1, which look or sound alike
CODE_LENGTH = 8


def digest(secret):
    """The keyed hash under which a code is stored; its own pepper lies outside the database."""
    return hmac.new(settings.CARD_PEPPER.encode(), secret.encode(), hashlib.sha256).hexdigest()


def tidy_code(typed):
    return "".join(letter for letter in typed.upper() if letter in LETTERS)


class CardQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(revoked_at=None)

    def matching_code(self, typed):
        return self.in_force().filter(code_digest=digest(tidy_code(typed)))

    def matching_token(self, token):
        return self.in_force().filter(token_digest=digest(token))


class Card(Recorded):
    """A participant's way to sign in without e-mail: eight characters typed, or a QR code scanned.

    Only keyed hashes are kept, so a card is reissued, never reprinted.
    """

    participant = models.ForeignKey(
        "cohorts.Participant",
        verbose_name=_("participant"),
        on_delete=models.CASCADE,
        related_name="cards",
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in card")
        verbose_name_plural = _("sign-in cards")
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(revoked_at=None),
                name="one_card_in_force_per_participant",
            )
        ]

    def __str__(self):
        return f"{_('sign-in card')} · {self.participant}"

    @staticmethod
    def new_secrets():
        """Return the eight characters to type and the 128-bit token of the QR code."""
        code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
        return code, secrets.token_urlsafe(16)

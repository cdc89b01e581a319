import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
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


def new_code():
    return "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))


@dataclass(frozen=True)
class Secrets:
    """What is printed on a new card and kept nowhere: the characters, and the token of its QR."""

    participant: models.Model
    code: str = field(default_factory=new_code, repr=False)
    # 128 bits: nobody guesses it, so scanning needs no limit, unlike typing.
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)

    @property
    def halves(self):
        return self.code[: CODE_LENGTH // 2], self.code[CODE_LENGTH // 2 :]


class CardQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(revoked_at=None)

    def with_code(self, typed):
        """The card, also a revoked one, or None."""
        return self.with_holder().filter(code_digest=digest(tidy_code(typed))).first()

    def with_token(self, token):
        return self.with_holder().filter(token_digest=digest(token)).first()

    def with_holder(self):
        return self.select_related("participant__user")

    @transaction.atomic
    def revoke(self, *, at):
        """Withdraw these cards, and sign their holders out wherever they are signed in."""
        cards = self.in_force()
        users = get_user_model().objects.filter(participations__cards__in=cards)
        users.distinct().end_sessions()
        return cards.update(revoked_at=at)

    @transaction.atomic
    def issue(self, participants, *, by, at):
        """Give each of these a new card in place of the old one, and return their Secrets."""
        # Of two who issue a card at once the second waits, and revokes what the first one made.
        people = participants.select_for_update(of=["self"]).select_related("user", "cohort")
        issued = [Secrets(person) for person in people]
        self.filter(participant__in=[each.participant for each in issued]).revoke(at=at)
        self.bulk_create(
            Card(
                participant=each.participant,
                code_digest=digest(each.code),
                token_digest=digest(each.token),
                recorded_by=by,
                recorded_at=at,
            )
            for each in issued
        )
        return issued


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

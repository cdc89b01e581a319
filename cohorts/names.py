"""What a person's name must hold, whoever types it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MISSING = _("The name is missing.")
LIKE_A_FORMULA = _("“%(text)s” begins like a formula: take its first sign away.")
# A text that begins so is computed by the spreadsheet that opens a list of these names.
FORMULA_SIGNS = ("=", "+", "-", "@")


def has_letters(text):
    """Whether it has one, of any script: a mark or an emoji alone is a slip of the keyboard."""
    return any(letter.isalpha() for letter in text)


def validate_name(text):
    if not has_letters(text):
        raise ValidationError(MISSING)
    if text.startswith(FORMULA_SIGNS):
        raise ValidationError(LIKE_A_FORMULA, params={"text": text})

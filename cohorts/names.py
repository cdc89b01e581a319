"""What a person's name must hold, whoever types it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MISSING = _("The name is missing.")


def has_letters(text):
    """Whether it has one, of any script: a mark or an emoji alone is a slip of the keyboard."""
    return any(letter.isalpha() for letter in text)


def validate_name(text):
    if not has_letters(text):
        raise ValidationError(MISSING)

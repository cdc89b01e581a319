"""Phone numbers, kept in one international form so that two ways of writing one number are one."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOME_REGION = "FR"


def normalise_phone(text):
    """Return `text` as +33639980101, None when blank; raise ValidationError if it is no number."""
    if not (text or "").strip():
        return None
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        number = None
    # Possible, not valid: "valid" refuses ranges that are newer than the library, and those kept
    # for fiction (06 39 98 …), which the demonstration uses.
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValidationError(_("This is not a phone number: %(text)s"), params={"text": text})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display_phone(stored):
    """Return a stored number as people here write it: 06 39 98 01 01, or +44 20 7946 0000."""
    number = phonenumbers.parse(stored)
    home = phonenumbers.region_code_for_country_code(number.country_code) == HOME_REGION
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL)

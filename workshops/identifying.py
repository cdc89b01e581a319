"""What in a note could tell who spoke, found before it is saved; a person decides, with a tick."""

import re
from dataclasses import dataclass

import phonenumbers
from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.folding import fold
from cohorts.models import Appointment, User
from cohorts.phones import HOME_REGION
from workshops.models import Facilitation

EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")
DATE = re.compile(
    r"\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d{2}\b"
    r"|\b(?:19|20)\d{2}[/.\-]\d{1,2}[/.\-]\d{1,2}\b"
    r"|\b\d{1,2}(?:er|st|nd|rd|th)?\s+[^\W\d_]{3,12}\.?,?\s+(?:19|20)\d{2}\b"
)
LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){6,}")
# Not \w, which leaves out the vowel signs of Bengali and other scripts.
WORD = re.compile(r"[^\s\d_.,;:!?()\[\]{}«»“”\"'’‘/\\<>،؛؟۔–—-]+")
# Shorter parts of names ("de", "al", "Le") are words of the language too.
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Detail:
    """One thing found: what it looks like, in words, and the very text."""

    kind: str
    found: str


def identifying_details(text, cohort):
    """Return the `Detail`s in `text` that could identify somebody of `cohort`; makes two queries.

    Each stretch of the text is named once, by the first kind that it looks like: an e-mail, a date
    that could be of birth, a phone, a number of seven digits or more, a name of somebody in the
    cohort (whole words, whatever their accents and case).
    """
    details = []
    # An e-mail or a date may hold what looks like a phone, and a phone is a long number.
    for label, find in (
        (_("e-mail address"), EMAIL.findall),
        (_("date"), DATE.findall),
        (_("phone number"), find_phones),
        (_("long number"), LONG_NUMBER.findall),
    ):
        for found in find(text):
            details.append(Detail(label, found))
            text = text.replace(found, " ")
    return details + [Detail(_("name"), name) for name in find_names(text, cohort)]


def find_phones(text):
    possible = phonenumbers.Leniency.POSSIBLE
    matches = phonenumbers.PhoneNumberMatcher(text, HOME_REGION, leniency=possible)
    return [match.raw_string for match in matches]


def find_names(text, cohort):
    """Return the words of `text` that are part of a name of somebody in the cohort."""
    names = names_in(cohort)
    words = WORD.findall(text)
    return list(dict.fromkeys(word for word in words if fold(word) in names))


def names_in(cohort):
    """Return the words, folded, of the names of everybody who may have been in the room."""
    appointed = Appointment.objects.filter(Q(cohort=cohort) | Q(programme=cohort.programme_id))
    facilitators = Facilitation.objects.filter(workshop__cohort=cohort)
    people = User.objects.filter(
        Q(pk__in=cohort.participants.values("user"))
        | Q(pk__in=facilitators.values("user"))
        | Q(pk__in=appointed.values("user"))
    )
    guests = cohort.guests.values_list("first_name", flat=True)
    words = WORD.findall(" ".join([*people.values_list("name", flat=True), *guests]))
    return {fold(word) for word in words if len(word) >= SHORTEST_NAME}

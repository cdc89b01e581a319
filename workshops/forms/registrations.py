from crispy_forms.layout import Div
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import NameField, RowsField, laid_out
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.languages import LANGUAGES
from cohorts.models import Guest, Participant

REASON_LENGTH = 250


class PeopleField(RowsField):
    def label_from_instance(self, person):
        belongs_to = person.organisation or person.get_track_display()
        return format_html("<bdi>{}</bdi> (<bdi>{}</bdi>)", person, belongs_to)


class PeopleForm(OnceForm):
    """People of the cohort whom staff register, as many at once as one likes."""

    people = PeopleField(
        label=_("People"),
        queryset=Participant.objects.none(),
        error_messages={
            "required": _("Choose at least one person."),
            "invalid_choice": _("One of these people cannot be registered here any more."),
        },
    )
    override_reason = forms.CharField(
        label=_("Why they come even where no seat is left"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Left empty, whoever finds no seat goes on the waiting list."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args, workshop, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people_to_register(workshop)
        if workshop.capacity is None:
            del self.fields["override_reason"]

    @property
    def helper(self):
        return laid_out("once", Div("people", css_class="two-columns"), *self.reason_field)

    @property
    def reason_field(self):
        return [name for name in ("override_reason",) if name in self.fields]


class GuestForm(OnceForm, FreshForm):
    """Somebody from outside: a first name and a language, nothing else."""

    first_name = NameField(label=_("First name"), max_length=Guest.first_name.field.max_length)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", "---------"), *LANGUAGES.items()], required=False
    )

    class Meta:
        model = Guest
        fields = ("first_name", "language")


class ReasonForm(forms.Form):
    """Why staff do something with somebody's place."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("In a few words, nothing private."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def people_to_register(workshop):
    """Those who may come and hold no place yet."""
    people = workshop.expected_participants().select_related("user", "organisation")
    return people.exclude(registrations__in=workshop.registrations.holding_a_place())

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import NameField
from cohorts.forms.fresh import FreshForm
from cohorts.models import User
from cohorts.phones import normalise_phone


class DetailsForm(FreshForm):
    """What somebody may change of the own account; the e-mail is the team's to change."""

    name = NameField(autocomplete="name")
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        # Another account may lie elsewhere: whose it is is not ours to tell.
        error_messages={"unique": _("This number cannot be used. Ask the team.")},
    )

    class Meta:
        model = User
        fields = ("name", "phone")

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, initial={"phone": instance.phone_text}, **kwargs)
        if instance.is_named_by_a_team():
            del self.fields["name"]
        if instance.appointments.exists():
            self.fields["phone"].help_text = _(
                "Those who take part see it, so that they can call you with a question."
            )
        else:
            self.fields["phone"].help_text = _("So that the team can call you about workshops.")

    def clean_phone(self):
        return normalise_phone(self.cleaned_data["phone"])

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import EmailField
from cohorts.forms.once import OnceForm
from cohorts.models.users import normalise_email


class Duty(TextChoices):
    """What somebody may be added to a team as."""

    COHORT_STAFF = "cohort_staff", _("staff of this cohort")
    PROGRAMME_STAFF = "programme_staff", _("staff of the whole programme")
    COORDINATOR = "coordinator", _("coordinator of an institution")


class AppointmentForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = EmailField(
        label=_("E-mail"), help_text=_("They sign in with it; no password is needed.")
    )
    duty = forms.ChoiceField(label=_("What they are"), widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        None,
        label=_("Institution"),
        required=False,
        help_text=_("For a coordinator: the one whose actions they will answer."),
    )

    def __init__(self, *args, cohort, may_appoint_for_programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        left_out = set() if may_appoint_for_programme else {Duty.PROGRAMME_STAFF}
        self.fields["duty"].choices = [(d.value, d.label) for d in Duty if d not in left_out]
        institutions = cohort.programme.organisations.institutions()
        self.fields["organisation"].queryset = institutions

    def clean_email(self):
        return normalise_email(self.cleaned_data["email"])

    def clean(self):
        cleaned = super().clean()
        is_coordinator = cleaned.get("duty") == Duty.COORDINATOR
        if is_coordinator and not cleaned.get("organisation"):
            self.add_error("organisation", _("Choose the institution of this coordinator."))
        return cleaned

    @property
    def place(self):
        """What the appointment is for: the programme, the cohort, or an institution in it."""
        duty, organisation = self.cleaned_data["duty"], self.cleaned_data["organisation"]
        if duty == Duty.PROGRAMME_STAFF:
            return {"programme": self.cohort.programme}
        if duty == Duty.COORDINATOR:
            return {"cohort": self.cohort, "organisation": organisation}
        return {"cohort": self.cohort}

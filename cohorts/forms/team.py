from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import EmailField, NameField
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.models import Appointment
from cohorts.models.users import normalise_email


class Duty(TextChoices):
    """What somebody may be added to a team as."""

    COHORT_STAFF = "cohort_staff", _("staff of this cohort")
    PROGRAMME_STAFF = "programme_staff", _("staff of the whole programme")
    COORDINATOR = "coordinator", _("coordinator of an institution")


class AppointmentFields(forms.Form):
    """Who, as what, and where: `place` is {"programme": …}, {"cohort": …} with "organisation"."""

    name = NameField()
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

    def offer(self, cohort, may_appoint_for_programme):
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
        duty, organisation = self.cleaned_data["duty"], self.cleaned_data["organisation"]
        if duty == Duty.PROGRAMME_STAFF:
            return {"programme": self.cohort.programme}
        if duty == Duty.COORDINATOR:
            return {"cohort": self.cohort, "organisation": organisation}
        return {"cohort": self.cohort}


class AppointmentForm(AppointmentFields, OnceForm):
    def __init__(self, *args, cohort, may_appoint_for_programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(cohort, may_appoint_for_programme)


class AppointmentEditForm(AppointmentFields, FreshForm):
    """What was typed by mistake, mended; whoever has signed in changes the own name."""

    class Meta:
        model = Appointment
        fields = ()

    def __init__(self, *args, instance, by, cohort, may_appoint_for_programme, **kwargs):
        shown = {
            "name": instance.shown_name,
            "email": instance.user.email,
            "duty": duty_of(instance),
            "organisation": instance.organisation_id,
        }
        super().__init__(*args, instance=instance, initial=shown, **kwargs)
        self.offer(cohort, may_appoint_for_programme)
        self.is_own = instance.user == by
        if instance.has_signed_in:
            self.fields["name"].disabled = True
            self.fields["name"].help_text = _(
                "They have signed in, and change their name themselves under “My details”."
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.check_place(cleaned["email"])
        return cleaned

    def check_place(self, email):
        there = Appointment.objects.held_for(**self.place).exclude(pk=self.instance.pk)
        if there.filter(user__email=email).exists():
            raise forms.ValidationError(_("This person already has this role."))
        stays = self.instance.is_held_for(**self.place)
        leaves = not stays or (email != self.instance.user.email and self.is_own)
        if leaves and self.instance.is_last_staff():
            raise forms.ValidationError(_("Nobody else would be staff here."))


def duty_of(appointment):
    if appointment.organisation_id:
        return Duty.COORDINATOR
    return Duty.PROGRAMME_STAFF if appointment.programme_id else Duty.COHORT_STAFF

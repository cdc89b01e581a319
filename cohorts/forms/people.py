from crispy_forms.layout import Fieldset
from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.contacts import change_contacts
from cohorts.forms.fields import (
    EmailField,
    LanguagesField,
    LinesField,
    NameField,
    in_columns,
    laid_out,
)
from cohorts.forms.fresh import FreshForm
from cohorts.forms.needs import NeedsFields, initial_needs
from cohorts.forms.once import OnceForm
from cohorts.import_plan import USED_ELSEWHERE
from cohorts.models import AgeBand, Gender, Participant, Track, User
from cohorts.models.users import normalise_email
from cohorts.phones import normalise_phone

COUNTED = {"gender": Gender, "age_band": AgeBand}


class PersonForm(NeedsFields, OnceForm, FreshForm):
    """Somebody who takes part: name and contacts of the account, and what is of the cohort."""

    name = NameField()
    email = EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the screens"), choices=User.language.field.choices
    )
    languages = LanguagesField(label=_("Languages spoken"))
    gender = forms.ChoiceField(label=_("Gender"), required=False)
    age_band = forms.ChoiceField(label=_("Age band"), required=False)
    same_person = forms.BooleanField(
        label=_("Yes, it is the same person: use their account"),
        required=False,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Participant
        fields = ("track", "organisation", "function", "languages", "reads_french")
        widgets = {"track": forms.RadioSelect, "function": forms.TextInput(attrs={"dir": "auto"})}

    def __init__(self, *args, instance, **kwargs):
        user = instance.user if instance.pk else User()
        shown = {name: getattr(user, name) for name in ("name", "email", "language")}
        shown["phone"] = user.phone_text
        shown |= initial_needs(instance)
        super().__init__(*args, instance=instance, initial=shown, **kwargs)
        self.account = user
        self.fields["organisation"].queryset = instance.cohort.programme.organisations.all()
        self.fields["track"].choices = Track.choices
        self.add_needs()
        self.offer_counted()
        self.close_what_is_fixed()

    def offer_counted(self):
        """What was stated once is never shown again: it is left, replaced or cleared."""
        for name, choices in COUNTED.items():
            is_stated = getattr(self.instance, name) != choices.NOT_STATED
            stated = [choice for choice in choices.choices if choice[0] != choices.NOT_STATED]
            nothing = (choices.NOT_STATED, _("clear it")) if is_stated else None
            kept = ("", _("already stated: leave it") if is_stated else _("not stated"))
            self.fields[name].choices = [kept, *stated, *filter(None, [nothing])]

    def close_what_is_fixed(self):
        if not self.instance.pk:
            return
        if not self.account.takes_part_only_in(self.instance.cohort.programme):
            for name in ("name", "email", "phone", "language"):
                self.fields[name].disabled = True
            self.fields["name"].help_text = _(
                "This person has another role too, and changes their name and contacts themselves."
            )
        # Seats are counted by group, so it may not change under a place that is held.
        if self.instance.registrations.exists():
            self.fields["track"].disabled = True
            self.fields["track"].help_text = _(
                "It stays: this person is on the lists of workshops of this group."
            )

    @property
    def helper(self):
        return laid_out(
            "seen", "once", "same_person", "name", "track",
            Fieldset(_("How to reach them"), "email", "phone", "language"),
            Fieldset(_("Languages"), in_columns("languages"), "reads_french"),
            Fieldset(_("Organisation"), "organisation", "function"),
            Fieldset(_("What they need in order to come"), *self.needs_layout()),
            Fieldset(_("Only ever counted, never shown"), "gender", "age_band"),
        )  # fmt: skip

    def clean_email(self):
        return normalise_email(self.cleaned_data["email"])

    def clean_phone(self):
        return normalise_phone(self.cleaned_data["phone"])

    def clean(self):
        cleaned = super().clean()
        email, phone = cleaned.get("email"), cleaned.get("phone")
        # `pk=None` finds nobody: an empty e-mail is nobody's.
        of_email = Q(email=email) if email else Q(pk=None)
        of_phone = Q(phone=phone) if phone else Q(pk=None)
        owners = User.objects.filter(of_email | of_phone).exclude(pk=self.account.pk)
        if owners and not self.errors:
            self.settle_owners(list(owners))
        return cleaned

    def settle_owners(self, owners):
        """Somebody has this e-mail or phone: the same person perhaps, or not ours to tell."""
        cohort = self.instance.cohort
        known = User.objects.known_in(cohort.programme).filter(pk__in=[user.pk for user in owners])
        names = {"name": " / ".join(user.name for user in owners)}
        # First: whoever is known elsewhere must not be told apart from anybody else.
        if len(known) < len(owners):
            self.add_error(None, USED_ELSEWHERE)
        elif self.instance.pk or len(owners) > 1:
            self.add_error(None, _("This e-mail or phone is that of %(name)s.") % names)
        elif cohort.participants.filter(user=owners[0]).exists():
            self.add_error(None, _("%(name)s already takes part in this cohort.") % names)
        elif self.cleaned_data["same_person"]:
            self.account = owners[0]
        else:
            self.ask_whether_same(names)

    def ask_whether_same(self, names):
        self.fields["same_person"].widget = forms.CheckboxInput()
        self.add_error(
            "same_person",
            _("This e-mail or phone is that of %(name)s, known in the programme.") % names,
        )

    @transaction.atomic
    def save(self, *, by, at):
        if not self.instance.pk:
            self.instance.recorded_by, self.instance.recorded_at = by, at
        for name in COUNTED:
            if self.cleaned_data[name]:
                setattr(self.instance, name, self.cleaned_data[name])
        self.save_account(at)
        self.instance.user = self.account
        participant = super().save()
        participant.set_needs(self.stated_needs())
        return participant

    def save_account(self, at):
        typed = {name: self.cleaned_data[name] for name in ("name", "email", "phone", "language")}
        if not self.account.pk:
            self.account = User.objects.create_user(**typed, joined_at=at)
        elif self.instance.pk and not self.fields["email"].disabled:
            change_contacts(self.account, **typed)


class NamesForm(OnceForm):
    """Several people at once, by name: enough for the first attendance sheet."""

    track = forms.ChoiceField(label=_("Group"), choices=Track.choices, widget=forms.RadioSelect)
    names = LinesField(
        label=_("Names, one per line"),
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=_("Whoever is there already under the same name is not added again."),
    )

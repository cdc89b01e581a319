from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import NameField, RowsField
from cohorts.forms.once import OnceForm
from cohorts.languages import LANGUAGES
from cohorts.models import Guest, Participant
from workshops.attendance import Mark
from workshops.forms.registrations import REASON_LENGTH
from workshops.models import Attendance, HalfDay

NOTHING = "none"
STATES = {NOTHING: ""} | {state: state for state in Attendance.State.values}


class AttendanceForm(OnceForm):
    """One state per person and half-day, drawn as a table by the page.

    A cell's name says what it showed, so that only what somebody changed is written: "p12.7.absent"
    is participant 12 at half-day 7, shown as absent. Choosing nothing takes back what was recorded.
    """

    proof = forms.ChoiceField(
        label=_("Recorded from"), choices=Attendance.Proof.choices, initial=Attendance.Proof.SHEET
    )

    def __init__(self, *args, roll, **kwargs):
        super().__init__(*args, **kwargs)
        self.roll = roll

    @property
    def rows(self):
        """[(place, [(cell name, state, half-day)])] for the page."""
        return [
            (place, [(cell_name(place, each), place.state(each), each) for each in self.half_days])
            for place in self.roll.for_attendance
        ]

    @property
    def half_days(self):
        return self.roll.half_days

    @property
    def states(self):
        return [*Attendance.State.choices, (NOTHING, _("not noted"))]

    def clean(self):
        cleaned = super().clean()
        places = {place.key: place for place in self.roll.for_attendance}
        half_days = {str(half_day.pk): half_day for half_day in self.roll.half_days}
        marks = []
        for name, state in self.data.items():
            key, half_day, seen = [*name.split("."), "", ""][:3]
            if key in places and half_day in half_days:
                was = STATES.get(seen, seen)
                marks.append(Mark(places[key].person, half_days[half_day], STATES.get(state), was))
        if any(mark.state is None for mark in marks):
            raise forms.ValidationError(_("Choose present, excused or absent."))
        cleaned["marks"] = [mark for mark in marks if mark.state != mark.seen]
        return cleaned


def cell_name(place, half_day):
    return f"{place.key}.{half_day.pk}.{place.state(half_day) or NOTHING}"


class WalkInForm(forms.Form):
    """Somebody who stands at the door: of the cohort, or from outside."""

    walk_in = forms.ChoiceField(
        label=_("Somebody of the cohort, or who asked for a place"), required=False
    )
    guest_name = NameField(
        label=_("Or somebody from outside: first name"),
        max_length=Guest.first_name.field.max_length,
        required=False,
    )
    guest_language = forms.ChoiceField(
        label=_("Language"), choices=[("", "---------"), *LANGUAGES.items()], required=False
    )

    came_to = RowsField(label=_("Came to"), queryset=HalfDay.objects.none())

    def __init__(self, *args, workshop, roll, show_names, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came_to"].queryset = self.fields["came_to"].initial = workshop.half_days.all()
        self.cohort = workshop.cohort
        listed = {place.key for place in roll.for_attendance}
        people = workshop.expected_participants().select_related("user")
        known = {f"p{person.pk}": person for person in people}
        known |= {place.key: place.person for place in roll.places if place.is_guest}
        self.people = {key: person for key, person in known.items() if key not in listed}
        self.fields["walk_in"].choices = [("", "---------")] + [
            (key, str(person) if show_names else first_name_of(person))
            for key, person in self.people.items()
        ]
        if not workshop.guests_allowed:
            del self.fields["guest_name"], self.fields["guest_language"]

    def clean(self):
        cleaned = super().clean()
        wrong = {"walk_in", "guest_name"} & set(self.errors)
        if not (wrong or cleaned.get("walk_in") or cleaned.get("guest_name")):
            raise forms.ValidationError(_("Say who came."))
        return cleaned

    def save(self, *, at):
        """Return their marks; a guest is newly made."""
        return [
            Mark(person, half_day, Attendance.State.PRESENT)
            for person in self.people_who_came(at)
            for half_day in self.cleaned_data["came_to"]
        ]

    def people_who_came(self, at):
        came = [self.people[key] for key in [self.cleaned_data["walk_in"]] if key]
        if self.cleaned_data.get("guest_name"):
            came.append(
                Guest.objects.create(
                    cohort=self.cohort,
                    first_name=self.cleaned_data["guest_name"],
                    language=self.cleaned_data["guest_language"],
                    added_at=at,
                )
            )
        return came


def first_name_of(person):
    return person.user.first_name if isinstance(person, Participant) else person.first_name


class CorrectionForm(OnceForm):
    """One presence that turned out to be wrong after attendance was closed."""

    person = forms.ChoiceField(label=_("Person"))
    half_day = forms.ModelChoiceField(label=_("Half-day"), queryset=None, empty_label=None)
    state = forms.ChoiceField(
        label=_("What is right"), choices=Attendance.State.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("It is kept beside what was recorded first."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args, workshop, roll, **kwargs):
        super().__init__(*args, **kwargs)
        people = {place.key: place.person for place in roll.places}
        expected = workshop.expected_participants().select_related("user")
        self.people = people | {f"p{person.pk}": person for person in expected}
        named = sorted((str(person), key) for key, person in self.people.items())
        self.fields["person"].choices = [("", "---------"), *((key, name) for name, key in named)]
        self.fields["half_day"].queryset = workshop.half_days.all()

    def clean_person(self):
        return self.people[self.cleaned_data["person"]]

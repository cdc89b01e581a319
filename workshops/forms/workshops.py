from datetime import date, datetime, time

from crispy_forms.layout import Fieldset
from django import forms
from django.db import transaction
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import DateField, LanguagesField, in_columns, laid_out
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.models import Track
from workshops.forms.fields import AddressField, Folded, LocalTimeField, TimeField
from workshops.models import HalfDay, Workshop

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)
SEATS = ("capacity", "newcomer_seats", "agent_seats")
TIMES = {"date", "starts", "ends", "end_date"}
FIXED_ONCE_HELD = TIMES | {"track", "mode"}


class WorkshopForm(OnceForm, FreshForm):
    """A workshop: its kind, a date and two times suffice. Times are those of the cohort's place."""

    date = DateField(label=_("Date"))
    starts = TimeField(label=_("From"), initial=time(14))
    ends = TimeField(label=_("To"), initial=time(17))
    end_date = DateField(
        label=_("Last day"), required=False, help_text=_("Only if it ends on another day.")
    )
    languages = LanguagesField(label=_("Languages spoken there"))
    registration_opens_at = LocalTimeField(label=_("Registration opens"), required=False)
    registration_closes_at = LocalTimeField(label=_("Registration closes"), required=False)

    class Meta:
        model = Workshop
        fields = (
            "kind", "title", "track", "venue", "map_url", "online_url", "languages", "mode",
            "guests_allowed", "phase", "registration_opens_at", "registration_closes_at", "outcome",
        )  # fmt: skip
        field_classes = {"map_url": AddressField, "online_url": AddressField}
        widgets = {"mode": forms.RadioSelect, "venue": forms.TextInput(attrs={"dir": "auto"})}

    def __init__(self, *args, instance, initial=None, **kwargs):
        shown = shown_times(instance) if instance.pk else {}
        super().__init__(*args, instance=instance, initial=shown | (initial or {}), **kwargs)
        self.fields["phase"].queryset = instance.cohort.phases.all()
        self.fields["phase"].empty_label = _("the one that its date falls in")
        self.fields["track"].choices = [("", _("both groups")), *Track.choices]
        self.fields["track"].help_text = ""
        if instance.status == Workshop.Status.HELD:
            for name in FIXED_ONCE_HELD:
                self.fields[name].disabled = True

    @property
    def helper(self):
        return laid_out(
            "seen", "once", "kind",
            Fieldset(_("When"), "date", "starts", "ends", "end_date", css_class="side-by-side"),
            Fieldset(_("Where and for whom"), "venue", "map_url", "online_url", "track"),
            Folded(_("How one comes"), "mode", *self.having(*SEATS), "guests_allowed",
                   "registration_opens_at", "registration_closes_at"),
            Folded(_("Title, languages, phase"), "title", in_columns("languages"), "phase",
                   *self.having("outcome")),
        )  # fmt: skip

    def having(self, *names):
        return [name for name in names if name in self.fields]

    def clean_date(self):
        day = self.cleaned_data["date"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Look at the year again."))
        return day

    def clean(self):
        cleaned = super().clean()
        wanted = [cleaned.get(name) for name in ("date", "starts", "ends")]
        if all(part is not None for part in wanted):
            day, starts, ends = wanted
            last_day = cleaned.get("end_date") or day
            self.instance.starts_at = self.moment("starts", day, starts)
            self.instance.ends_at = self.moment("ends", last_day, ends)
        return cleaned

    def moment(self, name, day, local_time):
        """That local time as an instant; none where the clock skips it or shows it twice."""
        try:
            with timezone.override(self.instance.cohort.zone):
                return from_current_timezone(datetime.combine(day, local_time))
        except forms.ValidationError as error:
            self.add_error(name, error)
            return None

    @transaction.atomic
    def save(self, *, by, at):
        workshop = self.instance
        has_new_times = not workshop.pk or TIMES & set(self.changed_data)
        workshop.phase = workshop.phase or workshop.proposed_phase()
        if workshop.pk:
            workshop.change([*self._meta.fields, "starts_at", "ends_at"])
        else:
            workshop.recorded_by, workshop.recorded_at = by, at
            workshop.save()
        if has_new_times:
            workshop.renew_half_days()
        return workshop


class SeatsFields(forms.BaseForm):
    """For a form with the seats: those kept for a group are none when nothing is typed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["newcomer_seats"].required = self.fields["agent_seats"].required = False

    def clean_newcomer_seats(self):
        return self.cleaned_data["newcomer_seats"] or 0

    def clean_agent_seats(self):
        return self.cleaned_data["agent_seats"] or 0


class NewWorkshopForm(SeatsFields, WorkshopForm):
    """Nobody can be registered yet, so its seats are set with the rest."""

    class Meta(WorkshopForm.Meta):
        fields = tuple(name for name in WorkshopForm.Meta.fields if name != "outcome") + SEATS


class SeatsForm(SeatsFields, FreshForm):
    """The seats of a workshop that people may have registered for already."""

    class Meta:
        model = Workshop
        fields = SEATS


class HalfDaysForm(OnceForm, FreshForm):
    """Which half-days of its days it fills: presence is taken for each."""

    half_days = forms.MultipleChoiceField(
        label=_("Half-days"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Presence is taken for each, and the sheet has a column for it."),
    )

    class Meta:
        model = Workshop
        fields = ()

    def __init__(self, *args, instance, **kwargs):
        possible = [
            HalfDay(date=day, part=part) for day in instance.days() for part in HalfDay.Part
        ]
        self.slots = {f"{each.date}.{each.part}": each.slot for each in possible}
        there = set(instance.half_days.values_list("date", "part"))
        shown = {"half_days": [key for key, slot in self.slots.items() if slot in there]}
        super().__init__(*args, instance=instance, initial=shown, **kwargs)
        self.fields["half_days"].choices = list(zip(self.slots, map(str, possible), strict=True))

    def clean_half_days(self):
        return [self.slots[key] for key in self.cleaned_data["half_days"]]


class FacilitatorForm(OnceForm):
    """Who facilitates: anybody who takes part in the cohort or belongs to its team."""

    user = forms.TypedChoiceField(label=_("Facilitator"), coerce=int)

    def __init__(self, *args, workshop, team, **kwargs):
        super().__init__(*args, **kwargs)
        there = set(workshop.facilitations.values_list("user", flat=True))
        people = list(workshop.cohort.participants.present().select_related("user"))
        groups = [(label, of_track(people, track)) for track, label in Track.choices]
        groups.append((_("the team"), team))
        self.users = {user.pk: user for _label, users in groups for user in users}
        self.fields["user"].choices = [("", "---------")] + [
            (label, [(user.pk, user.name) for user in users if user.pk not in there])
            for label, users in groups
        ]

    def clean_user(self):
        return self.users[self.cleaned_data["user"]]


def of_track(people, track):
    return [person.user for person in people if person.track == track]


def shown_times(workshop):
    start, end = workshop.local_start, workshop.local_end
    return {
        "date": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "end_date": end.date() if end.date() != start.date() else None,
    }

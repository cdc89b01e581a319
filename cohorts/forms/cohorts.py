from crispy_forms.layout import Fieldset
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import (
    DateField,
    LanguagesField,
    LinesField,
    RowsField,
    in_columns,
    laid_out,
)
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.models import Cohort, Organisation
from cohorts.models.cohorts import propose_slug
from cohorts.phase_template import lay_out

SET_APART = {"add"}  # what already follows /cohorts/ in addresses


class CohortForm(FreshForm):
    starts_on = DateField(label=_("Starts on"))
    ends_on = DateField(label=_("Ends on"), required=False)
    languages = LanguagesField(
        label=_("Languages"), help_text=_("Those in which the cohort works and writes.")
    )
    new_host = forms.CharField(
        label=_("Or its name, if it is not in the list"), max_length=200, required=False
    )
    new_partners = LinesField(
        label=_("Partner cities, one per line"),
        required=False,
        help_text=_("Those that are not in the list are added to the programme."),
    )

    class Meta:
        model = Cohort
        fields = (
            "name", "slug", "territory", "starts_on", "ends_on", "host", "partners", "languages",
            "time_zone", "messages_on",
        )  # fmt: skip
        field_classes = {"partners": RowsField}
        widgets = {"partners": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organisations = self.instance.programme.organisations.all()
        for name in ("host", "partners"):
            self.fields[name].queryset = organisations
        # A first cohort has nothing to choose from.
        if not organisations:
            del self.fields["host"], self.fields["partners"]
            self.fields["new_host"].label = _("Host authority")

    @property
    def helper(self):
        dates = [name for name in self.dates if name in self.fields]
        place = [in_columns(name) for name in self.place if name in self.fields]
        more = [in_columns(name) for name in self.more if name in self.fields]
        return laid_out(
            *dates,
            Fieldset(_("Territory and institutions"), *place),
            Fieldset(_("Languages and messages"), *more),
            *(name for name in ("seen", "once") if name in self.fields),
        )

    dates = ("name", "slug", "starts_on", "ends_on", "five_phases")
    place = ("territory", "host", "new_host", "partners", "new_partners")
    more = ("languages", "time_zone", "messages_on")

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in SET_APART:
            raise forms.ValidationError(_("This short name is taken. Choose another one."))
        return slug

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("host") and cleaned.get("new_host"):
            self.add_error("new_host", _("Choose the host in the list, or write its name."))
        return cleaned

    @transaction.atomic
    def save(self, **_commit):
        host, partners = self.cleaned_data["new_host"], self.cleaned_data["new_partners"]
        kinds = dict.fromkeys(partners, Organisation.Kind.CITY)
        if host:
            kinds[host] = Organisation.Kind.AUTHORITY
        found = self.instance.programme.organisations_named(kinds)
        self.instance.host = found.get(host) or self.instance.host
        cohort = super().save()
        cohort.partners.add(*(found[name] for name in partners))
        return cohort


class NewCohortForm(OnceForm, CohortForm):
    """A name and a start date are enough; the short name in addresses is made from them."""

    five_phases = forms.BooleanField(
        label=_("Start with the five usual phases"),
        required=False,
        initial=True,
        help_text=_("Training, listening, joint meeting, co-creation, report; all can be changed."),
    )

    class Meta(CohortForm.Meta):
        fields = ("name", "territory", "starts_on", "ends_on", "host", "partners", "languages")

    @transaction.atomic
    def save(self, *, by, at):
        self.instance.programme.lock()  # two who add a cohort at once would be proposed one name
        self.instance.slug = propose_slug(self.instance.name, self.instance.starts_on)
        self.instance.recorded_by, self.instance.recorded_at = by, at
        cohort = super().save()
        if self.cleaned_data["five_phases"]:
            lay_out(cohort)
        return cohort

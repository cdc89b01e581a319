from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.models import Organisation, Programme
from cohorts.models.organisations import all_above


class ProgrammeForm(FreshForm):
    class Meta:
        model = Programme
        fields = ("name", "grant_reference", "funding_statement", "completion_percent")


class OrganisationForm(OnceForm, FreshForm):
    checked_with = ("programme",)

    class Meta:
        model = Organisation
        fields = ("name", "kind", "parent")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = self.instance.programme.organisations.exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        parents = self.instance.programme.organisations.parents()
        if parent and self.instance.pk in all_above(parent.pk, parents):
            raise forms.ValidationError(_("This organisation belongs to the one you edit."))
        return parent

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.models import Organisation, Programme


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
        parent = above = self.cleaned_data["parent"]
        while above:
            if above == self.instance:
                raise forms.ValidationError(_("This organisation belongs to the one you edit."))
            above = above.parent
        return parent

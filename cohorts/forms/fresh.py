"""A form that edits a row refuses to undo what somebody else saved since it was opened."""

import json

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

STALE = _(
    "Somebody changed this since you opened it, so nothing was saved. "
    "Open the page again to see what it holds now."
)


class FreshForm(forms.ModelForm):
    """Carries a digest of what it showed. A form with a crispy layout must lay `seen` out too.

    `checked_with` names what the view sets on the row and its constraints need, such as the cohort.
    """

    checked_with = ()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.shown_digest

    def shown_digest(self):
        shown = {
            name: field.prepare_value(self.initial.get(name))
            for name, field in self.fields.items()
            if name in self.initial
        }
        text = json.dumps(shown, default=str, sort_keys=True)
        return salted_hmac("cohorts.forms.fresh", text).hexdigest()

    def _get_validation_exclusions(self):
        # Django checks no constraint on a field that the form does not show.
        return super()._get_validation_exclusions() - set(self.checked_with)

    def clean_seen(self):
        seen = self.cleaned_data["seen"]
        if self.instance.pk and seen != self.shown_digest():
            self.add_error(None, STALE)
        return seen

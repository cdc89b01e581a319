from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import User


def colleagues(user, cohort):
    """Other staff of the cohort or of its programme."""
    staff = Q(appointments__role="staff") & (
        Q(appointments__cohort=cohort) | Q(appointments__programme=cohort.programme)
    )
    return User.objects.filter(staff, is_active=True).exclude(pk=user.pk).distinct()


class PublishForm(forms.Form):
    approved_by = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label=_("Read and approved by"),
        empty_label=_("Nobody else could read it"),
    )
    not_approved_reason = forms.CharField(
        required=False,
        max_length=250,
        label=_("Why nobody else could"),
        help_text=_("Only when no colleague has read it."),
    )
    what_changed = forms.CharField(
        required=False,
        max_length=2000,
        label=_("What changed since the edition before"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    confirmed = forms.BooleanField(
        label=_("I have read the preview. What is published cannot be changed afterwards.")
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, user, cohort, is_first, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_first = is_first
        self.fields["approved_by"].queryset = colleagues(user, cohort)
        if is_first:
            del self.fields["what_changed"]

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("approved_by") or cleaned.get("not_approved_reason")):
            self.add_error(
                "not_approved_reason",
                _("Name the colleague who read it, or say why nobody could."),
            )
        if not self.is_first and not cleaned.get("what_changed"):
            self.add_error("what_changed", _("Say in a sentence what changed."))
        return cleaned

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import laid_out
from cohorts.models import Need

# What may be said beyond the kind; of step-free access it would be the reason.
DETAILED = {
    Need.Kind.INTERPRETER: _("which language"),
    Need.Kind.CHILDCARE: _("how many children, how old"),
    Need.Kind.MEAL: _("which meal"),
    Need.Kind.TRAVEL: _("which help"),
    Need.Kind.EQUIPMENT: _("which equipment"),
}


class NeedsFields(forms.BaseForm):
    """For a form that asks for practical needs: a tick for each kind, and a line for its detail."""

    def add_needs(self):
        for kind in Need.Kind:
            self.fields[f"need_{kind}"] = forms.BooleanField(label=kind.label, required=False)
        for kind, hint in DETAILED.items():
            named = {"dir": "auto", "placeholder": hint, "aria-label": f"{kind.label}: {hint}"}
            self.fields[f"detail_{kind}"] = forms.CharField(
                label="",
                required=False,
                max_length=Need.detail.field.max_length,
                widget=forms.TextInput(attrs=named),
            )

    def needs_layout(self):
        return [
            Div(*(name for name in names_of(kind) if name in self.fields), css_class="need")
            for kind in Need.Kind
        ]

    def stated_needs(self):
        """{kind: detail} of what was ticked, or said without a tick."""
        details = {kind: self.cleaned_data.get(f"detail_{kind}", "") for kind in Need.Kind}
        return {
            kind: detail
            for kind, detail in details.items()
            if detail or self.cleaned_data[f"need_{kind}"]
        }


class NeedsForm(NeedsFields, forms.Form):
    """What somebody needs in order to come, as they say it themselves."""

    def __init__(self, *args, participant, **kwargs):
        super().__init__(*args, initial=initial_needs(participant), **kwargs)
        self.participant = participant
        self.add_needs()

    @property
    def helper(self):
        return laid_out(*self.needs_layout())

    def save(self):
        self.participant.set_needs(self.stated_needs())


def names_of(kind):
    return f"need_{kind}", f"detail_{kind}"


def initial_needs(participant):
    """What the fields show of the needs that somebody has; a new participant has none."""
    needs = participant.needs.all() if participant.pk else []
    ticks = {f"need_{need.kind}": True for need in needs}
    return ticks | {f"detail_{need.kind}": need.detail for need in needs}

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import DateField, RowsField
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from workshops import decisions
from workshops.forms.fields import with_its_day
from workshops.models import Decision, Subject, Theme


class LinkedField(RowsField):
    """Items that another one is linked to, each with a box to tick."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)


def linked(links, name):
    """The keys at the other end of `links`, in the one order in which a form shows them."""
    return sorted(links.values_list(f"{name}_id", flat=True))


class SubjectForm(OnceForm, FreshForm):
    themes = LinkedField(label=_("Themes that it builds on"), queryset=Theme.objects.none())

    class Meta:
        model = Subject
        fields = ("question",)

    def __init__(self, *args, instance, **kwargs):
        initial = {"themes": linked(instance.theme_links, "theme")} if instance.pk else {}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.fields["themes"].queryset = instance.cohort.themes.all()

    @transaction.atomic
    def save(self, *, by, at):
        subject = super().save()
        subject.build_on(self.cleaned_data["themes"], by=by, at=at)
        return subject


class DecisionForm(OnceForm, forms.ModelForm):
    """What was decided in the room: a consensus, or how many of each group were for what."""

    decided_on = DateField(label=_("Decided on"))

    class Meta:
        model = Decision
        fields = (
            "subject", "method", "decided_on", "workshop", "newcomer_voters", "agent_voters",
            "reason",
        )  # fmt: skip
        widgets = {"method": forms.RadioSelect, "subject": forms.RadioSelect}

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.cohort = instance.cohort
        self.candidates = list(self.cohort.subjects.candidates())
        self.fields["subject"].queryset = self.cohort.subjects.candidates()
        self.fields["subject"].empty_label = None
        self.fields["method"].choices = Decision.Method.choices
        self.fields["workshop"].queryset = self.cohort.workshops.not_cancelled()
        self.fields["workshop"].label_from_instance = with_its_day
        for subject in self.candidates:
            for name in names_of(subject):
                self.fields[name] = forms.IntegerField(required=False, min_value=0)

    def options(self):
        """Each candidate with its two fields, as the table of votes shows them."""
        return [
            (subject, *(self[name] for name in names_of(subject))) for subject in self.candidates
        ]

    def save(self, *, by, at):
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        votes = {
            subject: tuple(self.cleaned_data[name] or 0 for name in names_of(subject))
            for subject in self.candidates
        }
        # Numbers typed before the choice fell on a consensus are no votes.
        is_vote = fields["method"] == Decision.Method.VOTE
        return decisions.decide(
            self.cohort,
            fields.pop("subject"),
            by=by,
            at=at,
            votes=votes if is_vote else {},
            **fields,
        )


def names_of(subject):
    return f"newcomers_{subject.pk}", f"agents_{subject.pk}"


class ReopeningForm(OnceForm):
    reason = forms.CharField(
        label=_("Why the decision is reopened"), widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )

from datetime import timedelta

from crispy_forms.layout import Fieldset
from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.dates import date_text
from cohorts.forms.fields import DateField, RowsField, laid_out
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.models import Organisation
from workshops.forms.subjects import LinkedField, linked
from workshops.models import Action, Answer, Idea, Progress

SOON = timedelta(days=60)


class ActionForm(OnceForm, FreshForm):
    """The sheet of an action: only its title is required; the rest is worked out in time."""

    ideas = LinkedField(label=_("Ideas that it comes from"), queryset=Idea.objects.none())
    first_step_on = DateField(label=_("First step by"), required=False)

    class Meta:
        model = Action
        fields = (
            "title", "what", "for_whom", "area", "lead", "lead_function", "partners",
            "newcomers_role", "first_step", "first_step_on", "resources", "indicator", "baseline",
            "target", "inclusion_check",
        )  # fmt: skip
        field_classes = {"partners": RowsField}
        widgets = {"partners": forms.CheckboxSelectMultiple}

    def __init__(self, *args, instance, today, ideas=(), **kwargs):
        initial = (
            {"ideas": linked(instance.idea_links, "idea")} if instance.pk else {"ideas": ideas}
        )
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        cohort = instance.cohort
        organisations = organisations_of(cohort)
        self.fields["ideas"].queryset = cohort.ideas.all()
        self.fields["partners"].queryset = self.fields["lead"].queryset = organisations
        if instance.status == Action.Status.ANSWERED:
            self.fields["lead"].disabled = True
            self.fields["lead"].help_text = _("It has answered, so it stays the lead.")
        self.fields["first_step_on"].help_text = _("Best within sixty days, before %(date)s.") % {
            "date": date_text(today + SOON, "DATE_FORMAT")
        }

    @property
    def helper(self):
        return laid_out(
            "seen", "once", "title",
            Fieldset(_("What it is"), "what", "for_whom", "area", "ideas"),
            Fieldset(_("Who carries it"), "lead", "lead_function", "partners", "newcomers_role"),
            Fieldset(_("How it starts"), "first_step", "first_step_on", "resources"),
            Fieldset(_("How we will know"), "indicator", "baseline", "target", "inclusion_check"),
        )  # fmt: skip

    @transaction.atomic
    def save(self, *, by, at):
        action = super().save()
        action.come_from(self.cleaned_data["ideas"], by=by, at=at)
        return action


def organisations_of(cohort):
    """Those that take part in the cohort: its host and partners."""
    return Organisation.objects.filter(
        Q(pk=cohort.host_id) | Q(pk__in=cohort.partners.values("pk"))
    )


class ProposalForm(OnceForm):
    proposed_on = DateField(label=_("Proposed on"))

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, initial={"proposed_on": today}, **kwargs)
        self.today = today

    def clean_proposed_on(self):
        day = self.cleaned_data["proposed_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day


class RetractionForm(OnceForm):
    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=Answer.retraction_reason.field.max_length,
        help_text=_("Everybody who sees the action will read it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class AnswerForm(OnceForm, forms.ModelForm):
    answered_on = DateField(label=_("Answered on"))
    study_until = DateField(
        label=_("Studied until"), required=False, help_text=_("Only if it is to be studied.")
    )

    class Meta:
        model = Answer
        fields = ("verdict", "level", "answered_on", "study_until", "text")
        widgets = {"verdict": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = Answer.Verdict.choices


class ProgressForm(OnceForm, forms.ModelForm):
    on = DateField(label=_("Date"))

    class Meta:
        model = Progress
        fields = ("stage", "on", "text")
        widgets = {"stage": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = Progress.Stage.choices

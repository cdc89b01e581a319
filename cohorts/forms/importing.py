from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from cohorts.forms.once import OnceForm
from cohorts.importing import People, read_people
from cohorts.models import Track

# Seconds: long enough to mend a file, short enough to be forgotten on a shared computer.
GOOD_FOR = 2 * 60 * 60


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV, at most 5 MB. One row per person, one column for their names."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    track = forms.ChoiceField(
        label=_("Group of those whose row names none"),
        choices=[("", _("each row names it")), *Track.choices],
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if file:
            try:
                cleaned["people"] = read_people(file, file.name, track=cleaned["track"])
            except forms.ValidationError as error:
                self.add_error("file", error)
        return cleaned


class ConfirmForm(OnceForm):
    """Sends back what the preview showed: nothing of the file is kept on the server meanwhile."""

    rows = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    leave_all = forms.BooleanField(required=False)
    left_out = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, cohort, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort, self.user = cohort, user

    @property
    def salt(self):
        """What was read by one person for one cohort is good for nobody and nothing else."""
        return f"cohorts.forms.importing {self.cohort.pk} {self.user.pk}"

    def pack(self, people):
        return signing.dumps(people.as_data(), salt=self.salt, compress=True)

    def clean_rows(self):
        try:
            data = signing.loads(self.cleaned_data["rows"], salt=self.salt, max_age=GOOD_FOR)
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _("This preview is too old or was changed. Choose the file again.")
            ) from error
        return People.from_data(data)

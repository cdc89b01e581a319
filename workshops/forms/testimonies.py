import json

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import laid_out
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.languages import LANGUAGES
from cohorts.translated import Translated, with_plain_lines
from workshops import listening
from workshops.forms.fields import Folded
from workshops.identifying import identifying_details
from workshops.models import Testimony

LONGEST = 5000
KNOWN = ("track", "kind", "service", "competence", "severity", "quotable")
SPOKEN = ("original_text", "original_language")
TEXT_AREA = {"rows": 3, "dir": "auto"}


class TestimonyFields(OnceForm):
    """What a note holds beside its text; refuses what could tell who spoke until it is ticked."""

    original_text = forms.CharField(
        label=_("In the words spoken"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(TEXT_AREA),
    )
    original_language = forms.ChoiceField(
        label=_("Language of these words"),
        required=False,
        choices=[("", "---------"), *LANGUAGES.items()],
        help_text=_("Where fewer than five people there speak it, only the translation is kept."),
    )
    accept_details = forms.BooleanField(
        label=_("Save it all the same: nobody can be recognised by it."), required=False
    )
    details = ()

    def clean(self):
        cleaned = super().clean()
        if "original_text" in self.fields:
            self.clean_spoken(cleaned)
        parts = [self.written(cleaned), cleaned.get("original_text"), cleaned.get("service")]
        self.details = identifying_details(" \n".join(filter(None, parts)), self.cohort)
        if self.details and not cleaned["accept_details"]:
            self.add_error("accept_details", _("Take it out, or tick this box."))
        return cleaned

    def clean_spoken(self, cleaned):
        if not cleaned.get("original_text"):
            cleaned["original_language"] = ""
        elif not cleaned.get("original_language"):
            self.add_error("original_language", _("Say which language these words are in."))


class NoteForm(TestimonyFields, forms.ModelForm):
    """The desk: one text, in the language of the writer's screen; all else can wait."""

    words = forms.CharField(
        label=_("What was heard"),
        max_length=LONGEST,
        widget=forms.Textarea(TEXT_AREA | {"autofocus": True}),
    )

    class Meta:
        model = Testimony
        fields = (*KNOWN, *SPOKEN)

    def __init__(self, *args, workshop, **kwargs):
        self.workshop, self.cohort = workshop, workshop.cohort
        super().__init__(*args, **kwargs)

    def clean_words(self):
        return with_plain_lines(self.cleaned_data["words"])

    def written(self, cleaned):
        return cleaned.get("words", "")

    def save(self, *, by, at):
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        text = Translated({get_language(): self.cleaned_data["words"]})
        return listening.note(self.workshop, by=by, at=at, text=text, **fields)


class TestimonyForm(TestimonyFields, FreshForm):
    """A note corrected. Once numbered, the words spoken are not entered any more."""

    class Meta:
        model = Testimony
        fields = ("text", *KNOWN, *SPOKEN)

    def __init__(self, *args, instance, **kwargs):
        self.cohort = instance.cohort
        super().__init__(*args, instance=instance, **kwargs)
        if instance.number:
            for name in SPOKEN:
                del self.fields[name]

    @property
    def helper(self):
        spoken = [name for name in SPOKEN if name in self.fields]
        ticks = ["accept_details"] if self.details else []
        folded = [Folded(_("In the words spoken"), *spoken)] if spoken else []
        known = Fieldset(_("Where known"), *KNOWN)
        return laid_out("seen", "once", *ticks, "text", known, *folded)

    def written(self, cleaned):
        return " \n".join((cleaned.get("text") or {}).values())

    def clean_text(self):
        text = self.cleaned_data["text"]
        if any(len(words) > LONGEST for words in text.values()):
            raise forms.ValidationError(
                _("This is too long for one note: at most %(most)s letters. Make several of it."),
                params={"most": LONGEST},
            )
        return text

    def save(self, *, by):
        testimony = super().save()
        if {"text", "service", *SPOKEN} & set(self.changed_data):
            testimony.forget_check(by=by)
        return testimony


class NotesForm(forms.Form):
    """Ticks on the notes that a page showed; refused when they are other notes by now."""

    ticked = forms.ModelMultipleChoiceField(Testimony.objects.none(), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, notes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ticked"].queryset = notes
        self.notes = list(notes)
        self.fields["seen"].initial = self.shown_digest

    def shown_digest(self):
        # Their words too: whoever ticks answers for what was read, not for a key.
        shown = sorted((str(n.pk), sorted(n.text.items()), n.original_text) for n in self.notes)
        return salted_hmac("workshops.forms.notes", json.dumps(shown)).hexdigest()

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.shown_digest():
            self.add_error(
                None, _("Notes were added or changed meanwhile. Read them again, then go on.")
            )
        return ""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 200_000


class TextForm(forms.Form):
    """A section's text; `seen` is the version that it was opened from."""

    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=_("A blank line begins a paragraph; ## begins a heading; - begins a list item."),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

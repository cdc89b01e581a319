"""What a view does with a refusal of the models: say it in their words."""

from django.contrib import messages
from django.utils.translation import gettext as _


def say(request, error):
    """Show the sentences of a ValidationError on the next page."""
    for sentence in error.messages:
        messages.error(request, sentence)


def say_whether_done(request, done, sentence):
    """Show the sentence, or that a second click found it done."""
    if done:
        messages.success(request, sentence)
    else:
        messages.error(request, _("This had been done already."))

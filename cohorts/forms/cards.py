from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import RowsField
from cohorts.forms.once import OnceForm
from cohorts.models import Participant


class PeopleField(RowsField):
    def label_from_instance(self, person):
        rest = [person.get_track_display()]
        if person.has_card:
            rest.append(_("has a card, which a new one replaces"))
        return format_html("<bdi>{}</bdi> · {}", person.user.name, " · ".join(map(str, rest)))


class CardsForm(OnceForm):
    people = PeopleField(
        Participant.objects.none(),
        label=_("For whom"),
        error_messages={"required": _("Tick at least one name.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].initial = people.filter(has_card=False, user__email=None)

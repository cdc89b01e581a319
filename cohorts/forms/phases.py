from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import DateField
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.models import Phase


class PhaseForm(OnceForm, FreshForm):
    starts_on = DateField(label=_("Starts on"))
    ends_on = DateField(label=_("Ends on"), required=False)

    class Meta:
        model = Phase
        fields = ("kind", "name", "starts_on", "ends_on", "track", "planned", "actual")

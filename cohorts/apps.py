from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cohorts.logs import hide_tokens


class CohortsConfig(AppConfig):
    name = "cohorts"
    verbose_name = _("Set-up and accounts")

    def ready(self):
        hide_tokens()

from django.apps import AppConfig

from cohorts.logs import hide_card_tokens


class CohortsConfig(AppConfig):
    name = "cohorts"

    def ready(self):
        hide_card_tokens()

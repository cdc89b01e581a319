from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"

    def ready(self):
        from cohorts.database_rules import install_after_migrations
        from workshops.rules import RULES

        install_after_migrations(self, RULES)

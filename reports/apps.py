from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from cohorts.database_rules import install_after_migrations
        from reports.rules import RULES

        install_after_migrations(self, RULES)

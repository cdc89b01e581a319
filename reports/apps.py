from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from cohorts.database_rules import install_after_migrations
        from reports.publishing import redact_editions
        from reports.rules import RULES
        from workshops import listening

        install_after_migrations(self, RULES)
        listening.after_withdrawal.append(redact_editions)

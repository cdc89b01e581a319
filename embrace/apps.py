from django.apps import AppConfig


class EmbraceConfig(AppConfig):
    name = "embrace"

    def ready(self):
        from embrace import checks  # noqa: F401

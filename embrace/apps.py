from django.apps import AppConfig


class EmbraceConfig(AppConfig):
    name = "embrace"

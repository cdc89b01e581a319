from django.utils import timezone


class CohortTimeMiddleware:
    """Let no request inherit the time zone that another one on this thread switched to."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with timezone.override(timezone.get_default_timezone()):
            return self.get_response(request)

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.template.loader import render_to_string


def bad_request(request, exception):
    """Django answers 400 to what is too large as well; 413 tells the reader what to do."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


class RefusedMethodMiddleware:
    """Django answers 405 with an empty page, where signing in anew may lead back to a button."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405:
            response.content = render_to_string("405.html")
        return response

"""What a browser sends back of a form that a page showed."""


def filled(form, **typed):
    """Return POST data: what `form` shows, hidden fields included, with `typed` over it."""
    shown = {bound.html_name: bound.value() for bound in form}
    sent = {name: "" if value is None else value for name, value in shown.items()}
    return sent | typed

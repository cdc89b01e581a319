from django.conf import settings

from cohorts.sign_in import SECOND_FACTOR


def sign_in(client, user):
    """Sign somebody in as if the second factor had been given, and the cookie's language chosen."""
    client.force_login(user)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    if cookie := client.cookies.get(settings.LANGUAGE_COOKIE_NAME):
        user.choose_language(cookie.value)

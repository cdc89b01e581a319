"""What somebody reads on a page."""

import re
from html import unescape


def words(response):
    """Return the text of a page's main part on one line; a tag counts as a space."""
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main.split(">", 1)[1])).split())

"""What staff write, as safe HTML: no markup of their own, no pictures, smaller headings."""

from functools import cache

from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

LAST_LEVEL = 6
LINKED = ("https://", "http://", "mailto:", "tel:", "#")


@cache
def parser():
    made = MarkdownIt("commonmark", {"html": False})
    # The library's own check is a list of what is forbidden; ours is one of what is allowed.
    made.validateLink = lambda address: address.lower().startswith(LINKED)
    return made.enable("table").disable(["image", "html_block"])


def render_markdown(text, first_level=3):
    """Return Markdown as HTML, its headings from `first_level` on.

    Nothing in it is fetched; raw HTML, and links to anything but pages, mail and the report's own
    references, are shown as typed.
    """
    tokens = parser().parse(text)
    shift_headings(tokens, first_level)
    name_table_heads(tokens)
    return mark_safe(parser().renderer.render(tokens, parser().options, {}))  # noqa: S308 (no raw HTML)


def shift_headings(tokens, first_level):
    """Skip no level, as a tagged PDF demands."""
    level, deepest = None, first_level
    for token in tokens:
        if token.type == "heading_open":
            wanted = first_level + int(token.tag[1]) - 1
            level = min(wanted, deepest, LAST_LEVEL)
            deepest = level + 1
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"


def name_table_heads(tokens):
    """PDF/UA wants each head of a table to say what it heads."""
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")

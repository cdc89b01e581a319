"""What must hold of the whole project, whatever is added to it."""

import re
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver

ROOT = Path(settings.BASE_DIR)
APPS = ("cohorts", "workshops", "reports", "embrace")
# Django and allauth look for these by their names, the report for its sections.
FOUND_BY_NAME = re.compile(
    r"^(\d{3}|403_csrf)\.html$|^(account|mfa|allauth|admin|bootstrap5|reports/document)/"
)
TEMPLATE_NAME = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)

# Pages that one reads before signing in.
PUBLIC = {"cohorts:card_sign_in", "cohorts:card_scan", "demo_sign_in", "set_language"}
# What calendar programs read: opened by the secret in its address alone.
PUBLIC |= {"workshops:feed_file"}


def templates():
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.*")}


def test_every_template_is_used():
    sources = list(templates().values())
    sources += [path.read_text() for app in APPS for path in (ROOT / app).rglob("*.py")]
    named = set(TEMPLATE_NAME.findall("\n".join(sources)))
    unused = {name for name in templates() if name not in named and not FOUND_BY_NAME.match(name)}
    assert unused == set()


def test_no_template_holds_inline_style_or_script():
    found = {name for name, source in templates().items() if INLINE.search(source)}
    assert found == set()


def test_no_view_is_public_unless_listed():
    public = {
        name
        for name, view in named_views()
        if not getattr(view, "login_required", True) and not name.startswith(("account_", "mfa_"))
    }
    assert public == PUBLIC


def named_views():
    def walk(patterns, prefix=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from walk(pattern.url_patterns, namespace)
            elif pattern.name:
                yield f"{prefix}{pattern.name}", pattern.callback

    return walk(get_resolver().url_patterns)

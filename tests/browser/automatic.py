"""Automatic checking, as the browser knows of it."""


def registered(home) -> list[str]:
    """Where the browser runs content scripts by itself."""
    scripts = "async () => (globalThis.browser ?? chrome).scripting.getRegisteredContentScripts()"
    return sorted(match for script in home.in_background(scripts) for match in script["matches"])

"""The HTTP service: an API for the extension on the reader's own machine."""

from caveat.web.app import create_app

__all__ = ["create_app"]

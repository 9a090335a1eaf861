"""The HTTP service: an API for the extension on the reader's own machine."""

from caveat.web.app import create_app
from caveat.web.reload import LiveRules

__all__ = ["LiveRules", "create_app"]

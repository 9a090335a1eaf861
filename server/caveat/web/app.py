"""The Flask application: the API, and the pages for people."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Flask

from caveat.web import guard, problems
from caveat.web.api import api
from caveat.web.pages import pages
from caveat.web.reload import LiveRules
from caveat.web.upload import InMemoryRequest

if TYPE_CHECKING:
    from caveat.web.hosted import Hosted  # needs an extra

# Room for the longest HTML in UTF-8 with every other character escaped.
LARGEST_BODY = 12_000_000


def create_app(
    rules: LiveRules | None = None,
    *,
    host: str = "127.0.0.1",
    token: str | None = None,
    hosted: Hosted | None = None,
) -> Flask:
    """The service, to be bound to `host`; one that is `hosted` stands behind a proxy and serves strangers.

    Raises ValueError when `host` can be reached from other machines, or the service is hosted, and no token is given.
    """
    app = Flask("caveat", static_folder=None, template_folder="web/templates")
    app.request_class = InMemoryRequest
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # no preflight is ever granted
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.logger.setLevel(logging.INFO)
    rules = rules or LiveRules()
    problems.register(app)
    if hosted:
        hosted.register(app)
    guard.register(app, host, token, hosted=hosted is not None)
    app.register_blueprint(api(rules, token))
    app.register_blueprint(pages(rules))
    return app

"""The command line: `caveat serve`, `caveat check`, `caveat rules` and `caveat facts`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import NoReturn, TypeVar

import click

import caveat
from caveat.checker import Checker
from caveat.model import to_json
from caveat.proof.commands import commands as rule_commands
from caveat.proof.commands import own_rules
from caveat.proof.fact_commands import commands as fact_commands
from caveat.rules.problems import RuleError
from caveat.scan.commands import command as scan_command
from caveat.terminal import safe

Loaded = TypeVar("Loaded")


class Exit(IntEnum):
    """What the exit code of `caveat check` says."""

    CLEAN = 0
    FOUND = 1
    USAGE = 2
    UNREADABLE = 3
    BAD_RULES = 4


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CAVEAT"})
@click.version_option(caveat.__version__, prog_name="caveat")
def main() -> None:
    """Mark what a text claims about health: mechanisms, doses and drug interactions.

    Caveat informs; it does not give medical advice.
    """


@main.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to serve on; any but this machine's own needs a token.",
)
@click.option("--port", default=5055, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; by default one for each core.")
@click.option("--token", help="Ask callers for this token; better set as CAVEAT_SERVE_TOKEN.")
@own_rules
def serve(host: str, port: int, workers: int | None, token: str | None, rules: Path | None) -> None:
    """Serve the API for the browser extension."""
    # Flask and gunicorn take half a second to import, which `caveat check` need not wait for.
    from caveat.web import LiveRules, create_app
    from caveat.web.serve import check_free
    from caveat.web.serve import serve as run

    live = _loaded(LiveRules, rules)
    try:
        app = create_app(live, host=host, token=token)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    try:
        check_free(host, port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.ClickException(f"{host}:{port} cannot be served on: {reason}. Choose another --port.") from error
    run(app, host, port, workers, started=live.watch)


@main.command(epilog="Exit code: 0 nothing found, 1 claims found, 2 usage, 3 unreadable input, 4 broken rules.")
@click.argument("source", metavar="PATH|URL|-")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@own_rules
def check(source: str, form: str, rules: Path | None) -> None:
    """Check a text or an HTML page: a file, a web address, or - for standard input."""
    from caveat.reading import Unreadable, read
    from caveat.terminal import show

    try:
        document = read(source)
    except Unreadable as error:
        _fail(str(error), Exit.UNREADABLE)
    except Exception as error:  # noqa: BLE001 (what cannot be read is told in a sentence, whatever it is)
        _fail(f"{source} cannot be read: it holds what no reader expects ({type(error).__name__}).", Exit.UNREADABLE)
    report = _loaded(Checker, rules).check(document)
    if form == "json":
        click.echo(to_json(report, document.text))
    else:
        color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        click.echo(show(document, report, color=color), color=color)
    sys.exit(Exit.FOUND if report.findings else Exit.CLEAN)


main.add_command(rule_commands)
main.add_command(scan_command)
main.add_command(fact_commands)


def _loaded(make: Callable[[Path | None], Loaded], rules: Path | None) -> Loaded:
    try:
        return make(rules)
    except RuleError as error:
        _fail(f"The rules cannot be loaded.\n{error}", Exit.BAD_RULES)


def _fail(message: str, code: Exit) -> NoReturn:
    click.echo(f"caveat: {safe(message)}", err=True)
    sys.exit(code)

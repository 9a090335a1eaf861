"""The command line: `caveat serve`, `caveat check`, `caveat rules` and `caveat facts`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

import caveat
from caveat.checker import Checker
from caveat.model import Severity
from caveat.proof.commands import commands as rule_commands
from caveat.proof.commands import own_rules
from caveat.proof.fact_commands import commands as fact_commands
from caveat.proof.mine_command import mine
from caveat.rules.problems import RuleError
from caveat.safe import safe
from caveat.scan.commands import command as scan_command
from caveat.scan.commands import report_command

if TYPE_CHECKING:
    from caveat.reports.checked import Checked

Loaded = TypeVar("Loaded")
_SEVERITIES = click.Choice(["note", "caution", "warning"])


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
@click.option("--hosted", is_flag=True, help="Serve strangers behind a proxy: a token, limits, metrics, lines of JSON.")
@click.option(
    "--redis", metavar="URL", help="With --hosted: where processes and machines count their callers together."
)
@click.option("--rate", default="60/minute", show_default=True, help="With --hosted: how often an address may ask.")
@own_rules
def serve(  # noqa: PLR0913, PLR0917 (one for each option)
    host: str,
    port: int,
    workers: int | None,
    token: str | None,
    hosted: bool,  # noqa: FBT001
    redis: str | None,
    rate: str,
    rules: Path | None,
) -> None:
    """Serve the API for the browser extension."""
    # Flask and gunicorn take half a second to import, which `caveat check` need not wait for.
    from caveat.web import LiveRules, create_app
    from caveat.web.ports import BLOCKED
    from caveat.web.serve import check_free
    from caveat.web.serve import serve as run

    if port in BLOCKED:
        reason = f"Browsers refuse to speak to port {port}, so the extension could not reach it."
        raise click.UsageError(f"{reason} Choose another --port, such as 5055.")
    try:
        service = None
        if hosted:
            from caveat.web.hosted import Hosted

            service = Hosted(redis, rate)
    except ImportError as error:
        raise click.ClickException(f"{error.name} is not installed: pip install 'caveat[hosted]'.") from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    live = _loaded(LiveRules, rules)
    try:
        app = create_app(live, host=host, token=token, hosted=service)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    try:
        check_free(host, port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.ClickException(f"{host}:{port} cannot be served on: {reason}. Choose another --port.") from error
    run(app, host, port, workers, started=live.watch, logs=service.logs if service else None)


@main.command(epilog="Exit code: 0 nothing found, 1 claims found, 2 usage, 3 unreadable input, 4 broken rules.")
@click.argument("sources", metavar="PATH|URL|-...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "html", "csv", "sarif"]),
    default="text",
    show_default=True,
)
@click.option(
    "--min-severity", type=_SEVERITIES, default="note", show_default=True, help="Leave out what is less severe."
)
@click.option(
    "--fail-on",
    type=click.Choice(["note", "caution", "warning", "nothing"]),
    help="Exit with 1 only for findings of this severity or a graver one; by default for all that are shown.",
)
@click.option(
    "--for",
    "region",
    type=click.Choice(["us", "eu", "uk"]),
    help="Say what a regulator there would call each promise; this is no legal advice.",
)
@click.option("--quiet", is_flag=True, help="Only a line for each page.")
@own_rules
def check(  # noqa: PLR0913, PLR0917 (one for each option)
    sources: tuple[str, ...],
    form: str,
    min_severity: str,
    fail_on: str | None,
    region: str | None,
    quiet: bool,  # noqa: FBT001
    rules: Path | None,
) -> None:
    """Check texts and pages: files, folders, patterns, web addresses, or - for standard input."""
    from caveat.reading import sources_of
    from caveat.reports.checked import at_least
    from caveat.reports.formats import FORMATS
    from caveat.terminal import line, show

    lowest = Severity(min_severity)
    checker = _loaded(Checker, rules)
    names = sources_of(sources)
    if not names:
        _fail("There is no text, Markdown or HTML file to read.", Exit.UNREADABLE)
    read = [_checked(checker, name, region) for name in names]
    pages = [page for page in read if page]
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    if not pages and form != "sarif":
        sys.exit(Exit.UNREADABLE)
    if quiet:
        click.echo("\n".join(line(page, lowest, color=color) for page in pages), color=color)
    elif form == "text":
        click.echo(show(pages, lowest, checker.ruleset.marks.labels, checker.sentences, color=color), color=color)
    else:
        click.echo(FORMATS[form](pages, lowest, checker.ruleset).encode(), nl=form == "json")
    if len(pages) < len(names):
        sys.exit(Exit.UNREADABLE)
    counted = (
        []
        if fail_on == "nothing"
        else [at_least(page.report.findings, Severity(fail_on or min_severity)) for page in pages]
    )
    sys.exit(Exit.FOUND if any(counted) else Exit.CLEAN)


def _checked(checker: Checker, name: str, region: str | None) -> Checked | None:
    """The report on a source; None where it cannot be read, which is told."""
    from caveat.reading import Unreadable, read
    from caveat.reports.checked import Checked
    from caveat.reports.norms import verdicts

    try:
        source = read(name)
        report = checker.check(source.document)
    except Unreadable as error:
        message = str(error)
    except Exception as error:  # noqa: BLE001 (what cannot be read is told in a sentence, whatever it is)
        message = f"{name} cannot be read: it holds what no reader expects ({type(error).__name__})."
    else:
        judged = verdicts(report, checker.ruleset.norms, region) if region else ()
        return Checked(name, source.written, source.marked_up, source.document, report, judged)
    click.echo(f"caveat: {safe(message)}", err=True)
    return None


@main.command(epilog="Exit code: 0 all is well, 1 something is to be mended, 2 usage.")
@click.option("--port", default=5055, show_default=True, type=click.IntRange(1, 65535), help="Port of the server.")
@own_rules
def doctor(port: int, rules: Path | None) -> None:
    """Check an installation - rules, port, browsers, memory, permissions - and say what to mend."""
    from caveat.doctor import State, examine

    found = list(examine(port, rules))
    for each in found:
        click.echo(f"{each.state:<5}{safe(each.text)}" + (f"\n     {safe(each.cure)}" if each.cure else ""))
    sys.exit(Exit.FOUND if any(each.state is State.MEND for each in found) else Exit.CLEAN)


rule_commands.add_command(mine)
main.add_command(rule_commands)
main.add_command(scan_command)
main.add_command(report_command)
main.add_command(fact_commands)


def _loaded(make: Callable[[Path | None], Loaded], rules: Path | None) -> Loaded:
    try:
        return make(rules)
    except RuleError as error:
        _fail(f"The rules cannot be loaded.\n{error}", Exit.BAD_RULES)


def _fail(message: str, code: Exit) -> NoReturn:
    click.echo(f"caveat: {safe(message)}", err=True)
    sys.exit(code)

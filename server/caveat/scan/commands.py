"""`caveat scan`: many pages at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from caveat.proof.commands import own_rules
from caveat.scan.report import report
from caveat.scan.run import Plan, scan
from caveat.scan.sink import write_whole
from caveat.scan.sources import Unusable

UNREADABLE = 3


class _Shard(click.ParamType[tuple[int, int]]):
    name = "I/N"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        own, _, shards = str(value).partition("/")
        if not (own.isdecimal() and shards.isdecimal() and 1 <= int(own) <= int(shards)):
            self.fail("a shard is written as 2/8: the second of eight", param, ctx)
        return int(own), int(shards)


@click.command(
    name="scan", epilog="Exit code: 0 done, 2 usage, 3 nothing to scan or another scan's folder, 4 broken rules."
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the rows."
)
@click.option("--format", "form", type=click.Choice(["jsonl", "parquet"]), default="jsonl", show_default=True)
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; by default one for each core.")
@click.option("--resume", is_flag=True, help="Go on with a scan that was stopped.")
@click.option(
    "--shard", type=_Shard(), default="1/1", show_default=True, help="Scan only one of N shares of the records."
)
@click.option(
    "--sample", type=click.FloatRange(0, 1, min_open=True), default=1.0, help="Scan only this share of the records."
)
@click.option("--only-health", is_flag=True, help="Skip pages that do not speak of health, as the extension does.")
@click.option("--lang", type=click.Choice(["en"]), help="Skip pages in other languages, which the rules cannot read.")
@own_rules
def command(  # noqa: PLR0913, PLR0917 (one for each option)
    inputs: tuple[str, ...],
    out: Path,
    form: str,
    workers: int | None,
    resume: bool,  # noqa: FBT001
    shard: tuple[int, int],
    sample: float,
    only_health: bool,  # noqa: FBT001
    lang: str | None,
    rules: Path | None,
) -> None:
    """Scan many pages: files and folders of text, Markdown, HTML, JSON Lines, Parquet and WARC, also gzipped.

    Rows of JSON Lines and Parquet hold `html` or `text`, and perhaps a `url` or an `id`.
    """
    plan = Plan(inputs, form, shard, sample, only_health, lang)
    try:
        sums = scan(plan, out, rules=rules, workers=workers or os.cpu_count() or 1, resume=resume, told=_progress())
    except Unusable as error:
        click.echo(f"caveat: {error}", err=True)
        sys.exit(UNREADABLE)
    except OSError as error:
        click.echo(f"caveat: {out} cannot be written: {error.strerror}. Mend that, and add --resume.", err=True)
        sys.exit(UNREADABLE)
    except KeyboardInterrupt:
        click.echo("caveat: stopped; add --resume to go on.", err=True)
        sys.exit(130)
    click.echo("\n".join(f"{value:>12,}  {name}" for name, value in sums.items() if isinstance(value, int | float)))


@click.command(name="report", epilog="Exit code: 0 done, 2 usage, 3 no scan is there.")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--to", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="By default OUT/report.html."
)
def report_command(out: Path, to: Path | None) -> None:
    """Make one page of HTML from the rows of a scan in OUT: plots, tables and examples, without a script."""
    path = to or out / "report.html"
    try:
        page = report(out)
        write_whole(path, partial(_write, page))
    except Unusable as error:
        click.echo(f"caveat: {error}", err=True)
        sys.exit(UNREADABLE)
    except OSError as error:
        click.echo(f"caveat: {path} cannot be written: {error.strerror}.", err=True)
        sys.exit(UNREADABLE)
    click.echo(path)


def _write(page: str, path: Path) -> None:
    path.write_text(page, encoding="utf-8", errors="replace")


def _progress() -> Callable[[int], None]:
    """Shows at a terminal how many records are done, and how fast."""
    done, begun = 0, time.monotonic()

    def told(more: int) -> None:
        nonlocal done
        done += more
        rate = done / max(0.001, time.monotonic() - begun)
        click.echo(f"\r{done:,} records, {rate:,.0f} a second ", nl=False, err=True)

    return told if sys.stderr.isatty() else lambda _: None

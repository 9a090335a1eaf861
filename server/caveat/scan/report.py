"""What a scan shows: one page of HTML with plots and tables, made from its rows alone; no script, no request.

Rows are read one by one, so that a report of a million pages takes no more memory than its names and sites.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup

from caveat.model import Category, Level, Mark
from caveat.reports.standalone import standalone
from caveat.scan.sink import SCHEMA
from caveat.scan.sources import Unusable
from caveat.scan.work import Row

# Rows of a table or bars of a plot, columns of the table of conditions, examples of each rule and of each substance.
_LONGEST, _WIDEST, _EXAMPLES = 25, 12, 3
_QUOTE = 240
_MARKS = {Mark.CHECK: "check this", Mark.KNOW: "worth knowing", Mark.WARNS: "the page warns", Mark.NONE: "not marked"}
_SCANNED = "scan.json"
_STYLE = """
:root { color-scheme: light dark; --line: light-dark(#dfe3e8, #3a4149); --quiet: light-dark(#5a626b, #a9b0b9);
  --check: light-dark(#b3261e, #ff9d94); --know: light-dark(#8a5300, #f0b04a); --warns: light-dark(#2f6fa3, #84bbea);
  --none: light-dark(#858d97, #7d8690); }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; }
h2 { margin-block: 2.5rem .5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: .25rem .6rem; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; }
td.bar { width: 22rem; min-width: 10rem; }
.bar span { display: inline-block; height: .8rem; vertical-align: middle; }
.check { background: var(--check); } .know { background: var(--know); }
.warns { background: var(--warns); } .none { background: var(--none); }
.key span { display: inline-block; width: .8rem; height: .8rem; margin-inline: 1rem .3rem; }
.quiet { color: var(--quiet); }
q { overflow-wrap: anywhere; }
""".strip()


@dataclass(slots=True)
class _Example:
    """The words of a finding, and the page that they stand on."""

    page: str
    quote: str


@dataclass(slots=True)
class _Site:
    pages: int = 0
    points: int = 0
    high: int = 0


@dataclass(slots=True)
class _Sums:
    """What the rows of a scan add up to."""

    pages: int = 0
    findings: int = 0
    reports: int = 0
    cut: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    claims: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    missing: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    over: dict[str, list[tuple[str, _Example]]] = field(default_factory=lambda: defaultdict(list))
    over_count: Counter[str] = field(default_factory=Counter)
    sites: dict[str, _Site] = field(default_factory=lambda: defaultdict(_Site))
    rules: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[_Example]] = field(default_factory=lambda: defaultdict(list))
    of_pairs: dict[tuple[str, str], list[_Example]] = field(default_factory=lambda: defaultdict(list))
    rejects: Counter[str] = field(default_factory=Counter)


def report(out: Path) -> str:
    """The page for the rows of a folder that `caveat scan` wrote. Raises Unusable where there are none."""
    try:
        scanned = json.loads((out / _SCANNED).read_text(encoding="utf-8"))
        schema = scanned["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{out} holds no scan; 'caveat scan INPUT -o {out}' makes one.") from error
    if schema != SCHEMA:
        raise Unusable(f"{out} was written by another version of Caveat (rows of schema {schema}); scan once more.")
    sums = _Sums()
    for row in _rows(out, "pages"):
        _add_page(sums, row)
    for row in _rows(out, "findings"):
        _add_finding(sums, row)
    for row in _rows(out, "rejects"):
        sums.rejects[str(row["reason"])] += 1
    return standalone("What the scan shows", _STYLE, _body(sums, done="done" in scanned))


def _rows(out: Path, kind: str) -> Iterator[Row]:
    """The rows of all finished parts, in order."""
    for part in sorted((out / "pages").glob("part-*")):
        path = out / kind / part.name
        if not path.is_file():
            continue
        if path.suffix == ".parquet":
            from pyarrow import parquet

            for batch in parquet.ParquetFile(path).iter_batches(batch_size=1000):
                yield from batch.to_pylist()
        else:
            with path.open(encoding="utf-8") as file:
                yield from map(json.loads, file)


def _add_page(sums: _Sums, row: Row) -> None:
    sums.pages += 1
    sums.levels[row["level"]] += 1
    sums.reports += bool(row["reports"])
    sums.cut += row["truncated_at"] is not None
    for each in set(row["missing"] or ()):
        substance, _, what = each.partition(": ")
        sums.missing[substance][what] += 1
    site = sums.sites[_site(row["id"], row["source"])]
    site.pages += 1
    site.points += row["score"]
    site.high += row["level"] == Level.HIGH


def _add_finding(sums: _Sums, row: Row) -> None:
    sums.findings += 1
    sums.claims[row["category"]][row["mark"]] += 1
    sums.rules[row["rule"]] += 1
    example = _Example(row["id"], row["quote"])
    _keep(sums.examples[row["rule"]], example)
    if row["category"] == Category.BENEFIT and row["stance"] == "states" and row["substance"] and row["condition"]:
        pair = (row["substance"], row["condition"])
        sums.pairs[pair] += 1
        _keep(sums.of_pairs[pair], example)
    if row["over_limit"]:
        substance = row["substance"] or ""
        sums.over_count[substance] += 1
        if len(sums.over[substance]) < _EXAMPLES:
            sums.over[substance].append((row["over_limit"], example))


def _keep(examples: list[_Example], example: _Example) -> None:
    """Keep a few examples, each from a page of its own where there are such."""
    if len(examples) < _EXAMPLES and all(example.page != kept.page for kept in examples):
        examples.append(example)


def _site(id_: str, source: str) -> str:
    """The host of a page's address, or the folder that its file stands in."""
    return str(urlsplit(id_).hostname) if _is_on_the_web(id_) else str(Path(source).parent)


def _body(sums: _Sums, *, done: bool) -> Markup:
    pairs, examples = _pairs(sums)
    return (
        Markup("<main><h1>What the scan shows</h1>{}").format(_overview(sums, done=done))
        + _claims(sums)
        + pairs
        + _missing(sums)
        + _over(sums)
        + _sites(sums)
        + _rules(sums)
        + _rejects(sums)
        + (examples if sums.pairs else Markup(""))
        + Markup(
            "<p class='quiet'>Caveat counts what texts claim by its rules; it misses claims and errs. It informs and "
            "does not give medical advice.</p></main>"
        )
    )


def _overview(sums: _Sums, *, done: bool) -> Markup:
    levels = ", ".join(f"{sums.levels[level]:,} {level}" for level in reversed(Level) if sums.levels[level])
    said = [f"{sums.pages:,} pages with {sums.findings:,} findings. Risk of the pages: {levels or 'none read'}."]
    if sums.reports:
        said.append(f"{sums.reports:,} pages report on claims of others and count for nothing.")
    if sums.cut:
        said.append(f"{sums.cut:,} pages took too long and were read in part.")
    if not done:
        said.append("The scan has not come to its end; this is what is there so far.")
    return Markup("<p>{}</p>").format(" ".join(said))


def _claims(sums: _Sums) -> Markup:
    """A bar for each category, cut by mark."""
    most = max((sum(marks.values()) for marks in sums.claims.values()), default=1)
    key = Markup("").join(Markup("<span class='{}'></span>{}").format(mark, name) for mark, name in _MARKS.items())
    rows = [
        (
            category,
            _number(sum(marks.values())),
            Markup("").join(_bar(marks[mark], most, mark, name) for mark, name in _MARKS.items()),
        )
        for category in Category
        if (marks := sums.claims.get(category))
    ]
    return _section("Claims by category and mark", _table(("Category", "Findings", ""), rows)) + (
        Markup("<p class='key quiet'>{}</p>").format(key) if rows else Markup("")
    )


def _pairs(sums: _Sums) -> tuple[Markup, Markup]:
    """How often which substance is promised to help with what; and the examples, to which its cells lead."""
    substances: Counter[str] = Counter()
    conditions: Counter[str] = Counter()
    for (substance, condition), times in sums.pairs.items():
        substances[substance] += times
        conditions[condition] += times
    across = [name for name, _ in _top(conditions, _WIDEST)]
    down = [name for name, _ in _top(substances, _LONGEST)]
    shown = {pair: f"pair-{number}" for number, pair in enumerate((one, two) for one in down for two in across)}
    rows = []
    for one in down:
        cells = [
            _number(Markup("<a href='#{}'>{:,}</a>").format(shown[one, two], sums.pairs[one, two]))
            if sums.pairs[one, two]
            else _number("")
            for two in across
        ]
        rows.append((_name(one), _number(substances[one]), *cells))
    body = _table(("Substance", "All", *map(_name, across)), rows)
    examples = Markup("").join(
        Markup("<h3 id='{}'>{} and {}</h3>{}").format(name, _name(one), _name(two), _list(sums.of_pairs[one, two]))
        for (one, two), name in shown.items()
        if sums.pairs[one, two]
    )
    return _section("What substances are promised to help with", body), _section("Examples of promises", examples)


def _missing(sums: _Sums) -> Markup:
    counts = Counter({substance: sum(what.values()) for substance, what in sums.missing.items()})
    most = max(counts.values(), default=1)
    rows = [
        (_name(substance), _number(times), _bar(times, most, Mark.CHECK, ""), ", ".join(
            f"{what} ({number:,})" for what, number in _top(sums.missing[substance], 4)
        ))
        for substance, times in _top(counts, _LONGEST)
    ]  # fmt: skip
    return _section(
        "Warnings that pages leave out, by substance", _table(("Substance", "Left out", "", "Most often"), rows)
    )


def _over(sums: _Sums) -> Markup:
    rows = [
        (_name(substance), _number(times), Markup("").join(
            Markup("<p>{} {}</p>").format(text, _quoted(example)) for text, example in sums.over[substance]
        ))
        for substance, times in _top(sums.over_count, _LONGEST)
    ]  # fmt: skip
    return _section("Doses over a limit of an authority", _table(("Substance", "Doses", "Examples"), rows))


def _sites(sums: _Sums) -> Markup:
    """The sites whose pages have the most points, and their mean."""
    ranked = sorted(sums.sites.items(), key=lambda item: (-item[1].points, item[0]))[:_LONGEST]
    rows = [
        (
            name,
            _number(site.pages),
            _number(site.high),
            _number(f"{site.points / site.pages:.0f}"),
            _bar(site.points / site.pages, 100, Mark.CHECK, ""),
        )
        for name, site in ranked
    ]
    more = len(sums.sites) - len(rows)
    body = _table(("Site", "Pages", "High", "Mean risk", ""), rows)
    if more > 0:
        body += Markup("<p class='quiet'>and {:,} more sites with fewer points.</p>").format(more)
    return _section("Risk by site", body)


def _rules(sums: _Sums) -> Markup:
    rows = [(rule, _number(times), _list(sums.examples[rule])) for rule, times in _top(sums.rules, _LONGEST)]
    return _section("Rules that found most", _table(("Rule", "Findings", "Examples"), rows))


def _rejects(sums: _Sums) -> Markup:
    rows = [(reason, _number(times)) for reason, times in _top(sums.rejects, _LONGEST)]
    return _section("What could not be read", _table(("Reason", "Records"), rows))


def _section(title: str, body: Markup) -> Markup:
    return Markup("<section><h2>{}</h2>{}</section>").format(title, body)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    """A table; cells that are markup already stand as they are."""
    if not rows:
        return Markup("<p class='quiet'>None.</p>")
    head = Markup("").join(Markup("<th scope='col'>{}</th>").format(each) for each in heads)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(_cell(each, first=not at) for at, each in enumerate(row)))
        for row in rows
    )
    return Markup(
        "<div class='scroll' tabindex='0'><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(head, body)


def _cell(content: object, *, first: bool) -> Markup:
    if isinstance(content, Markup) and content.startswith("<td"):
        return content
    if first:
        return Markup("<th scope='row'>{}</th>").format(content)
    kind = " class='bar'" if isinstance(content, Markup) and content.startswith("<span") else ""
    return Markup("<td{}>{}</td>").format(Markup(kind), content)  # noqa: S704 (it is our own)


def _number(value: object) -> Markup:
    return Markup("<td class='number'>{}</td>").format(f"{value:,}" if isinstance(value, int) else value)


def _bar(value: float, most: float, mark: Mark, name: str) -> Markup:
    """A bar of its share of the widest; too short to be seen there is none."""
    title = f"{value:,.0f} {name}".strip()
    return Markup("<span class='{}' style='width:{:.1f}%' title='{}'></span>").format(mark, 100 * value / most, title)


def _list(examples: Iterable[_Example]) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(_quoted(example)) for example in examples)


def _quoted(example: _Example) -> Markup:
    """The words of a finding, and its page: as a link where that is a plain address on the web."""
    quote = example.quote if len(example.quote) <= _QUOTE else example.quote[:_QUOTE] + " …"
    where: object = example.page
    if _is_on_the_web(example.page):
        where = Markup("<a href='{}' rel='noopener noreferrer nofollow'>{}</a>").format(example.page, example.page)
    return Markup("<q>{}</q> <span class='quiet'>{}</span>").format(quote, where)


def _is_on_the_web(address: str) -> bool:
    """Whether an address leads to a page of the web, and nowhere else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None


def _name(canonical: str) -> str:
    return canonical.replace("_", " ")


def _top(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]

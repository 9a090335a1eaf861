"""How long a page waits for its highlights, in both browsers.

Run it by hand: .venv/bin/python tests/benchmarks/page_to_highlights.py
It prints, for an article of 20 KB and for a page of 200,000 characters, the median time from asking to highlights, how
much of it the server took, and the longest time the page could not draw; then what an idle page with highlights costs.
"""

import json
import os
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT)]

import servers  # noqa: E402 (the drivers of the tests are found by the line above)
from articles import SEEDS, article_page  # noqa: E402
from chromium import everyday_chromium  # noqa: E402
from firefox import firefox_with  # noqa: E402
from tests.conftest import start_server  # noqa: E402

EXTENSION = ROOT / "extension"
TIMES = 7
IDLE_SECONDS = 10
PAGES = {"article of 20 KB": 20_000, "page of 200,000 characters": 200_000}
# Times are those of the clock that the extension and the page share.
CHECK = """async () => {
  const api = globalThis.browser ?? chrome;
  const [{ id }] = await api.tabs.query({ active: true, currentWindow: true });
  await api.tabs.sendMessage(id, { kind: 'stop' }, { frameId: 0 });
  const begun = performance.timeOrigin + performance.now();
  const { report } = JSON.parse(await api.tabs.sendMessage(id, { kind: 'check' }, { frameId: 0 }));
  return [begun, report.findings.length];
}"""
WATCH_FRAMES = """void (() => {
  let last = performance.now();
  let drawn = 0;
  globalThis.longest = 0;
  const next = () => {
    const now = performance.now();
    globalThis.longest = Math.max(globalThis.longest, now - last);
    last = now;
    const count = [...CSS.highlights.values()].reduce((sum, { size }) => sum + size, 0);
    if (count !== drawn) globalThis.drawnAt = performance.timeOrigin + now;
    drawn = count;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})()"""


def text_of(length: int) -> str:
    """The seed articles one after the other, again and again."""
    words = "\n".join(path.read_text("utf-8") for path in SEEDS)
    return (f"{words}\n" * (length // len(words) + 1))[:length]


def page(request: servers.Request) -> servers.Answer:
    if request.path == "/favicon.ico":
        return servers.Answer(b"", 404)
    length = int(request.path.partition("?")[0].strip("/"))
    return servers.Answer(article_page(text_of(length)).encode(), type="text/html; charset=utf-8")


def server_time(server: str, length: int) -> float:
    """How long the server takes for such a text when it is asked directly, in milliseconds."""
    body = json.dumps({"text": text_of(length)}).encode()
    headers = {"Content-Type": "application/json"}
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        urllib.request.urlopen(urllib.request.Request(f"{server}/v1/analyze", body, headers)).close()
        times.append(1000 * (time.perf_counter() - begun))
    return median(times)


def measure(browser, address: str, server: str) -> None:
    for what, length in PAGES.items():
        tab = browser.open(f"{address}/{length}")
        browser.check(tab)  # puts the content scripts there, as the reader's first click does
        times, frames = [], []
        browser.evaluate(tab, WATCH_FRAMES)
        for _ in range(TIMES):
            browser.pause(0.3)
            browser.evaluate(tab, "void (globalThis.longest = 0)")
            begun, findings = browser.in_background(CHECK)
            browser.pause(0.2)
            frames.append(browser.evaluate(tab, "globalThis.longest"))
            times.append(browser.evaluate(tab, "globalThis.drawnAt") - begun)
        print(
            f"  {what}: {median(times):.0f} ms (server {server_time(server, length):.0f} ms), {findings} findings, "
            f"longest frame {median(frames):.0f} ms (worst {max(frames):.0f})"
        )
        browser.close_all()
    address = f"{address}/{min(PAGES.values())}"
    print(f"  {IDLE_SECONDS} s of idleness: {idle(browser, f'{address}?untouched', check=False):.0f} ms of processor, "
          f"with highlights {idle(browser, f'{address}?checked', check=True):.0f} ms")  # fmt: skip


def idle(browser, address: str, *, check: bool) -> float:
    """The processor time, in milliseconds, that a page takes while nothing happens."""
    tab = browser.open(address)
    if check:
        browser.check(tab)
    taken = processor_time(browser)
    browser.close_all()
    return taken


def processor_time(browser) -> float:
    browser.pause(2)
    before = ticks()
    browser.pause(IDLE_SECONDS)
    return 10 * (ticks() - before)


def ticks() -> int:
    """The processor time, in hundredths of a second, of all browser processes that this one has started."""
    parents, times = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, fields = stat.read_text().rpartition(")")[::2]
        except OSError:
            continue
        pid = int(stat.parent.name)
        parents[pid] = int(fields.split()[1])
        times[pid] = (
            sum(map(int, fields.split()[11:13])) if "chrom" in name or "firefox" in name or "Web" in name else 0
        )
    mine = {os.getpid()}
    for _ in range(8):
        mine |= {pid for pid, parent in parents.items() if parent in mine}
    return sum(times[pid] for pid in mine if pid in times)


@contextmanager
def chromium():
    with everyday_chromium(EXTENSION, "http://localhost/*") as browser:
        yield browser


if __name__ == "__main__":
    real, process = start_server("--workers", "2")
    try:
        with servers.serve(page) as pages:
            for name, start in (("Chromium", chromium), ("Firefox", lambda: firefox_with(EXTENSION))):
                print(name)
                with start() as browser:
                    browser.use_server(real)
                    measure(browser, f"http://localhost:{pages}", real)
    finally:
        process.terminate()

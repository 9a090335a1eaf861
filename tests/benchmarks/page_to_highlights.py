"""How long a page waits for its highlights, in both browsers: python tests/benchmarks/page_to_highlights.py

Prints, for an article of 20 KB and for a page of 200,000 characters, the median time from asking to highlights, how much
of it the server took, and the longest time the page could not draw; then what an idle page with highlights costs.
"""

import os
import sys
import time
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
CHECK = """async () => {
  const api = globalThis.browser ?? chrome;
  const [{ id }] = await api.tabs.query({ active: true, currentWindow: true });
  const begun = performance.now();
  const { report } = await api.tabs.sendMessage(id, { kind: 'check' }, { frameId: 0 });
  return [performance.now() - begun, report.findings.length];
}"""
WATCH_FRAMES = """void (() => {
  let last = performance.now();
  globalThis.longest = 0;
  const next = () => {
    const now = performance.now();
    globalThis.longest = Math.max(globalThis.longest, now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})()"""


def text_of(length: int) -> str:
    """The seed articles one after the other, again and again."""
    words = "\n".join(path.read_text("utf-8") for path in SEEDS)
    return (f"{words}\n" * (length // len(words) + 1))[:length]


def page(request: servers.Request) -> servers.Answer:
    length = int(request.path.strip("/"))
    return servers.Answer(article_page(text_of(length)).encode(), type="text/html; charset=utf-8")


class Timed(servers.Wire):
    """Notes how long the server takes."""

    took = 0.0

    def __call__(self, request: servers.Request) -> servers.Answer:
        begun = time.perf_counter()
        answer = super().__call__(request)
        if request.path == "/v1/analyze":
            self.took = 1000 * (time.perf_counter() - begun)
        return answer


def measure(browser, address: str, wire: Timed) -> None:
    for what, length in PAGES.items():
        tab = browser.open(f"{address}/{length}")
        browser.check(tab)  # puts the content scripts there, as the reader's first click does
        times, server, frames = [], [], []
        for _ in range(TIMES):
            browser.evaluate(tab, WATCH_FRAMES)
            browser.pause(0.3)
            browser.evaluate(tab, "void (globalThis.longest = 0)")
            taken, findings = browser.in_background(CHECK)
            frames.append(browser.evaluate(tab, "globalThis.longest"))
            times.append(taken)
            server.append(wire.took)
        print(
            f"  {what}: {median(times):.0f} ms (server {median(server):.0f} ms), {findings} findings, "
            f"longest frame {median(frames):.0f} ms (worst {max(frames):.0f})"
        )
        if length == min(PAGES.values()):
            idle(browser, address, length, tab)
        browser.close_all()


def idle(browser, address: str, length: int, tab) -> None:
    """What an idle page costs with its highlights, and without the extension having touched it."""
    browser.bring_to_front(tab)
    with_highlights = processor_time(browser)
    browser.open(f"{address}/{length}?untouched")
    print(
        f"  idle for {IDLE_SECONDS} s: {with_highlights:.0f} ms of processor, untouched page {processor_time(browser):.0f} ms"
    )


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
    wire = Timed(real)
    try:
        with servers.serve(page) as pages, servers.serve(wire) as port:
            for name, start in (("Chromium", chromium), ("Firefox", lambda: firefox_with(EXTENSION))):
                print(name)
                with start() as browser:
                    browser.use_server(f"http://127.0.0.1:{port}")
                    measure(browser, f"http://localhost:{pages}", wire)
    finally:
        process.terminate()

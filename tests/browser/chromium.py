"""Chromium with the extension, driven as a reader drives it: by the toolbar button and the real popup."""

import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

BINARIES = ("chromium", "chromium-browser", "google-chrome-for-testing")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def find_chromium() -> str:
    for name in BINARIES:
        if path := shutil.which(name):
            return path
    raise RuntimeError("No Chromium found. Install it with: apt-get install -y chromium")


def wait_until(page: Page, condition: Callable[[], object], what: str):
    """Waits for a condition to hold and returns its value. Sleeping any other way would hold back events."""
    for _ in range(500):
        if value := condition():
            return value
        page.wait_for_timeout(20)
    raise TimeoutError(what)


class Popup:
    """The open popup. It is no page of the browser context, so it is spoken to by messages to its target."""

    def __init__(self, browser: Browser, target: str, page: Page) -> None:
        self._page = page
        self._cdp = browser.new_browser_cdp_session()
        self._cdp.on("Target.receivedMessageFromTarget", self._receive)
        self._replies: dict[int, dict] = {}
        self._last = 0
        attached = self._cdp.send("Target.attachToTarget", {"targetId": target, "flatten": False})
        self._session = attached["sessionId"]

    def _receive(self, event: dict) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._replies[message["id"]] = message

    def _send(self, method: str, **params: object) -> dict:
        self._last += 1
        message = json.dumps({"id": self._last, "method": method, "params": params})
        self._cdp.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        reply = wait_until(self._page, lambda: self._replies.pop(self._last, None), f"no answer to {method}")
        assert "error" not in reply, reply
        return reply["result"]

    def evaluate(self, expression: str):
        reply = self._send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in reply, reply
        return reply["result"].get("value")

    def wait(self, condition: str) -> None:
        wait_until(self._page, lambda: self.evaluate(f"!!({condition})"), f"the popup never came to: {condition}")

    def settled(self) -> "Popup":
        self.wait("['report', 'trouble'].includes(document.querySelector('main')?.dataset.view)")
        return self

    @property
    def text(self) -> str:
        return self.evaluate("document.body.innerText")

    @property
    def view(self) -> str:
        return self.evaluate("document.querySelector('main').dataset.view")

    @property
    def error(self) -> str:
        return self.evaluate("document.getElementById('trouble').dataset.error")

    @property
    def level(self) -> str:
        return self.evaluate("document.getElementById('report').dataset.level")

    @property
    def counts(self) -> dict[str, int]:
        items = "document.querySelectorAll('#counts li')"
        return self.evaluate(
            f"Object.fromEntries([...{items}].map((li) => [li.dataset.category, +li.querySelector('b').textContent]))"
        )

    @property
    def quotes(self) -> list[str]:
        return self.evaluate("[...document.querySelectorAll('#findings .quote')].map((e) => e.textContent)")

    def choose(self, index: int) -> None:
        self.evaluate(f"document.querySelectorAll('#findings button')[{index}].click()")


class Chromium:
    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._cdp = context.browser.new_browser_cdp_session()
        [self._worker] = context.service_workers or [context.wait_for_event("serviceworker")]
        self.extension_id = self._worker.url.split("/")[2]
        self._popup_url = f"chrome-extension://{self.extension_id}/popup/popup.html"

    def use_server(self, address: str) -> None:
        self._worker.evaluate("(server) => chrome.storage.local.set({ server })", address)

    def open(self, url: str) -> Page:
        """A new tab. Its address must be unlike that of any other tab."""
        page = self.context.new_page()
        page.goto(url)
        return page

    def open_popup(self, page: Page) -> Popup:
        """The reader's click on the extension's button: grants activeTab and opens the popup."""
        [tab] = self._targets("tab", page.url)
        self._cdp.send("Extensions.triggerAction", {"id": self.extension_id, "targetId": tab})
        popups = wait_until(page, self._popups, "no popup opened")
        return Popup(self.context.browser, popups[0], page)

    def click_toolbar(self, page: Page) -> Popup:
        """Opens the popup and waits until it shows a result."""
        return self.open_popup(page).settled()

    def check(self, page: Page) -> None:
        """Opens the popup, waits until it shows a result and closes it again."""
        self.click_toolbar(page)
        self.close_popup(page)

    def close_popup(self, page: Page) -> None:
        for popup in self._popups():
            self._cdp.send("Target.closeTarget", {"targetId": popup})
        wait_until(page, lambda: not self._popups(), "the popup does not close")

    def _popups(self) -> list[str]:
        return self._targets("page", self._popup_url)

    def _targets(self, type: str, url: str) -> list[str]:
        infos = self._cdp.send("Target.getTargets", {"filter": [{"type": type}]})["targetInfos"]
        return [info["targetId"] for info in infos if info["url"] == url]

    def close_all(self) -> None:
        """Closes the popup and every tab but the first."""
        first, *others = self.context.pages
        self.close_popup(first)
        for page in others:
            page.close()

    def badge(self) -> str:
        """The badge of the tab in front."""
        return self._worker.evaluate("(tabId) => chrome.action.getBadgeText({ tabId })", self._tab_id())

    def _tab_id(self) -> int:
        return self._worker.evaluate("async () => (await chrome.tabs.query({ active: true }))[0].id")

    def picture_popup(self, path: Path, prepare: str = "0") -> None:
        """Two pictures, light and dark, of what the popup shows for the tab in front, after `prepare` ran in it.

        Taken in a tab of its own: a headless popup does not take the size of its content.
        """
        page = self.popup_in_tab()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.reload()
            page.wait_for_selector("main:not([data-view=checking])")
            page.evaluate(prepare)
            page.locator("body").screenshot(path=path.with_stem(f"{path.stem}-{scheme}"))
        page.close()

    def popup_in_tab(self) -> Page:
        """The popup for the tab in front, in a tab of its own, where it can be typed into and pictured."""
        url = f"{self._popup_url}?tabId={self._tab_id()}"
        page = self.context.new_page()
        page.set_viewport_size({"width": 380, "height": 600})
        page.goto(url)
        page.wait_for_selector("main:not([data-view=checking])")
        return page

    def open_own(self, path: str) -> Page:
        """A page of the extension itself, such as its options."""
        return self.open(f"chrome-extension://{self.extension_id}/{path}")

    @property
    def settings(self) -> dict:
        """What is stored."""
        return self._worker.evaluate("() => chrome.storage.local.get()")

    def forget(self) -> None:
        """As if the extension had just been installed."""
        self._worker.evaluate("() => chrome.storage.local.clear()")

    def store(self, **settings: object) -> None:
        self._worker.evaluate("(settings) => chrome.storage.local.set(settings)", settings)


def highlighted(page: Page) -> dict[str, list[str]]:
    """The words under each highlight of the extension, by category."""
    return page.evaluate(
        "() => Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith('caveat-'))"
        ".map(([name, ranges]) => [name.slice(7), [...ranges].map(String)]).filter(([, words]) => words.length))"
    )


def decoration(page: Page, selector: str) -> str:
    """How the dose findings in an element are underlined."""
    return page.eval_on_selector(selector, "(e) => getComputedStyle(e, '::highlight(caveat-dose)').textDecoration")


def card_text(page: Page) -> str:
    """The words of the open card. Its shadow root is closed, so they are read through the debugger."""
    return _text_in(_card(page, page.context.new_cdp_session(page)))


def click_in_card(page: Page, label: str) -> None:
    """Clicks the first button of the open card with that label."""
    cdp = page.context.new_cdp_session(page)
    nodes = [_card(page, cdp)]
    while nodes:
        node = nodes.pop(0)
        nodes = node.get("shadowRoots", []) + node.get("children", []) + nodes
        if node["localName"] == "button" and _text_in(node).strip() == label:
            left, top, *_, bottom = cdp.send("DOM.getBoxModel", {"nodeId": node["nodeId"]})["model"]["content"]
            page.mouse.click(left + 5, (top + bottom) / 2)
            return
    raise AssertionError(f"no button {label!r} in the card")


def _card(page: Page, cdp: CDPSession) -> dict:
    page.wait_for_selector("caveat-card", state="attached")
    page.wait_for_timeout(50)
    document = cdp.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    [html] = (node for node in document["children"] if node["localName"] == "html")
    [host] = (node for node in html["children"] if node["localName"] == "caveat-card")
    return host


def _text_in(node: dict) -> str:
    if node["nodeName"] == "#text":
        return node["nodeValue"]
    if node["localName"] == "style":
        return ""
    inside = node.get("shadowRoots", []) + node.get("children", [])
    words = "".join(map(_text_in, inside))
    return f"{words}\n" if node["localName"] in ("p", "h2", "h3", "button") else words


@contextmanager
def chromium_with(extension: Path):
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=find_chromium(),
            headless=True,
            args=[*FLAGS, f"--disable-extensions-except={extension}", f"--load-extension={extension}"],
        )
        context.set_default_timeout(5_000)
        yield Chromium(context)
        context.close()

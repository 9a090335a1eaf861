"""Chromium with the extension, driven as a reader drives it: by the toolbar button and the real popup."""

import atexit
import base64
import functools
import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, sync_playwright
from popup import Panel, Popup

BINARIES = ("chromium", "chromium-browser", "google-chrome-for-testing")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


# A button that switches automatic checking on, as those of the popup and the options do.
ASKING = """async (where) => {
  const { allow } = await import('/lib/sites.js');
  const button = document.createElement('button');
  button.id = 'ask';
  button.style = 'position: fixed; top: 0; left: 0; width: 90px; height: 30px; z-index: 9';
  button.addEventListener('click', async () => { button.dataset.answer = await allow(where); });
  document.documentElement.append(button);
}"""


def find_chromium() -> str:
    for name in BINARIES:
        if path := shutil.which(name):
            return path
    raise RuntimeError("No Chromium found. Install it with: apt-get install -y chromium")


def wait_until(page: Page, condition: Callable[[], object], what: str):
    """Waits for a condition to hold and returns its value. Sleeping any other way would hold back events."""
    for _ in range(1500):
        if value := condition():
            return value
        page.wait_for_timeout(20)
    raise TimeoutError(what)


class ChromiumPopup(Popup):
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


class Chromium:
    off_limits = "chrome://version/"  # a page where no extension may run

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._cdp = context.browser.new_browser_cdp_session()
        [self._worker] = context.service_workers or [context.wait_for_event("serviceworker")]
        self.extension_id = self._worker.url.split("/")[2]
        self._popup_url = f"chrome-extension://{self.extension_id}/popup/popup.html"

    def use_server(self, address: str) -> None:
        self._worker.evaluate("(server) => chrome.storage.local.set({ server })", address)

    def close_first_run(self) -> str:
        """Closes the page that the extension opens when it is installed; gives its path."""
        own = f"chrome-extension://{self.extension_id}/"
        page = wait_until(
            self.context.pages[0],
            lambda: next((page for page in self.context.pages if page.url.startswith(own)), None),
            "no page opened on install",
        )
        path = page.url.removeprefix(own)
        # Closed in the midst of loading, it would leave the extension without the words of _locales.
        words = "document.body?.innerText.trim().length > 100"
        wait_until(page, lambda: page.evaluate(words), "the page opened on install stays empty")
        page.close()
        return path

    def open(self, url: str) -> Page:
        """A new tab, in front. Its address must be unlike that of any other tab."""
        page = self.context.new_page()
        page.goto(url)
        return page

    # What both drivers can do, by the same names.

    def evaluate(self, page: Page, expression: str):
        return page.evaluate(expression)

    def until(self, condition: Callable[[], object], what: str):
        return wait_until(self.context.pages[0], condition, what)

    def pause(self, seconds: float) -> None:
        """Only to see that nothing happens."""
        self.context.pages[0].wait_for_timeout(1000 * seconds)

    def go(self, page: Page, url: str) -> None:
        page.goto(url)

    def press(self, page: Page, key: str) -> None:
        page.keyboard.press(key)

    def move_pointer(self, page: Page, x: float, y: float) -> None:
        page.mouse.move(x - 1, y)
        page.mouse.move(x, y)

    def screenshot(self, page: Page, path: Path) -> None:
        page.screenshot(path=path)

    def bring_to_front(self, page: Page) -> None:
        page.bring_to_front()

    def highlighted(self, page: Page) -> dict[str, list[str]]:
        return highlighted(page)

    def decoration(self, page: Page, selector: str) -> str:
        return decoration(page, selector)

    def card_text(self, page: Page) -> str:
        return card_text(page)

    def in_background(self, function: str, argument: object = None):
        """The value of a JavaScript function in the extension, where `chrome` is the extension's API."""
        return self._worker.evaluate(function, argument)

    def in_own_page(self, expression: str):
        """The value of an expression in a page of the extension, which can ask the background."""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{self.extension_id}/_locales/en/messages.json")
        value = page.evaluate(expression)
        page.close()
        return value

    def press_command(self, name: str) -> None:
        """A key of the manifest's commands; headless Chromium takes no such keys, so its event is sent."""
        self.in_background(
            "async (name) => chrome.commands.onCommand.dispatch(name, (await chrome.tabs.query({ active: true }))[0])",
            name,
        )

    def tell(self, message: dict, frame: int = 0) -> dict:
        """What the tab in front answers to a message."""
        answer = self.in_background(
            "async ([message, frameId]) => chrome.tabs.sendMessage("
            "(await chrome.tabs.query({ active: true }))[0].id, message, { frameId })",
            [message, frame],
        )
        return json.loads(answer)

    def title(self) -> str:
        """What the button says of the tab in front, to those who cannot see the badge."""
        return self._worker.evaluate("(tabId) => chrome.action.getTitle({ tabId })", self._tab_id())

    def allow(self, where: str) -> str:
        """Clicks on a button of the extension that calls for a permission; it must have been granted before."""
        page = self.open(f"chrome-extension://{self.extension_id}/popup/popup.html")
        page.evaluate(ASKING, where)
        page.click("#ask")
        answer = self.until(lambda: page.evaluate("document.getElementById('ask').dataset.answer"), "no answer")
        page.close()
        return answer

    def store(self, **settings: object) -> None:
        self._worker.evaluate("(settings) => chrome.storage.local.set(settings)", settings)

    @property
    def settings(self) -> dict:
        """What is stored."""
        return self._worker.evaluate("() => chrome.storage.local.get()")

    def forget(self) -> None:
        """As if the extension had just been installed."""
        self._worker.evaluate("() => chrome.storage.local.clear()")

    @property
    def granted(self) -> list[str]:
        return self.in_background("async () => (await chrome.permissions.getAll()).origins")

    def open_popup(self, page: Page) -> ChromiumPopup:
        """The reader's click on the extension's button: grants activeTab and opens the popup."""
        [tab] = self._targets("tab", page.url)
        self._cdp.send("Extensions.triggerAction", {"id": self.extension_id, "targetId": tab})
        popups = wait_until(page, self._popups, "no popup opened")
        return ChromiumPopup(self.context.browser, popups[0], page)

    def click_toolbar(self, page: Page) -> ChromiumPopup:
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

    def panel(self, width: int = 360) -> Page:
        """The panel for the tab in front, in a tab of its own, where it can be typed into and pictured."""
        url = f"chrome-extension://{self.extension_id}/panel/panel.html?tabId={self._tab_id()}"
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 720})
        page.goto(url)
        page.wait_for_selector("main[data-view]")
        return page

    def await_panel(self, page: Page) -> None:
        """Waits until the browser has opened the panel beside a page."""
        address = f"chrome-extension://{self.extension_id}/panel/panel.html"

        def opened() -> bool:
            targets = self._cdp.send("Target.getTargets")["targetInfos"]
            return any(target["url"].startswith(address) for target in targets)

        wait_until(page, opened, "no panel opened")

    def beside(self, page: Page) -> Panel:
        """The panel for a page, in a tab of its own behind it."""
        page.bring_to_front()
        panel = Panel(self, self.panel())
        panel.wait("document.querySelector('main').dataset.view === 'report'")
        page.bring_to_front()
        return panel

    def popup_in_tab(self) -> Page:
        """The popup for the tab in front, in a tab of its own, where it can be typed into and pictured."""
        url = f"{self._popup_url}?tabId={self._tab_id()}"
        page = self.context.new_page()
        page.set_viewport_size({"width": 360, "height": 420})
        page.goto(url)
        page.wait_for_selector("main:not([data-view=checking])")
        return page

    def picture_popup(self, path: Path) -> None:
        """Two pictures, light and dark, of what the popup shows for the tab in front.

        Taken in a tab of its own: a headless popup does not take the size of its content.
        """
        page = self.popup_in_tab()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.reload()
            page.wait_for_selector("main:not([data-view=checking])")
            page.locator("body").screenshot(path=path.with_stem(f"{path.stem}-{scheme}"))
        page.close()

    def open_own(self, path: str) -> Page:
        """A page of the extension itself, such as its options."""
        return self.open(f"chrome-extension://{self.extension_id}/{path}")

    def in_content_scripts(self, page: Page, expression: str) -> None:
        """Runs an expression in the world of the extension's content scripts on a page."""
        cdp = page.context.new_cdp_session(page)
        contexts: list[dict] = []
        cdp.on("Runtime.executionContextCreated", lambda event: contexts.append(event["context"]))
        cdp.send("Runtime.enable")
        ours = f"chrome-extension://{self.extension_id}"
        [context] = (context for context in contexts if context["origin"] == ours)
        cdp.send("Runtime.evaluate", {"expression": expression, "contextId": context["id"]})


def highlighted(page: Page) -> dict[str, list[str]]:
    """The words under each highlight of the extension, by category."""
    return page.evaluate(
        "() => Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith('caveat-'))"
        ".map(([name, ranges]) => [name.split('-')[1], [...ranges].map(String)]).filter(([, words]) => words.length))"
    )


def decoration(page: Page, selector: str) -> str:
    """How the dose findings in an element are underlined."""
    return page.eval_on_selector(
        selector, "(e) => getComputedStyle(e, '::highlight(caveat-know-light)').textDecoration"
    )


def card_text(page: Page) -> str:
    """The words of the open card. Its shadow root is closed, so they are read through the debugger."""
    return _text_in(_card(page, page.context.new_cdp_session(page)))


def card_edges(page: Page) -> tuple[float, float]:
    """The top and the bottom of the open card, in the window."""
    cdp = page.context.new_cdp_session(page)
    [root] = _card(page, cdp)["shadowRoots"]
    [card] = (node for node in root["children"] if node["localName"] == "div")
    _, top, *_, bottom = cdp.send("DOM.getBoxModel", {"nodeId": card["nodeId"]})["model"]["border"]
    return top, bottom


def click_in_card(page: Page, label: str, *, after_ms: int = 600) -> None:
    """Clicks the first button of the open card with that label; a card that has just moved takes no click."""
    cdp = page.context.new_cdp_session(page)
    nodes = [_card(page, cdp)]
    while nodes:
        node = nodes.pop(0)
        nodes = node.get("shadowRoots", []) + node.get("children", []) + nodes
        if node["localName"] == "button" and _text_in(node).strip() == label:
            page.wait_for_timeout(after_ms)
            left, top, *_, bottom = cdp.send("DOM.getBoxModel", {"nodeId": node["nodeId"]})["model"]["content"]
            page.mouse.click(left + 5, (top + bottom) / 2)
            return
    raise AssertionError(f"no button {label!r} in the card")


def call_wrong(page: Page) -> Page:
    """Clicks "Wrong" in the open card; gives the page with the report."""
    click_in_card(page, "Wrong")
    return wait_until(
        page,
        lambda: next((each for each in page.context.pages if each.url.endswith("wrong/wrong.html")), None),
        "no report opened",
    )


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


@functools.cache
def playwright() -> Playwright:
    """The one Playwright that a process can have."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


@contextmanager
def chromium_with(extension: Path):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright().chromium.launch_persistent_context(
            profile,
            executable_path=find_chromium(),
            headless=True,
            args=[*FLAGS, f"--disable-extensions-except={extension}", f"--load-extension={extension}"],
        )
        context.set_default_timeout(20_000)
        chromium = Chromium(context)
        chromium.opened_on_install = chromium.close_first_run()
        yield chromium
        context.close()


# Gives the extension the same id on every machine, as the browser's settings name it by that.
KEY = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1XFRXfvx7/ydwTSukh7fzCGn16jaoWTjGv82fKHlG3rNTCGsVR4kM0+Y"
    "zt6vRgQKArnNpPaBHWfBKchUlUe/yPz8c2q/VcUKZ/Hrxem0SSWqofMdnIGLgzCR1XTyLYDms1vS7iyRIHj9JqQ4v6ytjzl3TKcM"
    "o9Hwuwsmch8M1wPw318MQxVjWZSahOeiQyB0+cQSO9TdIzQqUWyEx1H2eizmtRBA/jfZzy4I1wOVZPLsB8TMipSx1l6IzKlwLhjy"
    "4zc086Y6rvmPx1asxrvqGSfdMajOMeDpbE052hUNLXQBxW5uk4+QnrEfHmNIS4McWD5YaUkMIrwuGsTM+5Pa/QIDAQAB"
)


@contextmanager
def everyday_chromium(extension: Path, *origins: str):
    """Chromium as it is at home: its tabs know when they are hidden, and some permissions were granted before.

    Nobody can click on the prompt of a headless Chromium. So the profile says that these origins have been granted.
    """
    extension_id = "".join(chr(ord("a") + int(digit, 16)) for digit in _sha256(base64.b64decode(KEY))[:32])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy, profile = Path(folder) / "extension", Path(folder) / "profile"
        shutil.copytree(extension, copy)
        manifest = json.loads((copy / "manifest.json").read_text())
        (copy / "manifest.json").write_text(json.dumps(manifest | {"key": KEY}))
        permissions = {
            "api": manifest["permissions"], "explicit_host": [*manifest["host_permissions"], *origins],
            "manifest_permissions": [], "scriptable_host": [],
        }  # fmt: skip
        settings = {
            "granted_permissions": permissions, "active_permissions": permissions, "location": 8, "path": str(copy),
            "creation_flags": 38, "disable_reasons": [],
        }  # fmt: skip
        (profile / "Default").mkdir(parents=True)
        preferences = {"extensions": {"settings": {extension_id: settings}}}
        (profile / "Default" / "Preferences").write_text(json.dumps(preferences))
        process = subprocess.Popen(
            [find_chromium(), "--headless", *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0",
             "--enable-unsafe-extension-debugging", f"--disable-extensions-except={copy}", f"--load-extension={copy}",
             "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            port = _port(profile / "DevToolsActivePort")
            browser = playwright().chromium.connect_over_cdp(f"http://127.0.0.1:{port}", no_defaults=True)
            context = browser.contexts[0]
            context.set_default_timeout(20_000)
            yield Chromium(context)
            browser.close()
        finally:
            process.terminate()
            process.wait(20)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _port(file: Path) -> str:
    for _ in range(900):
        if file.is_file() and (lines := file.read_text().splitlines()):
            return lines[0]
        time.sleep(0.05)
    raise TimeoutError("Chromium did not start")

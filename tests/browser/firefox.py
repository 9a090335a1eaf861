"""Firefox with the extension, driven over WebDriver BiDi; its own windows ("chrome") as well as its pages."""

import base64
import itertools
import json
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from chromium import ASKING
from popup import Panel, Popup
from websockets.sync.client import ClientConnection, connect

BINARIES = ("firefox-esr", "firefox")
UUID = "11111111-2222-4333-8444-555555555555"
TOOLBAR_CLICK = """
  const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
  const { extension } = WebExtensionPolicy.getByID(%r);
  ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
"""
# The popup belongs to no tab, so a script is sent into it and its answer awaited. While the popup is still
# opening the script may get lost: no answer within a second is null.
IN_POPUP = """
  const popup = document.querySelector(".webextension-popup-browser");
  if (!popup) return null;
  return new Promise((resolve) => {
    const name = `caveat-test-${Math.random()}`;
    popup.messageManager.addMessageListener(name, ({ data }) => resolve(data));
    const script = `const { document } = content; sendAsyncMessage("${name}", ${%r});`;
    popup.messageManager.loadFrameScript("data:," + encodeURIComponent(script), false);
    setTimeout(resolve, 1000, null);
  });
"""


COMMAND_KEY = """
  const keys = document.querySelectorAll("keyset[id^='ext-keyset-id'] key");
  const name = %r;
  const names = [name, `VK_${name.toUpperCase()}`];
  [...keys].find((key) => names.includes(key.getAttribute("key") ?? key.getAttribute("keycode"))).doCommand();
"""
FRONT = "(await browser.tabs.query({ active: true, currentWindow: true }))[0].id"
HIGHLIGHTED = """Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith('caveat-'))
    .map(([name, ranges]) => [name.split('-')[1], [...ranges].map(String)]).filter(([, words]) => words.length))"""


def find_firefox() -> str:
    for name in BINARIES:
        if path := shutil.which(name):
            return path
    raise RuntimeError("No Firefox found. Install it with: apt-get install -y firefox-esr")


def poll(condition, what: str):
    for _ in range(800):
        if value := condition():
            return value
        time.sleep(0.05)
    raise TimeoutError(what)


class FirefoxPopup(Popup):
    """The open popup."""

    def __init__(self, firefox: "Firefox") -> None:
        self._firefox = firefox

    def evaluate(self, expression: str):
        return self._firefox.in_popup(expression)

    def wait(self, condition: str) -> None:
        poll(lambda: self.evaluate(f"!!({condition})"), f"the popup never came to: {condition}")

    def size(self) -> tuple[float, float]:
        box = self._box()
        return box["width"], box["height"]

    def _box(self) -> dict:
        popup = "document.querySelector('.webextension-popup-browser')"
        return self._firefox.evaluate(self._firefox.window, f"{popup}.getBoundingClientRect()")


class Firefox:
    off_limits = "about:license"  # a page where no extension may run

    def __init__(self, socket: ClientConnection, extension: Path, downloads: Path) -> None:
        self._socket = socket
        self.downloads = downloads
        self._ids = itertools.count(1)
        self.command("session.new", capabilities={})
        self.commands = json.loads((extension / "manifest.json").read_text())["commands"]
        folder = {"type": "path", "path": str(extension)}
        self.extension = self.command("webExtension.install", extensionData=folder)["extension"]
        [self.window] = self._contexts(**{"moz:scope": "chrome"})
        self.opened_on_install = self._close_first_run()
        # A page of the extension, in the first tab, to do from there what the background could.
        self._own = self._contexts()[0]
        self.go(self._own, f"moz-extension://{UUID}/_locales/en/messages.json")

    def command(self, method: str, **params: object) -> dict:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            reply = json.loads(self._socket.recv(timeout=90))
            if reply.get("id") == number:
                assert reply["type"] == "success", reply
                return reply["result"]

    def _contexts(self, **params: object) -> list[str]:
        tree = self.command("browsingContext.getTree", maxDepth=0, **params)
        return [context["context"] for context in tree["contexts"]]

    def _close_first_run(self) -> str:
        """Closes the page that the extension opens when it is installed; gives its path."""
        own = f"moz-extension://{UUID}/"

        def opened() -> dict | None:
            contexts = self.command("browsingContext.getTree", maxDepth=0)["contexts"]
            return next((context for context in contexts if context["url"].startswith(own)), None)

        context = poll(opened, "no page opened on install")
        words = "document.body?.innerText.trim().length > 100"
        poll(lambda: self.evaluate(context["context"], words), "the page opened on install stays empty")
        self.command("browsingContext.close", context=context["context"])
        return context["url"].removeprefix(own)

    def open(self, url: str) -> str:
        """A new tab, in front."""
        context = self.command("browsingContext.create", type="tab")["context"]
        self.command("browsingContext.navigate", context=context, url=url, wait="complete")
        return context

    def close_all(self) -> None:
        """Closes the popup and every tab but the first."""
        self.close_popup()
        for context in self._contexts()[1:]:
            self.command("browsingContext.close", context=context)

    def evaluate(self, context: str, expression: str):
        """The value of a JavaScript expression that can be written as JSON."""
        reply = self.command("script.evaluate", target={"context": context}, awaitPromise=True,
                             expression=f"(async () => JSON.stringify(await ({expression})))()")  # fmt: skip
        assert reply["type"] == "success", reply["exceptionDetails"]["text"]
        return json.loads(reply["result"].get("value", "null"))

    def open_own(self, path: str) -> str:
        """A page of the extension itself, such as its options."""
        return self.open(f"moz-extension://{UUID}/{path}")

    def go(self, context: str, url: str) -> None:
        self.command("browsingContext.navigate", context=context, url=url, wait="complete")

    def use_server(self, address: str) -> None:
        self.store(server=address)

    def store(self, **settings: object) -> None:
        self.in_background("(settings) => browser.storage.local.set(settings)", settings)

    @property
    def settings(self) -> dict:
        """What is stored."""
        return self.in_background("() => browser.storage.local.get()")

    def forget(self) -> None:
        """As if the extension had just been installed."""
        self.in_background("() => browser.storage.local.clear()")

    def in_background(self, function: str, argument: object = None):
        """The value of a JavaScript function in the extension, where `browser` is the extension's API."""
        return self.evaluate(self._own, f"({function})({json.dumps(argument)})")

    def in_own_page(self, expression: str):
        """The value of an expression in a page of the extension, which can ask the background."""
        return self.evaluate(self._own, expression)

    def open_popup(self, _page: str = "") -> FirefoxPopup:
        """The reader's click on the extension's button, with the page in front: grants activeTab, opens the popup."""
        self.evaluate(self.window, f"(() => {{ {TOOLBAR_CLICK % self.extension} }})()")
        return FirefoxPopup(self)

    def click_toolbar(self, page: str = "") -> FirefoxPopup:
        """Opens the popup and waits until it shows a result."""
        return self.open_popup(page).settled()

    def beside(self, page: str) -> Panel:
        """The panel for a page, in a tab of its own behind it."""
        self.bring_to_front(page)
        number = self.in_background(f"async () => {FRONT}")
        panel = Panel(self, self.open_own(f"panel/panel.html?tabId={number}"))
        panel.wait("document.querySelector('main').dataset.view === 'report'")
        self.bring_to_front(page)
        return panel

    def click(self, panel: Panel, id: str) -> None:
        """A click in the panel that the browser takes for the reader's own."""
        self.bring_to_front(panel.page)
        element = f"document.getElementById({id!r})"
        box: dict = {}

        def stands_still() -> bool:
            nonlocal box
            before, box = (
                box,
                self.evaluate(panel.page, f"({element}.scrollIntoView(), {element}.getBoundingClientRect())"),
            )
            return box == before

        poll(stands_still, "the panel does not come to rest")
        press = [{"type": "pointerMove", "x": round(box["x"]) + 5, "y": round(box["y"]) + 5},
                 {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]  # fmt: skip
        self.command("input.performActions", context=panel.page,
                     actions=[{"type": "pointer", "id": "mouse", "actions": press}])  # fmt: skip

    def in_popup(self, expression: str):
        """The value of an expression in the popup that the click has opened."""
        return self.evaluate(self.window, f"(() => {{ {IN_POPUP % expression} }})()")

    def close_popup(self, _page: str = "") -> None:
        popup = "document.querySelector('.webextension-popup-browser')"
        self.evaluate(self.window, f"{popup}?.closest('panel').hidePopup()")
        poll(lambda: self.evaluate(self.window, f"!{popup}"), "the popup does not close")

    def check(self, page: str) -> None:
        """Opens the popup, waits until it shows a result and closes it again."""
        self.click_toolbar(page)
        self.close_popup(page)

    def until(self, condition, what: str):
        return poll(condition, what)

    def pause(self, seconds: float) -> None:
        """Only to see that nothing happens."""
        time.sleep(seconds)

    def bring_to_front(self, page: str) -> None:
        self.command("browsingContext.activate", context=page)

    def press(self, page: str, key: str) -> None:
        value = {"Escape": "\ue00c", "Tab": "\ue004", "Enter": "\ue007"}.get(key, key)
        keys = [{"type": action, "value": value} for action in ("keyDown", "keyUp")]
        self.command("input.performActions", context=page, actions=[{"type": "key", "id": "keys", "actions": keys}])

    def highlighted(self, page: str) -> dict[str, list[str]]:
        """The words under each highlight of the extension, by category."""
        return self.evaluate(page, HIGHLIGHTED)

    def decoration(self, page: str, selector: str) -> str:
        """How the dose findings in an element are underlined."""
        element = f"document.querySelector({selector!r})"
        return self.evaluate(page, f"getComputedStyle({element}, '::highlight(caveat-know-light)').textDecoration")

    def card_text(self, page: str) -> str:
        """The words of the open card; only the driver can look into its closed shadow root."""
        self.until(lambda: self.evaluate(page, "!!document.querySelector('caveat-card')"), "no card opened")
        reply = self.command(
            "script.evaluate", target={"context": page}, awaitPromise=False,
            expression="document.querySelector('caveat-card')",
            serializationOptions={"includeShadowTree": "all", "maxDomDepth": 20},
        )  # fmt: skip
        return _text_in(reply["result"])

    def badge(self) -> str:
        """The badge of the tab in front."""
        return self.in_background(f"async () => browser.action.getBadgeText({{ tabId: {FRONT} }})")

    def title(self) -> str:
        """What the button says of the tab in front, to those who cannot see the badge."""
        return self.in_background(f"async () => browser.action.getTitle({{ tabId: {FRONT} }})")

    def tell(self, message: dict, frame: int = 0) -> dict:
        """What the tab in front answers to a message."""
        answer = self.in_background(
            f"async ([message, frameId]) => browser.tabs.sendMessage({FRONT}, message, {{ frameId }})", [message, frame]
        )
        return json.loads(answer)

    def press_command(self, name: str) -> None:
        """A key of the manifest's commands."""
        key = self.commands[name]["suggested_key"]["default"].rpartition("+")[2]
        self.evaluate(self.window, f"(() => {{ {COMMAND_KEY % key} }})()")

    def allow(self, where: str, *, grant: bool = True) -> str:
        """Clicks on a button of the extension that calls for a permission, and answers the browser's prompt."""
        page = self.open(f"moz-extension://{UUID}/popup/popup.html")
        self.evaluate(page, f"({ASKING})({json.dumps(where)})")
        press = [{"type": "pointerMove", "x": 20, "y": 10}, {"type": "pointerDown", "button": 0},
                 {"type": "pointerUp", "button": 0}]  # fmt: skip
        self.command("input.performActions", context=page,
                     actions=[{"type": "pointer", "id": "mouse", "actions": press}])  # fmt: skip
        button = "button" if grant else "secondaryButton"
        prompt = "document.querySelector('#addon-webext-permissions-notification')"
        answered = "document.getElementById('ask').dataset.answer"
        poll(lambda: self.evaluate(self.window, f"!!{prompt}?.{button}") or self.evaluate(page, f"!!{answered}"),
             "no prompt")  # fmt: skip
        self.evaluate(self.window, f"void {prompt}?.{button}.click()")
        answer = poll(lambda: self.evaluate(page, answered), "no answer")
        self.command("browsingContext.close", context=page)
        return answer

    @property
    def granted(self) -> list[str]:
        return self.in_background("async () => (await browser.permissions.getAll()).origins")

    def move_pointer(self, context: str, x: float, y: float) -> None:
        moves = [{"type": "pointerMove", "x": round(at), "y": round(y)} for at in (x - 1, x)]
        self.command("input.performActions", context=context,
                     actions=[{"type": "pointer", "id": "mouse", "actions": moves}])  # fmt: skip

    def screenshot(self, context: str, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.command("browsingContext.captureScreenshot", context=context)["data"]))


@contextmanager
def firefox_with(extension: Path):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        manifest = json.loads((extension / "manifest.json").read_text())
        extension_id = manifest["browser_specific_settings"]["gecko"]["id"]
        downloads = Path(profile) / "downloads"
        settings = {
            "extensions.webextensions.uuids": json.dumps({extension_id: UUID}),
            "browser.download.folderList": 2,
            "browser.download.dir": str(downloads),
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
        (Path(profile) / "user.js").write_text("".join(lines))
        process = subprocess.Popen(
            [find_firefox(), "--headless", "--no-remote", "--profile", profile,
             "--remote-debugging-port", "0", "--remote-allow-system-access"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            address = poll(lambda: _address(Path(profile)), "Firefox did not start")
            with connect(f"{address}/session", max_size=None) as socket:
                yield Firefox(socket, extension, downloads)
        finally:
            process.terminate()
            process.wait(20)


def _text_in(node: dict) -> str:
    """The words of a serialized element, of its shadow root too."""
    value = node.get("value", {})
    if value.get("nodeType") == 3:
        return value["nodeValue"]
    if value.get("localName") == "style":
        return ""
    inside = [value["shadowRoot"]] if value.get("shadowRoot") else []
    words = "".join(map(_text_in, [*inside, *value.get("children", [])]))
    return f"{words}\n" if value.get("localName") in ("p", "h2", "h3", "li", "section", "button") else words


def _address(profile: Path) -> str | None:
    try:
        server = json.loads((profile / "WebDriverBiDiServer.json").read_text())
    except (OSError, ValueError):
        return None
    return f"ws://{server['ws_host']}:{server['ws_port']}"

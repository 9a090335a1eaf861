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


def find_firefox() -> str:
    for name in BINARIES:
        if path := shutil.which(name):
            return path
    raise RuntimeError("No Firefox found. Install it with: apt-get install -y firefox-esr")


def poll(condition, what: str):
    for _ in range(300):
        if value := condition():
            return value
        time.sleep(0.05)
    raise TimeoutError(what)


class Firefox:
    def __init__(self, socket: ClientConnection, extension: Path) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self.command("session.new", capabilities={})
        folder = {"type": "path", "path": str(extension)}
        self.extension = self.command("webExtension.install", extensionData=folder)["extension"]
        [self.window] = self._contexts(**{"moz:scope": "chrome"})

    def command(self, method: str, **params: object) -> dict:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            reply = json.loads(self._socket.recv(timeout=30))
            if reply.get("id") == number:
                assert reply["type"] == "success", reply
                return reply["result"]

    def _contexts(self, **params: object) -> list[str]:
        tree = self.command("browsingContext.getTree", maxDepth=0, **params)
        return [context["context"] for context in tree["contexts"]]

    def open(self, url: str) -> str:
        """A new tab, in front."""
        context = self.command("browsingContext.create", type="tab")["context"]
        self.command("browsingContext.navigate", context=context, url=url, wait="complete")
        return context

    def close_all(self) -> None:
        """Closes the popup and every tab but the first."""
        popup = "document.querySelector('.webextension-popup-browser')"
        self.evaluate(self.window, f"{popup}?.closest('panel').hidePopup()")
        poll(lambda: self.evaluate(self.window, f"!{popup}"), "the popup does not close")
        for context in self._contexts()[1:]:
            self.command("browsingContext.close", context=context)

    def evaluate(self, context: str, expression: str):
        """The value of a JavaScript expression that can be written as JSON."""
        reply = self.command("script.evaluate", target={"context": context}, awaitPromise=True,
                             expression=f"(async () => JSON.stringify(await ({expression})))()")  # fmt: skip
        assert reply["type"] == "success", reply["exceptionDetails"]["text"]
        return json.loads(reply["result"].get("value", "null"))

    def use_server(self, address: str) -> None:
        page = self.open(f"moz-extension://{UUID}/_locales/en/messages.json")
        self.evaluate(page, f"browser.storage.local.set({{ server: {address!r} }})")
        self.command("browsingContext.close", context=page)

    def click_toolbar(self) -> None:
        """The reader's click on the extension's button, with the page in front."""
        self.evaluate(self.window, f"(() => {{ {TOOLBAR_CLICK % self.extension} }})()")

    def in_popup(self, expression: str):
        """The value of an expression in the popup that the click has opened."""
        return self.evaluate(self.window, f"(() => {{ {IN_POPUP % expression} }})()")

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
        uuids = json.dumps(json.dumps({extension_id: UUID}))
        (Path(profile) / "user.js").write_text(f'user_pref("extensions.webextensions.uuids", {uuids});\n')
        process = subprocess.Popen(
            [find_firefox(), "--headless", "--no-remote", "--profile", profile,
             "--remote-debugging-port", "0", "--remote-allow-system-access"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            address = poll(lambda: _address(Path(profile)), "Firefox did not start")
            with connect(f"{address}/session", max_size=None) as socket:
                yield Firefox(socket, extension)
        finally:
            process.terminate()
            process.wait(20)


def _address(profile: Path) -> str | None:
    try:
        server = json.loads((profile / "WebDriverBiDiServer.json").read_text())
    except (OSError, ValueError):
        return None
    return f"ws://{server['ws_host']}:{server['ws_port']}"

"""What the open popup and the panel show; how to look into them is each driver's own affair."""

import json

BUTTONS = "document.querySelectorAll('#findings button')"


class Popup:
    def evaluate(self, expression: str):
        """The value of a JavaScript expression in the popup."""
        raise NotImplementedError

    def wait(self, condition: str) -> None:
        """Waits until an expression is true."""
        raise NotImplementedError

    def settled(self) -> "Popup":
        self.wait("['report', 'trouble', 'idle'].includes(document.querySelector('main')?.dataset.view)")
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
    def sentences(self) -> list[str]:
        """What matters most, each behind its mark."""
        return self.evaluate("[...document.querySelectorAll('#findings .quote')].map((e) => e.textContent)")

    def choose(self, words: str = "") -> None:
        """Goes to the first finding that is listed with these words."""
        self.wait(f"[...{BUTTONS}].some((e) => e.textContent.includes({json.dumps(words)}))")
        self.evaluate(f"[...{BUTTONS}].find((e) => e.textContent.includes({json.dumps(words)})).click()")


class Panel(Popup):
    """The panel beside the page, here in a tab of its own."""

    def __init__(self, browser, page) -> None:
        self._browser = browser
        self.page = page

    def evaluate(self, expression: str):
        return self._browser.evaluate(self.page, expression)

    def wait(self, condition: str) -> None:
        self._browser.until(lambda: self.evaluate(f"!!({condition})"), f"the panel never came to: {condition}")

    @property
    def quotes(self) -> list[str]:
        """All that was found, in the order of the page."""
        self.evaluate(
            "(() => { const order = document.getElementById('order'); order.value = 'place';"
            " order.dispatchEvent(new Event('change')) })()"
        )
        return self.evaluate("[...document.querySelectorAll('#findings .quote')].map((e) => e.textContent)")

"""What the open popup shows; how to look into it is each driver's own affair."""


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
